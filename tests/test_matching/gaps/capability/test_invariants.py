"""What holds of capability gaps in every network."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model import Fact, Need, Offer, Organisation, Relationship, WorksIn
from matching import CapabilityGaps, Network, capability_gaps, find_fillers
from matching.gaps.capability import DIMENSIONS, Gap
from matching.hierarchy import narrower
from matching.network import row_of
from matching.signals.nearness import nearness
from matching.testing.worlds import TOLD, snapshot_of, without
from random_worlds import random_world

SEEDS = st.integers(0, 10_000)
SPLITS = st.lists(st.sampled_from(DIMENSIONS), min_size=1, unique=True)
PEOPLE = ("needed_by", "unmet_by", "offered_by", "in_cell", "accessible")


def compiled(records: tuple[Fact, ...]) -> Network:
    return Network.compile(snapshot_of(records))


def found_in(records: tuple[Fact, ...], by: list[str]) -> CapabilityGaps:
    return capability_gaps(compiled(records), by=by, with_met=True)


def numbers(gap: Gap) -> dict[str, Any]:
    """Return all of a gap but ids: floats to nine places, people and facts by how many."""
    values = {field.name: getattr(gap, field.name) for field in fields(gap)}
    return {
        name: round(value, 9)
        if isinstance(value, float)
        else len(value)
        if name in PEOPLE or name.endswith("_facts")
        else value
        for name, value in values.items()
    }


@settings(max_examples=25)
@given(SEEDS, SPLITS)
def test_the_order_and_the_names_of_records_change_nothing(seed: int, by: list[str]) -> None:
    records = random_world(seed, size=8)
    shuffled = list(records)
    random.Random(seed).shuffle(shuffled)
    plain = found_in(records, by)
    assert found_in(tuple(shuffled), by) == plain
    renamed = found_in(tuple(map(_renamed, records)), by)
    assert list(map(numbers, renamed.gaps)) == list(map(numbers, plain.gaps))


def _renamed(record: Fact) -> Fact:
    """Return a record with the ids of organisations turned round, and so their order."""

    def turned(key: str) -> str:
        return f"org-{99 - int(key.removeprefix('org-'))}" if key.startswith("org-") else key

    if isinstance(record, Organisation):
        return replace(record, id=turned(record.id))
    if isinstance(record, Relationship):
        return replace(record, id="", from_id=turned(record.from_id), to_id=turned(record.to_id))
    return record


@settings(max_examples=25)
@given(SEEDS, SPLITS)
def test_without_one_need_there_is_exactly_one_less(seed: int, by: list[str]) -> None:
    records = random_world(seed, size=8)
    network = compiled(records)
    needs = [r for r in records if isinstance(r, Need) and network.is_open[_row(network, r)]]
    if not needs:
        return
    gone = random.Random(seed).choice(needs)
    before, after = found_in(records, by), found_in(without(records, {gone.id}), by)
    assert after.needs == before.needs - 1
    assert sum(len(gap.need_facts) for gap in after.gaps) == sum(
        len(set(gap.need_facts) - {gone.id}) for gap in before.gaps
    )


def _row(network: Network, need: Need) -> int:
    return network.index_of(need.from_id)


@settings(max_examples=25)
@given(SEEDS, SPLITS)
def test_one_more_offer_never_leaves_more_unmet(seed: int, by: list[str]) -> None:
    records = random_world(seed, size=8)
    dice = random.Random(seed)
    more = Offer(
        from_id=f"org-{dice.randrange(8)}", to_id=f"cap-{dice.randrange(5)}", provenance=TOLD
    )
    before, after = (
        {_cell(gap): gap for gap in found_in(known, by).gaps}
        for known in (records, (*records, more))
    )
    assert before.keys() == after.keys()
    for cell, gap in after.items():
        assert gap.unmet <= before[cell].unmet
        assert set(gap.unmet_facts) <= set(before[cell].unmet_facts)


def _cell(gap: Gap) -> tuple[str | None, ...]:
    return gap.skill_id, gap.place_id, gap.theme_id, gap.community_id


@settings(max_examples=25)
@given(SEEDS)
def test_cells_that_share_nobody_add_up(seed: int) -> None:
    records = tuple(r for r in random_world(seed, size=8) if not isinstance(r, WorksIn))
    records += tuple(
        WorksIn(from_id=f"org-{n}", to_id=f"place-{n % 4}", provenance=TOLD) for n in range(8)
    )
    by_place, by_both = found_in(records, ["place"]), found_in(records, ["skill", "place"])
    by_skill = found_in(records, ["skill"])
    for split in (by_place, by_both, by_skill):
        assert split.left_out == 0
        assert sum(gap.needs for gap in split.gaps) == split.needs == by_skill.needs
        assert sum(gap.unmet for gap in split.gaps) == split.unmet == by_skill.unmet
        assert sum(gap.weight for gap in split.gaps) == pytest.approx(
            sum(gap.weight for gap in by_skill.gaps)
        )


@settings(max_examples=25)
@given(SEEDS, SPLITS)
def test_nobody_who_has_closed_stands_in_any_list(seed: int, by: list[str]) -> None:
    network = compiled(random_world(seed, size=8))
    is_open = dict(zip(network.organisation_ids, network.is_open.tolist(), strict=True))
    for gap in capability_gaps(network, by=by, with_met=True).gaps:
        assert all(is_open[key] for name in PEOPLE for key in getattr(gap, name))
        assert gap.told <= gap.organisations <= sum(is_open.values())
        assert 0 <= gap.share_low <= gap.share_high <= 1
        fillers = find_fillers(network, gap)
        for filler in (*fillers.inside, *fillers.outside):
            assert is_open[filler.organisation_id]
            assert filler.organisation_id != filler.best_for
            assert filler.best_for in (gap.unmet_by or gap.needed_by)


@settings(max_examples=40)
@given(SEEDS)
def test_who_has_nobody_in_reach_is_as_plain_python_says(seed: int) -> None:
    network = compiled(random_world(seed, size=9))
    offering = _offering(network)
    reach = _reach(network)
    for gap in capability_gaps(network, with_met=True).gaps:
        assert gap.skill_id is not None
        providers = offering[gap.skill_id]
        needing = {network.index_of(key) for key in gap.needed_by}
        unmet = [i for i in sorted(needing) if not (reach[i] & providers) - {i}]
        usable = {j for j in providers if needing - {j}}
        assert gap.unmet_by == tuple(network.organisation_ids[i] for i in unmet)
        assert gap.offered_by == tuple(network.organisation_ids[j] for j in sorted(usable))
        assert gap.accessible == tuple(
            network.organisation_ids[j]
            for j in sorted(usable)
            if any(j in reach[i] for i in needing - {j})
        )


def _offering(network: Network) -> dict[str, set[int]]:
    """Return who inside the network offers each skill, or one beneath it."""
    ids, found = network.thing_ids("skill"), defaultdict(set)
    for skill in ids:
        beneath = narrower(network, "skill", (skill,))
        for j in range(len(network)):
            is_inside = network.has_told[j] or len(row_of(network.agreed, j))
            offers = {ids[column] for column in row_of(network.offers, j).tolist()}
            if network.is_open[j] and is_inside and beneath & offers:
                found[skill].add(j)
    return found


def _reach(network: Network) -> list[set[int]]:
    near = nearness(network)
    is_open = network.is_open
    partners = [
        {j for j in row_of(network.ties, i).tolist() if is_open[j]} if is_open[i] else set()
        for i in range(len(network))
    ]
    around = [
        {q for p in row_of(network.places, i).tolist() for q in (p, *row_of(near, p).tolist())}
        for i in range(len(network))
    ]
    return [
        partners[i]
        | {k for j in partners[i] for k in partners[j]}
        | {
            j
            for j in range(len(network))
            if is_open[j] and around[i] & set(row_of(network.places, j).tolist())
        }
        for i in range(len(network))
    ]
