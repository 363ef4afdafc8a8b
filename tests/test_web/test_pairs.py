"""The pairs worked out last, and when they have to be worked out again."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from builders import organisation
from graph.access import Role, Viewer
from graph.contract import GraphStore
from graph.model import Organisation
from graph.stores import open_store
from graph.testing.samples import erase, write
from seeds import identity
from web.door import Door
from web.pairs import PairMemory
from web_app import TODAY, workspace_over

AUDIENCE = Viewer("tester", Role.COORDINATOR).audience


def test_an_answer_that_changes_no_fact_leaves_the_pairs_as_they_were() -> None:
    memory = PairMemory()
    first = memory.pairs(AUDIENCE, 1, lambda _: (), list)
    assert memory.pairs(AUDIENCE, 2, lambda _: ("verdict", "import_record"), list) is first
    assert memory.pairs(AUDIENCE, 3, lambda _: ("verdict", "organisation"), list) is not first


def test_each_audience_has_pairs_of_its_own() -> None:
    memory = PairMemory()
    mine = memory.pairs(AUDIENCE, 1, lambda _: (), list)
    others = Viewer("tester", Role.PARTNER, frozenset({"org-a"})).audience
    assert memory.pairs(others, 1, lambda _: (), list) is not mine
    assert memory.pairs(AUDIENCE, 1, lambda _: (), list) is mine


def test_what_was_found_in_a_later_version_says_nothing_of_an_earlier_one() -> None:
    memory = PairMemory()
    later = memory.pairs(AUDIENCE, 5, lambda _: (), list)
    assert memory.pairs(AUDIENCE, 4, lambda _: (), list) is not later


_STEPS = st.lists(
    st.tuples(st.sampled_from(("add", "rename", "remove", "two")), st.integers(0, 3)), max_size=8
)


@settings(deadline=None, max_examples=25)
@given(_STEPS)
def test_pairs_are_always_those_of_the_network_as_it_is(steps: list[tuple[str, int]]) -> None:
    with open_store("sqlite:///:memory:") as store:
        workspace = workspace_over(store, Path("unused"))
        for number in (0, 1):
            write(store, organisation(f"{number}", name="Tansy Choir", postcode="M1 1AE"))
        for what, number in steps:
            _take(store, what, number)
            fresh = identity.find_candidates(store.snapshot(), distinct=identity.told_apart(store))
            assert Door(workspace.viewer, workspace).identity.candidates() == fresh


def _take(store: GraphStore, what: str, number: int) -> None:
    known = {record.id for record in store.records(Organisation)}
    one = f"org-{number}"
    if what == "two" and {one, "org-0"} <= known and number:
        identity.tell_apart(store, "org-0", one, actor="tester", today=TODAY)
    elif what == "remove" and one in known:
        erase(store, "organisation", one)
    elif what in {"add", "rename"}:
        name = "Tansy Choir" if what == "add" else f"Sorrel {number}"
        write(store, organisation(f"{number}", name=name, postcode="M1 1AE"))
