"""Sentences of a report that would say a number that its figures and tables withhold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from reports.report import (
    Cell,
    Chart,
    ColumnKind,
    Figure,
    Finding,
    Report,
    Section,
    Table,
    Withheld,
)

__all__ = ["without_telling"]

_NUMBER = re.compile(r"\d[\d,]*")
_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "single": 1, "both": 2}
_WORD = re.compile(r"[a-z]+")


def without_telling(true: Report, shown: Report) -> Report:
    """Return ``shown`` without sentences that state a number of ``true`` that it withholds.

    A finding that rests on a withheld figure says no more than that; a lead, a paragraph, a note
    or a description is left out as a whole.
    """
    figures = {was.id: (was, now) for was, now in zip(true.figures, shown.figures, strict=True)}
    secrets = {
        **{f"figure {key}": frozenset(_of_figure(*pair)) for key, pair in figures.items()},
        **{
            f"table {was.id}": frozenset(_of_table(was, now))
            for was, now in zip(true.tables, shown.tables, strict=True)
        },
    }
    return replace(
        shown,
        sections=tuple(_section(section, figures, secrets) for section in shown.sections),
        charts=tuple(_chart(chart, secrets[f"table {chart.table}"]) for chart in shown.charts),
        tables=tuple(
            replace(table, note=_kept(table.note, secrets[f"table {table.id}"]))
            for table in shown.tables
        ),
    )


def _section(
    section: Section,
    figures: dict[str, tuple[Figure, Figure]],
    secrets: dict[str, frozenset[int]],
) -> Section:
    named = [*(f"figure {key}" for key in section.figures)]
    named += [f"table {key}" for key in section.tables]
    named += [f"table {figures[key][0].table}" for key in section.figures]
    hidden = frozenset[int]().union(*(secrets[each] for each in named))
    return replace(
        section,
        lead=_kept(section.lead, hidden),
        paragraphs=tuple(each for each in section.paragraphs if _kept(each, hidden)),
        findings=tuple(_finding(each, figures, hidden) for each in section.findings),
    )


def _finding(
    finding: Finding, figures: dict[str, tuple[Figure, Figure]], hidden: frozenset[int]
) -> Finding:
    withheld = [
        now
        for key in finding.figures
        for was, now in (figures[key],)
        if now.value is not was.value and isinstance(now.value, Withheld)
    ]
    if not withheld:
        was_told = frozenset[int]().union(*(_of_figure(*figures[key]) for key in finding.figures))
        return replace(
            finding,
            detail=_kept(finding.detail, hidden | was_told),
            why_confident=_kept(finding.why_confident, hidden | was_told),
        )
    first = withheld[0]
    return replace(
        finding,
        headline=f"{first.label}: {first.value}",
        detail="The number is too small to be shown to the public, or would tell one that is.",
        direction=first.direction,
        why_confident="",
    )


def _chart(chart: Chart, hidden: frozenset[int]) -> Chart:
    return replace(
        chart,
        description=_kept(chart.description, hidden) or "The table beside it holds the same.",
    )


def _kept(text: str, hidden: frozenset[int]) -> str:
    return "" if hidden.intersection(_numbers(text)) else text


def _numbers(text: str) -> Iterator[int]:
    for found in _NUMBER.findall(text):
        digits = found.replace(",", "")
        if len(digits) < 16:
            yield int(digits)
    yield from (_WORDS[word] for word in _WORD.findall(text.casefold()) if word in _WORDS)


def _of_figure(was: Figure, now: Figure) -> Iterable[int]:
    pairs = ((was.value, now.value), (was.before, now.before), (was.of, now.of))
    return _differing(pairs, was.kind)


def _of_table(was: Table, now: Table) -> Iterator[int]:
    if now.withheld and not was.withheld:
        yield len(was.rows) - was.has_total
        return
    for old, new in zip(was.rows, now.rows, strict=True):
        for column, before, after in zip(was.columns, old, new, strict=True):
            yield from _differing(((before, after),), column.kind)


def _differing(pairs: Iterable[tuple[Cell, Cell]], kind: ColumnKind) -> Iterator[int]:
    for was, now in pairs:
        if isinstance(now, Withheld) and isinstance(was, (int, float)):
            yield round(was * 100) if kind is ColumnKind.SHARE else round(was)
