"""Gaps in a table, filtered."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from builders import need, offer, organisation, skill
from graph.contract import GraphStore
from web_app import IMAGE


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
    assert "organisations have told what they need" in page
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
    page = empty_client.get("/gaps").text
    assert "There are none" in page
    assert "few needs may have been told" in page
