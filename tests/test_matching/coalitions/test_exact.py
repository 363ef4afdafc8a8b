"""The search for the best coalition, against trying out everything."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from coalition_worlds import best_by_trying, candidates_of, cost_by_trying
from matching.coalitions.candidates import Candidates
from matching.coalitions.exact import solve
from matching.coalitions.greedy import greedy
from matching.coalitions.teams import team_of

WITHOUT_DEADLINE = settings(deadline=None, max_examples=120)


@WITHOUT_DEADLINE
@given(candidates_of())
def test_it_finds_the_best_or_proves_that_there_is_none(candidates: Candidates) -> None:
    solved = solve(candidates)
    assert (solved.team.cost if solved.team else None) == best_by_trying(candidates)
    assert solved.is_proven
    assert solved.gap == 0


@settings(deadline=None, max_examples=25)
@given(candidates_of(most=12))
def test_it_does_so_for_twelve_candidates_too(candidates: Candidates) -> None:
    solved = solve(candidates)
    assert (solved.team.cost if solved.team else None) == best_by_trying(candidates)


@WITHOUT_DEADLINE
@given(candidates_of(most=8), st.integers(1, 2))
def test_the_next_best_is_the_best_of_those_unlike_the_first(
    candidates: Candidates, gone: int
) -> None:
    first = solve(candidates)
    if first.team is None:
        return
    unlike = [(frozenset(first.team.members), min(gone, len(first.team.members)))]
    second = solve(candidates, unlike=unlike)
    assert (second.team.cost if second.team else None) == best_by_trying(candidates, unlike)


@WITHOUT_DEADLINE
@given(candidates_of(), st.integers(1, 40))
def test_a_search_cut_short_gives_a_bound_that_holds(candidates: Candidates, nodes: int) -> None:
    solved = solve(candidates, effort=nodes * candidates.can.size)
    best = best_by_trying(candidates)
    if best is not None:
        assert solved.bound <= best
        assert solved.team is not None or not solved.is_proven
    if solved.team is not None:
        assert best is not None
        assert solved.team.cost <= best * (1 + solved.gap) + 1


@WITHOUT_DEADLINE
@given(candidates_of())
def test_a_team_keeps_every_condition_and_adds_up(candidates: Candidates) -> None:
    for team in (solve(candidates).team, greedy(candidates)):
        if team is None:
            continue
        at = list(team.members)
        assert not candidates.barred[np.ix_(at, at)].any()
        assert all(candidates.can[member, k] for k, member in enumerate(team.carries))
        assert set(team.carries) <= set(at)
        assert team.cost == cost_by_trying(candidates, team.members)


@WITHOUT_DEADLINE
@given(candidates_of(), st.randoms(use_true_random=False))
def test_another_order_of_candidates_costs_the_same(
    candidates: Candidates, random: np.random.Generator
) -> None:
    order = list(range(len(candidates)))
    random.shuffle(order)
    turned = replace(
        candidates,
        **{name: getattr(candidates, name)[order] for name in ("cost", "skill_cost", "can")},
        **{name: getattr(candidates, name)[order] for name in ("must", "leads")},
        **{
            name: getattr(candidates, name)[np.ix_(order, order)]
            for name in ("apart", "distance", "barred")
        },
    )
    costs = [solved.team and solved.team.cost for solved in (solve(candidates), solve(turned))]
    assert costs[0] == costs[1]


@WITHOUT_DEADLINE
@given(candidates_of(most=7))
def test_the_cost_of_any_set_is_that_of_its_best_division_of_work(candidates: Candidates) -> None:
    members = tuple(range(0, len(candidates), 2))
    team = team_of(candidates, members)
    assert (team.cost if team else None) == cost_by_trying(candidates, members)
