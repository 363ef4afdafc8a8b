"""The same answers leave the same network in both stores."""

from __future__ import annotations

import pytest

import seeds
from graph.contract import GraphStore
from graph.model import Verdict
from graph.stores import open_store
from graph.testing.samples import write
from import_files import content
from seeds.upkeep import close, confirm, reject, reopen, set_place
from upkeep_world import (
    ADA,
    GONE,
    GUESS,
    GUESSED_OFFER,
    OFFER,
    PARTNERS,
    SALE,
    SINGERS,
    SURE_GUESS,
    TODAY,
    WORLD,
)


def story(store: GraphStore) -> list[object]:
    """Answer everything in turn, and return what the network was after each answer."""
    write(store, *WORLD)
    seen: list[object] = [content(store)]
    for done in (
        confirm(store, [GUESS.id, OFFER.id, "works_on-nothing"], ADA, TODAY),
        close(store, [GONE.id], ADA, TODAY),
        reopen(store, [GONE.id], ADA, TODAY),
        set_place(store, [SINGERS.id], SALE.id, "works_in", ADA, TODAY),
        reject(store, [GUESSED_OFFER.id, SURE_GUESS.id, PARTNERS.id], ADA, TODAY),
    ):
        seen += [done.what, done.changed, done.missing, content(store)]
    seeds.undo(store, done.import_id, ADA)
    answers = [(verdict.id, verdict.answer) for verdict in store.records(Verdict)]
    return [*seen, content(store), answers]


@pytest.mark.neo4j
def test_answers_leave_the_same_network_in_both_stores(clean_neo4j: str) -> None:
    with open_store("sqlite:///:memory:") as one, open_store(clean_neo4j) as other:
        assert story(one) == story(other)
