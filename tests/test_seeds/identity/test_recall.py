"""Importing again what merges and splits have settled: it stays settled."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.contract import GraphStore
from graph.model import Funding, Offer, Organisation
from import_files import ACTOR, TODAY, bring_in, content
from seeds.identity import merge, split, unmerge

GRANTS = (
    "Identifier,Title,Description,Currency,Amount Awarded,Award Date,Recipient Org:Identifier,"
    "Recipient Org:Name,Recipient Org:Web Address,Funding Org:Identifier,Funding Org:Name\n"
)
CHOIR = "360G-a-1,Songs,Singing,GBP,100,2024-01-31,360G-a-c,Tansy Choir,choir.example,F-1,Fund\n"
SINGERS = "360G-a-2,Tour,Singing,GBP,200,2024-02-01,360G-a-s,Tansy Singers,,F-1,Fund\n"
CONFUSED = SINGERS.replace("360G-a-s", "360G-a-c")
BODIES = "Id,Name,Identifier\none,Tansy Choir,GB-CHC-1000001\ntwo,Tansy Singers,GB-COH-00000011\n"
LEVELS = "Organisation,Skill,Offers or needs,Level\n"
OFFERS = ("Tansy Choir,Bookkeeping,offers,1\n", "Tansy Singers,Bookkeeping,offers,3\n")
AGAIN = "\n"
"""An empty line at the end: another file than before, which says the same."""


def grants(folder: Path, *rows: str) -> Path:
    path = folder / "grants.csv"
    path.write_text(GRANTS + "".join(rows), encoding="utf-8")
    return path


def named(store: GraphStore, name: str) -> str:
    (found,) = (each.id for each in store.records(Organisation) if each.name == name)
    return found


@pytest.mark.parametrize("kept", ["Tansy Choir", "Tansy Singers"])
@pytest.mark.parametrize("rows", [(CHOIR, SINGERS), (SINGERS, CHOIR)])
def test_a_list_that_knows_both_does_not_rename_the_kept_one(
    store: GraphStore, tmp_path: Path, kept: str, rows: tuple[str, str]
) -> None:
    bring_in(grants(tmp_path, CHOIR, SINGERS), store)
    (other,) = {"Tansy Choir", "Tansy Singers"} - {kept}
    merge(store, named(store, kept), named(store, other), actor=ACTOR, today=TODAY)
    settled = content(store)

    bring_in(grants(tmp_path, *rows, AGAIN), store)

    assert content(store) == settled


def test_a_better_source_goes_on_being_heard(store: GraphStore, tmp_path: Path) -> None:
    bring_in(grants(tmp_path, CHOIR), store)
    own = tmp_path / "organisations.csv"
    own.write_text("Id,Name,Income\nown,Tansy Choral Society,5000\n", encoding="utf-8")
    bring_in(own, store)
    merge(store, named(store, "Tansy Choir"), "own", actor=ACTOR, today=TODAY)

    own.write_text("Id,Name,Income\nown,Tansy Choral Society,7000\n", encoding="utf-8")
    bring_in(own, store)

    whole = store.record(Organisation, named(store, "Tansy Choral Society"))
    assert whole is not None
    assert whole.income == 7000


@pytest.mark.parametrize("rows", [OFFERS, OFFERS[::-1]])
def test_of_two_levels_the_one_that_was_kept_stays(
    store: GraphStore, tmp_path: Path, rows: tuple[str, str]
) -> None:
    (tmp_path / "organisations.csv").write_text(BODIES, encoding="utf-8")
    offers = tmp_path / "offers.csv"
    offers.write_text(LEVELS + "".join(OFFERS), encoding="utf-8")
    bring_in(tmp_path, store)
    merge(store, "one", "two", actor=ACTOR, today=TODAY)
    settled = content(store)
    assert [offer.level for offer in store.records(Offer)] == [1]

    offers.write_text(LEVELS + "".join(rows) + AGAIN, encoding="utf-8")
    bring_in(tmp_path, store)

    assert content(store) == settled


def test_a_list_that_confuses_two_bodies_does_not_join_them_again(
    store: GraphStore, tmp_path: Path
) -> None:
    bring_in(grants(tmp_path, CHOIR, CONFUSED), store)
    choir = named(store, "Tansy Choir")
    tour = next(tie for tie in store.records(Funding) if tie.amount == 200)
    apart = split(store, choir, name="Tansy Singers", actor=ACTOR, today=TODAY, fact_ids=[tour.id])
    settled = content(store)
    for rows in ((CHOIR, CONFUSED), (CONFUSED, CHOIR), (CONFUSED,)):
        bring_in(grants(tmp_path, *rows, AGAIN), store)
        assert content(store) == settled

    # As one again, because somebody says so, they are one for the list too.
    again = merge(store, choir, apart.id, actor=ACTOR, today=TODAY)
    whole = content(store)
    bring_in(grants(tmp_path, CONFUSED, CHOIR, AGAIN, AGAIN), store)
    assert content(store) == whole
    unmerge(store, again.id, actor=ACTOR)
    assert content(store) == settled
