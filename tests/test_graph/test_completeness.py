from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from builders import TOLD, organisation, snapshot_of
from graph.completeness import unlocated
from graph.model import BasedIn, Place, Project, WorksIn

TOWN = Place(id="E09000007", name="Camden", provenance=TOLD)


def test_who_has_neither_an_office_nor_an_area_is_listed() -> None:
    project = Project(id="p", name="P", provenance=TOLD)
    found = unlocated(
        snapshot_of(
            TOWN,
            project,
            *(organisation(name) for name in ("at work", "in an office", "nowhere", "lost")),
            WorksIn(from_id="org-at work", to_id=TOWN.id, provenance=TOLD),
            BasedIn(from_id="org-in an office", to_id=TOWN.id, provenance=TOLD),
            WorksIn(from_id="p", to_id=TOWN.id, provenance=TOLD),
        )
    )
    assert found == ["org-lost", "org-nowhere"]


def test_nobody_looks_for_the_place_of_a_closed_body() -> None:
    seen = snapshot_of(organisation("gone", closed_on=date(2020, 1, 1)), organisation("here"))
    assert unlocated(seen) == ["org-here"]
    assert unlocated(seen, with_closed=True) == ["org-gone", "org-here"]


def test_an_empty_network_lacks_nothing() -> None:
    assert unlocated(snapshot_of()) == []


# Each example opens a store of its own.
@settings(max_examples=25, deadline=None)
@given(st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["none", "work", "office"])))
def test_each_organisation_is_located_or_listed(where: dict[str, str]) -> None:
    ties = [
        (WorksIn if how == "work" else BasedIn)(
            from_id=f"org-{name}", to_id=TOWN.id, provenance=TOLD
        )
        for name, how in where.items()
        if how != "none"
    ]
    seen = snapshot_of(TOWN, *map(organisation, where), *ties)
    assert unlocated(seen) == sorted(f"org-{name}" for name in where if where[name] == "none")
