"""The page of exports, and the files that it sends."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from graph.access import Role, Viewer, redact
from graph.contract import GraphStore
from graph.stores import open_store
from import_files import bring_in
from seeds.exports import EXPORTS
from web import create_app
from web_app import SECRET, workspace_over


def test_the_page_lists_every_format_with_its_download(client: FlaskClient) -> None:
    page = client.get("/exports").text
    for each in EXPORTS:
        assert each.title in page
        assert f"/exports/download?name={each.name}" in page
        assert f"/exports/format?name={each.name}" in page


@pytest.mark.parametrize("name", [each.name for each in EXPORTS])
def test_every_format_can_be_had_and_holds_no_secret(client: FlaskClient, name: str) -> None:
    answer = client.get(f"/exports/download?name={name}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=gofar-")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    content = answer.data
    if answer.mimetype == "application/zip" or name == "kumu-xlsx":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"".join(archive.read(entry) for entry in archive.namelist())
    assert b"Riverside Youth" in content
    assert SECRET.encode() not in content
    assert client.get(f"/exports/download?name={name}").data == answer.data


def test_what_was_downloaded_is_the_network_that_the_viewer_sees(
    client: FlaskClient, store: GraphStore, tmp_path: Path
) -> None:
    path = tmp_path / "gofar.graphml"
    path.write_bytes(client.get("/exports/download?name=graphml").data)
    seen = redact(store.snapshot(), Viewer("tester", Role.COORDINATOR).audience)
    with open_store("sqlite:///:memory:") as empty:
        bring_in(path, empty)
        assert empty.snapshot().content_hash == seen.content_hash


def test_a_format_says_what_of_this_network_it_leaves_out(client: FlaskClient) -> None:
    assert "Nothing of this network is left out" in client.get("/exports/format?name=gexf").text
    page = client.get("/exports/format?name=open-referral").text
    assert "needs: no place for it" in page


@pytest.mark.parametrize("path", ["/exports/format", "/exports/download"])
def test_an_unknown_format_is_a_bad_question(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 400
    answer = client.get(f"{path}?name=../../etc/passwd")
    assert answer.status_code == 400
    assert "not a format" in answer.text


@pytest.mark.parametrize(
    "path", ["/exports", "/exports/format?name=gexf", "/exports/download?name=gexf"]
)
def test_who_may_not_export_sees_neither_page_nor_link(
    store: GraphStore, tmp_path: Path, path: str
) -> None:
    viewer = create_app(workspace_over(store, tmp_path / "u", role=Role.VIEWER)).test_client()
    assert viewer.get(path).status_code == 403
    assert "/exports" not in viewer.get("/organisations").text
    partner = create_app(workspace_over(store, tmp_path / "v", role=Role.PARTNER)).test_client()
    assert partner.get(path).status_code == 200
