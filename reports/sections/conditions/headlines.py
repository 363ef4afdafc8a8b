"""What there is to say first about the five conditions."""

from __future__ import annotations

from collections.abc import Sequence

from reports.part import Headline, per_cent
from reports.report import (
    ColumnKind,
    Confidence,
    Figure,
    Finding,
)

__all__ = ["headlines"]

_ENOUGH = 20
_MOVED = 0.05


_HEAVY = 0.2


def headlines(figures: Sequence[Figure]) -> tuple[Headline, ...]:
    """Offer each condition that has moved by a twentieth, and a backbone leant on heavily."""
    found = []
    for figure in figures:
        now, was = figure.value, figure.before
        is_share = figure.kind is ColumnKind.SHARE
        if not is_share or not isinstance(now, float) or not isinstance(figure.of, int):
            continue
        moved = now - was if isinstance(was, (int, float)) else 0.0
        if abs(moved) >= _MOVED:
            found.append(
                Headline(
                    Finding(
                        f"condition-{figure.id}",
                        f"{figure.label}: {per_cent(now)}, {'up' if moved > 0 else 'down'} from "
                        f"{per_cent(now - moved)}",
                        f"One of the five conditions of collective impact has gone "
                        f"{'up' if moved > 0 else 'down'} since the report before.",
                        figure.direction,
                        Confidence.HIGH if figure.of >= _ENOUGH else Confidence.MEDIUM,
                        f"Counted over {figure.of:,}.",
                        (figure.id,),
                    ),
                    weight=0.4 + abs(moved),
                )
            )
        elif figure.id == "dependency" and now >= _HEAVY:
            found.append(
                Headline(
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
            )
    return tuple(found)
