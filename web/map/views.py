"""The map: groups by place and theme first, then a group, then one organisation's neighbourhood."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from graph.access import Action, can
from matching.groups import group_map, group_members
from matching.inferred_ties import inferred_ties
from matching.neighbourhood import neighbourhood
from web.map.forms import GroupQuery, MapQuery, NeighbourhoodQuery, Show, given_id
from web.map.present import (
    choices,
    common_rows,
    group_address,
    group_links,
    group_page,
    organisation_address,
    tie_rows,
)
from web.security import current_door, requires
from web.svg.groups import LINKS_DRAWN, draw_groups
from web.svg.neighbourhood import draw_neighbourhood

__all__ = ["blueprint"]

blueprint = Blueprint("map", __name__, template_folder="templates")

_GROUPS = {Show.LARGEST: 60, Show.ALL: 500}
_IN_COMMON = 25
_NEIGHBOURS = {Show.LARGEST: 120, Show.ALL: 500}


@blueprint.get("/map")
@requires(Action.SEE_NETWORK)
def index() -> str:
    """Show the network in groups: a picture, and the same figures in tables."""
    query = MapQuery.read(request.args)
    found = group_map(
        current_door().network(),
        place_id=given_id(query.place),
        theme_id=given_id(query.theme),
        limit=_GROUPS[query.show],
    )
    return render_template(
        "map/index.html",
        query=query,
        found=found,
        places=choices(found.places),
        themes=choices(found.themes),
        links=group_links(found),
        links_drawn=min(LINKS_DRAWN, len(found.ties)),
        group_address=group_address,
        drawing=draw_groups(found, group_address),
    )


@blueprint.get("/map/group")
@requires(Action.SEE_NETWORK)
def group() -> str:
    """Show the organisations of one group as a list."""
    query = GroupQuery.read(request.args)
    network = current_door().network()
    members = group_members(network, given_id(query.place) or "", given_id(query.theme) or "")
    return render_template("map/group.html", shown=group_page(network, query, members))


@blueprint.get("/map/neighbourhood")
@requires(Action.SEE_NETWORK)
def neighbours() -> ResponseReturnValue:
    """Show whom an organisation works with: a picture, and the same ties in tables."""
    door = current_door()
    query = NeighbourhoodQuery.read(request.args)
    if not query.organisation:
        return redirect(url_for("map.index"))
    organisation_id = door.find(query.organisation)
    around = neighbourhood(
        door.network(), organisation_id, steps=query.steps, limit=_NEIGHBOURS[query.show]
    )
    common = common_rows(inferred_ties(door.network(), organisation_id), door)
    return render_template(
        "map/neighbourhood.html",
        query=query,
        organisation_id=organisation_id,
        around=around,
        ties=tie_rows(around, door),
        common=common[:_IN_COMMON],
        common_total=len(common),
        drawing=draw_neighbourhood(around, organisation_address),
        may_export=can(door.viewer, Action.EXPORT),
    )
