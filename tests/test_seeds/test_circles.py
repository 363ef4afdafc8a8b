from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from builders import skill, snapshot_of
from graph.contract import GraphStore
from import_files import preview, write
from seeds.circles import Hierarchy, circle_text
from seeds.exports import export

PAIRS = st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=30)


@given(PAIRS)
def test_what_is_taken_in_never_holds_a_circle_and_what_is_not_closes_one(
    pairs: list[tuple[str, str]],
) -> None:
    hierarchy, taken = Hierarchy(), nx.DiGraph()
    for below, above in pairs:
        circle = hierarchy.add(below, above)
        if circle:
            assert circle[0] == circle[-1] == below
            assert circle[1] == above
            assert all(taken.has_edge(*step) for step in pairwise(circle[1:]))
        else:
            taken.add_edge(below, above)
    assert nx.is_directed_acyclic_graph(taken)


def test_a_long_circle_is_cut_in_the_middle() -> None:
    assert circle_text(list("abcdefgha")) == "a → b → c → d → … → a"


def test_bodies_that_support_each_other_in_a_circle_are_named_with_the_row_that_closes_it(
    tmp_path: Path, store: GraphStore
) -> None:
    table = "Id,Name,Themes,Backbone\na,Ash,Animals,Birch\nb,Birch,Animals,Cedar\nc,Cedar,,Ash\n"

    seen = preview(write(tmp_path, {"organisations.csv": table}), store)

    assert not seen.problems
    (warning,) = seen.warnings
    assert "supports itself, round a circle: c → a → b → c" in str(warning)
    assert warning.row == 4


def test_a_term_that_is_its_own_ancestor_is_named(tmp_path: Path, store: GraphStore) -> None:
    one = replace(skill("one"), parent_id="cap-two")
    two = replace(skill("two"), parent_id="cap-one")
    out = tmp_path / "network.graphml"
    export(snapshot_of(one, two), "graphml", out)

    seen = preview(out, store)

    (warning,) = seen.warnings
    assert "is the parent of itself, round a circle: cap-two → cap-one → cap-two" in str(warning)
