from __future__ import annotations

from datetime import date

from builders import need, offer, organisation, skill, snapshot_of
from graph.model import Fact
from reports.build import build_report
from reports.report import Report, Settings

QUARTER = Settings("The third quarter", date(2026, 7, 1), date(2026, 9, 30))


def report_of(*facts: Fact) -> Report:
    return build_report(snapshot_of(*facts), QUARTER)


def lead(report: Report) -> str:
    return next(section.lead for section in report.sections if section.id == "next")


def test_nothing_is_said_of_what_nobody_would_gain() -> None:
    nobody = "No introduction is known that would suit two organisations."
    assert lead(report_of()) == lead(report_of(organisation("a"))) == nobody


def test_one_introduction_is_told_as_one() -> None:
    found = report_of(
        organisation("a"), organisation("b"), skill("law"), need("a", "law"), offer("b", "law")
    )
    assert lead(found) == (
        "1 introduction that would do most: it gives 2 organisations a first partner and meets "
        "1 need."
    )
