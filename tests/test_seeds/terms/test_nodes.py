from __future__ import annotations

import pytest

from graph.contract import GraphStore
from graph.model import Community, Place, Skill, Theme, Visibility
from graph.vocabulary import capabilities, communities, countries, places, themes
from seeds.terms import vocabulary_node, with_ancestors


def test_every_term_of_every_vocabulary_becomes_a_node(store: GraphStore) -> None:
    with store.transaction("gofar") as tx:
        for words in (capabilities(), themes(), communities(), places()):
            tx.upsert(*(vocabulary_node(term) for term in words))

    counts = store.health().counts
    for node_class, words in (
        (Skill, capabilities()),
        (Theme, themes()),
        (Community, communities()),
        (Place, places()),
    ):
        assert counts[node_class.kind] == len(words)


def test_a_term_is_the_same_fact_whoever_brings_it() -> None:
    term = capabilities().term("cap-bid-writing")

    node = vocabulary_node(term)

    assert node == vocabulary_node(term)
    assert node.provenance.source == "gofar vocabulary"
    assert node.provenance.visibility is Visibility.PUBLIC
    assert (node.id, node.name) == ("cap-bid-writing", "Bid writing")


def test_a_place_brings_what_it_lies_in() -> None:
    nodes = list(with_ancestors("place", places().term("E08000009")))

    assert [node.id for node in nodes] == [
        *("K02000001", "E92000001", "E12000002", "E11000001"),
        "E08000009",
    ]
    assert isinstance(nodes[-1], Place)
    assert nodes[-1].latitude == pytest.approx(53.4, abs=0.1)


def test_a_country_is_a_place_without_a_position() -> None:
    (node,) = with_ancestors("place", countries().require("Kenya"))

    assert isinstance(node, Place)
    assert (node.id, node.name, node.place_type) == ("country:KE", "Kenya", "country")
    assert (node.latitude, node.longitude) == (None, None)
