"""The coordinator's start: one question, how much is known, and what to do next."""

from __future__ import annotations

from flask import Blueprint, render_template

from graph.access import Action, can
from web.home.present import next_steps
from web.security import current_door, requires
from web.upkeep.tasks import waiting_counts

__all__ = ["blueprint"]

blueprint = Blueprint("home", __name__, template_folder="templates")


@blueprint.get("/")
@requires(Action.SEE_NETWORK)
def start() -> str:
    """Show the start page."""
    door = current_door()
    counts = door.counts()
    waits = waiting_counts(door.desk.waiting()) if door.may_answer() else []
    return render_template(
        "home/start.html",
        counts=counts,
        steps=next_steps(counts, waits),
        can_import=can(door.viewer, Action.IMPORT),
    )
