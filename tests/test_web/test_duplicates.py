"""Who is who: pairs side by side, the answers, and taking them back."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from builders import organisation, skill, told
from graph.access import Role
from graph.contract import GraphStore
from graph.model import Offer, Organisation, Visibility
from web import create_app
from web_app import IMAGE, workspace_over

Token = Callable[[], str]


@pytest.fixture
def store(empty_store: GraphStore) -> GraphStore:
    with empty_store.transaction("tester") as tx:
        tx.upsert(
            organisation(
                "a", name="Tansy Choir", postcode="M1 1AE", external_ids=("GB-CHC-1000001",)
            ),
            organisation("b", name="The Tansy Choir", postcode="M1 1AE", external_ids=("360G-b",)),
            organisation("c", name=f"Sorrel {IMAGE}", external_ids=("GB-COH-09506232",)),
            organisation("d", name="Sorrel CIC", external_ids=("GB-COH-9506232",)),
            organisation(
                "s",
                name="Tansy Choir",
                postcode="M1 1AE",
                provenance=told(Visibility.PRIVATE),
            ),
            skill("vans"),
            Offer(from_id="org-b", to_id="cap-vans", provenance=told(Visibility.MEMBERS)),
        )
    return empty_store


def post(client: FlaskClient, token: Token, path: str, **fields: object) -> str:
    data = {**fields, "csrf_token": token()}
    answer = client.post(path, data=data, follow_redirects=True)
    assert answer.status_code == 200, answer.text
    return answer.text


def ids(store: GraphStore) -> set[str]:
    return {record.id for record in store.records(Organisation)}


def test_pairs_are_shown_side_by_side_the_surest_first(client: FlaskClient) -> None:
    page = client.get("/duplicates").text
    assert "Showing <strong>2</strong> of 2 pairs" in page
    assert page.index("Sorrel CIC") < page.index("The Tansy Choir")
    assert re.search(r"Postcode <span[^>]*>=<span[^>]*> the same", page)
    assert re.search(r"Identifiers <span[^>]*>≠<span[^>]*> different", page)
    assert "org-s" not in page
    assert IMAGE not in page
    assert "1 pair" in client.get("/duplicates?level=likely").text


def test_two_are_made_one_and_taken_apart_again(
    client: FlaskClient, token: Token, store: GraphStore
) -> None:
    page = post(client, token, "/duplicates/answer", first="org-a", second="org-b", answer="first")
    assert "The Tansy Choir is now part of Tansy Choir." in page
    assert "org-b" not in ids(store)
    shown = client.get("/organisation?id=org-a").text
    assert "Part of it" in shown
    merge = re.search(r'name="merge" value="([^"]+)"', page)
    assert merge
    page = post(client, token, "/duplicates/take-back", merge=merge[1])
    assert "Taken back." in page
    assert "org-b" in ids(store)


def test_the_second_can_be_the_one_to_keep(
    client: FlaskClient, token: Token, store: GraphStore
) -> None:
    post(client, token, "/duplicates/answer", first="org-a", second="org-b", answer="second")
    kept = store.record(Organisation, "org-b")
    assert kept is not None
    assert set(kept.external_ids) == {"GB-CHC-1000001", "360G-b"}


def test_what_is_two_is_not_asked_again(client: FlaskClient, token: Token) -> None:
    page = post(client, token, "/duplicates/answer", first="org-a", second="org-b", answer="two")
    assert "they are two" in page
    assert "of 1 pair" in page


def test_certain_pairs_are_answered_together(
    client: FlaskClient, token: Token, store: GraphStore
) -> None:
    page = client.get("/duplicates").text
    pair = re.search(r'name="pair" type="checkbox" value="([^"]+)"', page)
    assert pair
    page = post(client, token, "/duplicates/certain", pair=[pair[1], "org-a org-s", "junk"])
    assert "1 pair made one." in page
    assert ids(store) >= {"org-a", "org-b", "org-s"}
    assert len(ids(store) & {"org-c", "org-d"}) == 1


def test_two_bodies_in_one_are_taken_apart(
    client: FlaskClient, token: Token, store: GraphStore
) -> None:
    post(client, token, "/duplicates/answer", first="org-a", second="org-b", answer="first")
    page = client.get("/duplicates/split?id=org-a").text
    fact = re.search(r'name="fact" type="checkbox" value="(offers-[^"]+)"', page)
    assert fact
    page = post(
        client,
        token,
        "/duplicates/split",
        id="org-a",
        name="Tansy Band",
        identifier=["360G-b"],
        fact=[fact[1]],
    )
    assert "Tansy Band" in page
    (offer,) = store.records(Offer)
    assert offer.from_id.startswith("org-split-")
    answer = client.post(
        "/duplicates/split", data={"id": "org-a", "name": "", "csrf_token": token()}
    )
    assert answer.status_code == 400
    assert "Write what the other organisation is called" in answer.text


@pytest.mark.parametrize("second", ["org-none", "org-s"])
def test_what_a_viewer_cannot_see_cannot_be_answered(
    client: FlaskClient, token: Token, second: str
) -> None:
    for answer in ("first", "second", "two"):
        data = {"first": "org-a", "second": second, "answer": answer, "csrf_token": token()}
        assert client.post("/duplicates/answer", data=data).status_code == 404


def test_answers_need_a_token_and_a_coordinator(
    client: FlaskClient, store: GraphStore, tmp_path: Path
) -> None:
    data = {"first": "org-a", "second": "org-b", "answer": "first"}
    assert client.post("/duplicates/answer", data=data).status_code == 400
    app = create_app(workspace_over(store, tmp_path / "u", role=Role.PARTNER))
    assert app.test_client().get("/duplicates").status_code == 403
    assert "org-b" in ids(store)


def test_the_page_that_keeps_things_fresh_counts_them(client: FlaskClient) -> None:
    page = client.get("/upkeep").text
    assert re.search(r"Who is who</a> <span[^>]*>2</span>", page)
