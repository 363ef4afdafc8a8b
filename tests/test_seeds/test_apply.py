from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import seeds
from graph.audit import Action
from graph.contract import GraphStore
from graph.errors import Conflict, InputError, StoreError, UnsupportedFormat
from graph.model import ImportRecord, ImportState, Organisation
from graph.stores.sqlite.store import SQLiteStore
from import_files import ACTOR, GRANTS, HISTORY, TODAY, bring_in, content, preview, write
from seeds.sources import SOURCES

LATER = date(2026, 12, 24)


class SmallBatches(SQLiteStore):
    """A store whose transactions hold little, and that may die after some of them."""

    batch_size = 3
    commits_left: int | None = None

    def commit(self, transaction):  # type: ignore[no-untyped-def]
        if self.commits_left == 0:
            raise StoreError("The power is gone.")
        if self.commits_left is not None:
            self.commits_left -= 1
        return super().commit(transaction)


@pytest.fixture
def small() -> Iterator[SmallBatches]:
    with SmallBatches(":memory:") as store:
        store.migrate()
        yield store


@pytest.fixture
def history(tmp_path: Path) -> Path:
    return write(tmp_path / "h", HISTORY)


def test_a_preview_writes_nothing(history: Path, store: GraphStore) -> None:
    version, before = store.version(), content(store)

    found = preview(history, store)

    assert found.adds["organisation"] == 3
    assert (store.version(), content(store)) == (version, before)
    assert list(store.audit()) == []


def test_a_preview_as_json_has_the_agreed_form(history: Path, store: GraphStore) -> None:
    (history / "participations.csv").write_text("org_id,project_id\n9,7\n", encoding="utf-8")

    found = preview(history, store).to_json()

    assert {name: found[name] for name in ("adds", "updates", "duplicates", "skipped")} == {
        "adds": 14,
        "updates": 0,
        "duplicates": 0,
        "skipped": 0,
    }
    assert found["errors"] == [
        {
            "file": "participations.csv",
            "sheet": "",
            "row": 2,
            "column": "org_id",
            "value": "9",
            "message": "'9' is the id of no organisation, so the participation is left out. "
            "Add the organisation, or correct the id.",
        }
    ]


def test_a_small_import_is_one_transaction(history: Path, store: GraphStore) -> None:
    before = store.version()

    record = bring_in(history, store)

    assert store.version() == before + 1
    assert (record.state, record.actor, record.asserted_on) == (
        ImportState.APPLIED,
        ACTOR,
        TODAY,
    )
    assert {entry.import_id for entry in store.audit()} == {record.id}
    assert record.added == sum(
        entry.action is Action.ADD and entry.kind != "import_record" for entry in store.audit()
    )


def test_a_large_import_is_several_transactions_of_bounded_size(
    history: Path, small: SmallBatches, store: GraphStore
) -> None:
    record = bring_in(history, small)

    assert small.version() > 3
    assert record.state is ImportState.APPLIED
    bring_in(history, store)
    assert content(small) == content(store)


def test_the_same_bytes_again_change_nothing(history: Path, store: GraphStore) -> None:
    record = bring_in(history, store)
    version, before = store.version(), content(store)

    again = preview(history, store, today=LATER, actor="bob")

    assert again.earlier is ImportState.APPLIED
    assert (again.adds.total(), again.updates.total()) == (0, 0)
    assert seeds.apply(again, store) == record
    assert (store.version(), content(store)) == (version, before)


def test_the_same_bytes_never_undo_what_a_person_corrected(
    history: Path, store: GraphStore
) -> None:
    bring_in(history, store)
    body = store.record(Organisation, "1")
    assert body is not None
    with store.transaction("bob") as tx:
        tx.upsert(replace(body, name="Corrected"))
        tx.delete("organisation", ["3"])

    found = preview(history, store)
    seeds.apply(found, store)

    # What is missing comes back, what is there stays.
    assert (found.adds.total(), found.updates.total()) == (2, 0)
    again = store.record(Organisation, "1")
    assert again is not None
    assert again.name == "Corrected"


def test_a_changed_file_updates_what_changed(history: Path, store: GraphStore) -> None:
    bring_in(history, store)
    text = HISTORY["organisations.csv"].replace("One", "Uno") + "4,Four,FR\n"
    write(history, {"organisations.csv": text})

    found = preview(history, store)

    assert dict(found.updates) == {"organisation": 1}
    assert found.adds == {"organisation": 1, "place": 1, "based_in": 1}
    (sample,) = (sample for sample in found.samples if sample.before)
    assert (sample.name, sample.changed) == ("Uno", ("name", "other_names"))
    seeds.apply(found, store)
    assert not preview(history, store).changes_anything


def test_a_later_file_that_says_the_same_confirms(history: Path, store: GraphStore) -> None:
    bring_in(history, store)
    write(history, {"organisations.csv": HISTORY["organisations.csv"] + "\n"})

    found = preview(history, store, today=LATER)

    assert (found.adds.total(), found.updates.total()) == (0, 0)
    assert found.confirmed["organisation"] == 3
    seeds.apply(found, store)
    body = store.record(Organisation, "1")
    assert body is not None
    assert (body.provenance.first_seen, body.provenance.last_confirmed) == (TODAY, LATER)


def test_the_same_bytes_under_another_name_are_the_same_import(
    tmp_path: Path, store: GraphStore
) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(GRANTS, encoding="utf-8")
    record = bring_in(tmp_path / "a.csv", store)

    assert preview(tmp_path / "b.csv", store).import_id == record.id


def test_files_that_changed_since_the_preview_are_refused(history: Path, store: GraphStore) -> None:
    found = preview(history, store)
    write(history, {"organisations.csv": "org_id,name\n1,Other\n"})

    with pytest.raises(InputError, match="changed since the preview"):
        seeds.apply(found, store)
    assert store.version() == 0


@pytest.mark.parametrize("commits", range(1, 6))
def test_an_interrupted_import_is_finished_by_repeating_it(
    commits: int, history: Path, small: SmallBatches, store: GraphStore
) -> None:
    small.commits_left = commits
    with pytest.raises(StoreError):
        bring_in(history, small)
    small.commits_left = None
    (halfway,) = small.records(ImportRecord)
    assert halfway.state is ImportState.APPLYING

    record = bring_in(history, small, today=LATER, actor="bob")

    whole = bring_in(history, store)
    assert (record.state, record.added) == (ImportState.APPLIED, whole.added)
    assert record.asserted_on == TODAY
    days = {body.provenance.last_confirmed for body in small.records(Organisation)}
    assert days == {TODAY}
    assert len(list(small.records(Organisation))) == 3


def test_progress_is_told(history: Path, small: SmallBatches) -> None:
    told: list[tuple[int, int | None, str]] = []
    found = seeds.preview(
        history, small, actor=ACTOR, today=TODAY, progress=lambda *step: told.append(step)
    )
    seeds.apply(found, small, progress=lambda *step: told.append(step))

    assert told[0] == (3, None, "Reading")
    assert told[-1] == (found.record_count, found.record_count, "Importing")


def test_somebody_elses_change_in_between_is_kept(history: Path, small: SmallBatches) -> None:
    found = preview(history, small)
    writes = iter(range(1, 4))

    def meddle(done: int, total: int | None, what: str) -> None:
        del done, total, what
        number = next(writes, 0)
        if number:
            body = small.record(Organisation, "1")
            assert body is not None
            with small.transaction("bob") as tx:
                tx.upsert(replace(body, description=f"Said {number}"))

    seeds.apply(found, small, progress=meddle)

    body = small.record(Organisation, "1")
    assert body is not None
    assert body.description == "Said 3"


def test_every_source_has_a_name_and_a_title() -> None:
    names = [source.name for source in SOURCES]

    assert len(set(names)) == len(names)
    assert {"template", "360giving", "charity-commission", "register", "history"} <= set(names)
    assert all(source.title and type(source).__doc__ for source in SOURCES)


def test_an_unknown_source_is_named_with_those_there_are(history: Path, store: GraphStore) -> None:
    with pytest.raises(InputError, match=", ".join(source.name for source in SOURCES)):
        preview(history, store, source="nonsense")


def test_an_old_preview_is_not_applied_to_an_import_undone_since(
    tmp_path: Path, store: GraphStore
) -> None:
    folder = write(tmp_path / "h", HISTORY)
    record = bring_in(folder, store)
    with store.transaction("bob") as tx:
        tx.delete("organisation", ["1"])
    old = preview(folder, store)
    seeds.undo(store, record.id, ACTOR)

    with pytest.raises(Conflict, match="meanwhile"):
        seeds.apply(old, store)


def test_an_import_that_is_undone_while_it_runs_stops(tmp_path: Path) -> None:
    folder = write(tmp_path / "h", HISTORY)
    with SmallBatches(str(tmp_path / "a.db")) as store:
        store.migrate()
        found = preview(folder, store)
        steps: list[int] = []

        def undo_once(done: int, total: int | None, what: str) -> None:
            steps.append(done)
            if len(steps) == 1:
                seeds.undo(store, found.import_id, ACTOR)

        with pytest.raises(Conflict, match="meanwhile"):
            seeds.apply(found, store, progress=undo_once)
        assert list(store.records(Organisation)) == []


def test_files_of_two_kinds_are_not_imported_as_one(tmp_path: Path, store: GraphStore) -> None:
    files = {"grants.csv": GRANTS, "organisations.csv": "name,description\nNew One,helps\n"}
    folder = write(tmp_path / "both", files)

    with pytest.raises(UnsupportedFormat, match="Import the two kinds one after the other"):
        preview([folder / name for name in files], store)
