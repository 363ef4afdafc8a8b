"""Gaps in a table, filtered."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from builders import TOLD, collaboration, need, offer, organisation, skill
from graph.access import Role
from graph.contract import GraphStore
from graph.model import Visibility
from web import create_app
from web_app import IMAGE, LEFT, RIGHT, workspace_over


def skills(page: str) -> list[str]:
    return re.findall(r'role="rowheader"><bdi>([^<]*)</bdi>', page)


ESCAPED = IMAGE.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&#34;")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("providers=none", ["Welding"]),
        ("skill=WELD", ["Welding"]),
        ("skill=weld&providers=one", []),
        ("providers=one&place=place-london", ["Bid writing", ESCAPED, "Bookkeeping"]),
    ],
)
def test_the_gaps_can_be_narrowed(client: FlaskClient, query: str, found: list[str]) -> None:
    page = client.get(f"/gaps?{query}").text
    assert sorted(skills(page)) == sorted(found)
    assert "show all" in page


def test_a_gap_names_who_needs_and_who_offers(client: FlaskClient) -> None:
    page = client.get("/gaps").text
    assert "Nobody" in page
    assert "organisations have told what they need or offer" in page
    assert "/organisation?id=org-Harbour+Advice" in page


def test_a_network_without_needs_says_what_to_do(empty_client: FlaskClient) -> None:
    page = empty_client.get("/gaps").text
    assert "Nobody has told a need yet" in page
    assert "There are none" not in page
    assert 'href="/imports"' in page


def test_no_gaps_is_not_left_unexplained(
    empty_client: FlaskClient, empty_store: GraphStore
) -> None:
    with empty_store.transaction("tester") as tx:
        tx.upsert(*(organisation(name) for name in ("Ann", "Bea", "Cid")), skill("Welding"))
        tx.upsert(need("Ann", "Welding"), offer("Bea", "Welding"), offer("Cid", "Welding"))
        tx.upsert(collaboration("Ann", "Bea"))
    page = empty_client.get("/gaps").text
    assert "There are none" in page
    assert "few needs may have been told" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("by=skill-place&skill=weld", ["Welding, Camden"]),
        ("by=place&providers=one", []),
        ("by=place", ["Camden"]),
        ("by=community&community=community-old", ["Older people"]),
        ("by=theme&theme=theme-youth", ["Sport"]),
    ],
)
def test_gaps_can_be_split_by_more_than_skill(
    client: FlaskClient, query: str, found: list[str]
) -> None:
    assert skills(client.get(f"/gaps?{query}").text) == found


def test_a_gap_says_who_could_fill_it_or_that_nobody_was_found(
    store: GraphStore, client: FlaskClient
) -> None:
    assert "seems to offer" not in client.get("/gaps?skill=Bid").text
    assert "(not part of the network yet) works on the same themes" in (
        client.get("/gaps?skill=weld").text
    )
    with store.transaction("tester") as tx:
        tx.upsert(skill("Diving"), need("Alone", "Diving"))
    page = client.get("/gaps?skill=diving").text
    assert "Nobody was found, inside the network or outside it." in page


def test_only_who_brings_others_together_sees_fillers(store: GraphStore, tmp_path: Path) -> None:
    for role, is_shown in ((Role.COORDINATOR, True), (Role.PARTNER, False), (Role.VIEWER, False)):
        reader = create_app(workspace_over(store, tmp_path, role=role)).test_client()
        assert ("Who could fill it" in reader.get("/gaps").text) == is_shown


def test_every_number_can_be_counted_in_the_file(client: FlaskClient) -> None:
    answer = client.get("/gaps.csv?skill=Bid")
    assert answer.headers["Content-Disposition"] == "attachment; filename=gaps.csv"
    rows = list(csv.DictReader(answer.text.lstrip("\ufeff").splitlines()))
    needs = [row for row in rows if row["role"] == "needs"]
    assert len(needs) == 2
    assert [row["organisation"] for row in needs if row["in_reach"] == "yes"] == [RIGHT]
    assert [row["organisation"] for row in rows if row["role"] == "offers"] == [LEFT]
    assert all(row["fact_id"].startswith(row["role"]) for row in rows)


def test_names_cannot_become_formulas_in_the_file(store: GraphStore, client: FlaskClient) -> None:
    with store.transaction("tester") as tx:
        tx.upsert(organisation("=1+1"), need("=1+1", "Welding"))
    assert ",'=1+1," in client.get("/gaps.csv").text


def test_what_a_viewer_may_not_see_is_in_no_number(store: GraphStore, tmp_path: Path) -> None:
    told = replace(TOLD, visibility=Visibility.COORDINATORS)
    with store.transaction("tester") as tx:
        tx.upsert(skill("Diving"), need(LEFT, "Diving", provenance=told))
    readers = {
        role: create_app(workspace_over(store, tmp_path, role=role)).test_client() for role in Role
    }
    assert skills(readers[Role.COORDINATOR].get("/gaps?skill=diving").text) == ["Diving"]
    partner = readers[Role.PARTNER]
    assert skills(partner.get("/gaps?skill=diving").text) == []
    assert "Diving" not in partner.get("/gaps.csv").text
    for role in (Role.VIEWER, Role.PUBLIC):
        assert "Nobody has told a need yet" in readers[role].get("/gaps").text
        assert readers[role].get("/gaps.csv").status_code == 403
