"""The list and the page of an organisation."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from builders import collaboration, organisation
from graph.contract import GraphStore
from web import create_app
from web_app import HOSTILE_NAMES, LEFT, RIGHT, SECRET, SLASHES, TEMPLATE, workspace_over


def names_on(page: str) -> list[str]:
    return re.findall(r'gofar-list__name"><a[^>]*><bdi>([^<]*)</bdi>', page)


def shown(client: FlaskClient, organisation_id: str) -> str:
    answer = client.get(f"/organisation?id={quote(organisation_id, safe='')}")
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("text=riverSIDE", [LEFT]),
        ("text=helps+harbour", [RIGHT]),
        ("offers=cap-Bookkeeping", [RIGHT]),
        ("needs=cap-Bookkeeping", [LEFT]),
        ("place=place-camden&text=advice", [RIGHT]),
        ("place=place-london&text=advice", [RIGHT]),
        ("theme=theme-youth&text=youth", [LEFT]),
        ("community=community-old&text=youth", [LEFT]),
        ("standing=no-partners&text=Alone", ["Alone"]),
        ("standing=nothing-told&text=garden", ["Green Lane Garden"]),
        ("text=nobody+at+all", []),
    ],
)
def test_the_list_finds_what_is_asked_for(
    client: FlaskClient, query: str, found: list[str]
) -> None:
    page = client.get(f"/organisations?{query}").text
    assert names_on(page) == found


def test_a_narrowed_list_says_so_and_offers_all(client: FlaskClient) -> None:
    page = client.get("/organisations?text=riverside&offers=cap-Bid+writing").text
    assert re.search(r"Showing <strong>1</strong>\s*of 12", page)
    assert "2 filters" in page
    assert 'href="/organisations">show all' in page


def test_a_list_that_finds_nothing_says_what_to_do(client: FlaskClient) -> None:
    page = client.get("/organisations?text=nobody").text
    assert "Take one away" in page


def test_a_private_organisation_is_not_listed(client: FlaskClient) -> None:
    assert SECRET not in client.get("/organisations").text
    answer = client.get("/organisation", query_string={"id": f"org-{SECRET}"})
    assert answer.status_code == 404


def test_a_long_list_comes_in_pages(empty_store: GraphStore, tmp_path: Path) -> None:
    with empty_store.transaction("tester") as tx:
        tx.upsert(*(organisation(f"Group {number:03}") for number in range(145)))
        tx.upsert(collaboration("Group 044", "Group 099"))
    client = create_app(workspace_over(empty_store, tmp_path)).test_client()
    first = client.get("/organisations?text=group").text
    assert names_on(first) == [f"Group {number:03}" for number in range(20)]
    assert re.search(r"Showing <strong>20</strong>\s*of 145", first)
    last = client.get("/organisations?text=group&page=8").text
    assert names_on(last) == [f"Group {number:03}" for number in range(140, 145)]
    assert 'href="/organisations?text=group&amp;page=7"' in last
    assert 'aria-current="page"' in last
    assert names_on(client.get("/organisations?page=1000").text) == names_on(last)
    by_partners = client.get("/organisations?order=partners").text
    assert names_on(by_partners)[:3] == ["Group 044", "Group 099", "Group 000"]


def test_a_page_shows_each_fact_with_its_source(client: FlaskClient) -> None:
    page = shown(client, f"org-{LEFT}")
    assert "Bid writing</bdi> – strong, 2 days a month" in page
    assert "Source: <bdi>test</bdi>, put in by <bdi>tester</bdi>" in page
    assert "First seen 1 January 2026, last confirmed 1 January 2026" in page
    assert "£12,500" in page
    assert f"/partners?organisation=org-{LEFT.replace(' ', '+')}" in page


def test_an_inferred_fact_is_marked(client: FlaskClient) -> None:
    page = shown(client, f"org-{RIGHT}")
    assert "Worked out, 60% sure" not in page  # a guessed tie makes nobody a partner
    assert "Harbour Advice" in page


def test_a_closed_organisation_is_marked_and_matched_with_nobody(client: FlaskClient) -> None:
    page = shown(client, "org-Closed Kitchen")
    assert "Closed on 31 March 2025" in page
    assert "javascript:" not in re.sub(r"<dd[^>]*>javascript:alert\(1\)</dd>", "", page)


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_name_is_only_text(client: FlaskClient, name: str) -> None:
    page = shown(client, f"org-{name}")
    assert "<img src=x" not in page
    assert "<script>window" not in page
    assert "49" not in re.sub(r"\d{3,}", "", page) if name == TEMPLATE else True


def test_an_id_with_slashes_has_a_page(client: FlaskClient) -> None:
    assert SLASHES.replace("&", "&amp;") in shown(client, f"org-{SLASHES}")


def test_an_unknown_organisation_brings_names_that_come_near(client: FlaskClient) -> None:
    answer = client.get("/organisation?id=Riverside+Yuth")
    assert answer.status_code == 404
    assert "Did you mean" in answer.text
    assert LEFT in answer.text
    nothing = client.get("/organisation?id=%E2%98%83%E2%98%83%E2%98%83")
    assert nothing.status_code == 404
    assert "Check the spelling" in nothing.text


def test_names_are_proposed_as_one_types(client: FlaskClient) -> None:
    answer = client.get("/organisations/names?text=riversi")
    assert answer.json is not None
    assert answer.json["names"][0] == LEFT
    assert client.get("/organisations/names").json == {"names": []}
