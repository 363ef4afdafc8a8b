"""Which day a reader looks at, and whether what nobody told is part of it: kept from page to page.

Both stand in the address, so that a link leads others to the same state, and nothing is hidden
without the address saying so.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import cast
from urllib.parse import urlencode

from flask import Flask, g, has_request_context, request
from werkzeug.datastructures import MultiDict

from matching.view import TODAY, View
from web.forms import VIEW_FIELDS, Form, InvalidQuery

__all__ = ["Inferred", "ViewQuery", "current_view", "keep_view", "read_view"]


class Inferred(StrEnum):
    """Whether facts and ties that nobody told are left out."""

    OFF = "off"


class ViewQuery(Form):
    """The fields of an address that say which network to look at."""

    as_of: date | None = None
    inferred: Inferred | None = None


def read_view(today: date) -> View:
    """Return what the address asks for; raises InvalidQuery for a day that is yet to come."""
    given = {name: text for name, text in request.args.items() if name in VIEW_FIELDS}
    query = ViewQuery.read(MultiDict(given))
    if query.as_of is not None and query.as_of > today:
        raise InvalidQuery(
            "The day", query.as_of.isoformat(), "It has to be a day that is over, or today"
        )
    as_of = None if query.as_of == today else query.as_of
    return View(as_of, with_inferred=query.inferred is None)


def current_view() -> View:
    """Return the view of this request: that of today where none has been read."""
    return cast("View", g.get("view", TODAY))


def _fields() -> dict[str, str]:
    view = current_view()
    values = {
        "as_of": view.as_of.isoformat() if view.as_of else "",
        "inferred": "" if view.with_inferred else Inferred.OFF.value,
    }
    assert values.keys() == VIEW_FIELDS
    return {name: value for name, value in values.items() if value}


def _elsewhere(**changed: str) -> str:
    """Return the address of this page with another view; '' drops a field."""
    values = {**request.args.to_dict(), **changed}
    # Made by hand: url_for() would put the view of today's request back in.
    kept = {name: value for name, value in values.items() if value}
    return f"{request.path}?{urlencode(kept)}" if kept else request.path


def keep_view(app: Flask) -> None:
    """Carry the view along in every link that a page makes, and give it to the templates."""

    @app.url_defaults
    def add_view(endpoint: str, values: dict[str, object]) -> None:
        if has_request_context() and endpoint != "static":
            for name, value in _fields().items():
                values.setdefault(name, value)

    app.jinja_env.globals.update(
        view=current_view, view_fields=_fields, view_elsewhere=_elsewhere, view_names=VIEW_FIELDS
    )
