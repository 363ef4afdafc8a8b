from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from graph.contract import GraphStore
from graph.model import BackboneOf
from import_files import bring_in, preview, write
from seeds.circles import Hierarchy, circle_text

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


def test_bodies_that_support_each_other_in_a_circle_are_named_and_the_last_tie_left_out(
    tmp_path: Path, store: GraphStore
) -> None:
    table = "Id,Name,Themes,Backbone\na,Ash,Animals,Birch\nb,Birch,Animals,Cedar\nc,Cedar,,Ash\n"
    folder = write(tmp_path, {"organisations.csv": table})

    seen = preview(folder, store)
    bring_in(folder, store)

    (problem,) = seen.problems
    assert "supports itself, round a circle: c → a → b → c" in str(problem)
    assert problem.row == 4
    assert {(tie.from_id, tie.to_id) for tie in store.records(BackboneOf)} == {
        ("b", "a"),
        ("c", "b"),
    }
