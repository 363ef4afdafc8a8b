"""Cutting a history in two, so that nothing of the future is known before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from builders import TOLD, collaboration, need, organisation, skill, snapshot_of
from graph.model import Fact, Introduction, IntroductionState, Theme, WorksOn
from histories import CUTOFF, about, project, random_history
from matching.errors import NotEnoughHistory
from matching.evaluation import known_before, split_at

PAST, FUTURE = date(2019, 5, 1), date(2020, 5, 1)
BODIES = [organisation(name) for name in "abcdef"]


def pairs(split, row):
    network = split.before
    (_, columns) = split.partners(np.array([row])).nonzero()
    return {network.names[column] for column in columns.tolist()}


def test_new_pairs_are_those_that_first_meet_after():
    split = split_at(
        snapshot_of(
            *BODIES,
            *project("old", "ab", PAST),
            *project("other", "cd", PAST),
            *project("new", "abc", FUTURE),
        ),
        CUTOFF,
    )
    assert split.queries.tolist() == [0, 1, 2]
    assert [pairs(split, row) for row in range(4)] == [{"c"}, {"c"}, {"a", "b"}, set()]


def test_a_project_that_begins_on_the_day_is_after():
    history = [*BODIES, *project("old", "ab", CUTOFF - timedelta(1)), *project("x", "cd", PAST)]
    split = split_at(snapshot_of(*history, *project("new", "bc", CUTOFF)), CUTOFF)
    assert split.before.degrees.tolist() == [1, 1, 1, 1, 0, 0]
    assert split.queries.tolist() == [1, 2]


def test_organisations_without_a_past_are_asked_apart_and_are_nobodys_aim():
    split = split_at(
        snapshot_of(
            *BODIES,
            *project("old", "ab", PAST),
            *project("other", "cd", PAST),
            *project("new", "ace", FUTURE),
        ),
        CUTOFF,
    )
    assert split.queries.tolist() == [0, 2]
    assert split.cold_starts.tolist() == [4]
    assert pairs(split, 4) == {"a", "c"}
    assert pairs(split, 0) == {"c"}


def test_who_only_pays_for_a_project_is_no_partner_in_it():
    split = split_at(
        snapshot_of(
            *BODIES,
            *project("old", "ab", PAST),
            *project("other", "cd", PAST),
            *project("new", ["a", "c", "d:funder"], FUTURE),
        ),
        CUTOFF,
    )
    assert pairs(split, 0) == {"c"}


def test_a_huge_consortium_makes_no_pairs():
    crowd = [f"{number:03d}" for number in range(61)]
    history = [*map(organisation, crowd), *project("old", crowd[:2], PAST)]
    history += [*project("other", crowd[2:4], PAST), *project("huge", crowd, FUTURE)]
    history += project("new", crowd[1:3], FUTURE)
    split = split_at(snapshot_of(*history), CUTOFF)
    assert split.new_pairs.nnz == 2


def test_a_collaboration_counts_from_the_day_it_began():
    split = split_at(
        snapshot_of(
            *BODIES,
            *project("old", "ab", PAST),
            *project("other", "cd", PAST),
            collaboration("a", "c", since=FUTURE),
            collaboration("b", "d", since=PAST),
        ),
        CUTOFF,
    )
    assert split.queries.tolist() == [0, 2]
    assert split.before.partners_of(1).tolist() == [0, 3]


def test_projects_without_a_date_are_in_neither_half():
    split = split_at(
        snapshot_of(
            *BODIES,
            *project("old", "ab", PAST),
            *project("other", "cd", PAST),
            *project("undated", "ad", None),
            *project("new", "ac", FUTURE),
        ),
        CUTOFF,
    )
    assert split.undated == 1
    assert pairs(split, 0) == {"c"}
    assert split.before.partners_of(0).tolist() == [1]


def test_not_even_words_of_the_future_are_known():
    snapshot = snapshot_of(
        *BODIES,
        *project("old", "ab", PAST, name="Choir"),
        *about("old", "music"),
        *project("new", "ac", FUTURE, name="Zeppelins"),
        *about("new", "music", "flight"),
    )
    known = known_before(snapshot, CUTOFF)
    assert known.tables["project"]["name"].tolist() == ["Choir"]
    assert known.tables["theme"]["name"].tolist() == ["music"]
    assert len(known.tables["works_on"]) == 1
    assert len(known.tables["takes_part_in"]) == 2


def test_the_broader_theme_of_a_past_project_stays_and_that_of_a_future_one_goes():
    broad = [Theme(id=f"theme-{name}", name=name, provenance=TOLD) for name in ("arts", "sky")]
    narrow = [
        Theme(id="theme-music", name="music", parent_id="theme-arts", provenance=TOLD),
        Theme(id="theme-flight", name="flight", parent_id="theme-sky", provenance=TOLD),
    ]
    works = [
        WorksOn(from_id=f"project-{key}", to_id=f"theme-{name}", provenance=TOLD)
        for key, name in (("old", "music"), ("new", "flight"))
    ]
    snapshot = snapshot_of(
        *BODIES, *project("old", "ab", PAST), *project("new", "ac", FUTURE), *broad, *narrow, *works
    )
    assert known_before(snapshot, CUTOFF).tables["theme"]["name"].tolist() == ["arts", "music"]


def test_a_thing_that_nobody_speaks_of_yet_stays():
    snapshot = snapshot_of(*BODIES, skill("idle"), *project("old", "ab", PAST))
    assert known_before(snapshot, CUTOFF).tables["skill"]["name"].tolist() == ["idle"]


def test_a_closure_to_come_is_not_known():
    bodies = [organisation("a", closed_on=FUTURE), organisation("b", closed_on=PAST)]
    known = known_before(snapshot_of(*bodies), CUTOFF)
    assert np.isnat(known.tables["organisation"]["closed_on"]).tolist() == [True, False]


@pytest.mark.parametrize("decided", [FUTURE, None])
def test_what_became_of_an_introduction_is_known_only_from_its_day(decided):
    state = IntroductionState.COLLABORATING
    made = [
        Introduction(
            from_id="org-a", to_id=f"org-{to}", state=state, decided_on=day, provenance=TOLD
        )
        for to, day in (("b", PAST), ("c", decided))
    ]
    left = known_before(snapshot_of(*BODIES, *made), CUTOFF)
    assert [tie.to_id for tie in left.records(Introduction)] == ["org-b"]


def test_what_was_worked_out_is_left_out():
    guess = replace(TOLD, inferred=True, confidence=0.5)
    snapshot = snapshot_of(*BODIES, skill("vans"), need("a", "vans", provenance=guess))
    known = known_before(snapshot, CUTOFF)
    assert len(known.tables["needs"]) == 0
    assert len(known.tables["organisation"]) == len(BODIES)


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(1990, 1, 1), "that worked together before 1990-01-01"),
        (date(2090, 1, 1), "find a new partner at or after it: 0 found"),
    ],
)
def test_a_day_with_nothing_on_one_side_says_what_span_there_is(day, found):
    with pytest.raises(NotEnoughHistory, match=r"begin from 2017-\d\d-\d\d to 2021-") as error:
        split_at(snapshot_of(*random_history(1)), day)
    assert found in str(error.value)
    assert (error.value.found, error.value.needed) == (0, 1)


def test_a_history_without_dates_says_so():
    history: list[Fact] = [*BODIES, *project("undated", "ab", None)]
    with pytest.raises(NotEnoughHistory, match="none has a date"):
        split_at(snapshot_of(*history), CUTOFF)
