"""Reports made by hand, with everything in them that a report can hold, hostile text included."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from reports.report import (
    Cell,
    Chart,
    ChartKind,
    Column,
    ColumnKind,
    Confidence,
    Definition,
    Direction,
    Figure,
    Finding,
    Report,
    Section,
    Settings,
    Table,
    Withheld,
)

HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "</script><script>window.PWN=1</script>",
    '=HYPERLINK("http://evil.example","x")',
    '#eval("1") $x$ *bold* _it_ @cite `raw` \\ [link](http://evil.example)',
    "{{7*7}} {% raw %}",
    "\u202eright to left",
    "مركز المجتمع",
    "🏘️ Naïve Café ﷽ 漢字",
    "A" * 300,
    "-1+1",
    "nul\x00and\x1bescape",
    "+44 20 7946 0000",
    "http://evil.example/path",
    "' OR 1=1 --",
)

SETTINGS = Settings("The network in the third quarter", date(2026, 7, 1), date(2026, 9, 30))

_PLACES = (
    ("Aspenmere", 14, 9, 54.97, -1.61),
    ("Briarwick", 8, 12, 54.90, -1.38),
    ("Cobble Haven", 5, 2, 54.78, -1.57),
    ("Dunmoor", 3, Withheld.FEW, 55.01, -1.44),
    ("Elderfold", 0, 6, None, None),
    ("Fennbridge", Withheld.UNSURE, 7, 54.96, -1.60),
)

_DEFINITIONS = (
    Definition(
        "gaps",
        "Skills that nobody offers",
        "Skills that at least one organisation needs and that no open organisation offers.",
        formula="skills needed less skills offered",
        example="Of 20 skills that are needed, 13 are offered by somebody: 7 are not.",
        source="Counted from needs and offers that were told.",
    ),
    Definition("partnerships", "Partnerships", "Pairs of organisations that work together."),
    Definition(
        "coverage",
        "Coverage",
        "For how many open organisations something is known at all.",
        formula="organisations with such a fact ÷ open organisations",
    ),
)


def _tables(names: tuple[str, ...]) -> tuple[Table, ...]:
    needs: tuple[tuple[Cell, ...], ...] = tuple(
        (
            name,
            f"org-{number}",
            number % 7,
            number / max(len(names), 1),
            "2026-08-01",
            number % 2 == 0,
        )
        for number, name in enumerate(names)
    )
    return (
        Table(
            "needs",
            "Who needs what nobody offers",
            (
                Column("name", "Organisation"),
                Column("id", "Id", ColumnKind.ORGANISATION),
                Column("count", "Needs", ColumnKind.COUNT),
                Column("share", "Share", ColumnKind.SHARE),
                Column("since", "Since", ColumnKind.DAY),
                Column("urgent", "Urgent"),
            ),
            needs,
            note="Needs that were withdrawn are not in it.",
        ),
        Table(
            "places",
            "Needs and offers by place",
            (
                Column("place", "Place"),
                Column("needs", "Needs", ColumnKind.COUNT),
                Column("offers", "Offers", ColumnKind.COUNT),
                Column("latitude", "Latitude", ColumnKind.NUMBER),
                Column("longitude", "Longitude", ColumnKind.NUMBER),
            ),
            _PLACES,
        ),
        Table(
            "months",
            "Partnerships at the end of each month",
            (
                Column("day", "Day", ColumnKind.DAY),
                Column("partnerships", "Partnerships", ColumnKind.COUNT),
                Column("introductions", "Introductions", ColumnKind.COUNT),
            ),
            tuple(
                (f"2026-{month:02}-28", 80 + 7 * month, None if month == 3 else 5 * month)
                for month in range(1, 10)
            ),
        ),
        Table("nobody", "Organisations that left", (Column("name", "Organisation"),), ()),
    )


_FIGURES = (
    Figure(
        "gaps",
        "Skills that nobody offers",
        ColumnKind.COUNT,
        7,
        "gaps",
        "needs",
        of=20,
        before=9,
        direction=Direction.BETTER,
    ),
    Figure(
        "partnerships",
        "Partnerships",
        ColumnKind.COUNT,
        1_143,
        "partnerships",
        "months",
        low=1_100.0,
        high=1_250.0,
        before=1_160,
        direction=Direction.WORSE,
    ),
    Figure(
        "coverage",
        "Organisations that told a need",
        ColumnKind.SHARE,
        0.9375,
        "coverage",
        "places",
        of=160,
        before=0.9375,
        direction=Direction.SAME,
    ),
    Figure(
        "wait",
        "Days until an answer",
        ColumnKind.NUMBER,
        12.5,
        "partnerships",
        "months",
        unit="days",
        before=10.25,
        direction=Direction.OTHER,
    ),
    Figure("left", "Organisations that left", ColumnKind.COUNT, 0, "partnerships", "nobody"),
    Figure(
        "few",
        "Introductions declined",
        ColumnKind.COUNT,
        Withheld.FEW,
        "partnerships",
        "months",
        of=40,
        before=Withheld.TELLING,
    ),
)


def _sections(text: str) -> tuple[Section, ...]:
    findings = (
        Finding(
            "gaps",
            "Seven skills are needed that nobody offers",
            f"Two fewer than before. Most of them are about law and money. {text}",
            Direction.BETTER,
            Confidence.HIGH,
            "150 of 160 organisations have told their needs.",
            ("gaps", "coverage"),
        ),
        Finding(
            "partnerships",
            "17 partnerships fewer than before",
            "Most of those that ended were part of one project that is over.",
            Direction.WORSE,
            Confidence.MEDIUM,
            "Partnerships that nobody told of are missing.",
            ("partnerships",),
        ),
        Finding(
            "wait",
            "An answer takes 12 days",
            "It took ten days in the second quarter.",
            Direction.OTHER,
            Confidence.LOW,
            "Only 8 answers were counted.",
            ("wait",),
        ),
    )
    return (
        Section("findings", "What to know first", "", findings=findings),
        Section(
            "gaps",
            "What is missing",
            f"Needs and offers, place by place. {text}",
            paragraphs=("A need counts where the organisation works.",),
            figures=("gaps", "coverage"),
            charts=("places", "map"),
            tables=("places", "needs"),
        ),
        Section(
            "changes",
            "What has changed",
            "Since the end of June.",
            figures=("partnerships", "wait", "left", "few"),
            charts=("months", "empty"),
            tables=("months", "nobody"),
        ),
        Section("method", "How this report was made", "By rule, from what was told."),
    )


_CHARTS = (
    Chart(
        "places",
        ChartKind.BARS,
        "Needs and offers by place",
        "Two bars for each of six places. Aspenmere has most needs, Briarwick most offers.",
        "places",
        "place",
        ("needs", "offers"),
    ),
    Chart(
        "map",
        ChartKind.MAP,
        "Where the needs are",
        "A dot for each place; most needs are in Aspenmere, in the north-west.",
        "places",
        "place",
        ("needs",),
        latitude="latitude",
        longitude="longitude",
    ),
    Chart(
        "months",
        ChartKind.LINES,
        "Partnerships and introductions over the year",
        "Two lines that rise from January to September.",
        "months",
        "day",
        ("partnerships", "introductions"),
    ),
    Chart("empty", ChartKind.BARS, "Who left", "Nobody left.", "nobody", "name", ()),
)


def full_report(
    names: tuple[str, ...] = ("Aspen Advice", "Birch Carers"), text: str = ""
) -> Report:
    """A report with every kind of part; ``names`` fill a table, ``text`` stands in its prose."""
    return Report(
        SETTINGS,
        date(2026, 9, 30),
        "a" * 64,
        "b" * 64,
        _sections(text),
        _FIGURES,
        _CHARTS,
        _tables(names),
        _DEFINITIONS,
        introduction="",
        edited=(),
    )


def hostile_report() -> Report:
    """The same, with every text that ever broke anything, in every place that holds text."""
    bad = " ".join(HOSTILE)
    report = full_report(HOSTILE * 3, bad)
    return replace(
        report,
        settings=replace(report.settings, title=HOSTILE[1] + HOSTILE[3]),
        introduction=bad,
        sections=tuple(
            replace(each, title=f"{each.title} {HOSTILE[0]}", comment=bad, lead=bad)
            for each in report.sections
        ),
        figures=tuple(replace(each, label=f"{each.label} {HOSTILE[8]}") for each in report.figures),
        charts=tuple(
            replace(each, title=bad, description=bad, id=f'{each.id} "><')
            if each.id == "nowhere"
            else replace(each, title=bad, description=bad)
            for each in report.charts
        ),
        tables=tuple(
            replace(
                each,
                title=f"{HOSTILE[3]} {each.title}",
                note=bad,
                columns=tuple(replace(c, title=f"{c.title} {HOSTILE[4]}") for c in each.columns),
            )
            for each in report.tables
        ),
        definitions=tuple(
            replace(each, term=bad[:120], meaning=bad, formula=bad, example=bad)
            for each in report.definitions
        ),
        edited=("report.introduction", "section.gaps.lead", "finding.gaps.headline"),
    )


def empty_report() -> Report:
    """A report on a network of which nothing is known."""
    section = Section("findings", "What to know first", "Too little is known of this network yet.")
    return Report(SETTINGS, date(2026, 9, 30), "a" * 64, "", (section,), (), (), (), ())


def long_report(rows: int) -> Report:
    """A report whose tables have so many rows, all of them shown."""
    report = full_report(tuple(f"Organisation {number} of the long name" for number in range(rows)))
    return replace(report, tables=tuple(replace(each, shown=rows) for each in report.tables))
