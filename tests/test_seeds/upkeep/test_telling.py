"""Terms that a text reads like are proposed, and told only by a person."""

from __future__ import annotations

from dataclasses import replace

import pytest

import seeds
from builders import TOLD, organisation
from graph.contract import GraphStore
from graph.errors import InputError, UnknownOrganisation
from graph.model import Theme, WorksOn
from graph.testing.samples import write
from import_files import ACTOR, TODAY, content
from seeds.upkeep import proposals, tell

MUSIC = "theme-AR303"


def test_a_text_gets_terms_with_the_words_that_make_them_alike() -> None:
    found = proposals("Everybody sings with an orchestra on Fridays")
    assert MUSIC in {each.term_id for each in found}
    assert len(found) <= 5
    assert all(each.label and each.words for each in found)
    assert proposals("") == []


def test_what_a_person_says_is_told_and_can_be_undone(store: GraphStore) -> None:
    write(store, organisation("a"))
    before = content(store)

    done = tell(store, "org-a", MUSIC, ACTOR, TODAY)

    (tie,) = store.records(WorksOn)
    assert (tie.to_id, tie.provenance.inferred, tie.provenance.asserted_by) == (MUSIC, False, ACTOR)
    assert store.record(Theme, MUSIC) is not None
    assert tell(store, "org-a", MUSIC, ACTOR, TODAY).import_id == ""
    seeds.undo(store, done.import_id, ACTOR)
    assert content(store) == before


def test_saying_what_was_worked_out_confirms_it(store: GraphStore) -> None:
    guess = replace(TOLD, inferred=True, confidence=0.5, basis='words: "choir"')
    theme = Theme(id=MUSIC, name="Music", provenance=TOLD)
    write(
        store,
        organisation("a"),
        theme,
        WorksOn(from_id="org-a", to_id=MUSIC, provenance=guess),
    )

    tell(store, "org-a", MUSIC, ACTOR, TODAY)

    (tie,) = store.records(WorksOn)
    assert not tie.provenance.inferred
    assert store.record(Theme, MUSIC) == theme


def test_only_what_is_known_can_be_said(store: GraphStore) -> None:
    write(store, organisation("a"))
    with pytest.raises(InputError):
        tell(store, "org-a", "theme-nothing", ACTOR, TODAY)
    with pytest.raises(UnknownOrganisation):
        tell(store, "org-b", MUSIC, ACTOR, TODAY)
