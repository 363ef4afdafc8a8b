"""What went out comes back: every fact with its ids, values, source, dates and readers."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import networkx
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings

import seeds
from builders import TOLD, collaboration, organisation, skill, snapshot_of
from graph.access import Role, Viewer, redact
from graph.contract import GraphStore
from graph.errors import InputError, LimitExceeded
from graph.model import Fact, NotWith, Visibility
from graph.snapshot import Snapshot
from graph.stores import open_store
from graph.testing.strategies import worlds
from import_files import bring_in, content, preview
from seeds.demo import demo_records
from seeds.exports import EXPORTS, ExportResult, export, export_named
from seeds.exports import kumu as kumu_exports

LOSSLESS = [each.name for each in EXPORTS if not each.name.startswith("open-referral")]
FEW = {"kumu-xlsx": 4}  # each reading of a workbook is a process of its own
NASTY = (
    organisation("plain", name="=1+1", description="'=2\r\n\t@cmd|' /C calc'!A0"),
    organisation(
        "bars", name="a|b", other_names=("c|d", "e\\u007cf", " padded "), income=0.1 + 0.2
    ),
    organisation("ends", name="_x000D_ and _x0041_", description="\u00a0space and lines\n\n"),
    organisation("odd", name="\uffff\ufffe\\", postcode="'tis", website="''", income=1e22),
    skill("<&\"'>]]>"),
    collaboration("plain", "bars", how="+44|@", strength=1 / 3),
)


def sent(snapshot: Snapshot, name: str, folder: Path) -> tuple[Path, ExportResult]:
    out = folder / f"network{export_named(name).suffix}"
    return out, export(snapshot, name, out, with_confidential=True)


def returned(snapshot: Snapshot, name: str, folder: Path) -> Snapshot:
    out, result = sent(snapshot, name, folder)
    assert not result.left_out
    with open_store("sqlite:///:memory:") as empty:
        seen = preview(out, empty)
        assert not seen.problems
        seeds.apply(seen, empty)
        return empty.snapshot()


@pytest.mark.parametrize("name", LOSSLESS)
def test_any_network_comes_back_as_it_was(
    name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    @settings(
        max_examples=FEW.get(name, 10),
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(worlds())
    def check(facts: Iterable[Fact]) -> None:
        snapshot = snapshot_of(*facts)
        folder = tmp_path_factory.mktemp("sent")
        assert returned(snapshot, name, folder).content_hash == snapshot.content_hash

    check()


@pytest.mark.parametrize("name", LOSSLESS)
def test_a_whole_town_comes_back_as_it_was(name: str, tmp_path: Path) -> None:
    facts = [record for record in demo_records() if isinstance(record, Fact)]
    snapshot = snapshot_of(*facts)
    assert returned(snapshot, name, tmp_path).content_hash == snapshot.content_hash


@pytest.mark.parametrize("name", LOSSLESS)
def test_text_that_formats_mangle_comes_back_as_it_was(name: str, tmp_path: Path) -> None:
    snapshot = snapshot_of(*NASTY)
    assert returned(snapshot, name, tmp_path).content_hash == snapshot.content_hash


@pytest.mark.parametrize("name", [each.name for each in EXPORTS])
def test_what_is_confidential_stays_behind_unless_it_is_asked_for(
    name: str, tmp_path: Path
) -> None:
    veto = NotWith(from_id="org-a", to_id="org-b", why="a quarrel", provenance=TOLD)
    snapshot = snapshot_of(organisation("a"), organisation("b"), veto)
    result = export(snapshot, name, tmp_path / f"network{export_named(name).suffix}")
    assert "1 × not with: confidential" in [str(each) for each in result.left_out]
    assert all(b"a quarrel" not in file.read_bytes() for file in result.files)


@pytest.mark.parametrize("name", LOSSLESS)
def test_a_second_import_of_what_went_out_changes_nothing(
    name: str, tmp_path: Path, store: GraphStore
) -> None:
    with store.transaction("ada") as tx:
        tx.upsert(*NASTY)
    before = content(store)
    out, _ = sent(store.snapshot(), name, tmp_path)

    assert not preview(out, store).changes_anything
    bring_in(out, store)
    assert content(store) == before


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_another_reader_finds_the_same_nodes_and_ties(name: str, tmp_path: Path) -> None:
    snapshot = snapshot_of(*demo_records()[:400])
    out, _ = sent(snapshot, name, tmp_path)
    read = {"graphml": networkx.read_graphml, "gexf": networkx.read_gexf}[name](out)

    ties = sum(
        len(table) for kind, table in snapshot.tables.items() if kind not in snapshot.offsets
    )
    assert set(read.nodes) == set(snapshot.node_ids.tolist())
    assert read.number_of_edges() == ties
    labels = {data["label"] for _, data in read.nodes(data=True)}
    assert set(snapshot.tables["organisation"]["name"]) <= labels


def test_a_workbook_begins_as_kumu_wants_it_and_holds_no_formula(tmp_path: Path) -> None:
    out, _ = sent(snapshot_of(*NASTY), "kumu-xlsx", tmp_path)
    book = openpyxl.load_workbook(out)
    elements, connections = book["Elements"], book["Connections"]

    assert elements["A1"].value == "Label"
    assert (connections["A1"].value, connections["B1"].value) == ("From", "To")
    kinds = {cell.data_type for sheet in book for row in sheet for cell in row if cell.value}
    assert kinds <= {"s", "n", "inlineStr"}


@pytest.mark.parametrize("name", ["kumu-csv", "gephi"])
def test_no_cell_of_a_table_is_a_formula(name: str, tmp_path: Path) -> None:
    _, result = sent(snapshot_of(*NASTY), name, tmp_path)
    for file in result.files:
        rows = list(csv.reader(file.read_text(encoding="utf-8-sig").splitlines()))
        text = [cell for row in rows for cell in row if not re.fullmatch(r"-?[\d.e+-]+", cell)]
        assert text
        assert not [cell for cell in text if cell.startswith(("=", "+", "-", "@", "\t"))]


@pytest.mark.parametrize("name", LOSSLESS)
def test_no_column_has_a_name_that_kumu_refuses(name: str, tmp_path: Path) -> None:
    _, result = sent(snapshot_of(*NASTY), name, tmp_path)
    if name == "kumu-json":
        blueprint = json.loads(result.files[0].read_text(encoding="utf-8"))
        titles = {
            key for item in (*blueprint["elements"], *blueprint["connections"]) for key in item
        }
    else:
        titles = set(kumu_exports._ELEMENTS + kumu_exports._CONNECTIONS)
    assert not {title.upper() for title in titles} & {"YES", "NO", "ON", "OFF", "TRUE", "FALSE"}
    assert not {title.lower() for title in titles} & {"image", "size", "color", "pinned"}


def test_what_nobody_may_see_is_in_no_file(tmp_path: Path) -> None:
    hidden = replace(TOLD, visibility=Visibility.PRIVATE)
    facts = (organisation("seen"), organisation("hidden refuge", provenance=hidden))
    viewer = Viewer("ada", Role.COORDINATOR)
    snapshot = redact(snapshot_of(*facts), viewer.audience)
    for each in EXPORTS:
        folder = tmp_path / each.name
        folder.mkdir()
        _, result = sent(snapshot, each.name, folder)
        assert result.files
        for file in result.files:
            assert b"hidden refuge" not in file.read_bytes()


def test_a_text_too_long_for_a_cell_is_counted(tmp_path: Path) -> None:
    names = tuple(f"{number} {'x' * 480}" for number in range(100))
    snapshot = snapshot_of(organisation("long", other_names=names))
    out, result = sent(snapshot, "kumu-xlsx", tmp_path)

    assert [str(each) for each in result.left_out] == ["1 × text of more than 32,767 characters"]
    with open_store("sqlite:///:memory:") as empty:
        bring_in(out, empty)
        assert len(empty.snapshot().tables["organisation"]) == 1


def test_a_workbook_that_would_not_hold_all_rows_is_refused_and_not_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kumu_exports, "ROWS", 3)
    with pytest.raises(LimitExceeded, match="rows in a sheet"):
        sent(snapshot_of(*NASTY), "kumu-xlsx", tmp_path)
    assert not list(tmp_path.iterdir())


def test_an_unknown_format_is_named_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="graphml, gephi"):
        export(snapshot_of(), "pajek", tmp_path / "x")


def test_a_place_that_cant_be_written_to_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="can't be written"):
        export(snapshot_of(), "graphml", tmp_path / "no" / "such" / "folder.graphml")


def test_files_are_replaced_whole(tmp_path: Path) -> None:
    out = tmp_path / "network.graphml"
    out.write_text("old", encoding="utf-8")
    export(snapshot_of(*NASTY), "graphml", out)
    assert out.read_text(encoding="utf-8").endswith("</graphml>\n")
    assert list(tmp_path.iterdir()) == [out]


def test_the_same_network_gives_the_same_bytes(tmp_path: Path) -> None:
    for each in EXPORTS:
        contents = []
        for folder in (tmp_path / f"{each.name}-1", tmp_path / f"{each.name}-2"):
            folder.mkdir()
            _, result = sent(snapshot_of(*NASTY), each.name, folder)
            contents.append([file.read_bytes() for file in result.files])
        assert contents[0] == contents[1], each.name


def test_days_far_from_now_come_back(tmp_path: Path) -> None:
    old = replace(TOLD, first_seen=date(1, 1, 1), last_confirmed=date(9999, 12, 31))
    snapshot = snapshot_of(organisation("old", provenance=old, closed_on=date(1850, 2, 3)))
    for name in LOSSLESS:
        folder = tmp_path / name
        folder.mkdir()
        assert returned(snapshot, name, folder).content_hash == snapshot.content_hash
