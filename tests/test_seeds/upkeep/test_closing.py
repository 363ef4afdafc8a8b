"""Organisations that a register has removed: reopened, or left closed, and remembered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import seeds
from graph.contract import GraphStore
from graph.model import Collaboration, Organisation, TakesPartIn
from graph.testing.samples import write
from import_files import content
from seeds.merging import Outcome
from seeds.reading.reader import Head, Reader
from seeds.sources.base import Context, Item, Recognition, Source
from seeds.staging import Findings, Staging
from seeds.upkeep import agreed_closures, close, reopen
from upkeep_world import ADA, GONE, KITCHEN, LEFT, PART, TODAY, WORLD


@pytest.fixture(autouse=True)
def world(store: GraphStore) -> None:
    write(store, *WORLD)


class Register(Source):
    """A register that says what it is given."""

    name = "register"
    title = "a register"
    authority = 2

    def __init__(self, *facts: Organisation) -> None:
        self.facts = facts

    def recognises(self, heads: Sequence[Head]) -> Recognition:
        return Recognition(1.0)

    def records(self, reader: Reader, context: Context) -> Iterator[Item]:
        yield from self.facts


def imported(store: GraphStore, folder: Path, *facts: Organisation) -> int:
    """Import what a register says; return how many records that changed."""
    file = folder / "register.csv"
    file.write_text("name\na\n", encoding="utf-8")
    with Reader([file]) as reader:
        staging = Staging(
            Register(*facts),
            reader,
            store,
            Findings(),
            actor=ADA,
            asserted_on=TODAY,
            options={},
            only_add=False,
        )
        changed = [
            change.after
            for batch in staging.batches()
            for change in staging.compare(batch)
            if change.outcome is Outcome.UPDATE
        ]
    write(store, *changed)
    return len(changed)


def now(store: GraphStore) -> Organisation:
    found = store.record(Organisation, GONE.id)
    assert found is not None
    return found


def test_a_removed_organisation_is_marked_as_still_active(store: GraphStore) -> None:
    done = reopen(store, [GONE.id], ADA, TODAY)
    assert now(store).closed_on is None
    assert now(store).provenance.source == GONE.provenance.source
    assert done.what == "Marked 1 organisation as still active"


def test_the_next_register_import_does_not_close_it_again(
    store: GraphStore, tmp_path: Path
) -> None:
    reopen(store, [GONE.id], ADA, TODAY)
    assert imported(store, tmp_path, GONE) == 0
    assert now(store).closed_on is None


def test_a_later_removal_closes_it(store: GraphStore, tmp_path: Path) -> None:
    reopen(store, [GONE.id], ADA, TODAY)
    again = replace(GONE, closed_on=date(2026, 12, 24))
    assert imported(store, tmp_path, again) == 1
    assert now(store).closed_on == date(2026, 12, 24)


def test_what_has_closed_leaves_no_tie_standing(store: GraphStore) -> None:
    done = close(store, [GONE.id], ADA, TODAY)
    tie, part = store.record(Collaboration, LEFT.id), store.record(TakesPartIn, PART.id)
    assert tie is not None
    assert part is not None
    assert tie.until == part.ends_on == GONE.closed_on
    assert agreed_closures(store) == {GONE.id: TODAY}
    assert done.changed == 1
    assert close(store, [GONE.id], ADA, TODAY).import_id == ""


def test_an_open_organisation_is_neither_reopened_nor_left_closed(store: GraphStore) -> None:
    version = store.version()
    for verb in (reopen, close):
        assert verb(store, [KITCHEN.id, "org-nobody"], ADA, TODAY).missing == (
            KITCHEN.id,
            "org-nobody",
        )
    assert store.version() == version


@pytest.mark.parametrize("verb", [reopen, close])
def test_both_are_undone(store: GraphStore, verb: type) -> None:
    before = content(store)
    done = verb(store, [GONE.id], ADA, TODAY)
    seeds.undo(store, done.import_id, ADA)
    assert content(store) == before
    assert agreed_closures(store) == {}
