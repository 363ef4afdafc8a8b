"""About gofar: how suggestions are made, and whose work it stands on."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template

from matching import SIGNALS
from web.about.present import method
from web.security import public

__all__ = ["blueprint"]

blueprint = Blueprint("about", __name__, template_folder="templates")


@blueprint.get("/about")
@public
def index() -> str:
    """Show what gofar is, and the licences of what it is made of."""
    with current_app.open_resource("static/vendor/LICENCES.txt", "r", "utf-8") as file:
        licences = file.read()
    return render_template("about/index.html", licences=licences)


@blueprint.get("/about/suggestions")
@public
def suggestions() -> str:
    """Show how suggestions are made: every signal in its own words."""
    return render_template("about/suggestions.html", signals=[method(s) for s in SIGNALS])
