"""A backtest as tables of text, the same at the prompt, in a file and on a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from matching.evaluation.bootstrap import Interval
from matching.evaluation.result import FEW, Backtest, Measured, Section
from matching.metrics import METRICS

__all__ = ["Cell", "TextTable", "tables"]

_LEAD = METRICS[0]


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure, and under it the bounds of its interval where it has one."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class TextTable:
    """One table, the best ranking first; ``own`` are the rows of gofar's own suggestions."""

    title: str
    about: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    own: frozenset[int]


def tables(found: Backtest) -> tuple[TextTable, ...]:
    """Return what a backtest found: for known organisations, for few partners, for new ones."""
    day, few = found.cutoff.isoformat(), found.counts["few_partners"]
    return tuple(
        _table(title, about, section, prefix)
        for title, about, section, prefix in (
            (
                f"{day}: organisations known before",
                _about(found.known, "had worked in a project before"),
                found.known,
                "",
            ),
            (
                f"{day}: only partners that had few partners",
                f"The same lists; only partners that had at most {few:,} partners before count, "
                "which is what popularity hides.",
                found.known,
                FEW,
            ),
            (
                f"{day}: organisations without a past",
                _about(found.cold, "had worked in no project before"),
                found.cold,
                "",
            ),
        )
        if section.asked
    )


def _about(section: Section, who: str) -> str:
    asked = f"{section.asked:,} of the" if section.asked < section.found else "the"
    return (
        f"Lists for {asked} {section.found:,} organisations that {who} and then first worked with "
        f"organisations known before: {section.partners:.1f} of them on average."
    )


def _table(title: str, about: str, section: Section, prefix: str) -> TextTable:
    lead = prefix + _LEAD.name
    best = section.best.get(lead, "")
    rankings = sorted(
        section.rankings,
        key=lambda ranking: ranking.metrics[lead].value if lead in ranking.metrics else 0.0,
        reverse=True,
    )
    others = ("ever shown", "Gini") if not prefix else ()
    return TextTable(
        title=title,
        about=about,
        head=(
            "ranking",
            *(metric.label for metric in METRICS),
            "against the best",
            *others,
        ),
        rows=tuple(
            tuple(_cells(ranking, prefix, is_best=ranking.name == best)) for ranking in rankings
        ),
        own=frozenset(place for place, ranking in enumerate(rankings) if not ranking.is_baseline),
    )


def _cells(ranking: Measured, prefix: str, *, is_best: bool) -> Iterator[Cell]:
    yield Cell(ranking.label)
    for metric in METRICS:
        yield _figure(ranking.metrics.get(prefix + metric.name))
    difference = ranking.differences.get(prefix + _LEAD.name)
    if is_best:
        yield Cell("best baseline")
    elif difference is None or difference.percent is None:
        yield Cell("–")
    else:
        percent = difference.percent
        yield Cell(f"{percent.value:+.1f} %", f"{percent.low:+.1f} to {percent.high:+.1f}")
    if not prefix:
        yield Cell(f"{100 * ranking.shown:.2f} %")
        yield Cell(f"{ranking.gini:.3f}")


def _figure(interval: Interval | None) -> Cell:
    if interval is None:
        return Cell("–")
    return Cell(f"{interval.value:.4f}", f"{interval.low:.4f}–{interval.high:.4f}")
