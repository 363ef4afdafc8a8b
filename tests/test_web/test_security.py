"""What no page may do without: a declared action, the headers, a known host, a token."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from graph.access import Role
from graph.contract import GraphStore
from web import create_app
from web.security import CONTENT_SECURITY_POLICY, LARGEST_UPLOAD
from web_app import workspace_over

PUBLIC = {
    "static",
    "health.alive",
    "health.ready",
    "about.index",
    "about.suggestions",
    "about.backtest",
}


def test_every_view_declares_what_it_requires(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if rule.endpoint == "static":
            continue
        assert hasattr(view, "required_action"), f"{rule.endpoint} declares nothing"
        is_public = view.required_action is None
        assert is_public == (rule.endpoint in PUBLIC), rule.endpoint


def test_every_form_post_needs_a_token(app: Flask, client: FlaskClient) -> None:
    posts = [r for r in app.url_map.iter_rules() if "POST" in (r.methods or ())]
    assert posts
    for rule in posts:
        answer = client.post(rule.rule)
        assert answer.status_code == 400, rule.endpoint
        assert "For your safety" in answer.text


def test_no_view_changes_anything_when_it_is_only_looked_at(
    app: Flask, client: FlaskClient, store: GraphStore
) -> None:
    before = store.version()
    for rule in app.url_map.iter_rules():
        if not rule.arguments and "GET" in (rule.methods or ()):
            client.get(rule.rule)
    assert store.version() == before


@pytest.mark.parametrize("path", ["/", "/nowhere", "/organisations?page=x", "/healthz"])
def test_every_answer_carries_the_headers(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cache-Control"] == "no-store"


def test_the_policy_is_the_one_agreed() -> None:
    assert CONTENT_SECURITY_POLICY == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'; object-src 'none'"
    )


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.0.0.1:8000",
        "localhost:5000",
        "[::1]:8000",
        "gofar.example.org",
        "LOCALHOST",
    ],
)
def test_a_known_host_is_answered(client: FlaskClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "", "[::1", "::1"]
)
def test_a_strange_host_is_refused(client: FlaskClient, host: str) -> None:
    answer = client.get("/", headers={"Host": host})
    assert answer.status_code == 400
    assert "Riverside" not in answer.text


def test_the_session_cookie_is_out_of_reach_of_scripts(client: FlaskClient) -> None:
    cookie = client.get("/imports").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_viewer_may_not_see_suggestions_nor_import(store: GraphStore, tmp_path: Path) -> None:
    workspace = workspace_over(store, tmp_path, role=Role.VIEWER)
    visitor = create_app(workspace).test_client()
    assert visitor.get("/organisations").status_code == 200
    assert visitor.get("/partners?organisation=Riverside+Youth").status_code == 403
    assert visitor.get("/imports").status_code == 403
    start = visitor.get("/").text
    assert 'href="/imports"' not in start
    assert 'href="/partners"' not in start


def test_a_request_that_is_too_large_is_refused(app: Flask, client: FlaskClient) -> None:
    assert app.config["MAX_CONTENT_LENGTH"] == LARGEST_UPLOAD
    app.config["MAX_CONTENT_LENGTH"] = 1000
    answer = client.post("/imports", data={"files": (io.BytesIO(b"x" * 2000), "x.csv")})
    assert answer.status_code == 413
    assert "200 MB" in answer.text


def test_a_form_with_too_many_parts_is_refused(client: FlaskClient) -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n'
    answer = client.post(
        "/imports", data=part * 300 + b"--x--\r\n", content_type="multipart/form-data; boundary=x"
    )
    assert answer.status_code == 413
