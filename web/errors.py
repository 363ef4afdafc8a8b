"""What a reader sees when something goes wrong: the only place that knows HTTP's numbers."""

from __future__ import annotations

import structlog
from flask import Flask, g, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.datastructures import Headers
from werkzeug.exceptions import HTTPException

from graph import errors
from graph.errors import GofarError
from matching import nearest_organisations
from matching.coalitions import InfeasibleBrief, InvalidBrief
from matching.errors import LearningError, ModelMismatch, NotEnoughHistory
from reports.errors import (
    DeliveryError,
    InvalidReport,
    InvalidWords,
    ReportChanged,
    UnknownReport,
    UnknownSchedule,
)
from web.door import Door
from web.forms import InvalidQuery
from web.namesakes import namesakes

__all__ = ["STATUSES", "handle_errors", "status_of"]

_NEAREST = 8

# Each class of error, the nearest ancestor counting; a test fails on a class that isn't named.
STATUSES: dict[type[GofarError], int] = {
    errors.GofarError: 500,
    errors.InputError: 400,
    errors.InvalidRecord: 400,
    errors.UnknownTerm: 404,
    errors.UnknownOrganisation: 404,
    errors.UnreadableFile: 422,
    errors.UnsupportedFormat: 415,
    errors.LimitExceeded: 413,
    InvalidQuery: 400,
    InvalidBrief: 400,
    InfeasibleBrief: 400,
    InvalidReport: 400,
    InvalidWords: 400,
    UnknownReport: 404,
    UnknownSchedule: 404,
    ReportChanged: 409,
    DeliveryError: 503,
    errors.AccessDenied: 403,
    errors.Conflict: 409,
    errors.StaleVersion: 409,
    errors.DuplicateIdentifier: 409,
    LearningError: 422,
    ModelMismatch: 409,
    NotEnoughHistory: 422,
    errors.StoreError: 503,
    errors.StoreUnavailable: 503,
    errors.SchemaMismatch: 500,
    errors.StoreCorrupt: 500,
    errors.ConfigurationError: 500,
}

_TITLES = {
    400: "That request can’t be used",
    403: "You can’t see this page",
    404: "Page not found",
    405: "That can’t be done here",
    409: "Somebody else was there first",
    410: "This is no longer there",
    413: "That file is too large",
    415: "We don’t know this kind of file",
    422: "That file can’t be read",
    503: "The network can’t be reached just now",
}
_FALLBACK_TITLE = "Something went wrong"

_REMEDIES = {
    403: "Ask the coordinator of your network.",
    404: "Check the address, or start from one of the links at the top.",
    405: "Go back to the page before and use its buttons.",
    410: "An import may be there in part or as a whole: look under Past imports, then begin again.",
    413: "Files can be up to 200 MB. Split the file, or save it as CSV.",
    503: "Wait a minute, then load the page again. Nothing was lost.",
}
_FALLBACK_REMEDY = "Go back and try again. If it happens again, tell whoever runs gofar for you."

log = structlog.get_logger(__name__)

Answer = tuple[str, int]


def handle_errors(app: Flask) -> None:
    """Answer every error with a page that says what happened and what to do next."""
    app.register_error_handler(errors.UnknownOrganisation, _unknown_organisation)
    app.register_error_handler(GofarError, _expected)
    app.register_error_handler(CSRFError, _expired_form)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(Exception, _unexpected)


def status_of(error: GofarError) -> int:
    """Return the HTTP status for an error: that of its class, or of the nearest ancestor."""
    return next(STATUSES[known] for known in type(error).__mro__ if known in STATUSES)


def _expected(error: GofarError) -> Answer:
    status = status_of(error)
    if status >= 500:
        log.error("request failed", path=request.path, error=type(error).__name__, why=str(error))
    return _page(status, error.message, error.remedy)


def _unknown_organisation(error: errors.UnknownOrganisation) -> Answer:
    door: Door = g.door
    network = door.network()
    same = namesakes(error, door)
    nearest = (
        []
        if same
        else [
            (network.organisation_ids[row], network.names[row])
            for row in nearest_organisations(network, error.query, _NEAREST)
        ]
    )
    return render_template(
        "errors/unknown_organisation.html", query=error.query, nearest=nearest, same=same
    ), status_of(error)


def _expired_form(error: CSRFError) -> Answer:
    del error
    return _page(
        400,
        "For your safety a form can be sent only from a page that gofar showed you this session.",
        "Go back, load the page again and repeat what you did.",
    )


def _refused(error: HTTPException) -> tuple[str, int, Headers]:
    status = error.code or 500
    message = "" if status in _REMEDIES else str(error.description or "")
    # A 405 has to say which methods are allowed; only the body is ours.
    headers = Headers([pair for pair in error.get_headers() if pair[0] != "Content-Type"])
    return (*_page(status, message), headers)


def _unexpected(error: Exception) -> Answer:
    # The last door before the reader: the log gets everything, the page gets nothing of it.
    log.exception("request failed", path=request.path, exc_info=error)
    return _page(500, "")


def _page(status: int, message: str, remedy: str = "") -> Answer:
    return render_template(
        "errors/error.html",
        status=status,
        title=_TITLES.get(status, _FALLBACK_TITLE),
        message=message,
        remedy=remedy or _REMEDIES.get(status, _FALLBACK_REMEDY),
    ), status
