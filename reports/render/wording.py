"""Numbers, days and signs as a reader meets them: the same in a page, a PDF and a picture."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports.report import Cell, ColumnKind, Confidence, Direction, Figure, Report, Withheld

__all__ = [
    "CONFIDENCE",
    "DIRECTIONS",
    "NO_ROWS",
    "Sign",
    "block_text",
    "cell_text",
    "citation",
    "day_text",
    "edited_text",
    "figure_facts",
    "figure_text",
    "is_numeric",
    "period_text",
    "rows_note",
    "withheld_notes",
]

NO_ROWS = "There is nothing to list."
_NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Sign:
    """A direction in a symbol and in words; ``tone`` names a colour, which says nothing alone."""

    symbol: str
    words: str
    tone: str


DIRECTIONS: dict[Direction, Sign] = {
    Direction.BETTER: Sign("↑", "Better than last time", "good"),
    Direction.WORSE: Sign("↓", "Worse than last time", "bad"),
    Direction.SAME: Sign("=", "As last time", "plain"),
    Direction.OTHER: Sign("↔", "Changed since last time", "plain"),
    Direction.NEW: Sign("•", "Nothing to compare with", "plain"),
}

CONFIDENCE: dict[Confidence, str] = {
    Confidence.HIGH: "Well founded",
    Confidence.MEDIUM: "Fairly well founded",
    Confidence.LOW: "Weakly founded",
}

_NUMERIC = frozenset({ColumnKind.COUNT, ColumnKind.NUMBER, ColumnKind.SHARE})

_WHY_WITHHELD: dict[Withheld, str] = {
    Withheld.FEW: "“fewer than 5” stands for a count of 1 to 4, by which somebody could be "
    "recognised.",
    Withheld.TELLING: "“not shown” stands for a number from which such a count could be worked "
    "out.",
    Withheld.UNSURE: "“not known well enough” stands for a number that rests on too few answers.",
}


def is_numeric(kind: ColumnKind) -> bool:
    """Tell whether cells of a kind are numbers, which stand to the right."""
    return kind in _NUMERIC


def day_text(day: date) -> str:
    """Return a day as "1 November 2026"."""
    return f"{day.day} {day:%B %Y}"


def period_text(report: Report) -> str:
    """Return the period that a report is about."""
    settings = report.settings
    return f"{day_text(settings.period_start)} to {day_text(settings.period_end)}"


def cell_text(value: Cell, kind: ColumnKind) -> str:
    """Return a value as it is shown; shares in per cent, nothing as a dash."""
    match value:
        case Withheld():
            return value.value
        case None | "":
            return _NOTHING
        case bool():
            return "yes" if value else "no"
        case str():
            return _day(value) if kind is ColumnKind.DAY else value
    if kind is ColumnKind.SHARE:
        return f"{_decimal(value * 100, 1)}%"
    if kind is ColumnKind.COUNT:
        return _minus(f"{value:,.0f}")
    return _decimal(value, 2)


def figure_text(figure: Figure) -> str:
    """Return the number of a figure with its unit."""
    text = cell_text(figure.value, figure.kind)
    is_number = isinstance(figure.value, (int, float))
    return f"{text} {figure.unit}" if figure.unit and is_number else text


def figure_facts(figure: Figure) -> tuple[str, ...]:
    """Return what stands with a number: what it is of, where it may lie, and what it was."""
    facts = []
    if figure.of is not None:
        of = cell_text(figure.of, ColumnKind.COUNT)
        # "fewer than 5 of not shown" would be no sentence.
        facts.append("of a number not shown" if isinstance(figure.of, Withheld) else f"of {of}")
    if figure.low is not None and figure.high is not None:
        low, high = (cell_text(each, figure.kind) for each in (figure.low, figure.high))
        facts.append(f"truly between {low} and {high}")
    if figure.before is not None:
        facts.append(f"last time {cell_text(figure.before, figure.kind)}")
    return tuple(facts)


def rows_note(shown: int, total: int) -> str:
    """Return how many rows of a table stand here, where not all do."""
    if shown >= total:
        return ""
    rows = "row" if total == 1 else "rows"
    if not shown:
        return f"{total:,} {rows}, in the workbook and the data file."
    return f"{shown:,} of {total:,} {rows}; all are in the workbook and the data file."


def withheld_notes(report: Report) -> tuple[str, ...]:
    """Return what is withheld in a report and why, a sentence for each way."""
    values: set[Cell] = {
        each for figure in report.figures for each in (figure.value, figure.of, figure.before)
    }
    for table in report.tables:
        values.add(table.withheld)
        values.update(cell for row in table.rows for cell in row if isinstance(cell, Withheld))
    found = {each for each in values if isinstance(each, Withheld)}
    return tuple(why for each, why in _WHY_WITHHELD.items() if each in found)


def edited_text(report: Report) -> str:
    """Return which words are the coordinator's, or nothing."""
    if not report.edited:
        return ""
    names = [block_text(report, block) for block in report.edited]
    return f"Words edited by the coordinator: {'; '.join(names)}. Numbers can’t be edited."


def citation(report: Report, content_hash: str) -> str:
    """Return how to cite a report, with the hash by which it is known again."""
    return (
        f"{report.settings.title}. {period_text(report)}, as of {day_text(report.as_of)}. "
        f"Made by gofar; report {content_hash[:16]}."
    )


def block_text(report: Report, block: str) -> str:
    """Return what a block of :mod:`reports.words` is called."""
    kind, _, rest = block.partition(".")
    key, _, part = rest.rpartition(".")
    if kind == "section":
        title = next((each.title for each in report.sections if each.id == key), key)
        return f"the {'opening' if part == 'lead' else part} of “{title}”"
    if kind == "finding":
        found = (each for section in report.sections for each in section.findings)
        headline = next((each.headline for each in found if each.id == key), key)
        return f"the {part} of “{headline}”"
    return f"the {rest}"


def _day(text: str) -> str:
    try:
        return day_text(date.fromisoformat(text))
    except ValueError:
        return text


def _decimal(value: float, places: int) -> str:
    """Return a number with at most so many places; one too small for them keeps two digits."""
    if value and abs(value) < 10**-places / 2:
        return _minus(f"{value:.1g}" if abs(value) > 1e-6 else f"{value:.1e}")
    text = f"{value:,.{places}f}"
    return _minus(text.rstrip("0").rstrip("."))


def _minus(text: str) -> str:
    return text.replace("-", "\u2212", 1) if text.startswith("-") else text
