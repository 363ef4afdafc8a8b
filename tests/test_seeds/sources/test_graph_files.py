"""GEXF and GraphML of our own that somebody has edited, and of others."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import TOLD, collaboration, organisation, skill, snapshot_of
from graph.contract import GraphStore
from graph.model import (
    Advances,
    BackboneOf,
    Collaboration,
    Funding,
    Goal,
    Measure,
    Organisation,
    Project,
    Requires,
    Skill,
    WorksIn,
    WorksOn,
)
from import_files import bring_in, preview
from seeds.exports import export

HEAD = """<graphml><key id="t" for="all" attr.name="type"/><key id="l" for="all" attr.name="label"/>
<graph edgedefault="directed">"""


def drawn(path: Path, nodes: dict[str, str], ties: list[tuple[str, str, str]]) -> Path:
    lines = [f'<node id="{key}"><data key="t">{kind}</data></node>' for key, kind in nodes.items()]
    lines += [
        f'<edge source="{one}" target="{two}"><data key="t">{words}</data></edge>'
        for one, two, words in ties
    ]
    path.write_text(f"{HEAD}{''.join(lines)}</graph></graphml>", encoding="utf-8")
    return path


def test_ties_of_every_kind_are_known_by_words_and_ends(tmp_path: Path, store: GraphStore) -> None:
    nodes = {
        "A": "Organization",
        "B": "community group",
        "P": "project",
        "Advice": "theme",
        "Hackney": "Place",
        "Bookkeeping": "skill",
        "G": "Goal",
        "M": "indicator",
    }
    ties = [
        ("A", "B", "receives funding from"),
        ("B", "A", "member of"),
        ("P", "Bookkeeping", ""),
        ("Advice", "P", "about"),
        ("A", "Hackney", "works in"),
        ("G", "M", ""),
        ("Advice", "Hackney", ""),
        ("A", "missing", ""),
    ]
    path = drawn(tmp_path / "map.graphml", nodes, ties)
    seen = preview(path, store)
    assert seen.source == "graph"
    assert [problem.value for problem in seen.problems] == ["missing"]
    assert seen.skipped == {"a tie between a theme and a place": 1}
    bring_in(path, store)

    ids = {record.name: record.id for record in store.records(Organisation)}
    assert {kind.organisation_type for kind in store.records(Organisation)} == {
        "",
        "community group",
    }
    (grant,), (backbone,) = store.records(Funding), store.records(BackboneOf)
    assert (grant.from_id, grant.to_id) == (ids["B"], ids["A"])
    assert (backbone.from_id, backbone.to_id) == (ids["A"], ids["B"])
    for tie_class in (Requires, WorksOn, WorksIn, Advances):
        assert len(list(store.records(tie_class))) == 1, tie_class
    (project,), (goal,) = store.records(Project), store.records(Goal)
    (measure,) = store.records(Measure)
    assert (project.name, goal.name, measure.name) == ("P", "G", "M")


def test_what_is_edited_in_another_program_comes_back_edited(
    tmp_path: Path, store: GraphStore
) -> None:
    facts = (organisation("a", name="Old name"), organisation("b"), collaboration("a", "b"))
    with store.transaction("ada") as tx:
        tx.upsert(*facts)
    path = tmp_path / "map.graphml"
    export(store.snapshot(), "graphml", path)
    text = path.read_text(encoding="utf-8").replace("Old name", "New name")
    drawn_in = '<node id="new"/><edge source="new" target="org-b"/></graph>'
    path.write_text(text.replace("</graph>", drawn_in), encoding="utf-8")
    assert not preview(path, store).problems
    bring_in(path, store)

    # A person told the old name, and a file is not a person.
    kept = store.record(Organisation, "org-a")
    assert kept is not None
    assert (kept.name, kept.other_names) == ("Old name", ("New name",))
    assert len(list(store.records(Organisation))) == 3
    assert len(list(store.records(Collaboration))) == 2


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (">2026-01-01<", ">someday<", "is not a date"),
        (">members<", ">everybody<", "one of the words"),
        (">organisation<", ">wizard<", "is not one of organisation"),
        (">collaborates_with<", ">offers<", "is an organisation, not a skill"),
        (">collaborates_with<", ">organisation<", "is not one of offers"),
        (">0.5<", ">lots<", "is not a number"),
        (">false<", ">perhaps<", "is not true or false"),
        ('source="org-a"', 'source="org-z"', "no node of the file"),
        ('<node id="org-b">', '<node id="org-a">', "is the id of a row above"),
    ],
)
def test_a_spoilt_row_of_ours_is_a_problem_of_its_row(
    tmp_path: Path, store: GraphStore, old: str, new: str, message: str
) -> None:
    path = tmp_path / "map.graphml"
    facts = (organisation("a"), organisation("b"), collaboration("a", "b"), skill("s"))
    export(snapshot_of(*facts), "graphml", path)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")

    seen = preview(path, store)
    assert seen.problems
    assert message in str(seen.problems[0])
    assert all(problem.row for problem in seen.problems)
    if not seen.is_refused:
        bring_in(path, store)


def test_two_nodes_of_ours_cant_have_one_official_id(tmp_path: Path, store: GraphStore) -> None:
    path = tmp_path / "map.graphml"
    nodes = (
        organisation("a", external_ids=("GB-CHC-1",)),
        organisation("b", external_ids=("GB-CHC-2",)),
        organisation("c", external_ids=("GB-CHC-3",)),
    )
    export(snapshot_of(*nodes), "graphml", path)
    text = path.read_text(encoding="utf-8").replace("GB-CHC-2", "GB-CHC-1")
    path.write_text(text, encoding="utf-8")
    with store.transaction("ada") as tx:
        tx.upsert(organisation("holder", external_ids=("GB-CHC-3",)))

    assert [problem.value for problem in preview(path, store).problems] == ["GB-CHC-1", "GB-CHC-3"]
    bring_in(path, store)
    held = {record.id: record.external_ids for record in store.records(Organisation)}
    assert held == {
        "org-a": ("GB-CHC-1",),
        "org-b": (),
        "org-c": (),
        "org-holder": ("GB-CHC-3",),
    }


def test_an_id_that_is_that_of_another_kind_is_refused_with_its_ties(
    tmp_path: Path, store: GraphStore
) -> None:
    path = tmp_path / "map.graphml"
    facts = (organisation("a"), organisation("b"), collaboration("a", "b"))
    export(snapshot_of(*facts), "graphml", path)
    with store.transaction("ada") as tx:
        tx.upsert(Skill(id="org-a", name="A skill", provenance=TOLD))
    seen = preview(path, store)
    assert [problem.file for problem in seen.problems] == ["map.graphml"]
    bring_in(path, store)
    assert [record.id for record in store.records(Organisation)] == ["org-b"]
    assert not list(store.records(Collaboration))
