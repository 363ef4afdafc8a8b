"""Find partners: from a typed name to reasons that open to facts."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from builders import TOLD, need, offer, organisation, skill
from graph.contract import GraphStore
from graph.model import NotWith, WorksIn
from web import create_app
from web_app import HOSTILE_NAMES, LEFT, RIGHT, workspace_over


def partners(client: FlaskClient, name: str, **more: str) -> str:
    answer = client.get("/partners", query_string={"organisation": name, **more})
    assert answer.status_code == 200
    return answer.text


def card_of(page: str, name: str) -> str:
    cards = page.split('<li class="gofar-card">')[1:]
    return next(card for card in cards if f"<bdi>{name}</bdi></a></h2>" in card)


def test_a_typed_name_leads_to_two_way_reasons(client: FlaskClient) -> None:
    card = card_of(partners(client, "riverside youth"), RIGHT)
    assert "Both sides gain" in card
    assert "What you get" in card
    assert "Bookkeeping: they offer it and you need it." in card
    assert "What you give" in card
    assert "Bid writing: you offer it and they need it." in card
    assert "What you share" in card
    assert "Sport: you both work on it." in card


def test_a_reason_opens_to_its_facts(client: FlaskClient) -> None:
    card = card_of(partners(client, LEFT), RIGHT)
    assert "Harbour Advice needs Bid writing (now, until 31 January 2027)" in card
    assert "Riverside Youth offers Bid writing (strong, 2 days a month)" in card
    assert "Source: <bdi>test</bdi>" in card


def test_the_points_in_the_table_add_up_to_the_score(client: FlaskClient) -> None:
    for card in partners(client, LEFT).split('<li class="gofar-card">')[1:]:
        table = card[card.index("<table") : card.index("</table>")]
        figures = [
            float(text.replace("\u2212", "-"))
            for text in re.findall(r"numeric\">([+\u2212][\d.]+)<", table)
        ]
        assert sum(figures[:-1]) == pytest.approx(figures[-1], abs=0.005 * len(figures))


def test_both_neighbourhoods_are_drawn(client: FlaskClient) -> None:
    assert "<svg" in card_of(partners(client, LEFT), RIGHT)


def test_partners_come_only_when_asked_for(client: FlaskClient) -> None:
    assert "Open Door</bdi></a></h2>" not in partners(client, LEFT)
    card = card_of(partners(client, LEFT, partners="include", top="20"), "Open Door")
    assert "Partner already" in card


def test_an_unknown_name_brings_near_ones(client: FlaskClient) -> None:
    answer = client.get("/partners?organisation=Riversde+Yuth")
    assert answer.status_code == 404
    assert "There is a problem" in answer.text
    assert f"<bdi>{LEFT}</bdi>" in answer.text
    assert 'value="Riversde Yuth"' in answer.text


def test_a_name_that_two_share_is_told_apart(client: FlaskClient, store: GraphStore) -> None:
    with store.transaction("tester") as tx:
        tx.upsert(
            replace(organisation("Twin"), id="twin-1", external_ids=("GB-CHC-1111111",)),
            replace(organisation("Twin"), id="twin-2", postcode="NW1 1AA"),
            WorksIn(from_id="twin-1", to_id="place-camden", provenance=TOLD),
        )
    answer = client.get("/partners?organisation=twin")
    assert answer.status_code == 404
    assert "2 organisations have this name" in answer.text
    assert "No organisation has this name" not in answer.text
    assert 'href="/partners?organisation=twin-1"' in answer.text
    assert "Camden · GB-CHC-1111111 · from test" in answer.text
    assert "NW1 1AA · twin-2 · from test" in answer.text
    elsewhere = client.get("/map/neighbourhood?organisation=twin").text
    assert "2 organisations are called" in elsewhere
    assert 'href="/organisation?id=twin-2"' in elsewhere


def test_nothing_typed_shows_the_form(client: FlaskClient) -> None:
    answer = client.get("/partners?organisation=+")
    assert answer.status_code == 200
    assert "There is a problem" not in answer.text
    assert 'name="organisation"' in answer.text


def test_no_suggestions_says_which_facts_would_help(client: FlaskClient) -> None:
    page = partners(client, "Alone")
    assert "No suggestions yet" in page
    assert "what they need from others" in page
    assert "where they are active" in page


def test_a_closed_organisation_gets_no_suggestions(client: FlaskClient) -> None:
    assert "has closed" in partners(client, "Closed Kitchen")


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_name_is_only_text(client: FlaskClient, name: str) -> None:
    page = partners(client, f"org-{name}", partners="include")
    assert "<img src=x" not in page
    assert "<script>window" not in page


def test_very_many_reasons_are_counted_not_hidden(empty_store: GraphStore, tmp_path: Path) -> None:
    skills = [f"Skill {number:02}" for number in range(12)]
    with empty_store.transaction("tester") as tx:
        tx.upsert(organisation("Ann"), organisation("Bea"), organisation("Cid"))
        tx.upsert(*(skill(name) for name in skills))
        tx.upsert(*(need("Ann", name) for name in skills))
        tx.upsert(*(offer("Bea", name) for name in skills))
    client = create_app(workspace_over(empty_store, tmp_path)).test_client()
    card = card_of(partners(client, "Ann"), "Bea")
    assert card.count('<details class="gofar-reason">') == 9
    assert "and 4 more, +" in card
    table = card[card.index("<table") : card.index("</table>")]
    assert all(f"{name}: they offer it" in table for name in skills)


def test_a_card_leads_to_what_would_make_the_match_stronger(
    client: FlaskClient, store: GraphStore
) -> None:
    with store.transaction("tester") as tx:
        tx.upsert(skill("posters"), need(LEFT, "posters"))
    card = card_of(partners(client, LEFT), RIGHT)
    href = re.search(r'href="(/partners/stronger[^"]+)"', card)
    assert href
    page = client.get(href[1].replace("&amp;", "&")).text
    assert "They offer posters, which you need." in page
    assert "Now it is number 1 in your list." in page
    assert "prior, not learned" in page


def test_two_who_are_to_be_kept_apart_cannot_be_made_stronger(
    client: FlaskClient, store: GraphStore
) -> None:
    ends = {"from_id": f"org-{LEFT}", "to_id": f"org-{RIGHT}"}
    with store.transaction("tester") as tx:
        tx.upsert(NotWith(**ends, provenance=TOLD))
    query = {"organisation": ends["from_id"], "partner": ends["to_id"]}
    page = client.get("/partners/stronger", query_string=query).text
    assert "Nothing that either of you could say or do" in page


def test_a_list_says_that_its_weights_have_not_been_learned(client: FlaskClient) -> None:
    assert "prior, not learned" in partners(client, LEFT)
