"""The network on another day, and without what nobody told: page by page, link by link."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from builders import TOLD, organisation
from graph.contract import GraphStore
from graph.model import Funding
from web_app import LEFT, small_world

BEFORE, BETWEEN = "2026-10-01", "2026-10-15"


@pytest.fixture
def store(empty_store: GraphStore) -> GraphStore:
    """The small world since mid October; one organisation and two grants more since the 20th."""
    empty_store.clock = lambda: datetime(2026, 10, 14, 9, tzinfo=UTC)
    with empty_store.transaction("tester") as tx:
        tx.upsert(*small_world())
    empty_store.clock = lambda: datetime(2026, 10, 20, 9, tzinfo=UTC)
    with empty_store.transaction("tester") as tx:
        tx.upsert(organisation("Latecomer"))
        for number, name in enumerate((LEFT, "Alone")):
            tx.upsert(
                Funding(
                    from_id="org-Green Lane Garden",
                    to_id=f"org-{name}",
                    grant_id=f"p{number}",
                    programme="<b>Sheds</b>",
                    provenance=TOLD,
                )
            )
    return empty_store


@pytest.mark.parametrize(
    "path", ["/organisations", "/map", "/gaps", f"/partners?organisation={LEFT}"]
)
def test_a_past_day_says_so_and_leads_back(client: FlaskClient, path: str) -> None:
    joined = "&" if "?" in path else "?"
    page = client.get(f"{path}{joined}as_of={BETWEEN}")
    assert page.status_code == 200
    assert "as it was on 15 October 2026" in page.text
    assert "Latecomer" not in page.text
    assert "as it was on" not in client.get(path).text


def test_today_has_what_came_later(client: FlaskClient) -> None:
    assert "Latecomer" in client.get("/organisations").text


def test_nothing_is_known_before_the_first_day(client: FlaskClient) -> None:
    assert "no organisations" in client.get(f"/map?as_of={BEFORE}").text.casefold()


def test_links_keep_the_day(client: FlaskClient) -> None:
    page = client.get(f"/organisations?as_of={BETWEEN}&inferred=off").text
    inside = re.findall(r'href="(/organisations/[^"]*|/map[^"]*|/partners[^"]*)"', page)
    assert inside
    assert all(f"as_of={BETWEEN}" in href and "inferred=off" in href for href in inside)
    assert f'name="as_of" value="{BETWEEN}"' in page


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("as_of=2027-01-01", "a day that is over"),
        ("as_of=yesterday", "a day such as 2026-03-31"),
        ("as_of=<script>", "a day such as 2026-03-31"),
        ("inferred=maybe", "one of"),
    ],
)
def test_a_view_that_cannot_be_had_is_refused(client: FlaskClient, query: str, said: str) -> None:
    page = client.get(f"/map?{query}")
    assert page.status_code == 400
    assert said in page.text
    assert "<script>" not in page.text.replace('<script type="module"', "")


def test_pages_that_change_things_show_today(client: FlaskClient) -> None:
    assert "as it was on" not in client.get(f"/imports?as_of={BETWEEN}").text


def test_what_is_in_common_is_apart_and_can_be_left_out(client: FlaskClient) -> None:
    path = f"/map/neighbourhood?organisation={LEFT}"
    page = client.get(path).text
    common = page[page.index('id="common"') :]
    assert "Both were funded by Green Lane Garden, under &lt;b&gt;Sheds&lt;/b&gt;" in common
    assert "Alone" in common
    assert "Alone" not in page[: page.index('id="common"')]
    off = client.get(f"{path}&inferred=off").text
    assert 'id="common"' not in off
    assert "is left out" in off
    assert "Sheds" not in client.get(f"{path}&as_of={BETWEEN}").text
