"""What there is to say first about the five conditions."""

from __future__ import annotations

from collections.abc import Sequence

from reports.part import Headline, count, per_cent
from reports.report import ColumnKind, Confidence, Figure, Finding

__all__ = ["headlines"]

_ENOUGH = 20
_HEAVY = 0.2
_MOVED = 0.05


def headlines(figures: Sequence[Figure]) -> tuple[Headline, ...]:
    """Offer each condition that has moved by a twentieth, and a backbone leant on heavily."""
    found = []
    for figure in figures:
        now, was = figure.value, figure.before
        if figure.kind is not ColumnKind.SHARE or not isinstance(now, float):
            continue
        if isinstance(was, (int, float)) and abs(now - was) >= _MOVED:
            found.append(_moved(figure, now, was))
        elif figure.id == "dependency" and now >= _HEAVY:
            found.append(_leant_on(figure, now))
    return tuple(found)


def _moved(figure: Figure, now: float, was: float) -> Headline:
    way = "up" if now > was else "down"
    assert isinstance(figure.of, int)
    return Headline(
        Finding(
            f"condition-{figure.id}",
            f"{figure.label}: {per_cent(now)}, {way} from {per_cent(was)}",
            f"One of the five conditions of collective impact has gone {way} since the report "
            "before.",
            figure.direction,
            Confidence.HIGH if figure.of >= _ENOUGH else Confidence.MEDIUM,
            f"Counted over {count(figure.of, *_COUNTED[figure.id])}.",
            (figure.id,),
        ),
        weight=0.4 + abs(now - was),
    )


def _leant_on(figure: Figure, now: float) -> Headline:
    return Headline(
        Finding(
            "condition-dependency",
            f"{per_cent(now)} of all pairs reach each other only through the backbone",
            "If the backbone closed, they would be cut off from each other.",
            figure.direction,
            Confidence.MEDIUM,
            "Ties that nobody has told of could join them too.",
            (figure.id,),
        ),
        weight=0.3 + now / 2,
    )


_COUNTED = {
    "signed": ("organisation",),
    "reporting": ("running project",),
    "complementary": ("pair of partners", "pairs of partners"),
    "in-touch": ("partnership",),
    "dependency": ("pair of organisations", "pairs of organisations"),
}
