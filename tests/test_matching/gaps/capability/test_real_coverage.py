"""Themes by places on published data, beside the publisher's own counts and plain counting."""

from __future__ import annotations

import csv
import functools
import itertools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

import pytest

import seeds
from graph.model import (
    Fact,
    Organisation,
    Place,
    Project,
    TakesPartIn,
    Theme,
    WorksIn,
    WorksOn,
)
from graph.stores import open_store
from matching import Network
from matching.gaps.capability import Cover, coverage_table
from matching.testing.worlds import TOLD, snapshot_of
from needs import shared_data

Row = dict[str, str]
Cells = dict[tuple[str, str], set[str]]

DOING = frozenset({"implementing", "programming"})
ALL = DOING | {"funding"}


@functools.cache
def rows(name: str, folder: str = "iati3w_somalia") -> tuple[Row, ...]:
    with shared_data(folder, name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def parts(cell: str) -> Iterator[str]:
    return (part.strip() for part in cell.split(";") if part.strip())


def slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.casefold()).strip("-")


def who_does_what_where(roles: frozenset[str]) -> Network:
    """Return organisations in these roles, their activities, and what and where these are."""
    sectors = {slug(s) for row in rows("projects.csv") for s in parts(row["sectors_humanitarian"])}
    places = {place for row in rows("projects.csv") for place in parts(row["admin1"])}
    known = {row["project_id"] for row in rows("projects.csv")}
    facts: list[Fact] = [Theme(id=f"theme:{key}", name=key, provenance=TOLD) for key in sectors]
    facts += [Place(id=f"place:{key}", name=key, provenance=TOLD) for key in places]
    organisations = {row["org_id"] for row in rows("participations.csv")}
    facts += [Organisation(id=key, name=key, provenance=TOLD) for key in organisations]
    for row in rows("projects.csv"):
        key = f"project:{row['project_id']}"
        facts.append(Project(id=key, name=row["title"][:200] or key, provenance=TOLD))
        facts += [
            WorksOn(from_id=key, to_id=f"theme:{slug(sector)}", provenance=TOLD)
            for sector in parts(row["sectors_humanitarian"])
        ]
        facts += [
            WorksIn(from_id=key, to_id=f"place:{place}", provenance=TOLD)
            for place in parts(row["admin1"])
        ]
    facts += [
        TakesPartIn(
            from_id=row["org_id"],
            to_id=f"project:{row['project_id']}",
            role=row["role"],
            provenance=TOLD,
        )
        for row in rows("participations.csv")
        if row["role"] in roles and row["project_id"] in known
    ]
    return Network.compile(snapshot_of(facts))


@functools.cache
def covered(roles: frozenset[str]) -> tuple[dict[tuple[str, str], Cover], ...]:
    """Return cells, totals by theme and totals by place."""
    found = coverage_table(who_does_what_where(roles), blanks=None)
    return tuple(
        {(_bare(each.theme_id), _bare(each.place_id)): each for each in covers}
        for covers in (found.cells, found.by_theme, found.by_place)
    )


def _bare(key: str | None) -> str:
    return (key or "").partition(":")[2]


def pairs(covers: Iterable[tuple[tuple[str, str], Cover]]) -> set[tuple[str, str]]:
    """Return who stands in which total."""
    return {
        (who, theme or place) for (theme, place), each in covers for who in each.organisation_ids
    }


def plainly(roles: frozenset[str]) -> tuple[Cells, Cells]:
    """Return who works on what where, and which activities do, counted with dictionaries."""
    who, what = defaultdict(set), defaultdict(set)
    taking = defaultdict(set)
    for row in rows("participations.csv"):
        if row["role"] in roles:
            taking[row["project_id"]].add(row["org_id"])
    for row in rows("projects.csv"):
        for sector in parts(row["sectors_humanitarian"]):
            for place in parts(row["admin1"]):
                who[slug(sector), place] |= taking[row["project_id"]]
                what[slug(sector), place].add(row["project_id"])
    return who, what


@pytest.mark.parametrize("roles", [DOING, ALL], ids=["doing", "all"])
def test_every_cell_is_what_plain_counting_gives(roles: frozenset[str]) -> None:
    who, what = plainly(roles)
    cells = covered(roles)[0]
    assert {key: set(each.organisation_ids) for key, each in cells.items()} == who
    assert {key: each.projects for key, each in cells.items()} == {
        key: len(activities) for key, activities in what.items()
    }
    assert len(cells) == 88


def test_cells_are_those_of_who_does_what_where() -> None:
    """Where a sector has no humanitarian cluster the publisher falls back on another list.

    Of 4,224 rows 3,017 name no place: those stand in no cell of either.
    """
    published: Cells = defaultdict(set)
    for row in rows("who_does_what_where.csv"):
        if row["admin1"]:
            published[slug(row["sector"]), row["admin1"]].add(row["org_id"])
    clusters = {slug(s) for row in rows("projects.csv") for s in parts(row["sectors_humanitarian"])}
    ours = {key: set(each.organisation_ids) for key, each in covered(DOING)[0].items()}
    assert ours == {key: who for key, who in published.items() if key[0] in clusters}
    assert (len(ours), len(published)) == (88, 119)


def plain_name(key: str) -> str:
    """Return an id as the files of counts spell it: cut, without accents and signs."""
    letters = unicodedata.normalize("NFKD", key).encode("ascii", "ignore").decode()
    return slug(letters)[:64].strip("-")


# The counts name kinds of organisations besides organisations, and spell three otherwise.
KINDS = {"governmental", "partner-country-based-ngo", "unspecified"}
SPELT_OTHERWISE = 3


@pytest.mark.parametrize(
    ("name", "column", "at", "equal", "all_cells"),
    [
        ("org_sector_counts.csv", "sector", 1, 1_624, 1_659),
        ("org_location_counts.csv", "location", 2, 728, 744),
    ],
)
def test_totals_agree_with_the_published_counts(
    name: str, column: str, at: int, equal: int, all_cells: int
) -> None:
    ours = {(plain_name(who), what) for who, what in pairs(covered(ALL)[at].items())}
    theirs = {
        (plain_name(row["org_id"]), row[column])
        for row in rows(name)
        if row["source"] == "iati"
        and (row.get("sector_scheme") == "humanitarian" or row.get("level") == "admin1")
    }
    assert (len(ours & theirs), len(ours | theirs)) == (equal, all_cells)
    odd = {who for who, _ in ours ^ theirs} - KINDS
    assert len(odd) <= 2 * SPELT_OTHERWISE
    assert not {who for who, _ in ours} & KINDS


# --- a borough ------------------------------------------------------------------------------

BOROUGH = "E08000009"


@functools.cache
def borough() -> Network:
    with open_store("sqlite:///:memory:") as store:
        for name in ("charities.csv", "grants_360giving.csv"):
            made = seeds.preview(
                [shared_data("trafford", name)], store, actor="tester", today=date(2026, 11, 1)
            )
            seeds.apply(made, store)
        return Network.compile(store.snapshot())


def test_a_borough_has_the_organisations_and_grants_that_its_files_have() -> None:
    grants = rows("grants_360giving.csv", "trafford")
    charities = [
        row for row in rows("charities.csv", "trafford") if BOROUGH in row["area_of_operation"]
    ]
    numbers = {row["charity_number"] for row in charities}
    companies = {f"GB-COH-{row['company_number']}" for row in charities if row["company_number"]}
    paid = {
        row["Recipient Org:Identifier"]: row["Recipient Org:Charity Number"]
        for row in grants
        if row["Beneficiary Location:Geographic Code"] == BOROUGH
    }
    unlisted = {
        key for key, number in paid.items() if number not in numbers and key not in companies
    }
    found = coverage_table(borough())
    (place,) = found.by_place
    assert place.place_id == BOROUGH
    assert place.projects == len(grants) == 555
    assert place.organisations == len(charities) + len(unlisted)
    # The council has given its grants, and isn't said to work anywhere.
    assert (found.organisations, found.placeless) == (place.organisations + 1, 1)


def test_themes_of_a_borough_are_what_plain_counting_gives() -> None:
    snapshot = borough().snapshot
    works_on, works_in, doing = defaultdict(set), defaultdict(set), defaultdict(set)
    for theme in snapshot.records(WorksOn):
        works_on[theme.from_id].add(theme.to_id)
    for place in snapshot.records(WorksIn):
        works_in[place.from_id].add(place.to_id)
    for part in snapshot.records(TakesPartIn):
        if part.role != "funder":
            doing[part.to_id].add(part.from_id)
    plain: Cells = defaultdict(set)
    for key, themes in works_on.items():
        for who in doing.get(key, {key}):
            for cell in itertools.product(themes, works_in[key]):
                plain[cell].add(who)
    cells = coverage_table(borough(), blanks=None).cells
    assert {(each.theme_id, each.place_id): set(each.organisation_ids) for each in cells} == plain
    assert len(cells) == 92
