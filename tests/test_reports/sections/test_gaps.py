from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from builders import TOLD, collaboration, need, offer, organisation, skill, snapshot_of
from graph.model import Fact, Place
from reports.build import build_report
from reports.report import Report, Settings

QUARTER = Settings("The third quarter", date(2026, 7, 1), date(2026, 9, 30))
KNOWN = (*(organisation(key) for key in "abc"), skill("law"), skill("books"))
OFFERED = (offer("b", "law"), offer("c", "law"))
TOGETHER = (*OFFERED, collaboration("a", "b"))


def report_of(*facts: Fact, before: tuple[Fact, ...] = (), about: Settings = QUARTER) -> Report:
    then = snapshot_of(*KNOWN, *before) if before else None
    return build_report(snapshot_of(*KNOWN, *facts), about, then)


def lead(report: Report) -> str:
    return next(section.lead for section in report.sections if section.id == "gaps")


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ((), "Nobody has told a need yet, so it can’t be said what is missing."),
        (
            (need("a", "law"),),
            "1 organisation has 1 need, 1 of which has nobody in reach who could help. 1 "
            "organisation of 3 has told a need or an offer: what the others lack is not known.",
        ),
        (
            (need("a", "law"), need("a", "books"), *TOGETHER),
            "1 organisation has 2 needs, 1 of which has nobody in reach who could help. 3 "
            "organisations of 3 have told a need or an offer.",
        ),
        (
            (need("a", "law"), *TOGETHER),
            "1 organisation has 1 need, 0 of which have nobody in reach who could help. 3 "
            "organisations of 3 have told a need or an offer.",
        ),
    ],
)
def test_what_is_missing_is_told_in_a_sentence(facts: tuple[Fact, ...], said: str) -> None:
    assert lead(report_of(*facts)) == said


def test_where_nobody_needs_anything_the_place_is_named() -> None:
    camden = Place(id="place-camden", name="Camden", provenance=TOLD)
    found = report_of(camden, need("a", "law"), about=replace(QUARTER, place_id=camden.id))
    assert lead(found) == (
        "No need of organisations in Camden is known yet, so it can’t be said what is missing."
    )


@pytest.mark.parametrize("needs_then", [True, False])
def test_who_goes_on_offering_what_nobody_needs_is_not_said_to_have_changed(
    needs_then: bool,
) -> None:
    told = (*OFFERED, need("a", "law"))
    then, now = (told, OFFERED) if needs_then else (OFFERED, told)
    found = report_of(*now, before=then)
    (moved,) = (table.rows for table in found.tables if table.id == "gaps-moved")
    assert [row[3] for row in moved] == ["a no longer needs it" if needs_then else "a needs it now"]
