"""If an organisation closed: the same as counting in a network in which it has."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import TOLD, collaboration, need, network_of, offer, organisation, skill, snapshot_of
from graph.errors import UnknownOrganisation
from graph.model import BackboneOf, Project, TakesPartIn
from matching import Network
from matching.gaps.capability import Standing, capability_gaps
from matching.gaps.rehearsal import closing_costs, if_closed, single_points
from rehearsal_worlds import (
    closed,
    graph_of,
    held,
    local_gaps,
    met_near,
    needs_of,
    network_with,
    providers_of,
    supported,
    unmet,
)
from seeds.demo import demo_records, demo_truths

networks = st.builds(network_with, st.integers(0, 100_000))


@settings(max_examples=25)
@given(networks, st.data())
def test_a_rehearsal_equals_counting_without_the_organisation(
    network: Network, data: st.DataObject
) -> None:
    one = data.draw(st.sampled_from(network.organisation_ids))
    found, after = if_closed(network, one), closed(network, one)
    row = network.index_of(one)
    assert {(lost.organisation_id, lost.skill_id) for lost in found.needs_uncovered} == {
        need for need in unmet(after) - unmet(network) if need[0] != one
    }
    assert {(lost.organisation_id, lost.skill_id) for lost in found.needs_out_of_reach} == {
        need for need in met_near(network) - met_near(after) - unmet(after) if need[0] != one
    }
    before, then = graph_of(network), graph_of(after)
    assert found.circle_count == nx.number_connected_components(before)
    assert found.circles_left == nx.number_connected_components(then)
    assert set(found.isolated) == _ids(network, nx.isolates(then)) - _ids(
        network, nx.isolates(before)
    )
    mine = nx.node_connected_component(before, row) if row in before else set()
    parts = [part for part in nx.connected_components(then) if part <= mine]
    parts.sort(key=lambda part: (-len(part), min(part)))
    assert [set(part) for part in found.cut_off] == [_ids(network, part) for part in parts[1:]]
    assert set(found.ties_lost) == _ids(network, nx.to_dict_of_lists(before).get(row, ()))
    gone = held(network) - held(after)
    assert set(found.projects_without_anybody) == gone
    no_lead = held(network, leading=True) - held(after, leading=True)
    assert set(found.projects_without_lead) == no_lead - gone
    assert set(found.members_without_backbone) == supported(network) - supported(after) - {one}
    lost = local_gaps(after) - local_gaps(network)
    assert {
        (loss.place_id, loss.skill_id, who) for loss in found.local_losses for who in loss.needed_by
    } == {each for each in lost if each[2] != one}
    assert found.others == len(then)
    assert found.needs_of_others == sum(1 for _ in needs_of(after))
    assert found.running_project_count == len(held(network))


def _ids(network: Network, rows: object) -> set[str]:
    return {network.organisation_ids[row] for row in rows}  # type: ignore[attr-defined]


@settings(max_examples=25)
@given(networks)
def test_the_costs_of_all_are_those_of_each_closing(network: Network) -> None:
    costs = {cost.organisation_id: cost for cost in closing_costs(network)}
    for one in network.organisation_ids:
        found = if_closed(network, one)
        counts = (
            len(found.needs_uncovered),
            len(found.left_apart),
            len(found.projects_without_lead) + len(found.projects_without_anybody),
            len(found.members_without_backbone),
        )
        cost = costs.get(one)
        assert (cost is None) == (sum(counts) == 0)
        if cost is not None:
            assert counts == (
                cost.needs_uncovered,
                cost.left_apart,
                cost.projects_left,
                cost.members_without_backbone,
            )
            assert (cost.local_losses, cost.ties_lost) == (
                len(found.local_losses),
                len(found.ties_lost),
            )
    ranks = [(-cost.broken, -cost.ties_lost, cost.organisation_id) for cost in costs.values()]
    assert ranks == sorted(ranks)


@settings(max_examples=25)
@given(networks)
def test_a_single_point_is_what_others_lack_when_it_closes(network: Network) -> None:
    found = single_points(network)
    for point in found.skills:
        column = network.thing_ids("skill").index(point.skill_id)
        others = [others for _, skill, others in needs_of(network) if skill == column]
        # Who alone needs what it offers too is no help to itself.
        helping = others[0] if len(others) == 1 else providers_of(network, column)
        assert [network.organisation_ids[one] for one in helping] == [point.provider_id]
        lost = if_closed(network, point.provider_id).needs_uncovered
        assert [each.organisation_id for each in lost if each.skill_id == point.skill_id] == list(
            point.needed_by
        )
        assert set(point.facts) == {
            fact for each in lost if each.skill_id == point.skill_id for fact in each.facts
        }
    gaps = capability_gaps(network).gaps
    assert {point.skill_id for point in found.skills} == {
        gap.skill_id for gap in gaps if gap.standing is Standing.ONE
    }
    for project in found.projects:
        closing = if_closed(network, project.lead_id)
        assert project.project_id in closing.projects_without_lead
    assert found.led_project_count == len(held(network, leading=True))


def test_who_alone_lacks_what_it_offers_hangs_on_the_other() -> None:
    known = (organisation("a"), organisation("b"), skill("law"), offer("a", "law"))
    network = network_of(*known, offer("b", "law"), need("a", "law"))
    (point,) = single_points(network).skills
    assert (point.provider_id, point.needed_by) == ("org-b", ("org-a",))
    assert not single_points(network_of(*known, need("a", "law"))).skills


def test_a_star_falls_apart_and_a_pair_leaves_one_alone() -> None:
    names = [organisation(name) for name in "abcdxy"]
    ties = [collaboration("a", name) for name in "bcd"]
    network = network_of(*names, *ties, collaboration("x", "y"))
    star = if_closed(network, "org-a")
    assert star.cut_off == (("org-c",), ("org-d",))
    assert star.isolated == ("org-b", "org-c", "org-d")
    assert (star.circle_count, star.circles_left, len(star.left_apart)) == (2, 4, 3)
    pair = if_closed(network, "org-x")
    assert (pair.cut_off, pair.isolated, pair.circles_left) == ((), ("org-y",), 2)
    assert [cost.organisation_id for cost in closing_costs(network, limit=2)] == ["org-a", "org-x"]


def test_each_loss_names_the_facts_behind_it() -> None:
    part = TakesPartIn(from_id="org-a", to_id="p", role="lead", provenance=TOLD)
    other = TakesPartIn(from_id="org-b", to_id="p", provenance=TOLD)
    backbone = BackboneOf(from_id="org-a", to_id="org-b", provenance=TOLD)
    facts = (need("b", "rare"), offer("a", "rare"))
    network = network_of(
        organisation("a"),
        organisation("b"),
        skill("rare"),
        Project(id="p", name="p", provenance=TOLD),
        part,
        other,
        backbone,
        *facts,
    )
    found = if_closed(network, "org-a")
    assert found.needs_uncovered[0].facts == tuple(fact.id for fact in facts)
    assert found.projects_without_lead == ("p",)
    assert found.members_without_backbone == ("org-b",)
    points = single_points(network)
    assert points.skills[0].facts == (facts[1].id, facts[0].id)
    assert points.projects[0].facts == (part.id,)
    assert (points.needed_skill_count, points.led_project_count) == (1, 1)
    assert closing_costs(network)[0].broken == 4


def test_in_the_made_up_network_the_planted_points_are_found() -> None:
    network, truths = Network.compile(snapshot_of(*demo_records())), demo_truths()
    points = single_points(network)
    by_skill = {point.skill_id: point for point in points.skills}
    assert by_skill[truths.single_skill].provider_id == truths.single_provider
    lost = if_closed(network, truths.single_provider).needs_uncovered
    assert {each.skill_id for each in lost} >= {truths.single_skill}
    broker = if_closed(network, truths.broker)
    silo = set(min(truths.silos, key=len))
    assert any(set(part) & silo for part in broker.cut_off)
    whole = {one for part in broker.cut_off for one in part}
    assert any(set(each) <= whole for each in truths.silos)
    assert not any(set(each) & whole and not set(each) <= whole for each in truths.silos)
    first = [cost.organisation_id for cost in closing_costs(network, limit=3)]
    assert truths.broker in first


def test_nobody_by_that_id_is_refused() -> None:
    with pytest.raises(UnknownOrganisation):
        if_closed(network_of(organisation("a")), "org-z")
