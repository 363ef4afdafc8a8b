"""Imports in the browser: choose, preview, confirm, undo; and files that are no good."""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

import seeds
from graph.contract import GraphStore
from graph.model import Organisation
from register_files import extract
from web import create_app
from web.imports.uploads import plain_name
from web_app import FILES, LEFT, SeedsImporter, workspace_over

Token = Callable[[], str]


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for the end of every job, however busy the machine is."""
    monkeypatch.setattr("web.imports.jobs._QUICK_S", 60)


def good_files() -> list[tuple[io.BytesIO, str]]:
    return [(io.BytesIO(text.encode()), name) for name, text in FILES.items()]


def send(client: FlaskClient, token: Token, files: list[tuple[io.BytesIO, str]]) -> TestResponse:
    data: dict[str, Any] = {"files": files, "csrf_token": token()}
    return client.post("/imports", data=data, follow_redirects=True)


def post(client: FlaskClient, token: Token, path: str, **fields: str) -> TestResponse:
    return client.post(path, data={**fields, "csrf_token": token()}, follow_redirects=True)


def job_of(page: TestResponse) -> str:
    found = re.search(r'name="job" value="([^"]+)"', page.text)
    assert found, page.text
    return found[1]


def uploads(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "uploads"
    return sorted(folder.rglob("*")) if folder.exists() else []


def test_a_preview_tells_everything_and_writes_nothing(
    client: FlaskClient, token: Token, store: GraphStore
) -> None:
    before = store.version()
    page = send(client, token, good_files())
    assert page.status_code == 200
    assert "What would change" in page.text
    assert re.search(r"Organisations</th>\s*<td[^>]*>3</td>", page.text)
    assert "1 possible duplicate" in page.text
    assert f"<bdi>{LEFT}</bdi>" in page.text
    assert "2 errors" in page.text
    assert "Newcomers offers Bookkeeping (experienced)" in page.text
    fault = page.text[page.text.index("is not a number") :]
    for told in ("organisations.csv", ">4<", "Income", "lots", "Write it as 1234.50"):
        assert told in fault
    assert store.version() == before


def test_errors_come_in_the_order_of_the_files(client: FlaskClient, token: Token) -> None:
    lines = "Name,Income,Website\nAnn,lots,\nBea,1,\nCid,much,\n"
    files = [(io.BytesIO(lines.encode()), "organisations.csv"), good_files()[1]]
    page = send(client, token, files).text
    assert "Left out, or in without the value named." in page
    found = re.findall(
        r'data-label="File"><bdi>([^<]+)</bdi>.*?data-label="Row">(\d+)<', page, re.S
    )
    errors = found[: int(re.search(r"(\d+) errors", page)[1])]  # type: ignore[index]
    assert len(errors) > 2
    assert errors == sorted(errors, key=lambda it: (it[0], int(it[1])))


def test_a_confirmed_import_is_there_and_can_be_undone(
    client: FlaskClient, token: Token, store: GraphStore, tmp_path: Path
) -> None:
    done = post(client, token, "/imports/confirm", job=job_of(send(client, token, good_files())))
    assert "is imported" in done.text
    assert store.record(Organisation, "new-1") is not None
    assert uploads(tmp_path) == []
    listed = client.get("/imports").text
    assert "1 November 2026" in listed
    link = re.search(r'href="/imports/undo\?id=([^"]+)"', listed)
    assert link
    asked = client.get(f"/imports/undo?id={link[1]}")
    assert "Undo the import of" in asked.text
    undone = post(client, token, "/imports/undo", id=link[1])
    assert "is undone" in undone.text
    assert store.record(Organisation, "new-1") is None
    assert ">Undone</strong>" in client.get("/imports").text


def test_the_same_file_again_changes_nothing(client: FlaskClient, token: Token) -> None:
    post(client, token, "/imports/confirm", job=job_of(send(client, token, good_files())))
    again = send(client, token, good_files())
    assert "Nothing would change" in again.text
    assert "Import this" not in again.text


def test_a_preview_can_be_dropped(client: FlaskClient, token: Token, tmp_path: Path) -> None:
    job = job_of(send(client, token, good_files()))
    assert uploads(tmp_path)
    post(client, token, "/imports/cancel", job=job)
    assert not [path for path in uploads(tmp_path) if path.is_file()]
    assert client.get(f"/imports/job?job={job}").status_code == 410


def test_confirming_twice_imports_once(client: FlaskClient, token: Token) -> None:
    job = job_of(send(client, token, good_files()))
    first = post(client, token, "/imports/confirm", job=job)
    second = post(client, token, "/imports/confirm", job=job)
    assert "is imported" in first.text
    assert "is imported" in second.text


def test_undoing_twice_undoes_once(client: FlaskClient, token: Token) -> None:
    for _ in range(2):  # what is undone may be imported and undone again
        post(client, token, "/imports/confirm", job=job_of(send(client, token, good_files())))
        link = re.search(r'href="/imports/undo\?id=([^"]+)"', client.get("/imports").text)
        assert link
        first = post(client, token, "/imports/undo", id=link[1])
        second = post(client, token, "/imports/undo", id=link[1])
        assert "is undone." in first.text
        assert second.request.url == first.request.url
        assert second.text == first.text


def test_no_file_is_a_clear_error(client: FlaskClient, token: Token) -> None:
    answer = client.post("/imports", data={"csrf_token": token()})
    assert answer.status_code == 400
    assert "There is a problem" in answer.text
    assert 'href="#files"' in answer.text


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "empty.csv"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "picture.png"),
        (b"PK\x03\x04 not really", "broken.xlsx"),
        (b'{"grants": [', "torn.json"),
        (b"colour,shape\nred,round\n", "colours.csv"),
        (b"MZ\x90\0" * 50, "program.exe"),
        (b"just some words", "letter.docx"),
    ],
)
def test_a_bad_file_gets_a_page_that_names_it(
    client: FlaskClient, token: Token, store: GraphStore, tmp_path: Path, content: bytes, name: str
) -> None:
    before = store.version()
    answer = send(client, token, [(io.BytesIO(content), name)])
    assert answer.status_code == 200
    assert "That didn’t work" in answer.text or "Nothing in this can be imported" in answer.text
    assert name in answer.text
    assert str(tmp_path) not in answer.text
    assert store.version() == before
    if "That didn’t work" in answer.text:
        assert not [path for path in uploads(tmp_path) if path.is_file()]


def test_a_hostile_file_name_does_no_harm(
    client: FlaskClient, token: Token, tmp_path: Path
) -> None:
    files = good_files()
    files[0] = (files[0][0], "../../<img src=x>/organisations.csv")
    page = send(client, token, files)
    assert "<img src=x" not in page.text
    assert {path.name for path in uploads(tmp_path) if path.is_file()} == {
        "organisations.csv",
        "offers.csv",
    }
    assert all(tmp_path / "uploads" in path.parents for path in uploads(tmp_path))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("grants.csv", "grants.csv"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ann\\grants.xlsx", "grants.xlsx"),
        ("a\0b.csv", "ab.csv"),
        ("\u202egpj.csv", "gpj.csv"),
        ("CON", "file-CON"),
        ("nul.csv", "file-nul.csv"),
        ("...", "file-"),
        ("<b>.csv", "b.csv"),
        ("x" * 500 + ".csv", "x" * 120 + ".csv"),
        ("café ☕.csv", "café ☕.csv"),
    ],
)
def test_a_file_name_is_made_plain(given: str, kept: str) -> None:
    assert plain_name(given) == kept


def test_somebody_elses_job_is_not_shown(
    app: Flask, client: FlaskClient, token: Token, store: GraphStore, tmp_path: Path
) -> None:
    job = job_of(send(client, token, good_files()))
    jobs = app.extensions["gofar.imports"]
    assert jobs.find(job, "tester") is not None
    assert jobs.find(job, "somebody else") is None


class SlowImporter(SeedsImporter):
    """Reads only once it is let."""

    def __init__(self) -> None:
        self.go = threading.Event()

    def preview(self, *args: Any, progress: Any = None, **more: Any) -> seeds.ImportPreview:
        progress(30, 120)
        self.go.wait(20)
        return super().preview(*args, **more)


def test_long_work_shows_how_far_it_is(
    store: GraphStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.imports.jobs._QUICK_S", 0.2)
    slow = SlowImporter()
    workspace = workspace_over(store, tmp_path / "uploads")
    object.__setattr__(workspace, "importer", slow)
    app = create_app(workspace)
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    begun = client.post("/imports", data={"files": good_files()})
    waiting = client.get(begun.headers["Location"])
    assert waiting.headers["Refresh"] == "2"
    assert '<progress class="gofar-progress" id="progress" value="30" max="120">' in waiting.text
    assert "30 of 120 records" in waiting.text
    slow.go.set()
    app.extensions["gofar.imports"].find(begun.location.split("job=")[1], "tester").future.result(
        20
    )
    ready = client.get(begun.headers["Location"])
    assert "What would change" in ready.text
    assert "Refresh" not in ready.headers


def test_an_unforeseen_fault_tells_the_reader_nothing_of_the_inside(
    store: GraphStore, tmp_path: Path
) -> None:
    class Broken(SeedsImporter):
        def preview(self, *args: Any, **more: Any) -> seeds.ImportPreview:
            raise RuntimeError("the password is swordfish")

    workspace = workspace_over(store, tmp_path / "uploads")
    object.__setattr__(workspace, "importer", Broken())
    app = create_app(workspace)
    app.config["WTF_CSRF_ENABLED"] = False
    answer = app.test_client().post("/imports", data={"files": good_files()}, follow_redirects=True)
    assert "That didn’t work" in answer.text
    assert "swordfish" not in answer.text


def test_the_template_is_sent_as_a_workbook(client: FlaskClient) -> None:
    answer = client.get("/imports/template")
    assert answer.mimetype.endswith("spreadsheetml.sheet")
    assert "attachment; filename=gofar-template.xlsx" in answer.headers["Content-Disposition"]
    assert answer.data == b"a workbook"


def test_a_register_comes_in_through_the_same_page(
    client: FlaskClient, token: Token, store: GraphStore, tmp_path: Path
) -> None:
    folder = extract(tmp_path / "x")
    files = [(io.BytesIO(path.read_bytes()), path.name) for path in sorted(folder.iterdir())]

    page = send(client, token, files)
    assert re.search(r"Organisations</th>\s*<td[^>]*>3</td>", page.text)
    assert "it is a linked charity" in page.text
    post(client, token, "/imports/confirm", job=job_of(page))

    held = store.holders("organisation", ["GB-CHC-301001", "GB-CHC-301002", "GB-CHC-301003"])
    assert len(held) == 3
