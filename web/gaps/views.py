"""Gaps: what is needed, and offered by nobody, by one organisation only, or out of reach."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from graph.access import Action, can
from graph.spreadsheets import csv_text
from web.gap_words import whole_sentence
from web.gaps.forms import GapQuery, Providers, Split
from web.gaps.present import FILE_COLUMNS, MOST_NAMED, chosen, file_rows, rows
from web.security import current_door, requires

__all__ = ["blueprint"]

blueprint = Blueprint("gaps", __name__, template_folder="templates")

_SHOWN = 50
_SPLITS = {
    Split.SKILL: "Skill",
    Split.SKILL_PLACE: "Skill and place",
    Split.SKILL_THEME: "Skill and theme",
    Split.SKILL_COMMUNITY: "Skill and community",
    Split.PLACE: "Place",
    Split.THEME: "Theme",
    Split.COMMUNITY: "Community",
}
_PROVIDERS = {
    Providers.NONE: "Nobody",
    Providers.ONE: "One organisation only",
    Providers.FAR: "Several, out of reach for some",
}


@blueprint.get("/gaps")
@requires(Action.SEE_NETWORK)
def index() -> str:
    """Show the gaps, as many as the query picks."""
    door = current_door()
    query = GapQuery.read(request.args)
    found = door.gap_desk.gaps(query.by.dimensions, query.scope)
    picked = chosen(found.gaps, query)
    # Whom to bring together is the business of those who do that, as everywhere else.
    fillers_of = door.gap_desk.fillers if can(door.viewer, Action.PLAN) else None
    choices = door.choices()
    return render_template(
        "gaps/index.html",
        query=query,
        splits=[(split.value, text) for split, text in _SPLITS.items()],
        split_name=_SPLITS[query.by],
        providers=[(each.value, text) for each, text in _PROVIDERS.items()],
        choices={
            kind: [(choice.id, choice.name) for choice in choices[kind]]
            for kind in ("place", "theme", "community")
        },
        rows=rows(picked[:_SHOWN], door.name_of, fillers_of),
        found=found,
        picked=len(picked),
        most_named=MOST_NAMED,
        whole=whole_sentence(found),
        has_needs=door.gap_desk.has_needs(),
        can_import=can(door.viewer, Action.IMPORT),
        can_export=can(door.viewer, Action.EXPORT),
    )


@blueprint.get("/gaps.csv")
@requires(Action.EXPORT)
def facts_csv() -> Response:
    """Send the needs and offers behind all gaps that the query picks, a line each."""
    door = current_door()
    query = GapQuery.read(request.args)
    picked = chosen(door.gap_desk.gaps(query.by.dimensions, query.scope).gaps, query)
    text = csv_text(FILE_COLUMNS, file_rows(picked, door.facts, door.name_of))
    response = Response(text.encode("utf-8"), mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename="gaps.csv")
    return response
