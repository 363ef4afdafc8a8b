from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from builders import TOLD, collaboration, need, organisation, skill, snapshot_of
from graph.model import Fact
from reports.build import build_report
from reports.report import Report, Settings

QUARTER = Settings("The third quarter", date(2026, 7, 1), date(2026, 9, 30))
KNOWN = (*(organisation(key) for key in "abcd"), skill("law"), need("a", "law"))
TIES = (collaboration("a", "b"), collaboration("c", "d"), collaboration("a", "c"))
AGAIN = replace(need("a", "law"), provenance=replace(TOLD, last_confirmed=date(2026, 9, 1)))


def report_of(now: tuple[Fact, ...], then: tuple[Fact, ...]) -> Report:
    return build_report(snapshot_of(*now), QUARTER, snapshot_of(*then))


def lead(report: Report) -> str:
    return next(section.lead for section in report.sections if section.id == "changes")


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (KNOWN, "No fact has come, gone or changed since 30 June 2026."),
        (
            (*KNOWN[:-1], AGAIN),
            "No fact has come, gone or changed since 30 June 2026. 1 fact was confirmed again.",
        ),
        (
            (*KNOWN[:-1], AGAIN, TIES[0]),
            "Since 30 June 2026, 1 fact came, 0 went and 0 changed; 1 was confirmed again.",
        ),
        (
            (*KNOWN, *TIES),
            "Since 30 June 2026, 3 facts came, 0 went and 0 changed; 0 were confirmed again.",
        ),
    ],
)
def test_what_has_changed_is_told_in_a_sentence(now: tuple[Fact, ...], said: str) -> None:
    assert lead(report_of(now, KNOWN)) == said


def test_who_closes_on_a_day_that_was_known_before_is_named_too() -> None:
    closing = (*KNOWN, organisation("e", closed_on=date(2026, 8, 1)))
    assert lead(report_of(closing, closing)).endswith("since 30 June 2026. e has closed.")


@pytest.mark.parametrize(
    ("ties", "were", "headline", "detail"),
    [
        (1, 3, "2 fewer partnerships than before", "1 pair of organisations works together; "),
        (2, 1, "1 more partnership than before", "2 pairs of organisations work together; "),
    ],
)
def test_more_and_fewer_partnerships_read_right(
    ties: int, were: int, headline: str, detail: str
) -> None:
    report = report_of((*KNOWN, *TIES[:ties]), (*KNOWN, *TIES[:were]))
    finding = next(each for each in report.sections[0].findings if each.id == "partnerships")
    verb = "was" if were == 1 else "were"
    assert finding.headline == headline
    assert finding.detail == f"{detail}on 30 June 2026 there {verb} {were}."
