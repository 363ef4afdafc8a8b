"""Whom nobody may bring together, and who gets to know of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import TOLD, organisation, snapshot_of, told
from graph.access import Audience, Role, Viewer, redact, redact_past
from graph.model import (
    DeclineReason,
    Fact,
    Introduction,
    IntroductionState,
    NotWith,
    Visibility,
)
from graph.testing.strategies import worlds
from graph.vetoes import barred_pairs
from matching.testing.worlds import snapshot_of as snapshot_from

COORDINATOR = Viewer("ada", Role.COORDINATOR).audience
AUTHOR = Viewer("ben", Role.PARTNER, frozenset({"org-a"})).audience
OTHER = Viewer("cleo", Role.PARTNER, frozenset({"org-b"})).audience
PUBLIC = Viewer("", Role.PUBLIC).audience
PAIR = frozenset({("org-a", "org-b")})
DAY = date(2026, 6, 1)
_DAYS = st.dates(date(1, 1, 1), date(9000, 1, 1))


def veto(one: str = "a", other: str = "b", **values: object) -> NotWith:
    ends = {"from_id": f"org-{one}", "to_id": f"org-{other}"}
    return NotWith(**{"why": "an old quarrel", "provenance": TOLD, **ends, **values})  # type: ignore[arg-type]


def introduction(state: IntroductionState, **values: object) -> Introduction:
    given = {"from_id": "org-a", "to_id": "org-b", "state": state, "decided_on": DAY}
    return Introduction(**{"provenance": TOLD, **given, **values})  # type: ignore[arg-type]


def barred(*facts: Fact, on: date | None = DAY) -> frozenset[tuple[str, str]]:
    return barred_pairs(snapshot_of(organisation("a"), organisation("b"), *facts), on)


def test_a_veto_bars_the_pair_whoever_of_the_two_gave_it() -> None:
    assert barred(veto("a", "b")) == barred(veto("b", "a")) == PAIR
    assert barred(veto("a", "b"), on=None) == PAIR
    assert barred() == frozenset()


def test_a_veto_holds_up_to_its_last_day() -> None:
    assert barred(veto(until=DAY)) == PAIR
    assert barred(veto(until=date(2026, 5, 31))) == frozenset()
    assert barred(veto(until=date(2026, 5, 31)), on=None) == PAIR


@pytest.mark.parametrize(
    ("state", "last"),
    [
        (IntroductionState.DECLINED, date(2027, 5, 31)),
        (IntroductionState.LAPSED, date(2026, 8, 29)),
    ],
)
def test_what_came_to_nothing_cools_off_for_its_time(state: IntroductionState, last: date) -> None:
    ended = introduction(state)
    assert barred(ended, on=last) == barred(ended, on=None) == PAIR
    assert ended.cools_until is not None
    assert barred(ended, on=ended.cools_until) == frozenset()


def test_a_day_that_was_named_outranks_the_usual_time() -> None:
    ended = introduction(IntroductionState.DECLINED, again_after=date(2026, 7, 1))
    assert barred(ended, on=date(2026, 6, 30)) == PAIR
    assert barred(ended, on=date(2026, 7, 1)) == frozenset()


def test_a_decline_without_a_day_counts_from_when_it_was_confirmed() -> None:
    ended = introduction(IntroductionState.DECLINED, decided_on=None)
    assert ended.cools_until == date(2027, 1, 1)
    assert barred(ended, on=date(2026, 12, 31)) == PAIR
    assert barred(ended, on=date(2027, 1, 1)) == frozenset()


@pytest.mark.parametrize(
    "state", set(IntroductionState) - {IntroductionState.DECLINED, IntroductionState.LAPSED}
)
def test_an_introduction_under_way_bars_nobody(state: IntroductionState) -> None:
    assert barred(introduction(state, again_after=date(2027, 1, 1))) == frozenset()


def test_the_record_and_the_table_know_the_same_cool_off() -> None:
    @settings(max_examples=40, deadline=None)
    @given(
        st.sampled_from(IntroductionState),
        st.none() | _DAYS,
        st.none() | _DAYS,
        _DAYS,
    )
    def check(state: IntroductionState, decided: date | None, again: date | None, on: date) -> None:
        said = introduction(state, decided_on=decided, again_after=again)
        pairs = barred_pairs(snapshot_from([organisation("a"), organisation("b"), said]), on)
        until = said.cools_until
        assert bool(pairs) == (until is not None and on < until)

    check()


@pytest.mark.parametrize("visibility", Visibility)
@pytest.mark.parametrize(
    "said",
    [veto(), introduction(IntroductionState.DECLINED, reason=DeclineReason.BAD_EXPERIENCE)],
    ids=["veto", "decline"],
)
def test_only_coordinators_and_its_author_see_it_however_visible_it_claims_to_be(
    said: NotWith | Introduction, visibility: Visibility
) -> None:
    fact = replace(said, provenance=told(visibility))
    public = told(Visibility.PUBLIC)
    ends = (organisation("a", provenance=public), organisation("b", provenance=public))
    snapshot, without = snapshot_of(*ends, fact), snapshot_of(*ends)
    for audience, count in ((COORDINATOR, 1), (AUTHOR, 1), (OTHER, 0), (PUBLIC, 0)):
        seen = redact(snapshot, audience)
        assert len(seen.tables[said.kind]) == count
        assert len(redact_past(snapshot, without, audience).tables[said.kind]) == count
        assert len(redact_past(without, snapshot, audience).tables[said.kind]) == 0
        if not count:
            assert seen.content_hash == redact(without, audience).content_hash


def test_in_any_world_nobody_else_holds_a_confidential_fact() -> None:
    @settings(max_examples=60, deadline=None)
    @given(
        worlds(most_nodes=4, most_ties=6),
        st.frozensets(st.sampled_from([each for each in Visibility if each != "coordinators"])),
        st.data(),
    )
    def check(facts: tuple[Fact, ...], sees: frozenset[Visibility], data: st.DataObject) -> None:
        organisations = [fact.id for fact in facts if fact.kind == "organisation"]
        own = data.draw(st.frozensets(st.sampled_from(organisations)) if organisations else _NONE)
        seen = redact(snapshot_from(facts), Audience(sees, own))
        for kind in (NotWith, Introduction):
            assert {tie.from_id for tie in seen.records(kind)} <= own

    check()


_NONE: st.SearchStrategy[frozenset[str]] = st.just(frozenset())
