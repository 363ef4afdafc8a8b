"""For the whole network: a round of pairs, and the introductions that would do most."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from graph.access import Action
from graph.spreadsheets import csv_text
from matching.rounds import SMALL_INCOME
from web.meeting_words import DIALS, price_of_fairness
from web.rounds.forms import Count, Dial, Floor, IntroductionsQuery, Limit, RoundQuery
from web.rounds.present import effect_rows, exposure_rows, introduction_rows, pair_rows
from web.security import current_door, requires

__all__ = ["blueprint"]

blueprint = Blueprint("rounds", __name__, template_folder="templates")

_PAIRS_SHOWN = 100


@blueprint.get("/round")
@requires(Action.CURATE)
def index() -> str:
    """Show a round, how evenly it spreads attention, and what that costs."""
    door = current_door()
    query = RoundQuery.read(request.args)
    limits = [(limit.value, limit.value) for limit in Limit]
    floors = [(Floor.ONE.value, "Yes, one pair each"), (Floor.NONE.value, "No")]
    fields = {"query": query, "limits": limits, "floors": floors, "small_income": SMALL_INCOME}
    if door.meetings.is_too_large:
        return render_template("rounds/index.html", found=None, **fields)
    found = door.meetings.round(limit=int(query.limit), floor=int(query.floor))
    return render_template(
        "rounds/index.html",
        found=found,
        rows=pair_rows(found.pairs[:_PAIRS_SHOWN], door.name_of),
        exposure=exposure_rows(found),
        price=price_of_fairness(found),
        left_out=[(key, door.name_of(key)) for key in found.left_out],
        **fields,
    )


@blueprint.get("/round.csv")
@requires(Action.CURATE)
def pairs_csv() -> Response:
    """Send all pairs of a round as a table."""
    door = current_door()
    query = RoundQuery.read(request.args)
    found = door.meetings.round(limit=int(query.limit), floor=int(query.floor))
    text = csv_text(
        ("first_id", "first", "second_id", "second", "score"),
        (
            (*row.first, *row.second, f"{row.score:.6f}")
            for row in pair_rows(found.pairs, door.name_of)
        ),
    )
    response = Response(text.encode("utf-8"), mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename="round.csv")
    return response


@blueprint.get("/introductions")
@requires(Action.CURATE)
def introductions() -> str:
    """Show the introductions that would do most, and what they would change."""
    door = current_door()
    query = IntroductionsQuery.read(request.args)
    fields = {
        "query": query,
        "counts": [(count.value, count.value) for count in Count],
        "dials": [(dial.value, DIALS[dial.value]) for dial in Dial],
    }
    if door.meetings.is_too_large:
        return render_template("rounds/introductions.html", found=None, **fields)
    found = door.meetings.introductions(count=int(query.count), bridge=query.dial.bridge)
    return render_template(
        "rounds/introductions.html",
        found=found,
        rows=introduction_rows(found.introductions, door.meetings.effects(found), door.name_of),
        effect=effect_rows(found.effect),
        **fields,
    )
