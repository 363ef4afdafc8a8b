"""Find partners: type a name, read who would suit and why."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from graph.access import Action
from graph.errors import UnknownOrganisation
from web.errors import status_of
from web.meeting_words import no_route
from web.namesakes import namesakes
from web.partners.forms import PairQuery, Partners, PartnersQuery, Top
from web.partners.present import cards, changes, route_cards
from web.partners.wording import PRIOR, rank_before
from web.security import current_door, requires
from web.wording import MISSING

__all__ = ["blueprint"]

blueprint = Blueprint("partners", __name__, template_folder="templates")

_NEAREST = 8


@blueprint.get("/partners")
@requires(Action.SEE_SUGGESTIONS)
def find() -> ResponseReturnValue:
    """Show suggestions for an organisation, names that come near it, or the empty form."""
    door = current_door()
    query = PartnersQuery.read(request.args)
    if not query.organisation:
        return render_template("partners/search.html", query=query, near=[], same=())
    try:
        organisation_id = door.find(query.organisation)
    except UnknownOrganisation as error:
        same = namesakes(error, door)
        near = [
            (key, door.name_of(key))
            for key in (() if same else door.nearest(query.organisation, _NEAREST))
        ]
        page = render_template("partners/search.html", query=query, near=near, same=same)
        return page, status_of(error)
    suggestions = door.suggestions(
        organisation_id, k=int(query.top), include_partners=query.partners is Partners.INCLUDE
    )
    missing = door.missing(organisation_id)
    return render_template(
        "partners/suggestions.html",
        query=query,
        tops=[(top.value, top.value) for top in Top],
        organisation_id=organisation_id,
        name=door.name_of(organisation_id),
        is_closed=missing.is_closed,
        helpful=[MISSING[kind] for kind in missing.kinds],
        cards=cards(suggestions, door),
        prior=PRIOR,
    )


@blueprint.get("/partners/stronger")
@requires(Action.SEE_SUGGESTIONS)
def stronger() -> ResponseReturnValue:
    """Show what would make one match stronger, by how much and to which place."""
    door = current_door()
    query = PairQuery.read(request.args)
    organisation_id, partner_id = door.find(query.organisation), door.find(query.partner)
    found = door.stronger(organisation_id, partner_id)
    return render_template(
        "partners/stronger.html",
        organisation_id=organisation_id,
        name=door.name_of(organisation_id),
        partner_name=door.name_of(partner_id),
        place=rank_before(found[0].rank_before) if found else "",
        changes=changes(found, organisation_id),
        prior=PRIOR,
    )


@blueprint.get("/partners/routes")
@requires(Action.SEE_SUGGESTIONS)
def routes() -> str:
    """Show who could introduce an organisation to a suggested partner."""
    door = current_door()
    query = PairQuery.read(request.args)
    start, end = door.find(query.organisation), door.find(query.partner)
    found = door.routes(start, end)
    return render_template(
        "partners/routes.html",
        start=(start, door.name_of(start)),
        end=(end, door.name_of(end)),
        routes=route_cards(found, door),
        is_willingness_known=found.is_willingness_known,
        why_none=no_route(found),
    )
