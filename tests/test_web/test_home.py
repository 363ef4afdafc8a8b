"""The start: one question, what is known, what to do next."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from flask.testing import FlaskClient

from builders import TOLD, collaboration, offer, organisation
from graph.contract import GraphStore
from graph.errors import StoreUnavailable
from web.door import Door


def test_the_start_asks_one_question(client: FlaskClient) -> None:
    page = client.get("/").text
    assert 'action="/partners"' in page
    assert "1 skill is needed and offered by nobody." in page
    assert "/organisations?standing=no-partners" in page


def test_a_network_of_real_sources_bears_no_remark(client: FlaskClient) -> None:
    assert "made up" not in client.get("/").text


def test_every_page_says_that_the_network_is_made_up(
    empty_client: FlaskClient, empty_store: GraphStore
) -> None:
    fictional = replace(TOLD, source="demo: fictional network")
    with empty_store.transaction("tester") as tx:
        tx.upsert(organisation("Ann", provenance=fictional))
    for path in ("/", "/organisations", "/imports", "/about", "/nowhere"):
        assert "This network is made up, for trying gofar out." in empty_client.get(path).text, path
    with empty_store.transaction("tester") as tx:
        tx.upsert(organisation("Bea"))
    assert "Some of these organisations are made up" in empty_client.get("/").text


def test_a_page_without_its_store_bears_no_remark(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(door: Door) -> tuple[str, ...]:
        raise StoreUnavailable("The store is away.")

    monkeypatch.setattr(Door, "sources", fail)
    assert client.get("/nowhere").status_code == 404


def test_an_empty_network_says_how_to_begin(empty_client: FlaskClient) -> None:
    page = empty_client.get("/").text
    assert "Your network is empty" in page
    assert 'href="/imports/template"' in page


def test_every_page_answers_on_an_empty_network(empty_client: FlaskClient) -> None:
    for path in ("/organisations", "/partners", "/gaps", "/imports", "/map", "/about"):
        assert empty_client.get(path).status_code == 200, path
    assert empty_client.get("/partners?organisation=Ann").status_code == 404


def test_closed_organisations_count_nowhere_and_are_nobodys_partners(
    empty_client: FlaskClient, empty_store: GraphStore
) -> None:
    gone = {"closed_on": date(2026, 1, 1)}
    with empty_store.transaction("tester") as tx:
        tx.upsert(organisation("Ann"), organisation("Old", **gone), organisation("Older", **gone))
        tx.upsert(collaboration("Ann", "Old"))
    page = empty_client.get("/").text
    for what, number in (("Organisations", 1), ("Partnerships", 0)):
        assert f"<dt>{what}</dt><dd>{number}</dd>" in page
    assert "1 organisation has no partners yet." in page
    assert "1 organisation has told neither an offer nor a need" in page
    for standing in ("no-partners", "nothing-told"):
        listed = empty_client.get(f"/organisations?standing={standing}").text
        assert "<bdi>Ann</bdi>" in listed
        assert "<bdi>Old" not in listed


def test_a_network_in_which_all_have_closed_is_not_empty(
    empty_client: FlaskClient, empty_store: GraphStore
) -> None:
    with empty_store.transaction("tester") as tx:
        tx.upsert(organisation("Old", closed_on=date(2026, 1, 1)))
    assert "Your network is empty" not in empty_client.get("/").text


def test_what_was_worked_out_does_not_count_as_told(client: FlaskClient, store: GraphStore) -> None:
    before = client.get("/").text
    guess = replace(TOLD, inferred=True, confidence=0.5, basis='words: "hall"')
    with store.transaction("tester") as tx:
        tx.upsert(offer("Alone", "Bookkeeping", provenance=guess))
    told = re.compile(r"<dt>Offers</dt><dd>(\d+)</dd>")
    assert told.findall(client.get("/").text) == told.findall(before)
    listed = client.get("/organisations?standing=nothing-told").text
    assert "Alone" in listed
