"""What one section brings to a report, and the short ways to make it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from matching import Network
from matching.gaps.coverage import CAUTION_BELOW, WITHHELD_BELOW
from reports.report import (
    Chart,
    Confidence,
    Definition,
    Direction,
    Figure,
    Finding,
    Section,
    Settings,
    Table,
    Withheld,
)

__all__ = [
    "Headline",
    "Part",
    "Sense",
    "Writer",
    "compared",
    "confidence",
    "count",
    "direction_between",
    "direction_of",
    "listed",
    "narrowed_to",
    "per_cent",
]


class Sense(StrEnum):
    """Which way a figure should go."""

    MORE = "more"
    LESS = "less"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Headline:
    """A finding that may open the report; those with the largest ``weight`` do."""

    finding: Finding
    weight: float


@dataclass(frozen=True, slots=True)
class Part:
    """A section with all that it names."""

    section: Section
    figures: tuple[Figure, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    definitions: tuple[Definition, ...] = ()
    headlines: tuple[Headline, ...] = ()


Writer = Callable[[Network, Network | None, Settings], Part]
"""Makes a section from the network, that of the report before if there was one, and settings."""


def compared(
    now: Iterable[Figure], before: Iterable[Figure], senses: Mapping[str, Sense]
) -> tuple[Figure, ...]:
    """Return figures with what they were, and whether that is better or worse.

    ``senses`` says by figure id which way is good; a figure that it doesn't name has no good way.
    """
    were = {figure.id: figure.value for figure in before}
    return tuple(
        replace(
            figure,
            before=were.get(figure.id),
            direction=direction_between(
                were.get(figure.id), figure.value, senses.get(figure.id, Sense.NEITHER)
            ),
        )
        for figure in now
    )


def direction_between(
    before: float | Withheld | None, after: float | Withheld | None, sense: Sense
) -> Direction:
    """Return which way a number has gone; new where it can't be compared."""
    if not isinstance(before, (int, float)) or not isinstance(after, (int, float)):
        return Direction.NEW
    if before == after:
        return Direction.SAME
    if sense is Sense.NEITHER:
        return Direction.OTHER
    return Direction.BETTER if (after > before) == (sense is Sense.MORE) else Direction.WORSE


_HEARD = "of organisations have told what they need or offer."


def confidence(coverage: float, heard_of: str = _HEARD) -> tuple[Confidence, str]:
    """Return how far a finding can be trusted, and why: by how many were heard.

    By the same shares as decide whether rankings name anybody: see :mod:`matching.gaps.coverage`.
    """
    heard = f"{per_cent(coverage)} {heard_of}"
    if coverage >= CAUTION_BELOW:
        return Confidence.HIGH, heard
    return (Confidence.MEDIUM if coverage >= WITHHELD_BELOW else Confidence.LOW), heard


def direction_of(figure_id: str, figures: Iterable[Figure]) -> Direction:
    """Return which way the figure with this id has gone."""
    return next(figure.direction for figure in figures if figure.id == figure_id)


def count(number: int, singular: str, plural: str = "") -> str:
    """Return a number and its noun: "1 organisation", "1,204 organisations"."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def per_cent(share: float) -> str:
    """Return a share as whole per cent; what is not quite nothing or all never reads as it."""
    if 0 < share < 0.005:
        return "less than 1%"
    if 0.995 <= share < 1:
        return "more than 99%"
    return f"{share:.0%}"


def listed(names: Iterable[str], most: int = 3) -> str:
    """Return names in a sentence: "A, B and C", "A, B, C and 4 more"."""
    every = list(names)
    shown = every[:most]
    left = len(every) - len(shown)
    last = f"{left:,} more" if left else shown.pop() if shown else ""
    return f"{', '.join(shown)} and {last}" if shown else last


def narrowed_to(network: Network, settings: Settings) -> str:
    """Return what a report is narrowed to, as it follows "organisations"; "" for everything."""
    wanted = (
        ("in", settings.place_id),
        ("working on", settings.theme_id),
        ("for", settings.community_id),
    )
    return "".join(f" {word} {network.name_of(key)}" for word, key in wanted if key)
