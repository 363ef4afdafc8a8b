from __future__ import annotations

from dataclasses import replace

import pytest

from reports.report import ColumnKind, Confidence, Direction, Figure
from reports.sections.conditions.headlines import headlines

SIGNED = Figure(
    "signed", "Organisations that have signed a goal", ColumnKind.SHARE, 0.5, "signed", "signed"
)


def test_a_share_that_moved_by_five_points_is_told_with_what_it_was_and_is_of() -> None:
    (told,) = headlines([replace(SIGNED, of=12, before=1.0, direction=Direction.WORSE)])
    assert told.finding.headline == "Organisations that have signed a goal: 50%, down from 100%"
    assert told.finding.why_confident == "Counted over 12 organisations."
    assert told.finding.confidence is Confidence.MEDIUM
    assert headlines([replace(SIGNED, of=12, before=0.46)]) == ()
    assert headlines([replace(SIGNED, of=12)]) == ()


def test_days_are_no_share_and_open_no_report() -> None:
    days = Figure(
        "since-contact",
        "Days since partners were last in touch, in the middle",
        ColumnKind.NUMBER,
        80.0,
        "since-contact",
        "contacts",
        of=184,
        before=90.0,
    )
    assert headlines([days]) == ()


@pytest.mark.parametrize(("share", "told"), [(0.19, 0), (0.2, 1)])
def test_a_backbone_leant_on_heavily_is_told_even_if_nothing_moved(share: float, told: int) -> None:
    figure = Figure("dependency", "", ColumnKind.SHARE, share, "dependency", "backbone-parts", of=9)
    assert len(headlines([figure])) == told
