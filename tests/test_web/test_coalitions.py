"""Coalitions in the browser: from a call or a form to three, to a swap, to a note."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from builders import offer
from graph.access import Role
from graph.contract import GraphStore
from graph.testing.samples import write
from matching.coalitions import candidates
from web import create_app
from web_app import HOSTILE_NAMES, IMAGE, LEFT, RIGHT, SECRET, workspace_over

WANTED = "/coalitions?search=yes&need=Bid+writing&level=2&need=&level=1&need=bookkeeping&level=1"


def link(page: str, path: str, *, after: str = "") -> str:
    """Return the first address on a page that begins with a path."""
    found = re.search(rf'href="({re.escape(path)}[^"]*)"', page[page.index(after) :])
    assert found, path
    return unescape(found[1])


def test_the_empty_form_asks_for_skills_and_offers_to_read_a_call(client: FlaskClient) -> None:
    answer = client.get("/coalitions")
    assert answer.status_code == 200
    assert "Paste the text" in answer.text
    assert answer.text.count('list="known-skill"') == 5
    assert '<option value="Bid writing"></option>' in answer.text


def test_a_brief_leads_to_a_coalition_with_cover_lead_form_and_facts(client: FlaskClient) -> None:
    page = client.get(WANTED).text
    assert "1 coalition for this" in page
    assert "No better one exists" in page
    assert f"<bdi>{LEFT}</bdi>, strong" in page
    assert "No backup" in page
    assert "Informal network" in page
    assert f"{RIGHT} and {LEFT} are some way apart, through partners" in page or (
        f"{RIGHT} and {LEFT} have no way to each other yet" in page
    )
    assert "Riverside Youth offers Bid writing (strong, 2 days a month)" in page
    assert "Source: <bdi>test</bdi>" in page


def test_what_is_proven_of_the_most_promising_is_not_said_of_all(
    store: GraphStore, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(store, offer("Alone", "Bid writing"))
    address = "/coalitions?search=yes&need=Bid+writing&fewest=1"
    assert "No better one exists" in client.get(address).text
    for name in ("_WHOLE", "_BEST", "_CHEAPEST_EACH", "_NEAR"):
        monkeypatch.setattr(candidates, name, 1)
    page = client.get(address).text
    assert "No better one among those looked at" in page
    assert "No better one exists" not in page
    assert "There is no further one" not in page


def test_nothing_asked_for_says_so_at_the_field(client: FlaskClient) -> None:
    answer = client.get("/coalitions?search=yes")
    assert answer.status_code == 400
    assert "Name at least one skill" in answer.text
    assert 'href="#need"' in answer.text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("need=Bid+riting", "not in the skill vocabulary"),
        ("need=Bid+writing&place=Atlantis", "not in the place vocabulary"),
        ("need=Bid+writing&must=Nobody+Known", "No organisation has the id or name"),
        ("need=Bid+writing&fewest=5&most=3", "5 to 3"),
        ("need=Bid+writing&must=Closed+Kitchen", "has closed"),
    ],
)
def test_a_wrong_word_is_named_and_kept(client: FlaskClient, query: str, said: str) -> None:
    answer = client.get(f"/coalitions?search=yes&{query}")
    assert answer.status_code == 400
    assert "There is a problem" in answer.text
    assert said in unescape(answer.text)
    assert "Bid " in answer.text


def test_what_cant_be_met_says_why_and_leads_to_what_would_help(client: FlaskClient) -> None:
    page = client.get("/coalitions?search=yes&need=Welding&need=Bid+writing&need=Bookkeeping").text
    assert "Nobody in this network can meet this together" in page
    assert "Welding: nobody offers it." in page
    assert "Buy in Welding, or do without it" in page
    mended = client.get(link(page, "/coalitions?", after="What would help"))
    assert "1 coalition for this" in mended.text


def test_a_call_is_read_and_its_suggestions_are_ticked(
    client: FlaskClient, token: Callable[[], str]
) -> None:
    text = "Partnerships in Camden that provide bookkeeping. Grants of up to £9,000. <b>x</b>"
    answer = client.post("/coalitions/call", data={"text": text, "csrf_token": token()})
    assert answer.status_code == 200
    assert re.search(r'name="need" type="checkbox" value="cap-bookkeeping" checked', answer.text)
    assert 'value="E09000007" checked' in answer.text
    assert 'name="budget" type="number" value="9000"' in answer.text
    assert "<b>x</b>" not in answer.text
    nothing = client.post("/coalitions/call", data={"text": "1 2 3", "csrf_token": token()})
    assert nothing.status_code == 400
    assert "Nothing was recognised" in nothing.text


def test_a_row_of_digits_is_no_budget(client: FlaskClient, token: Callable[[], str]) -> None:
    text = f"Partnerships that provide bookkeeping. Grants of up to £{'9' * 400}."
    answer = client.post("/coalitions/call", data={"text": text, "csrf_token": token()})
    assert answer.status_code == 200
    field = re.search(r"<input[^>]*budget[^>]*>", answer.text)
    assert field
    assert "9" not in field[0]


@pytest.mark.parametrize(
    "field", ["budget", "member_min", "member_max", "lead_min", "lead_max", "within"]
)
def test_a_number_too_long_for_any_is_refused(client: FlaskClient, field: str) -> None:
    for path in ("/coalitions", "/coalitions/one"):
        answer = client.get(f"{path}?search=yes&need=Bid+writing&fewest=1&{field}={'9' * 400}")
        assert answer.status_code == 400


def test_a_call_needs_the_token_of_its_form(client: FlaskClient) -> None:
    assert client.post("/coalitions/call", data={"text": "bookkeeping"}).status_code == 400


def test_a_seat_can_be_swapped_and_the_note_names_roles_and_steps(client: FlaskClient) -> None:
    page = client.get(f"{WANTED}&must=Open+Door").text
    swapped = client.get(link(page, "/coalitions/swap"))
    assert swapped.status_code == 200
    assert "In place of" in swapped.text
    note = client.get(link(page, "/coalitions/note"))
    assert note.status_code == 200
    for text in ("Partnership note", "Answers for", "Next steps", "Agree on the form"):
        assert text in note.text
    assert "Introduce " in note.text


def test_a_swap_leads_to_the_coalition_that_it_makes(client: FlaskClient) -> None:
    query = "/coalitions?search=yes&need=Interpreting&need=Bid+writing&within=0&must=Open+Door"
    page = client.get(query).text
    members = link(page, "/coalitions/note").replace("/note", "/one")
    shown = client.get(members)
    assert shown.status_code == 200
    assert "Put together by you" in shown.text


def test_members_that_dont_meet_the_brief_are_refused(client: FlaskClient) -> None:
    alone = "/coalitions/one?need=Bid+writing&member=org-Alone&member=org-Open+Door"
    answer = client.get(alone)
    assert answer.status_code == 400
    assert "can’t be a member for this brief" in answer.text
    assert client.get("/coalitions/swap?need=Bid+writing&leaving=nobody").status_code == 400


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_name_is_only_text(client: FlaskClient, name: str) -> None:
    for query in (
        {"search": "yes", "need": [IMAGE, "Bid writing"], "must": name},
        {"search": "yes", "need": name, "place": name, "lead_type": name},
    ):
        page = client.get("/coalitions", query_string=query).text
        assert "<img src=x" not in page
        assert "<script>window" not in page


def test_only_coordinators_plan(store: GraphStore, tmp_path: Path) -> None:
    for role in (Role.PARTNER, Role.VIEWER, Role.PUBLIC):
        client = create_app(workspace_over(store, tmp_path, role=role)).test_client()
        assert client.get("/coalitions").status_code == 403
        assert 'href="/coalitions"' not in client.get("/organisations").text


def test_what_nobody_may_see_is_in_no_coalition(client: FlaskClient) -> None:
    assert SECRET not in client.get(WANTED).text
    assert client.get(f"{WANTED}&must={SECRET}").status_code == 400


def test_rubbish_in_the_address_is_a_400(client: FlaskClient) -> None:
    for query in ("within=x", "fewest=0", "strange=1", "need=" + "x" * 500, "search=no"):
        assert client.get(f"/coalitions?search=yes&{query}").status_code == 400
