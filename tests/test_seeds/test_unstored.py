"""Files as a network without a store."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.contract import GraphStore
from graph.errors import UnreadableFile, UnsupportedFormat
from import_files import ACTOR, HISTORY, TODAY, bring_in, write
from seeds.unstored import read_unstored


def read(folder: Path, store: GraphStore):  # type: ignore[no-untyped-def]
    return read_unstored(folder, store, source="history", actor=ACTOR, today=TODAY)


def test_it_is_the_network_that_an_import_makes(tmp_path: Path, store: GraphStore) -> None:
    folder = write(tmp_path / "h", HISTORY)
    read_snapshot, findings = read(folder, store)
    assert store.version() == 0
    bring_in(folder, store)
    assert read_snapshot.content_hash == store.snapshot().content_hash
    assert findings.problem_count == 0


def test_rows_that_an_import_would_leave_out_are_left_out_and_told(
    tmp_path: Path, store: GraphStore
) -> None:
    files = HISTORY | {
        "projects.csv": "project_id,title,start_date\n7,Seven,someday\n8,Eight,2015-06-01\n",
        "participations.csv": "org_id,project_id\n1,7\n2,7\n2,8\n9,8\n",
    }
    folder = write(tmp_path / "h", files)
    snapshot, findings = read(folder, store)
    assert len(snapshot.tables["takes_part_in"]) == 3
    told = [str(problem) for problem in findings.problems]
    assert any("projects.csv" in line and "'someday'" in line for line in told)
    assert any("participations.csv" in line and "'9'" in line for line in told)
    bring_in(folder, store)
    assert snapshot.content_hash == store.snapshot().content_hash


def test_a_folder_without_participations_says_which_file_to_add(
    tmp_path: Path, store: GraphStore
) -> None:
    files = {name: text for name, text in HISTORY.items() if name != "participations.csv"}
    with pytest.raises(UnsupportedFormat, match=r"Add participations\.csv"):
        read(write(tmp_path / "h", files), store)


def test_an_empty_folder_says_so(tmp_path: Path, store: GraphStore) -> None:
    with pytest.raises(UnreadableFile, match="holds no table"):
        read(tmp_path, store)


def test_tables_without_rows_hold_nothing(tmp_path: Path, store: GraphStore) -> None:
    files = {
        "organisations.csv": "org_id\n",
        "projects.csv": "project_id\n",
        "participations.csv": "org_id,project_id\n",
    }
    with pytest.raises(UnsupportedFormat, match="nothing that can be used"):
        read(write(tmp_path / "h", files), store)
