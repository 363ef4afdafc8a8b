"""Themes by places in a tiny world worked out by hand."""

from __future__ import annotations

from datetime import date

from graph.model import (
    Fact,
    Need,
    Organisation,
    Place,
    Project,
    Skill,
    TakesPartIn,
    Theme,
    WorksIn,
    WorksOn,
)
from matching import Network
from matching.gaps.capability import coverage_table
from matching.testing.worlds import TOLD, snapshot_of

PLACES = {"here": 51.5, "near": 51.6, "away": 57.0}


def world() -> tuple[Fact, ...]:
    """Ann works on boats here; Bea on boats near; Cid takes part in a boat project away.

    Dot funds that project, Eve works on songs and isn't said where, Fay works here, on nothing
    known, and needs welding. Gus has closed.
    """
    return (
        *(
            Place(id=key, name=key, latitude=north, longitude=0.0, provenance=TOLD)
            for key, north in PLACES.items()
        ),
        *(Theme(id=key, name=key, provenance=TOLD) for key in ("boats", "songs")),
        Skill(id="welding", name="welding", provenance=TOLD),
        *(Organisation(id=key, name=key, provenance=TOLD) for key in ("ann", "bea", "cid", "dot")),
        *(Organisation(id=key, name=key, provenance=TOLD) for key in ("eve", "fay")),
        Organisation(id="gus", name="gus", closed_on=date(2026, 1, 1), provenance=TOLD),
        Project(id="regatta", name="regatta", provenance=TOLD),
        TakesPartIn(from_id="cid", to_id="regatta", role="lead", provenance=TOLD),
        TakesPartIn(from_id="dot", to_id="regatta", role="funder", provenance=TOLD),
        *(
            WorksOn(from_id=key, to_id=theme, provenance=TOLD)
            for key, theme in (
                ("ann", "boats"),
                ("bea", "boats"),
                ("eve", "songs"),
                ("gus", "songs"),
                ("regatta", "boats"),
            )
        ),
        *(
            WorksIn(from_id=key, to_id=place, provenance=TOLD)
            for key, place in (
                ("ann", "here"),
                ("bea", "near"),
                ("fay", "here"),
                ("gus", "here"),
                ("regatta", "away"),
            )
        ),
        Need(from_id="fay", to_id="welding", provenance=TOLD),
    )


def test_every_cell_is_the_one_worked_out_by_hand() -> None:
    found = coverage_table(Network.compile(snapshot_of(world())))
    cells = {(each.theme_id, each.place_id): each for each in found.cells}
    assert set(cells) == {("boats", "here"), ("boats", "near"), ("boats", "away")}
    here, away = cells["boats", "here"], cells["boats", "away"]
    assert (here.organisation_ids, here.projects, here.near) == (("ann",), 0, 1)
    assert (here.present, here.in_need) == (2, 1)
    assert (away.organisation_ids, away.projects, away.near) == (("cid",), 1, 0)
    assert (found.organisations, found.themeless, found.placeless) == (6, 2, 2)


def test_blank_cells_come_by_who_is_in_need_there() -> None:
    found = coverage_table(Network.compile(snapshot_of(world())), blanks=2)
    assert found.blank_count == 3
    assert [(each.theme_id, each.place_id) for each in found.blank] == [
        ("songs", "here"),
        ("songs", "away"),
    ]
    assert [each.organisations for each in found.blank] == [0, 0]


def test_totals_count_everybody_once_whose_place_or_theme_is_not_known_too() -> None:
    found = coverage_table(Network.compile(snapshot_of(world())))
    assert {each.theme_id: each.organisations for each in found.by_theme} == {
        "boats": 3,
        "songs": 1,
    }
    assert {each.place_id: each.organisations for each in found.by_place} == {
        "away": 1,
        "here": 2,
        "near": 1,
    }


def test_an_empty_network_has_no_cells() -> None:
    found = coverage_table(Network.compile(snapshot_of(())))
    assert (found.cells, found.blank, found.by_theme, found.organisations) == ((), (), (), 0)
