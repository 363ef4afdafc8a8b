"""The start: one question, what is known, what to do next."""

from __future__ import annotations

from flask.testing import FlaskClient


def test_the_start_asks_one_question(client: FlaskClient) -> None:
    page = client.get("/").text
    assert 'action="/partners"' in page
    assert "1 skill is needed and offered by nobody." in page
    assert "/organisations?standing=no-partners" in page


def test_an_empty_network_says_how_to_begin(empty_client: FlaskClient) -> None:
    page = empty_client.get("/").text
    assert "Your network is empty" in page
    assert 'href="/imports/template"' in page


def test_every_page_answers_on_an_empty_network(empty_client: FlaskClient) -> None:
    for path in ("/organisations", "/partners", "/gaps", "/imports", "/map", "/about"):
        assert empty_client.get(path).status_code == 200, path
    assert empty_client.get("/partners?organisation=Ann").status_code == 404
