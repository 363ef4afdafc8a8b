from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient

from browser_helpers import axe_violations, open_browser
from builders import collaboration, organisation
from graph.access import Role
from graph.contract import GraphStore
from map_worlds import HOSTILE, borough_world, network_of
from matching.neighbourhood import Neighbourhood, neighbourhood
from web import create_app
from web.exports import standalone
from web.exports.standalone import standalone_page
from web.map.present import TieRow
from web_app import HOSTILE_NAMES, workspace_over

HREF = '<a href="javascript:window.PWN=1" onmouseover="window.PWN=1">HREF</a>'


def rows_of(around: Neighbourhood) -> list[TieRow]:
    return [
        TieRow(
            first_id=around.nodes[tie.first].organisation_id,
            first_name=around.nodes[tie.first].name,
            second_id=around.nodes[tie.second].organisation_id,
            second_name=around.nodes[tie.second].name,
            how=f"joint project: {HREF}",
            sources=HOSTILE,
            is_inferred=tie.is_inferred,
            facts=tie.facts,
        )
        for tie in around.ties
    ]


def page_of(around: Neighbourhood) -> str:
    return standalone_page(around, rows_of(around))


@pytest.fixture
def hostile() -> Neighbourhood:
    names = (*HOSTILE_NAMES, HOSTILE, HREF)
    network = network_of(
        *(organisation(name) for name in names),
        *(collaboration(HREF, name) for name in names if name != HREF),
    )
    return neighbourhood(network, f"org-{HREF}", steps=2)


def test_it_links_nothing_of_strangers(hostile: Neighbourhood) -> None:
    page = page_of(hostile)
    assert "bootstrap" not in page.split("<body>")[0].rpartition("</script>")[2]
    assert not re.search(r"<(link|script|img|iframe)[^>]*\s(src|href)=", page)
    assert page.index("Content-Security-Policy") < page.index("<script")
    assert "sourceMappingURL" not in page


def test_no_title_becomes_html(hostile: Neighbourhood) -> None:
    drawing = page_of(hostile).rpartition("nodes = new vis.DataSet(")[2].partition("<table>")[0]
    titles = re.findall(r'"title": "((?:[^"\\]|\\.)*)"', drawing)
    assert len(titles) == len(hostile.nodes) + len(hostile.ties)
    assert not [title for title in titles if "href" in title.casefold() or "u003c" in title]
    assert "<a" not in drawing
    assert "innerHTML" not in drawing


def test_its_tables_hold_every_organisation_and_tie(hostile: Neighbourhood) -> None:
    page = page_of(hostile)
    assert page.count("<tr>") == 2 + len(hostile.nodes) + len(hostile.ties)


def test_more_nodes_than_a_browser_draws_are_refused(
    hostile: Neighbourhood, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standalone, "MOST_NODES", 3)
    with pytest.raises(ValueError, match="too many"):
        page_of(hostile)


def test_another_template_of_the_library_is_an_error(
    hostile: Neighbourhood, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        standalone, "_drawn", lambda *_: "<html><head></script><center></head><body>"
    )
    with pytest.raises(ValueError, match="pyvis has changed"):
        page_of(hostile)


def test_it_comes_as_a_download_and_never_as_a_page(client: FlaskClient) -> None:
    for name in HOSTILE_NAMES:
        query = urlencode({"organisation": f"org-{name}", "steps": 2})
        answer = client.get(f"/map/neighbourhood.html?{query}")
        assert answer.headers["Content-Disposition"].startswith(
            "attachment; filename=neighbourhood"
        )
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.data.decode("utf-8").startswith("<!DOCTYPE html>")


def test_only_those_who_may_export_get_it(store: GraphStore, tmp_path: Path) -> None:
    app: Flask = create_app(workspace_over(store, tmp_path, role=Role.VIEWER))
    for ending in ("csv", "html"):
        answer = app.test_client().get(f"/map/neighbourhood.{ending}?organisation=Alone")
        assert answer.status_code == 403


@pytest.mark.browser
@pytest.mark.parametrize("world", ["hostile", "boroughs"])
def test_it_draws_offline_and_runs_nothing_it_was_given(
    hostile: Neighbourhood, tmp_path: Path, world: str
) -> None:
    boroughs = neighbourhood(network_of(*borough_world()), "org-0003", steps=2)
    file = tmp_path / "map.html"
    file.write_bytes(page_of(hostile if world == "hostile" else boroughs).encode("utf-8"))
    with open_browser() as browser, browser.new_context(offline=True) as context:
        page = context.new_page()
        requests: list[str] = []
        faults: list[str] = []
        page.on("request", lambda sent: requests.append(sent.url))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("dialog", lambda dialog: faults.append(dialog.message))
        page.goto(file.as_uri())
        page.wait_for_selector("canvas")
        box = page.locator("canvas").bounding_box()
        assert box is not None
        for step in range(12):  # across the middle, where the organisation in focus stands
            page.mouse.move(box["x"] + box["width"] * step / 12, box["y"] + box["height"] / 2)
            page.wait_for_timeout(60)
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.wait_for_timeout(600)
        assert requests == [file.as_uri()]
        assert faults == []
        assert page.locator("canvas").count() == 1
        assert page.evaluate("window.PWN") is None
        assert axe_violations(page) == []
