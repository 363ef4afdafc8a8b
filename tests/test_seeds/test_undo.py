from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import seeds
from graph.contract import GraphStore
from graph.errors import InputError
from graph.model import ImportRecord, ImportState, Offer, Organisation, Provenance
from graph.stores import open_store
from graph.vocabulary import capabilities
from import_files import ACTOR, GRANTS, HISTORY, TODAY, bring_in, content, preview, write

TOLD = Provenance(source="web", asserted_by="bob", first_seen=TODAY, last_confirmed=TODAY)


def undo(store: GraphStore, record: ImportRecord) -> seeds.UndoResult:
    return seeds.undo(store, record.id, ACTOR)


@pytest.fixture
def history(tmp_path: Path) -> Path:
    return write(tmp_path / "h", HISTORY)


def test_undo_takes_back_all_that_was_added(history: Path, store: GraphStore) -> None:
    empty = content(store)
    record = bring_in(history, store)

    result = undo(store, record)

    assert content(store) == empty
    assert (result.deleted, result.restored, result.kept) == (record.added, 0, [])
    undone = store.record(ImportRecord, record.id)
    assert undone is not None
    assert undone.state is ImportState.UNDONE


def test_undo_restores_what_was_updated(history: Path, store: GraphStore) -> None:
    bring_in(history, store)
    before = content(store)
    text = HISTORY["organisations.csv"].replace("One", "Uno") + "4,Four,FR\n"
    record = bring_in(write(history, {"organisations.csv": text}), store)
    assert content(store) != before

    result = undo(store, record)

    assert content(store) == before
    assert (result.deleted, result.restored) == (3, 1)


def test_undo_of_a_later_day_gives_the_days_back_too(history: Path, store: GraphStore) -> None:
    bring_in(history, store)
    before = content(store)
    files = {**HISTORY, "organisations.csv": HISTORY["organisations.csv"].replace("One", "Uno")}
    later = write(history.with_name("later"), files)
    record = bring_in(later, store, today=TODAY + timedelta(days=90))
    assert content(store) != before

    undo(store, record)

    assert content(store) == before


def test_what_somebody_changed_since_is_kept_and_listed(history: Path, store: GraphStore) -> None:
    record = bring_in(history, store)
    body = store.record(Organisation, "3")
    assert body is not None
    with store.transaction("bob") as tx:
        tx.upsert(replace(body, website="https://example.org"))

    result = undo(store, record)

    assert [(kept.kind, kept.id) for kept in result.kept] == [("organisation", "3")]
    assert [body.id for body in store.records(Organisation)] == ["3"]


def test_a_node_that_other_facts_hang_on_is_kept_with_them(
    history: Path, store: GraphStore
) -> None:
    record = bring_in(history, store)
    skill = seeds.vocabulary_node(capabilities().term("cap-bid-writing"))
    with store.transaction("bob") as tx:
        tx.upsert(skill, Offer(from_id="1", to_id=skill.id, provenance=TOLD))

    result = undo(store, record)

    assert [kept.reason for kept in result.kept] == ["other facts hang on it"]
    assert [body.id for body in store.records(Organisation)] == ["1"]
    assert len(list(store.records(Offer))) == 1


def test_what_two_imports_share_outlives_one_of_them(tmp_path: Path, store: GraphStore) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    lines = GRANTS.splitlines()
    first.write_text("\n".join(lines[:2]) + "\n", encoding="utf-8")
    second.write_text("\n".join([lines[0], lines[2]]) + "\n", encoding="utf-8")
    record = bring_in(first, store)
    bring_in(second, store)

    undo(store, record)

    assert {body.name for body in store.records(Organisation)} == {"Fund", "Garden Group"}
    assert not preview(second, store).changes_anything


def test_what_a_later_import_confirmed_stays_until_that_is_undone(
    tmp_path: Path, store: GraphStore
) -> None:
    first, second = write(tmp_path / "1", HISTORY), tmp_path / "2"
    write(second, HISTORY)
    (second / "organisations.csv").write_text(
        "org_id,name,country\n1,One,PT\n2,Two,DE\n", encoding="utf-8"
    )
    (second / "participations.csv").write_text(
        "org_id,project_id,role\n1,7,lead\n2,7,partner\n", encoding="utf-8"
    )
    later = TODAY + timedelta(days=90)
    record = bring_in(first, store)
    other = bring_in(second, store, today=later)

    result = undo(store, record)

    # Words of the vocabulary, countries too, are nobody's own: they stay while ties end at them.
    assert {kept.reason for kept in result.kept if kept.kind != "place"} == {
        "another import says it too"
    }
    assert {kept.reason for kept in result.kept if kept.kind == "place"} == {
        "other facts hang on it"
    }
    assert sorted(body.id for body in store.records(Organisation)) == ["1", "2"]
    assert not preview(second, store, today=later).changes_anything
    assert undo(store, other).deleted == 0


def test_what_an_undone_import_confirmed_goes(history: Path, store: GraphStore) -> None:
    empty = content(store)
    record = bring_in(history, store)
    text = HISTORY["organisations.csv"] + "4,Four,FR\n"
    again = write(history.with_name("again"), {**HISTORY, "organisations.csv": text})
    undo(store, bring_in(again, store, today=TODAY + timedelta(days=90)))

    result = undo(store, record)

    assert result.kept == []
    assert content(store) == empty


def test_after_undo_the_same_file_can_come_in_again(history: Path, store: GraphStore) -> None:
    record = bring_in(history, store)
    whole = content(store)

    for _ in range(2):
        undo(store, record)
        assert bring_in(history, store).state is ImportState.APPLIED
        assert content(store) == whole
    undo(store, record)
    assert content(store) == content(open_store("sqlite:///:memory:"))


def test_undo_twice_and_undo_of_nothing_are_refused(history: Path, store: GraphStore) -> None:
    record = bring_in(history, store)
    undo(store, record)

    with pytest.raises(InputError, match="undone already"):
        undo(store, record)
    with pytest.raises(InputError, match="no import"):
        seeds.undo(store, "import-nothing", ACTOR)


def test_undo_leaves_its_own_trace_in_the_audit(history: Path, store: GraphStore) -> None:
    record = bring_in(history, store)
    undo(store, record)

    entries = list(store.audit(import_id=f"undo:{record.id}"))
    assert {entry.actor for entry in entries} == {ACTOR}
    assert len(entries) == record.added + 1


words = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
cell = words.map(lambda text: text.replace('"', '""')).map(lambda text: f'"{text}"')
tables = st.lists(
    st.tuples(st.sampled_from(["a", "b", "c", ""]), cell, cell, st.sampled_from(["M16", "?", ""])),
    max_size=6,
).map(lambda rows: "id,name,description,postcode\n" + "".join(",".join(row) + "\n" for row in rows))


@settings(max_examples=60, deadline=None)
@given(first=tables, second=tables)
def test_any_two_files_come_in_again_without_change_and_can_be_undone(
    first: str, second: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("any")
    with open_store("sqlite:///:memory:") as store:
        hashes = [content(store)]
        records: list[ImportRecord] = []
        for number, text in enumerate((first, second)):
            path = folder / f"{number}.csv"
            path.write_bytes(text.encode())
            found = preview(path, store)
            if found.is_refused or found.earlier:
                continue
            records.append(seeds.apply(found, store))
            hashes.append(content(store))
            again = preview(path, store)
            assert (again.adds.total(), again.updates.total()) == (0, 0)
            seeds.apply(again, store)
            assert content(store) == hashes[-1]
        while records:
            assert undo(store, records.pop()).kept == []
            hashes.pop()
            assert content(store) == hashes[-1]
