"""Every error has a status and a page that says what to do."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

import seeds  # noqa: F401 - so that its errors, if it ever has any, are known
from graph.errors import GofarError, StoreUnavailable, UnreadableFile
from web.errors import STATUSES, status_of


def every_error(root: type[GofarError] = GofarError) -> list[type[GofarError]]:
    return [root, *(found for child in root.__subclasses__() for found in every_error(child))]


def test_every_class_of_error_has_a_status() -> None:
    ours = [error for error in every_error() if not error.__module__.startswith("test")]
    missing = [error.__name__ for error in ours if error not in STATUSES]
    assert not missing


def test_an_unknown_child_counts_as_its_parent() -> None:
    class Torn(UnreadableFile): ...

    assert status_of(Torn("x.csv", "is torn")) == STATUSES[UnreadableFile]


def test_an_expected_error_says_what_to_do(app: Flask, client: FlaskClient) -> None:
    def fail() -> str:
        raise StoreUnavailable("sqlite:///x: the file is locked.", remedy="Close the other one.")

    app.view_functions["home.start"] = fail
    answer = client.get("/")
    assert answer.status_code == 503
    assert "the file is locked" in answer.text
    assert "Close the other one." in answer.text


def test_an_unexpected_error_tells_the_reader_nothing_of_the_inside(
    app: Flask, client: FlaskClient
) -> None:
    def fail() -> str:
        raise RuntimeError("the password is swordfish")

    app.view_functions["home.start"] = fail
    answer = client.get("/")
    assert answer.status_code == 500
    assert "swordfish" not in answer.text
    assert "Traceback" not in answer.text
    assert "Go back and try again" in answer.text


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/nowhere", 404, "Check the address"),
        ("/organisations?page=minus", 400, "page"),
        ("/organisations?page=0", 400, "page"),
        ("/organisations?colour=red", 400, "colour"),
        ("/organisations?order=%3Cb%3E", 400, "order"),
        ("/partners?top=1000000", 400, "top"),
        ("/organisation", 400, "id"),
        ("/gaps?providers=many", 400, "providers"),
        ("/imports/job?job=gone", 410, "begin again"),
        ("/imports/undo?id=gone", 404, "Check the address"),
    ],
)
def test_a_bad_request_gets_a_page_that_names_the_fault(
    client: FlaskClient, path: str, status: int, says: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert says in answer.text
    assert "<h1" in answer.text


def test_a_method_that_is_not_allowed_says_which_are(client: FlaskClient) -> None:
    answer = client.get("/imports/confirm")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]
    assert answer.mimetype == "text/html"
    assert "can’t be done here" in answer.text
