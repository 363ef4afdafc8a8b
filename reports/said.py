"""Sentences of a report that would say a number that its figures and tables withhold."""

from __future__ import annotations

import re
from collections import Counter
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
from reports.telling import FEWEST

__all__ = ["without_telling"]

_EXACT = 100
"""Of so many a whole per cent tells the count itself."""

_NUMBER = re.compile(r"\d[\d,]*")
# A count of one to four, whatever it counts; "and 2 more" of a list that is shown is none.
_FEW = re.compile(r"(?<![\d.,])[1-4](?![\d,.]*[\d%])(?! more\b)")
_DAY = re.compile(
    r"\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)(?: \d{4})?"
)
_SHARE = re.compile(r"(\d+)%")
_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "single": 1, "both": 2}
_WORD = re.compile(r"[a-z]+")


def without_telling(true: Report, shown: Report) -> Report:
    """Return ``shown`` without sentences that state a number of ``true`` that it withholds.

    A finding that rests on a withheld figure says no more than that; a lead, a paragraph, a note
    or a description is left out as a whole. So is one that says a count of one to four, or what a
    column with something withheld comes to: not every number of a sentence is a figure.
    """
    figures = {was.id: (was, now) for was, now in zip(true.figures, shown.figures, strict=True)}
    told = frozenset(
        figure.value for figure in shown.figures if isinstance(figure.value, (int, float))
    )
    secrets = {
        **{f"figure {key}": frozenset(_of_figure(*pair)) for key, pair in figures.items()},
        **{
            f"table {was.id}": frozenset(_of_table(was, now)) | (_sums(was, now) - told)
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
        findings=tuple(_finding(each, figures, hidden, secrets) for each in section.findings),
    )


def _finding(
    finding: Finding,
    figures: dict[str, tuple[Figure, Figure]],
    hidden: frozenset[int],
    secrets: dict[str, frozenset[int]],
) -> Finding:
    withheld = [
        now
        for key in finding.figures
        for was, now in (figures[key],)
        if now.value is not was.value and isinstance(now.value, Withheld)
    ]
    if not withheld:
        hidden = hidden.union(
            *(secrets[f"figure {key}"] for key in finding.figures),
            *(secrets[f"table {figures[key][0].table}"] for key in finding.figures),
        )
        labels = (figures[key][1].label for key in finding.figures)
        return replace(
            finding,
            headline=_kept(finding.headline, hidden) or next(labels, finding.headline),
            detail=_kept(finding.detail, hidden),
            why_confident=_kept(finding.why_confident, hidden),
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
    said = _DAY.sub("", text)
    tells = hidden.intersection(_numbers(said)) or _FEW.search(said) or _is_share_of_few(said)
    return "" if tells else text


def _is_share_of_few(text: str) -> bool:
    """Tell whether a share is said beside what it is a share of, and stands for one to four."""
    shares = [int(each[:4]) for each in _SHARE.findall(text)]
    wholes = [each for each in _numbers(text) if each <= _EXACT and each not in shares]
    return any(0 < round(share * whole / 100) < FEWEST for share in shares for whole in wholes)


def _numbers(text: str) -> Iterator[int]:
    for found in _NUMBER.findall(text):
        digits = found.replace(",", "")
        if len(digits) < 16:
            yield int(digits)
    yield from (_WORDS[word] for word in _WORD.findall(text.casefold()) if word in _WORDS)


def _of_figure(was: Figure, now: Figure) -> Iterator[int]:
    yield from _differing(((was.value, now.value), (was.before, now.before)), was.kind)
    yield from _differing(((was.of, now.of),), ColumnKind.COUNT)


def _of_table(was: Table, now: Table) -> Iterator[int]:
    if now.withheld and not was.withheld:
        yield len(was.rows) - was.has_total
    for at, column in enumerate(was.columns):
        # By value: where something is withheld the rows stand in another order.
        true, shown = (
            Counter(cell for row in rows if isinstance(cell := row[at], (int, float)))
            for rows in (was.rows, now.rows)
        )
        yield from (_as_said(cell, column.kind) for cell in true - shown)


def _sums(was: Table, now: Table) -> frozenset[int]:
    """Return what columns come to in which something is withheld."""
    last = len(was.rows) - was.has_total
    found = frozenset(
        round(sum(cell for row in was.rows[:last] if isinstance(cell := row[at], (int, float))))
        for at, column in enumerate(was.columns)
        if column.kind is ColumnKind.COUNT
        and (now.withheld or any(isinstance(row[at], Withheld) for row in now.rows))
    )
    return found - {0}


def _differing(pairs: Iterable[tuple[Cell, Cell]], kind: ColumnKind) -> Iterator[int]:
    for was, now in pairs:
        if isinstance(now, Withheld) and isinstance(was, (int, float)):
            yield _as_said(was, kind)


def _as_said(value: float, kind: ColumnKind) -> int:
    return round(value * 100) if kind is ColumnKind.SHARE else round(value)
