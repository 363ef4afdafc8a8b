"""Gaps: skills that are needed, and offered by nobody or by one organisation only."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from graph.access import Action, can
from web.gaps.forms import GapQuery, Providers
from web.gaps.present import chosen, rows
from web.security import current_door, requires

__all__ = ["blueprint"]

blueprint = Blueprint("gaps", __name__, template_folder="templates")


@blueprint.get("/gaps")
@requires(Action.SEE_NETWORK)
def index() -> str:
    """Show the gaps, as many as the query picks."""
    door = current_door()
    query = GapQuery.read(request.args)
    gaps = door.gaps()
    local_ids = door.organisations_in(query.place) if query.place else None
    picked = chosen(gaps, query, local_ids)
    return render_template(
        "gaps/index.html",
        query=query,
        providers=Providers,
        places=[(choice.id, choice.name) for choice in door.choices()["place"]],
        rows=rows(picked, door.name_of),
        total=len(gaps),
        has_needs=door.has_needs(),
        can_import=can(door.viewer, Action.IMPORT),
        filters=sum(map(bool, (query.skill, query.providers, query.place))),
        base=gaps[0] if gaps else None,
    )
