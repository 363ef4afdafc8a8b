"""A report is made from the network at the end of its period, whenever that is done."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from builders import told
from graph.contract import GraphStore
from graph.errors import InputError
from graph.model import NotWith, Visibility
from graph.testing.samples import TOLD, write
from reporting_world import MAKER, Clock, from_json, grow
from reports.errors import UnknownReport
from reports.keeping import content_of, keep
from reports.making import Made, Order, made_again, make
from reports.periods import Period
from reports.scope import Scope

FIRST = Period(date(2026, 1, 1), date(2026, 3, 31))
YEAR_BEFORE = Period(date(2025, 10, 1), date(2025, 12, 31))


def made(store: GraphStore, clock: Clock, period: Period = FIRST, **order: object) -> Made:
    return make(store, MAKER, Order("Board", period, **order), actor="ada", now=clock())  # type: ignore[arg-type]


def test_it_shows_the_end_of_its_period_however_late_it_is_made(
    store: GraphStore, clock: Clock
) -> None:
    on_time = made(store, clock)
    grow(store, "Third", datetime(2026, 4, 2, tzinfo=UTC))
    clock.forward(days=14)
    late = made(store, clock)
    assert late.contents == on_time.contents
    assert late.report.as_of == date(2026, 3, 31)
    assert late.report.network_hash == on_time.report.network_hash
    assert "First, Second" in late.contents[0].content


def test_a_period_that_goes_on_shows_today(store: GraphStore, clock: Clock) -> None:
    grow(store, "Third", datetime(2026, 4, 1, tzinfo=UTC))
    report = made(store, clock, Period(date(2026, 4, 1), date(2026, 6, 30))).report
    assert report.as_of == date(2026, 4, 1)
    assert report.network_version == store.version()


def test_the_public_version_holds_nothing_that_is_not_public(
    store: GraphStore, clock: Clock
) -> None:
    grow(
        store,
        "Open",
        datetime(2026, 3, 1, tzinfo=UTC),
        provenance=told(Visibility.PUBLIC),
    )
    ours, public = made(store, clock).contents
    assert "First, Open, Second" in ours.content
    assert "Open" in public.content
    assert "Second" not in public.content


def test_what_was_made_private_since_the_period_is_not_in_a_late_report(
    store: GraphStore, clock: Clock
) -> None:
    before = made(store, clock)
    grow(store, "Second", datetime(2026, 4, 1, tzinfo=UTC), provenance=told(Visibility.PRIVATE))
    late = made(store, clock)
    assert "Second" in before.contents[0].content
    assert "Second" not in late.contents[0].content
    assert late.report.network_hash == before.report.network_hash
    # And so it stays, although it could be seen at the version that it is about.
    assert made_again(store, MAKER, late.report) == late.contents


def test_a_veto_told_since_holds_in_a_late_report(store: GraphStore, clock: Clock) -> None:
    write(store, NotWith(from_id="org-First", to_id="org-Second", provenance=TOLD))
    clock.forward(days=1)
    for content in made(store, clock).contents:
        barred = {each.id: each.value for each in from_json(content.content).figures}["barred"]
        assert barred == 1


def test_it_is_compared_with_the_one_before_about_the_same(store: GraphStore, clock: Clock) -> None:
    earlier = made(store, clock, YEAR_BEFORE)
    elsewhere = made(store, clock, scope=Scope(place_id="place-x"))
    for each in (earlier, elsewhere):
        keep(store, each, actor="ada")
    later = made(store, clock)
    assert later.report.previous_id == earlier.report.id
    assert from_json(later.contents[0].content).figures[0].before == 1
    assert made(store, clock, previous_id="").report.previous_id == ""
    chosen = made(store, clock, previous_id=elsewhere.report.id)
    assert chosen.report.previous_id == elsewhere.report.id


def test_one_that_was_put_right_is_compared_with_no_more(store: GraphStore, clock: Clock) -> None:
    wrong = made(store, clock, YEAR_BEFORE)
    keep(store, wrong, actor="ada")
    right = made(store, clock, YEAR_BEFORE, replaces_id=wrong.report.id)
    keep(store, right, actor="ada")
    assert made(store, clock).report.previous_id == right.report.id


def test_nothing_known_and_nothing_begun_are_refused(store: GraphStore, clock: Clock) -> None:
    with pytest.raises(InputError, match="nothing was known"):
        made(store, clock, Period(date(2025, 1, 1), date(2025, 3, 31)))
    with pytest.raises(InputError, match="yet to come"):
        made(store, clock, Period(date(2026, 7, 1), date(2026, 9, 30)))
    for name in ("previous_id", "replaces_id"):
        with pytest.raises(UnknownReport):
            made(store, clock, **{name: "report-0"})


def test_ids_can_not_be_guessed_but_those_of_a_schedule_follow_from_it(
    store: GraphStore, clock: Clock
) -> None:
    assert made(store, clock).report.id != made(store, clock).report.id
    one, same, other = (
        made(store, clock, schedule_id=key).report.id for key in ("s", "s", "other")
    )
    assert one == same != other


def test_a_made_report_can_be_read_back_as_it_was_found(store: GraphStore, clock: Clock) -> None:
    found = made(store, clock)
    keep(store, found, actor="ada")
    for public, content in zip((False, True), found.contents, strict=True):
        read = content_of(store, found.report, MAKER, public=public)
        assert MAKER.to_json(read) == content.content
