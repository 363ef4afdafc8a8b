"""Who looks, what the browser may do, and which requests are refused before any page runs."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar, cast
from urllib.parse import urlsplit

from flask import Flask, Response, abort, g, request

from graph.access import Action, require
from matching.view import TODAY
from web.door import Door
from web.view import keep_view, read_view
from web.workspace import Workspace

__all__ = [
    "CONTENT_SECURITY_POLICY",
    "LARGEST_UPLOAD",
    "current_door",
    "public",
    "requires",
    "secure",
]

P = ParamSpec("P")
R = TypeVar("R")

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    )
)

LARGEST_UPLOAD = 200 * 1024 * 1024
_OF_ANY_DAY = frozenset({Action.SEE_NETWORK, Action.SEE_SUGGESTIONS, Action.PLAN, Action.EXPORT})
_LARGEST_FORM = 512 * 1024
_MOST_FORM_PARTS = 200
_LOCAL_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})
_A_WORKING_DAY = 8 * 60 * 60

_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def secure(app: Flask, workspace: Workspace) -> None:
    """Set limits, headers and the viewer of each request."""
    app.config.update(
        SECRET_KEY=workspace.secret_key,
        SESSION_COOKIE_NAME="gofar",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=_A_WORKING_DAY,
        MAX_CONTENT_LENGTH=LARGEST_UPLOAD,
        MAX_FORM_MEMORY_SIZE=_LARGEST_FORM,
        MAX_FORM_PARTS=_MOST_FORM_PARTS,
    )
    keep_view(app)
    hosts = _LOCAL_HOSTS | {host.casefold() for host in workspace.trusted_hosts}

    # First of all hooks. Flask's TRUSTED_HOSTS can't name an IPv6 address such as [::1].
    @app.before_request
    def refuse_strange_host() -> None:
        if _host_name(request.host) not in hosts:
            abort(400, "This address is not one that gofar answers to.")

    # The one place where a viewer comes from: accounts will change this line and no other.
    @app.before_request
    def meet_viewer() -> None:
        g.viewer = workspace.viewer
        # First without a view: a page must be had that says what is wrong with the address.
        g.door = Door(g.viewer, workspace)
        if request.method in {"GET", "HEAD"} and request.endpoint != "static":
            g.view = read_view(g.door.today())
            g.door = Door(g.viewer, workspace, g.view)

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if request.endpoint != "static":
            response.headers["Cache-Control"] = "no-store"
        return response


def current_door() -> Door:
    """Return the door of this request, through which every read and write of a page goes."""
    return cast("Door", g.door)


def requires(action: Action) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declare what a viewer must be allowed for a page, and refuse everybody else.

    Every view declares this or :func:`public`; a test fails on one that doesn't.
    """

    def declare(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def checked(*args: P.args, **kwargs: P.kwargs) -> R:
            require(g.viewer, action)
            if action not in _OF_ANY_DAY:
                # What changes the network begins from how it is now.
                g.view, g.door = TODAY, g.door.of_today()
            return view(*args, **kwargs)

        checked.required_action = action  # type: ignore[attr-defined]
        return checked

    return declare


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Declare that a page says nothing about the network, so that anybody may see it."""
    view.required_action = None  # type: ignore[attr-defined]
    return view


def _host_name(host: str) -> str:
    try:
        return (urlsplit(f"//{host}").hostname or "").casefold()
    except ValueError:
        return ""
