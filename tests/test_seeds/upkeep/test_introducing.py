"""Vetoes and introductions: written once, changed by a new word, taken back by undo."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

import seeds
from graph.contract import GraphStore
from graph.errors import InvalidRecord, UnknownOrganisation
from graph.model import (
    Collaboration,
    DeclineReason,
    Introduction,
    IntroductionState,
    NotWith,
)
from graph.testing.samples import write
from import_files import content
from seeds.upkeep import keep_apart, record_introduction, reject
from upkeep_world import ADA, BEA, KITCHEN, SINGERS, TODAY, WORLD

TOMORROW = TODAY + timedelta(days=1)
MET, DECLINED = IntroductionState.MET, IntroductionState.DECLINED


@pytest.fixture(autouse=True)
def world(store: GraphStore) -> None:
    write(store, *WORLD)


def the_veto(store: GraphStore) -> NotWith:
    (found,) = store.records(NotWith)
    return found


def the_introduction(store: GraphStore) -> Introduction:
    (found,) = store.records(Introduction)
    return found


def test_a_veto_is_kept_changed_and_taken_back(store: GraphStore) -> None:
    before = content(store)
    first = keep_apart(store, KITCHEN.id, SINGERS.id, ADA, TODAY, why="a quarrel")
    assert (first.what, first.changed) == ("Kept apart: Kitchen and Singers", 1)
    assert keep_apart(store, KITCHEN.id, SINGERS.id, BEA, TOMORROW, why="a quarrel").changed == 0
    second = keep_apart(store, KITCHEN.id, SINGERS.id, BEA, TOMORROW, until=date(2027, 1, 1))
    assert (the_veto(store).why, the_veto(store).until) == ("", date(2027, 1, 1))
    assert the_veto(store).provenance.asserted_by == BEA
    seeds.undo(store, second.import_id, ADA)
    assert the_veto(store).why == "a quarrel"
    seeds.undo(store, first.import_id, ADA)
    assert content(store) == before


def test_a_rejected_veto_ends_yesterday(store: GraphStore) -> None:
    keep_apart(store, KITCHEN.id, SINGERS.id, ADA, TODAY)
    reject(store, [the_veto(store).id], ADA, TOMORROW)
    assert the_veto(store).until == TODAY


def test_an_introduction_goes_on_and_keeps_what_was_said(store: GraphStore) -> None:
    record_introduction(store, KITCHEN.id, SINGERS.id, MET, ADA, TODAY, introduced_by="Cy")
    record_introduction(
        store, KITCHEN.id, SINGERS.id, DECLINED, ADA, TOMORROW, reason=DeclineReason.TOO_FAR
    )
    said = the_introduction(store)
    assert (said.state, said.reason, said.introduced_by) == (DECLINED, DeclineReason.TOO_FAR, "Cy")
    assert (said.decided_by, said.decided_on) == (ADA, TOMORROW)
    record_introduction(store, KITCHEN.id, SINGERS.id, MET, ADA, TOMORROW, usefulness=1.0)
    said = the_introduction(store)
    assert (said.reason, said.cools_until, said.usefulness) == (
        DeclineReason.NOT_SAID,
        None,
        1.0,
    )
    again = record_introduction(store, KITCHEN.id, SINGERS.id, MET, ADA, TOMORROW)
    assert again.changed == 0


def test_a_second_decline_has_a_cool_off_of_its_own(store: GraphStore) -> None:
    record_introduction(store, KITCHEN.id, SINGERS.id, DECLINED, ADA, TODAY, again_after=TOMORROW)
    record_introduction(store, KITCHEN.id, SINGERS.id, DECLINED, ADA, TOMORROW)
    assert the_introduction(store).cools_until == TOMORROW + timedelta(days=365)


def test_a_day_to_come_outlasts_a_later_word_on_the_same_decline(store: GraphStore) -> None:
    day = TODAY + timedelta(days=700)
    record_introduction(store, KITCHEN.id, SINGERS.id, DECLINED, ADA, TODAY, again_after=day)
    record_introduction(store, KITCHEN.id, SINGERS.id, DECLINED, ADA, TOMORROW, words="too far")
    assert the_introduction(store).cools_until == day


def test_who_collaborates_becomes_a_partner_once(store: GraphStore) -> None:
    before = content(store)
    made = IntroductionState.COLLABORATING
    done = record_introduction(store, SINGERS.id, "org-g", made, ADA, TODAY)
    ends = {tuple(sorted((tie.from_id, tie.to_id))) for tie in store.records(Collaboration)}
    assert ("org-g", SINGERS.id) in ends
    seeds.undo(store, done.import_id, ADA)
    assert content(store) == before
    count = len(list(store.records(Collaboration)))
    record_introduction(store, SINGERS.id, KITCHEN.id, made, ADA, TODAY)
    assert len(list(store.records(Collaboration))) == count


def test_it_refuses_strangers_and_one_organisation_twice(store: GraphStore) -> None:
    with pytest.raises(UnknownOrganisation):
        keep_apart(store, KITCHEN.id, "org-nowhere", ADA, TODAY)
    with pytest.raises(InvalidRecord):
        keep_apart(store, KITCHEN.id, KITCHEN.id, ADA, TODAY)
    with pytest.raises(UnknownOrganisation):
        record_introduction(store, "org-nowhere", KITCHEN.id, MET, ADA, TODAY)
