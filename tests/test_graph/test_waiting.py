"""What waits for a person, found in a snapshot."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import snapshot_of
from graph.model import Fact, Project, Relationship, TakesPartIn
from graph.snapshot import Snapshot
from graph.waiting import Ties, left_behind, months_before, waiting
from upkeep_world import (
    GONE,
    GUESS,
    GUESSED,
    GUESSED_OFFER,
    KITCHEN,
    LEFT,
    MUSIC,
    OFFER,
    PARADE,
    PARTNERS,
    SINGERS,
    STALE,
    SURE_GUESS,
    TODAY,
    WORLD,
)


def ids(ties: Ties, snapshot: Snapshot) -> list[str]:
    return [tie.id for tie in ties.records(snapshot, 0, len(ties))]


def waits(*facts: Fact) -> tuple[Snapshot, list[str], list[str]]:
    snapshot = snapshot_of(*facts)
    found = waiting(snapshot, TODAY)
    return snapshot, ids(found.unconfirmed, snapshot), ids(found.inferred, snapshot)


def test_told_ties_wait_when_nobody_has_confirmed_them_for_long() -> None:
    # Not the grant, not the need that is over, not the ties of a closed organisation.
    assert waits(*WORLD)[1] == [OFFER.id, PARTNERS.id]


def test_guesses_wait_the_surest_first_and_a_skill_before_a_theme() -> None:
    assert waits(*WORLD)[2] == [SURE_GUESS.id, GUESSED_OFFER.id, GUESS.id]


def test_the_organisation_that_waits_longest_comes_first_with_all_of_its_ties() -> None:
    ties = [
        replace(tie, id="", provenance=replace(STALE, last_confirmed=day))
        for tie, day in (
            (GUESS, date(2023, 6, 1)),
            (SURE_GUESS, date(2023, 5, 1)),
            (GUESSED_OFFER, date(2023, 4, 1)),
            (OFFER, date(2023, 7, 1)),
        )
    ]
    shown = waits(*(fact for fact in WORLD if not isinstance(fact, Relationship)), *ties)[1]
    assert shown == [ties[2].id, ties[0].id, ties[1].id, ties[3].id]


def test_a_part_in_a_project_that_is_over_needs_no_confirmation() -> None:
    over = replace(PARADE, ends_on=date(2025, 1, 1))
    part = TakesPartIn(from_id=SINGERS.id, to_id=PARADE.id, provenance=STALE)
    assert waits(SINGERS, over, part)[1] == []
    assert waits(SINGERS, PARADE, part)[1] == [part.id]


def test_the_day_after_which_a_tie_waits_can_be_moved() -> None:
    snapshot = snapshot_of(*WORLD)
    assert len(waiting(snapshot, TODAY, months=60).unconfirmed) == 0
    assert len(waiting(snapshot, TODAY, months=4).unconfirmed) == 3


def test_closed_organisations_wait_until_somebody_agrees() -> None:
    snapshot = snapshot_of(*WORLD)
    rows = waiting(snapshot, TODAY).removed.tolist()
    assert [snapshot.tables["organisation"].id_at(row) for row in rows] == [GONE.id]
    assert not len(waiting(snapshot, TODAY, answered={GONE.id: TODAY}).removed)
    # Agreed to an earlier closure: the later one is news.
    assert len(waiting(snapshot, TODAY, answered={GONE.id: date(2026, 1, 1)}).removed)


def test_what_a_closed_organisation_leaves_is_counted_and_named() -> None:
    snapshot = snapshot_of(*WORLD)
    row = snapshot.row_of("organisation", GONE.id)
    assert row is not None
    left = left_behind(snapshot, row, TODAY)
    assert (left.partnerships, left.project_ids) == (1, (PARADE.id,))
    ended = replace(LEFT, until=GONE.closed_on)
    later = snapshot_of(*(fact for fact in WORLD if fact is not LEFT), ended)
    assert left_behind(later, row, TODAY).partnerships == 0


def test_an_office_is_a_place_and_a_closed_organisation_needs_none() -> None:
    assert waiting(snapshot_of(*WORLD), TODAY).unlocated == (SINGERS.id,)


def test_an_empty_network_has_nothing_waiting() -> None:
    found = waiting(snapshot_of(), TODAY)
    assert not any(map(len, (found.unconfirmed, found.inferred, found.removed, found.unlocated)))


def test_what_a_project_is_thought_to_be_about_waits_too() -> None:
    guess = replace(GUESS, id="", from_id=PARADE.id, provenance=GUESSED)
    assert waits(PARADE, MUSIC, guess)[2] == [guess.id]
    over = Project(id=PARADE.id, name="Over", ends_on=date(2020, 1, 1), provenance=STALE)
    assert waits(over, MUSIC, guess)[2] == []


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 11, 2), 24, date(2024, 11, 2)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2026, 1, 31), 2, date(2025, 11, 30)),
    ],
)
def test_months_are_counted_back(day: date, months: int, before: date) -> None:
    assert months_before(day, months) == before


@given(st.integers(0, 600))
def test_no_tie_waits_both_to_be_confirmed_and_to_be_answered(months: int) -> None:
    snapshot = snapshot_of(*WORLD)
    found = waiting(snapshot, TODAY, months=months)
    unconfirmed = ids(found.unconfirmed, snapshot)
    assert not {*unconfirmed} & {*ids(found.inferred, snapshot)}
    assert len(unconfirmed) == len({*unconfirmed})
    assert KITCHEN.id not in found.unlocated
