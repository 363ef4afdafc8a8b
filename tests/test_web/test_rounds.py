"""The pages of rounds, introductions and routes."""

from __future__ import annotations

import csv
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from builders import collaboration
from graph.access import Role
from graph.contract import GraphStore
from web import create_app, meetings
from web_app import IMAGE, LEFT, RIGHT, workspace_over


def test_a_round_shows_pairs_exposure_and_price(client: FlaskClient) -> None:
    page = client.get("/round").text
    assert f"<bdi>{LEFT}</bdi>" in page
    assert f"<bdi>{RIGHT}</bdi>" in page
    for text in ("Never proposed", "Gini", "The price of fairness", "In this round"):
        assert text in page
    assert IMAGE not in page


def test_a_round_can_be_downloaded(client: FlaskClient) -> None:
    answer = client.get("/round.csv?limit=1")
    assert answer.headers["Content-Disposition"] == "attachment; filename=round.csv"
    rows = list(csv.DictReader(answer.text.lstrip("\ufeff").splitlines()))
    ends = [row[end] for row in rows for end in ("first_id", "second_id")]
    assert {f"org-{LEFT}", f"org-{RIGHT}"} <= set(ends)
    assert len(ends) == len(set(ends))


def test_introductions_say_how_far_apart_and_what_would_change(client: FlaskClient) -> None:
    page = client.get("/introductions?dial=distance").text
    assert "A first partner for one of them" in page
    assert "Others within two steps of those introduced" in page


@pytest.mark.parametrize(
    "path", ["/round?limit=9", "/round?floor=x", "/introductions?dial=up", "/partners/routes"]
)
def test_a_value_that_the_page_does_not_know_is_refused(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 400


@pytest.mark.parametrize("path", ["/round", "/introductions"])
def test_an_empty_network_says_what_is_missing(empty_client: FlaskClient, path: str) -> None:
    assert "See whom to ask" in empty_client.get(path).text


@pytest.mark.parametrize("path", ["/round", "/round.csv", "/introductions"])
def test_only_coordinators_plan_for_everybody(store: GraphStore, tmp_path: Path, path: str) -> None:
    partner = create_app(workspace_over(store, tmp_path, role=Role.PARTNER)).test_client()
    assert partner.get(path).status_code == 403
    assert 'href="/round"' not in partner.get("/organisations").text


def test_too_large_a_network_is_sent_to_the_prompt(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meetings, "MOST_ORGANISATIONS", 3)
    assert "gofar round --out" in client.get("/round").text
    assert "gofar introduce --out" in client.get("/introductions").text
    refused = client.get("/round.csv")
    assert refused.status_code == 413
    assert "gofar round" in refused.text


def test_a_suggestion_leads_to_who_could_introduce(client: FlaskClient, store: GraphStore) -> None:
    ends = {"organisation": f"org-{LEFT}", "partner": f"org-{RIGHT}"}
    address = f"/partners/routes?{urlencode(ends)}"
    assert "Who could introduce you" in client.get(f"/partners?organisation={LEFT}").text
    # One of the two ties is only a guess: nobody is introduced over that.
    assert "No way leads there" in client.get(address).text
    with store.transaction("tester") as tx:
        tx.upsert(collaboration("Open Door", RIGHT))
    page = client.get(address).text
    assert "By way of Open Door" in page
    assert f"Open Door works with {LEFT} (referrals, since 1 May 2024)" in page
    assert "every partner counts as willing" in page
    ends["partner"] = "org-Open Door"
    assert "work together already" in client.get(f"/partners/routes?{urlencode(ends)}").text
