"""Two reports side by side: which figures they share, and which way each has gone."""

from __future__ import annotations

from dataclasses import dataclass

from reports.report import Figure, Report

__all__ = ["Comparison", "FigureChange", "compare"]


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One figure in both reports; None where a report doesn't have it."""

    id: str
    label: str
    before: Figure | None
    after: Figure | None

    @property
    def difference(self) -> float | None:
        """Return by how much the value has grown; None where one isn't a number that is shown."""
        values = [figure.value if figure else None for figure in (self.before, self.after)]
        before, after = (value if isinstance(value, (int, float)) else None for value in values)
        return None if before is None or after is None else after - before


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two reports say: their figures, and the findings that only one of them has."""

    figures: tuple[FigureChange, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]


def compare(before: Report, after: Report) -> Comparison:
    """Return two reports side by side, in the order of the later one; any two will do."""
    earlier = {figure.id: figure for figure in before.figures}
    later = {figure.id: figure for figure in after.figures}
    order = [*later, *(key for key in earlier if key not in later)]
    figures = tuple(
        FigureChange(key, (later.get(key) or earlier[key]).label, earlier.get(key), later.get(key))
        for key in order
    )
    was, now = _headlines(before), _headlines(after)
    return Comparison(
        figures,
        only_before=tuple(line for line in was if line not in now),
        only_after=tuple(line for line in now if line not in was),
    )


def _headlines(report: Report) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            finding.headline for section in report.sections for finding in section.findings
        )
    )
