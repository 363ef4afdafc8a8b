"""Places for organisations that have none."""

from __future__ import annotations

import pytest

import seeds
from graph.contract import GraphStore
from graph.errors import InputError
from graph.model import BasedIn, Place, WorksIn
from graph.testing.samples import write
from import_files import content
from seeds.upkeep import Residence, reject, set_place
from upkeep_world import ADA, GUESSED, KITCHEN, OFFICE, SALE, SINGERS, TODAY, WORLD


@pytest.fixture(autouse=True)
def world(store: GraphStore) -> None:
    write(store, *WORLD)


def test_work_and_office_are_different_facts(store: GraphStore) -> None:
    set_place(store, [SINGERS.id], SALE.id, Residence.WORKS_IN, ADA, TODAY)
    (tie,) = store.relationships(WorksIn, from_ids=[SINGERS.id])
    assert tie.to_id == SALE.id
    assert tie.provenance.asserted_by == ADA
    assert not list(store.relationships(BasedIn, from_ids=[SINGERS.id]))
    set_place(store, [SINGERS.id], SALE.id, "based_in", ADA, TODAY)
    assert len(list(store.relationships(BasedIn, from_ids=[SINGERS.id]))) == 1


def test_a_place_of_the_vocabulary_comes_with_what_it_is_part_of(store: GraphStore) -> None:
    done = set_place(store, [SINGERS.id, KITCHEN.id], "E08000009", "works_in", ADA, TODAY)
    assert done.what == "Gave 2 organisations the place Trafford"
    trafford = store.record(Place, "E08000009")
    assert trafford is not None
    assert store.record(Place, trafford.parent_id) is not None
    assert [tie.from_id for tie in store.relationships(WorksIn, to_ids=["E08000009"])]


def test_it_is_undone_with_the_places_that_it_brought(store: GraphStore) -> None:
    before = content(store)
    done = set_place(store, [SINGERS.id], "E08000009", "works_in", ADA, TODAY)
    seeds.undo(store, done.import_id, ADA)
    assert content(store) == before


def test_a_guessed_place_becomes_told(store: GraphStore) -> None:
    guess = WorksIn(from_id=SINGERS.id, to_id=SALE.id, provenance=GUESSED)
    write(store, guess)
    set_place(store, [SINGERS.id], SALE.id, "works_in", ADA, TODAY)
    (tie,) = store.relationships(WorksIn, from_ids=[SINGERS.id])
    assert not tie.provenance.inferred


def test_a_rejected_place_can_be_given_again(store: GraphStore) -> None:
    reject(store, [OFFICE.id], ADA, TODAY)
    set_place(store, [KITCHEN.id], SALE.id, "based_in", ADA, TODAY)
    assert store.record(BasedIn, OFFICE.id) is not None


def test_what_is_known_or_missing_changes_nothing(store: GraphStore) -> None:
    version = store.version()
    done = set_place(store, [KITCHEN.id, "org-x"], SALE.id, "based_in", ADA, TODAY)
    assert (done.import_id, done.missing) == ("", ("org-x",))
    nobody = set_place(store, ["org-x"], "E08000009", "works_in", ADA, TODAY)
    assert nobody.import_id == ""
    assert store.version() == version


@pytest.mark.parametrize(("place", "how"), [("E99", "works_in"), (SALE.id, "serves")])
def test_an_unknown_place_or_tie_is_refused(store: GraphStore, place: str, how: str) -> None:
    with pytest.raises(InputError, match=r"place|none of"):
        set_place(store, [SINGERS.id], place, how, ADA, TODAY)
