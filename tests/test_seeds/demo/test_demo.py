"""The fictional network: its truths hold, it is the same each time, and it loads once."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import subprocess
import sys
from collections import defaultdict
from datetime import date

import networkx as nx
import pytest

from graph.model import (
    BackboneOf,
    Collaboration,
    Funding,
    Goal,
    Measure,
    Need,
    Node,
    Offer,
    Organisation,
    Project,
    Relationship,
    TakesPartIn,
    Visibility,
)
from graph.stores import open_store
from graph.vocabulary import capabilities, communities, places, themes
from needs import ROOT, shared_data
from seeds.demo import demo_records, demo_truths, load_demo

RECORDS = demo_records()
TRUTHS = demo_truths()
SEEN = frozenset({Visibility.MEMBERS, Visibility.PUBLIC})


def of(kind, visible=SEEN):
    return [r for r in RECORDS if isinstance(r, kind) and r.provenance.visibility in visible]


def together(visible=SEEN):
    """Who works with whom: collaborations, joint projects, and membership of the backbone body."""
    found = nx.Graph()
    found.add_nodes_from(organisation.id for organisation in of(Organisation, visible))
    found.add_edges_from((tie.from_id, tie.to_id) for tie in of(Collaboration, visible))
    found.add_edges_from((tie.from_id, tie.to_id) for tie in of(BackboneOf, visible))
    teams = defaultdict(list)
    for tie in of(TakesPartIn, visible):
        teams[tie.to_id].append(tie.from_id)
    for team in teams.values():
        nx.add_path(found, team)
    return found


def skills(kind, visible=SEEN):
    found = defaultdict(set)
    for tie in of(kind, visible):
        found[tie.to_id].add(tie.from_id)
    return found


def held(kind, organisation):
    return {tie.to_id for tie in of(kind, frozenset(Visibility)) if tie.from_id == organisation}


def digest(records):
    rows = json.dumps([(record.kind, record.to_row()) for record in records])
    return hashlib.sha256(rows.encode()).hexdigest()


def test_it_has_160_organisations_across_every_borough():
    organisations = of(Organisation)

    assert len(organisations) == 160
    assert len({organisation.name for organisation in organisations}) == 160
    offices = {end for o in organisations for end in held_places(o.id)}
    assert len(offices & {place.id for place in places() if place.id.startswith("E09")}) == 33


def held_places(organisation):
    return {t.to_id for t in RECORDS if t.kind == "based_in" and t.from_id == organisation}


@pytest.mark.parametrize(
    ("kind", "fewest"),
    [(Project, 55), (Goal, 5), (Measure, 6), (Offer, 500), (Need, 300), (Funding, 90)],
)
def test_it_is_of_a_realistic_size(kind, fewest):
    assert len(of(kind, frozenset(Visibility))) >= fewest


def test_every_tie_begins_and_ends_at_a_node_of_the_right_kind():
    kind_of = {record.id: record.kind for record in RECORDS if isinstance(record, Node)}

    for tie in RECORDS:
        if isinstance(tie, Relationship):
            assert kind_of[tie.from_id] in tie.from_kinds
            assert kind_of[tie.to_id] in tie.to_kinds


def test_every_term_has_its_broader_term():
    ids = {record.id for record in RECORDS}

    for vocabulary in (capabilities(), themes(), communities(), places()):
        for term in vocabulary:
            assert term.id not in ids or term.parent is None or term.parent in ids


def test_no_record_comes_twice():
    assert len({(record.kind, record.id) for record in RECORDS}) == len(RECORDS)


def test_nobody_needs_what_they_offer():
    offered = {(t.from_id, t.to_id) for t in RECORDS if isinstance(t, Offer)}
    needed = {(t.from_id, t.to_id) for t in RECORDS if isinstance(t, Need)}

    assert not offered & needed


def test_facts_differ_in_who_sees_them_and_how_sure_they_are():
    provenances = [record.provenance for record in RECORDS if isinstance(record, Relationship)]

    assert {provenance.visibility for provenance in provenances} == set(Visibility)
    inferred = [provenance for provenance in provenances if provenance.inferred]
    assert 0.02 < len(inferred) / len(provenances) < 0.2
    assert all(provenance.confidence < 1 for provenance in inferred)
    confirmed = [provenance.last_confirmed for provenance in provenances]
    assert date(2023, 11, 1) <= min(confirmed) < date(2024, 1, 1)
    assert date(2026, 10, 1) < max(confirmed) <= date(2026, 11, 1)


def test_only_the_broker_joins_the_two_silos():
    network = together(frozenset(Visibility))
    east, west = (set(silo) for silo in TRUTHS.silos)

    assert nx.has_path(network, TRUTHS.silos[0][0], TRUTHS.silos[1][0])
    for silo in (east, west):
        assert nx.is_connected(network.subgraph(silo))
    network.remove_node(TRUTHS.broker)
    parts = [part for part in nx.connected_components(network) if part & (east | west)]
    assert sorted(map(sorted, parts)) == sorted([sorted(east), sorted(west)])


def test_three_organisations_and_no_others_are_isolates():
    network = together()
    network.add_edges_from((tie.from_id, tie.to_id) for tie in of(Funding))

    assert set(nx.isolates(network)) == set(TRUTHS.isolates)
    assert len(TRUTHS.isolates) == 3
    assert all(held(Need, organisation) for organisation in TRUTHS.isolates)


@pytest.mark.parametrize("visible", [SEEN, frozenset(Visibility)], ids=["members", "everybody"])
def test_the_gaps_are_those_planted(visible):
    offered, needed = skills(Offer, visible), skills(Need, visible)

    assert {s for s in needed if not offered[s]} == set(TRUTHS.unmet_skills)
    assert {s for s in needed if len(offered[s]) == 1} == {TRUTHS.single_skill}
    assert offered[TRUTHS.single_skill] == {TRUTHS.single_provider}
    assert all(len(needed[s]) >= 4 for s in (*TRUTHS.unmet_skills, TRUTHS.single_skill))


@pytest.mark.parametrize("pair", [*TRUTHS.pairs, *TRUTHS.partnered_pairs])
def test_each_of_a_pair_has_what_the_other_lacks(pair):
    first, second = pair

    assert held(Offer, first) == held(Need, second) != set()
    assert held(Offer, second) == held(Need, first) != set()
    for kind in ("works_in", "works_on", "serves"):
        one, other = (
            {t.to_id for t in RECORDS if t.kind == kind and t.from_id == end} for end in pair
        )
        assert one == other != set()


def test_pairs_work_together_only_where_said():
    network = together()
    network.remove_node(TRUTHS.backbone)

    assert len(TRUTHS.pairs) == 8
    assert not any(network.has_edge(*pair) for pair in TRUTHS.pairs)
    assert all(network.has_edge(*pair) for pair in TRUTHS.partnered_pairs)


def test_the_one_sided_pair_is_as_strong_as_the_mutual_one():
    offered = skills(Offer)
    gets = held(Need, TRUTHS.seeker) & held(Offer, TRUTHS.mutual)
    gives = held(Offer, TRUTHS.seeker) & held(Need, TRUTHS.mutual)
    only_gets = held(Need, TRUTHS.seeker) & held(Offer, TRUTHS.one_sided)

    assert (len(gets), len(gives), len(only_gets)) == (1, 1, 2)
    assert not held(Offer, TRUTHS.seeker) & held(Need, TRUTHS.one_sided)
    assert {len(offered[skill]) for skill in gets | gives | only_gets} == {2}


def test_the_backbone_body_supports_many():
    supported = [tie for tie in of(BackboneOf) if tie.from_id == TRUTHS.backbone]

    assert len(supported) > 80


@pytest.mark.parametrize("seed", [1, 7, 99])
def test_another_seed_gives_another_valid_network(seed):
    records, truths = demo_records(seed), demo_truths(seed)

    assert digest(records) != digest(RECORDS)
    assert truths.unmet_skills == TRUTHS.unmet_skills
    offered = {tie.to_id for tie in records if isinstance(tie, Offer)}
    needed = {tie.to_id for tie in records if isinstance(tie, Need)}
    assert needed - offered == set(truths.unmet_skills)


@pytest.mark.parametrize("hash_seed", ["0", "1"])
def test_it_is_the_same_to_the_byte_in_every_process(hash_seed):
    code = (
        "import hashlib, json; from seeds.demo import demo_records; "
        "rows = json.dumps([(r.kind, r.to_row()) for r in demo_records()]); "
        "print(hashlib.sha256(rows.encode()).hexdigest())"
    )

    made = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert made.stdout.strip() == digest(RECORDS)


def test_it_loads_once_and_leaves_later_changes_alone(tmp_path):
    with open_store(f"sqlite:///{tmp_path / 'demo.db'}") as store:
        first = load_demo(store, "ada@example.org")
        second = load_demo(store, "ada@example.org")

        assert (first.added, first.updated) == (len(RECORDS), 0)
        assert (second.added, second.updated, second.version) == (0, 0, first.version)
        with store.transaction("ada@example.org") as tx:
            tx.delete("organisation", [TRUTHS.isolates[0]])
        assert load_demo(store, "ada@example.org").added == 0
        assert store.record(Organisation, TRUTHS.isolates[0]) is None


def test_what_is_read_back_is_what_was_made(tmp_path):
    with open_store(f"sqlite:///{tmp_path / 'demo.db'}") as store:
        load_demo(store, "ada@example.org")

        for kind in (Organisation, Offer, Collaboration):
            made = sorted((r for r in RECORDS if isinstance(r, kind)), key=lambda r: r.id)
            assert list(store.records(kind)) == made


def test_no_name_belongs_to_a_registered_charity():
    def plain(name):
        return re.sub(r"[^a-z0-9]+", "", name.casefold())

    register = shared_data("uk_charities", "charities.csv")
    with register.open(encoding="utf-8") as file:
        real = {plain(row["name"]) for row in csv.DictReader(file)}

    assert not real & {plain(organisation.name) for organisation in of(Organisation)}
