"""About gofar: how suggestions are made, and whose work it stands on."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template

from matching import SIGNALS
from matching.evaluation import BASELINES, METRICS
from web.about.present import described, method, published
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


@blueprint.get("/about/backtest")
@public
def backtest() -> str:
    """Show how good suggestions were when they were measured, losses included."""
    with current_app.open_resource("about/backtest.json") as file:
        found = published(file.read())
    return render_template(
        "about/backtest.html",
        tables=found,
        metrics=METRICS,
        baselines=[(baseline.label, described(baseline)) for baseline in BASELINES],
    )
