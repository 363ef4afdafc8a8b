"""How people see the network: server-rendered pages that work without JavaScript."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.utils import import_string

from web.errors import handle_errors
from web.ext import csrf
from web.security import secure
from web.site import dress

if TYPE_CHECKING:
    from web.workspace import Workspace

__all__ = ["BLUEPRINTS", "create_app"]

# The pages, one line a folder.
BLUEPRINTS: tuple[str, ...] = (
    "web.home.views:blueprint",
    "web.organisations.views:blueprint",
    "web.partners.views:blueprint",
    "web.coalitions.views:blueprint",
    "web.map.views:blueprint",
    "web.exports.views:blueprint",
    "web.exports.network:blueprint",
    "web.gaps.views:blueprint",
    "web.rehearsal.views:blueprint",
    "web.structure.views:blueprint",
    "web.rounds.views:blueprint",
    "web.board.views:blueprint",
    "web.board.goals:blueprint",
    "web.board.measures:blueprint",
    "web.board.contacts:blueprint",
    "web.imports.views:blueprint",
    "web.reports.views:blueprint",
    "web.reports.planning:blueprint",
    "web.upkeep.views:blueprint",
    "web.duplicates.views:blueprint",
    "web.health.views:blueprint",
    "web.about.views:blueprint",
)


def create_app(workspace: Workspace) -> Flask:
    """Make the app for one workspace; it opens, reads and decides nothing by itself."""
    app = Flask(__name__)
    secure(app, workspace)
    csrf.init_app(app)
    handle_errors(app)
    dress(app)
    for path in BLUEPRINTS:
        app.register_blueprint(import_string(path))
    return app
