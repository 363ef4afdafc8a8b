"""What would be: if an organisation closed, or if something came or went. Nothing is stored."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from graph.access import Action, can
from graph.errors import InputError
from graph.model import Organisation
from matching.gaps.rehearsal import ImaginedSteps
from reports.rehearsal_words import (
    NOTHING_STORED,
    RANKED_BY,
    STEP_WORDS,
    closing_rows,
    no_ranking,
    what_if_rows,
)
from web.rehearsal.desk import RehearsalDesk
from web.rehearsal.forms import ClosingQuery, WhatIfQuery
from web.rehearsal.present import (
    cost_rows,
    losses,
    points,
    project_points,
    sentences,
    suggestions,
    what_if_lists,
)
from web.security import current_door, requires

__all__ = ["blueprint"]

blueprint = Blueprint("rehearsal", __name__, template_folder="templates")


@blueprint.get("/single-points")
@requires(Action.SEE_NETWORK)
def single() -> str:
    """Show what hangs on one organisation, and to planners whose closing would cost most."""
    door = current_door()
    desk = RehearsalDesk(door)
    found = desk.points()
    may_plan = can(door.viewer, Action.PLAN)
    return render_template(
        "rehearsal/single.html",
        found=found,
        skills=points(found, door.name_of),
        projects=project_points(found, door.name_of),
        costs=cost_rows(desk.costs(), door.name_of) if may_plan else [],
        may_plan=may_plan,
        ranked_by=RANKED_BY,
        no_ranking=no_ranking(desk.coverage()),
    )


@blueprint.get("/if-closed")
@requires(Action.SEE_SUGGESTIONS)
def closing() -> str:
    """Show what the network would lose if one organisation closed."""
    door = current_door()
    one = door.find(ClosingQuery.read(request.args).organisation)
    found = RehearsalDesk(door).closing(one)
    return render_template(
        "rehearsal/closing.html",
        one=(one, door.name_of(one)),
        closure=door.closure(door.node(Organisation, one)),
        rows=closing_rows(found),
        losses=losses(found, door.name_of),
        nothing_stored=NOTHING_STORED,
        may_plan=can(door.viewer, Action.PLAN),
    )


@blueprint.get("/what-if")
@requires(Action.PLAN)
def what_if() -> ResponseReturnValue:
    """Show the form, and what would change by what it says."""
    door = current_door()
    desk = RehearsalDesk(door)
    query = WhatIfQuery.read(request.args)
    network = door.network()
    fields = {
        "query": query,
        "rows": query.rows(),
        "kinds": [(kind.value, words[0]) for kind, words in STEP_WORDS.items()],
        "skills": sorted({network.name_of(key) for key in network.thing_ids("skill")}),
        "nothing_stored": NOTHING_STORED,
    }
    if desk.is_too_large:
        return render_template("rehearsal/what_if.html", found=None, too_large=True, **fields)
    steps = desk.steps()
    faults = _taken(steps, query)
    if faults:
        fields["faults"] = faults
        return render_template("rehearsal/what_if.html", found=None, **fields), 400
    if not steps.said:
        return render_template("rehearsal/what_if.html", found=None, **fields)
    try:
        found = desk.what_if(steps)
    except InputError as error:
        fields["faults"] = {1: str(error)}
        return render_template("rehearsal/what_if.html", found=None, **fields), 400
    return render_template(
        "rehearsal/what_if.html",
        found=found,
        said=sentences(steps),
        figures=what_if_rows(found),
        lists=what_if_lists(found, steps),
        suggestions=suggestions(found, steps),
        **fields,
    )


def _taken(steps: ImaginedSteps, query: WhatIfQuery) -> dict[int, str]:
    """Take the lines that say anything; return what is wrong, by the number of the line."""
    faults = {}
    for row, kind, who, other in query.rows():
        if kind is None and not who and not other:
            continue
        if kind is None:
            faults[row] = "Choose what changes."
            continue
        try:
            steps.add(kind, who, other)
        except InputError as error:
            faults[row] = str(error)
    return faults
