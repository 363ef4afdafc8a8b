"""A file of ours restores what was lost, and claims nothing beyond that."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import TOLD, organisation, skill, snapshot_of
from graph.contract import GraphStore
from graph.model import Fact, Offer, Organisation, Provenance, Skill, Visibility
from graph.stores import open_store
from graph.testing.strategies import provenances
from import_files import TODAY, bring_in, content, preview
from seeds.exports import export
from seeds.merging import Authorities
from seeds.sources import SOURCES

AUTHORITIES = Authorities({source.name: source.authority for source in SOURCES})
GRANTS = replace(TOLD, source="360giving: grants.csv", visibility=Visibility.PUBLIC)
FORGED = replace(TOLD, source="the chair of trustees", asserted_by="chair@example.org")


def file_of(folder: Path, *facts: Fact) -> Path:
    path = folder / "network.graphml"
    export(snapshot_of(*facts), "graphml", path)
    return path


def after_import(store: GraphStore, folder: Path, known: Fact, claimed: Fact) -> Organisation:
    with store.transaction("ada") as tx:
        tx.upsert(known)
    bring_in(file_of(folder, claimed), store)
    found = store.record(Organisation, known.id)
    assert found is not None
    return found


def test_what_was_deleted_comes_back_with_its_source_and_days(
    tmp_path: Path, store: GraphStore
) -> None:
    old = Provenance(
        source="minutes", asserted_by="ben", first_seen=date(2020, 1, 1), last_confirmed=TODAY
    )
    with store.transaction("ada") as tx:
        tx.upsert(organisation("a", provenance=old), organisation("b"))
    path = tmp_path / "network.graphml"
    export(store.snapshot(), "graphml", path)
    before = content(store)
    with store.transaction("ada") as tx:
        tx.delete("organisation", ["org-a"])

    bring_in(path, store)
    assert content(store) == before


def test_a_forged_source_overwrites_nothing_that_a_person_told(
    tmp_path: Path, store: GraphStore
) -> None:
    known = organisation("a", description="True")
    claimed = organisation("a", description="Forged", provenance=FORGED)
    found = after_import(store, tmp_path, known, claimed)
    assert (found.description, found.provenance.source) == ("True", TOLD.source)


def test_a_forged_source_gains_no_rank_where_its_word_counts(
    tmp_path: Path, store: GraphStore
) -> None:
    known = organisation("a", description="Old", provenance=GRANTS)
    claimed = organisation("a", description="New", provenance=FORGED)
    found = after_import(store, tmp_path, known, claimed)
    assert found.description == "New"
    assert found.provenance.source == "graph: network.graphml"
    assert found.provenance.asserted_by == "ada@example.org"


def test_a_forged_day_makes_nothing_look_fresher_than_today(
    tmp_path: Path, store: GraphStore
) -> None:
    later = replace(TOLD, last_confirmed=date(9999, 1, 1))
    found = after_import(store, tmp_path, organisation("a"), organisation("a", provenance=later))
    assert found.provenance.last_confirmed == TODAY


def test_a_private_fact_is_not_widened_and_a_known_one_not_hidden(
    tmp_path: Path, store: GraphStore
) -> None:
    hidden = replace(TOLD, visibility=Visibility.PRIVATE)
    public = replace(TOLD, visibility=Visibility.PUBLIC)
    found = after_import(
        store, tmp_path, organisation("a", provenance=hidden), organisation("a", provenance=public)
    )
    assert found.provenance.visibility is Visibility.PRIVATE
    claimed = organisation("b", description="Secret", provenance=hidden)
    found = after_import(store, tmp_path, organisation("b", provenance=public), claimed)
    assert found.provenance.visibility is Visibility.PUBLIC
    assert not found.description
    seen = preview(tmp_path / "network.graphml", store)
    assert not seen.changes_anything


def test_a_guess_in_a_file_is_no_surer_than_the_one_that_is_known(
    tmp_path: Path, store: GraphStore
) -> None:
    guess = replace(TOLD, inferred=True, confidence=0.4, basis="books")
    sure = replace(guess, confidence=1.0, basis="forged")
    nodes = (organisation("a"), skill("s"))
    known = Offer(from_id="org-a", to_id="cap-s", provenance=guess)
    with store.transaction("ada") as tx:
        tx.upsert(*nodes, known)
    bring_in(file_of(tmp_path, *nodes, replace(known, provenance=sure)), store)
    (found,) = store.records(Offer)
    assert (found.provenance.confidence, found.provenance.basis) == (0.4, "books")


def test_a_term_of_the_vocabulary_can_be_restored_and_not_forged(
    tmp_path: Path, store: GraphStore
) -> None:
    vocabulary = replace(TOLD, source="gofar vocabulary")
    known = Skill(id="cap", name="Right", provenance=TOLD)
    with store.transaction("ada") as tx:
        tx.upsert(known)
    bring_in(file_of(tmp_path, replace(known, name="Wrong", provenance=vocabulary)), store)
    assert [skill.name for skill in store.records(Skill)] == ["Right"]


@pytest.mark.parametrize("known_source", ["360giving: x", "template: x", "ben", "gofar vocabulary"])
def test_no_claim_whatever_raises_rank_day_certainty_or_readers(
    known_source: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    @settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(provenances(), provenances(), st.sampled_from(("", "Else")))
    def check(known: Provenance, claimed: Provenance, text: str) -> None:
        known = replace(known, source=known_source)
        stored = organisation("a", provenance=known)
        with open_store("sqlite:///:memory:") as store:
            file = file_of(
                tmp_path_factory.mktemp("claim"),
                organisation("a", description=text, provenance=claimed),
            )
            with store.transaction("ada") as tx:
                tx.upsert(stored)
            bring_in(file, store)
            (found,) = store.records(Organisation)
        now, widths = found.provenance, tuple(Visibility)
        rank = AUTHORITIES.of(known)
        assert AUTHORITIES.of(now) <= max(rank, 1)
        assert now.last_confirmed <= max(TODAY, known.last_confirmed)
        assert widths.index(now.visibility) <= widths.index(known.visibility)
        assert now.confidence <= known.confidence or not now.inferred
        if rank > 1:
            assert found.name == stored.name

    check()
