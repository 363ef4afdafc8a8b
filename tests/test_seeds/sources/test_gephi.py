"""Gephi's two tables, in whatever order, keyed by id or by label."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from builders import organisation
from graph.contract import GraphStore
from graph.model import Collaboration, Organisation
from import_files import bring_in, preview, write

NODES = "Id;Label;Type\n1;Mill Lane;Charity\n2;Tide;Company\n3;Mill Lane;Charity\n3;Third;\n"
EDGES = (
    "Source;Target;Type;Weight;Label\n1;2;Undirected;1.0;refers to\n1;9;Directed;1.0;x\n"
    "Tide;3;Directed;1;y\n2;2;Directed;1;z\n"
)


def test_edges_may_come_before_nodes_and_missing_ones_are_listed(
    tmp_path: Path, store: GraphStore
) -> None:
    folder = write(tmp_path / "map", {"a-edges.csv": "\ufeff" + EDGES, "nodes.csv": NODES})
    seen = preview(folder, store)

    assert seen.source == "gephi"
    assert [(p.file, p.row, p.value) for p in seen.problems] == [
        ("nodes.csv", 5, "3"),
        ("a-edges.csv", 3, "9"),
    ]
    (warning,) = seen.warnings
    assert "by their labels although these have ids" in warning.message
    assert seen.skipped["a tie from a node to itself"] == 1
    bring_in(folder, store)
    organisations = list(store.records(Organisation))
    assert sorted(record.name for record in organisations) == ["Mill Lane", "Mill Lane", "Tide"]
    assert {tie.how for tie in store.records(Collaboration)} == {"refers to", "y"}
    assert not preview(folder, store).changes_anything


def test_nodes_without_ids_are_one_network_with_their_edges(
    tmp_path: Path, store: GraphStore
) -> None:
    files = {"nodes.csv": "Label,Type\nA,Charity\nB,Charity\n", "edges.csv": "Source,Target\nA,B\n"}
    bring_in(write(tmp_path / "map", files), store)
    assert len(list(store.records(Organisation))) == 2
    assert len(list(store.records(Collaboration))) == 1


def test_edges_alone_find_what_the_network_knows(tmp_path: Path, store: GraphStore) -> None:
    folder = write(tmp_path / "map", {"nodes.csv": NODES})
    bring_in(folder / "nodes.csv", store)
    known = {record.name: record.id for record in store.records(Organisation)}
    edges = tmp_path / "edges.csv"
    edges.write_text(
        f"Source,Target,Label\n{known['Tide']},{known['Mill Lane']},by id\n"
        "TIDE LTD,Nobody,by name\n",
        encoding="utf-8",
    )
    seen = preview(edges, store)
    assert [problem.value for problem in seen.problems] == ["Nobody"]
    bring_in(edges, store)
    assert [tie.how for tie in store.records(Collaboration)] == ["by id"]


def test_a_number_that_is_also_an_id_in_the_network_joins_nothing(
    tmp_path: Path, store: GraphStore
) -> None:
    with store.transaction("ada") as tx:
        tx.upsert(replace(organisation("x"), id="1", name="Somebody else"))
        tx.upsert(replace(organisation("y"), id="9", name="Far away"))
    folder = write(tmp_path / "map", {"nodes.csv": NODES, "edges.csv": EDGES})
    assert "9" in {problem.value for problem in preview(folder, store).problems}
    bring_in(folder, store)
    assert {tie.from_id for tie in store.records(Collaboration)}.isdisjoint({"1", "9"})
    first = store.record(Organisation, "1")
    assert first is not None
    assert first.name == "Somebody else"


def test_official_ids_join_a_node_to_the_organisation_that_has_them(
    tmp_path: Path, store: GraphStore
) -> None:
    rows = "Id,Label,Charity number\nx,Mill Lane,1164883\nGB-COH-950623,Tide,\ny,Mill,1164883\n"
    path = tmp_path / "nodes.csv"
    path.write_text(rows, encoding="utf-8")
    seen = preview(path, store)
    assert [(w.row, "GB-COH-00950623" in str(w)) for w in seen.warnings] == [(3, True)]
    assert seen.skipped["a node that another row speaks of already"] == 1
    bring_in(path, store)
    held = {record.name: record.external_ids for record in store.records(Organisation)}
    assert held == {"Mill Lane": ("GB-CHC-1164883",), "Tide": ("GB-COH-00950623",)}
