"""An import must not tell whoever imports what a private record holds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from graph.contract import GraphStore
from graph.model import Organisation, Provenance, Visibility
from import_files import TODAY, preview, write

TOLD = Provenance(
    source="s",
    asserted_by="ben",
    first_seen=TODAY,
    last_confirmed=TODAY,
    visibility=Visibility.PRIVATE,
)
SECRET = Organisation(id="org-hidden", name="Hidden Harbour Refuge", provenance=TOLD)


def shown(folder: Path, store: GraphStore, known: Organisation) -> str:
    with store.transaction("ben") as tx:
        tx.upsert(known)
    rows = f"name,description\nHidden Harbour Refuge CIO,one\n{known.name},two\n"
    ties = "organisation,other organisation\nHidden Harbor Refuge,Nobody Else\n"
    files = {"organisations.csv": rows, "relationships.csv": ties}
    found = preview(write(folder, files), store)
    return f"{found.to_json()} {found.samples}"


def test_no_duplicate_hint_or_sample_gives_a_private_organisation_away(
    tmp_path: Path, store: GraphStore
) -> None:
    assert "org-hidden" not in shown(tmp_path, store, SECRET)


def test_no_sample_of_a_merge_shows_what_a_private_record_holds(
    tmp_path: Path, store: GraphStore
) -> None:
    known = replace(SECRET, external_ids=("GB-CHC-1111111",), description="SECRET")
    with store.transaction("ben") as tx:
        tx.upsert(known)
    path = tmp_path / "organisations.csv"
    path.write_text("name,charity number,website\nSome Name,1111111,x.org\n", encoding="utf-8")

    found = preview(path, store)

    assert found.updates["organisation"] == 1
    assert "SECRET" not in str(found.samples)
    assert "Harbour" not in f"{found.samples} {found.to_json()}"


def test_one_that_members_see_is_named(tmp_path: Path, store: GraphStore) -> None:
    seen = replace(SECRET, provenance=replace(TOLD, visibility=Visibility.MEMBERS))
    assert "org-hidden" in shown(tmp_path, store, seen)
