from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from web_app import HOSTILE_NAMES, IMAGE, LEFT, SECRET


def shown(client: FlaskClient, path: str, **query: str | int) -> str:
    answer = client.get(path, query_string=query)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_the_map_begins_with_groups_in_a_picture_and_a_table(client: FlaskClient) -> None:
    page = shown(client, "/map")
    assert page.count('class="gofar-map__circle') > 0
    rows = re.findall(r'rowheader"><a class="govuk-link" href="([^"]+)"', page)
    links = re.findall(r'<a href="([^"]+)" aria-label=', page)
    assert sorted(rows) == sorted(links)


def test_the_table_adds_up_to_the_network(client: FlaskClient) -> None:
    page = shown(client, "/map")
    counts = [int(found) for found in re.findall(r'data-label="Organisations">(\d+)<', page)]
    assert sum(counts) == 12
    assert "have a place" in page


def test_a_filter_is_counted_and_can_be_lifted(client: FlaskClient) -> None:
    page = shown(client, "/map", place="place-camden")
    chip = re.sub(r"<[^>]+>|\s+", " ", page.split('class="gofar-chip"')[1].split("</p>")[0])
    assert re.search(r"Showing\s+1\s+of 2 groups · 1 filter · +show all", chip)
    assert 'href="/map?show=all"' in page


def test_what_is_not_given_has_a_group_of_its_own(client: FlaskClient) -> None:
    page = shown(client, "/map", place="none")
    assert "No place given" in page
    assert IMAGE not in page
    members = shown(client, "/map/group", place="none", theme="none")
    assert "Alone" in members
    assert IMAGE not in members


def test_a_filter_that_fits_nothing_says_so(client: FlaskClient) -> None:
    assert "No group fits" in shown(client, "/map", place="nowhere")
    assert "No organisation is in this group" in shown(
        client, "/map/group", place="nowhere", theme="none"
    )


def test_a_group_lists_its_organisations_in_pages(client: FlaskClient) -> None:
    page = shown(client, "/map/group", place="place-camden", theme="theme-youth", page=99)
    assert LEFT in page
    assert "on the map" in page


def test_the_neighbourhood_has_the_same_ties_in_picture_and_table(client: FlaskClient) -> None:
    page = shown(client, "/map/neighbourhood", organisation="org-Open Door", steps=2)
    drawn = page.partition('class="gofar-map-box"')[2].partition("</svg>")[0]
    assert drawn.count('class="gofar-map__tie') == page.count('data-label="How"') == 2
    assert "work together" in page


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_neighbourhood_is_found_by_a_hostile_id(client: FlaskClient, name: str) -> None:
    page = shown(client, "/map/neighbourhood", organisation=f"org-{name}")
    assert IMAGE not in page
    assert "<script>window" not in page


def test_somebody_alone_is_sent_to_find_partners(client: FlaskClient) -> None:
    page = shown(client, "/map/neighbourhood", organisation="Alone")
    assert "no partners that we know of" in page
    assert "/partners?organisation=org-Alone" in page


def test_a_private_organisation_is_on_no_map(client: FlaskClient) -> None:
    assert client.get(f"/map/neighbourhood?organisation=org-{SECRET}").status_code == 404
    assert SECRET not in shown(client, "/map/group", place="none", theme="none")


def test_no_name_leads_back_to_the_map(client: FlaskClient) -> None:
    assert client.get("/map/neighbourhood?organisation=").location == "/map"


def test_an_unknown_name_gets_names_that_come_near(client: FlaskClient) -> None:
    answer = client.get("/map/neighbourhood?organisation=Riversyde+Yuth")
    assert answer.status_code == 404
    assert LEFT in answer.get_data(as_text=True)


@pytest.mark.parametrize("query", ["steps=3", "steps=x", "show=everything", "colour=red"])
def test_other_questions_are_refused(client: FlaskClient, query: str) -> None:
    assert client.get(f"/map/neighbourhood?organisation=Alone&{query}").status_code == 400


def test_an_empty_network_says_how_to_begin(empty_client: FlaskClient) -> None:
    assert "There are no organisations yet" in shown(empty_client, "/map")
