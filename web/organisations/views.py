"""Organisations: the list with search and filters, and the page of one of them."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, render_template, request, url_for

from graph.access import Action, can
from web.organisations.forms import ListQuery, NamesQuery, ShowQuery
from web.organisations.present import STANDINGS, page_links, profile_page
from web.partners.present import doubt_of
from web.security import current_door, requires
from web.upkeep.said import said

__all__ = ["blueprint"]

blueprint = Blueprint("organisations", __name__, template_folder="templates")

_TOP = 3
_NAMES_OFFERED = 10


@blueprint.get("/organisations")
@requires(Action.SEE_NETWORK)
def index() -> str:
    """Show a page of the organisations that fit the query."""
    door = current_door()
    query = ListQuery.read(request.args)
    question = query.question()
    listing = door.organisations(question, query.page)
    return render_template(
        "organisations/index.html",
        query=query,
        listing=listing,
        filters=question.filter_count,
        narrowed=question.filter_count > bool(question.text) or "order" in request.args,
        standings=STANDINGS,
        choices={
            name: [(choice.id, choice.name) for choice in found]
            for name, found in door.choices().items()
        },
        entries=door.entries(listing),
        links=page_links(query, listing),
    )


@blueprint.get("/organisation")
@requires(Action.SEE_NETWORK)
def show() -> str:
    """Show what is known of one organisation, and the first suggestions for it."""
    door = current_door()
    query = ShowQuery.read(request.args)
    profile = door.organisation(query.id)
    may_match = can(door.viewer, Action.SEE_SUGGESTIONS, query.id)
    suggestions = door.suggestions(query.id, k=_TOP) if may_match else ()
    return render_template(
        "organisations/show.html",
        page=profile_page(profile, door, show_all=query.show == "all"),
        closure=door.closure(profile.organisation),
        said=said(door, query.done, query.rest),
        may_answer=door.may_answer(),
        proposals=door.desk.proposals(query.id) if door.may_answer() else (),
        merged=door.identity.merges_into(query.id) if door.may_answer() else [],
        suggestions=[(each, doubt_of(each.reasons[0], door)) for each in suggestions],
        may_match=may_match,
        map_href=url_for("map.neighbours", organisation=query.id),
    )


@blueprint.get("/organisations/names")
@requires(Action.SEE_NETWORK)
def names() -> Response:
    """Return the names that come nearest to what somebody has typed, for a list of proposals."""
    door = current_door()
    text = NamesQuery.read(request.args).text
    near = door.nearest(text, _NAMES_OFFERED) if text else ()
    return jsonify(names=[door.name_of(organisation_id) for organisation_id in near])
