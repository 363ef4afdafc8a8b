"""Goals: what there is, who has signed, and the forms to say so."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from graph.access import Action
from graph.errors import UnknownOrganisation
from graph.model import Goal
from web.board.forms import GoalForm, ItemQuery, SaidQuery, SignForm, WithdrawForm
from web.door import Door
from web.entering import Entry
from web.security import current_door, requires
from web.upkeep.said import said

__all__ = ["blueprint"]

blueprint = Blueprint("goals", __name__, template_folder="templates")

_GOAL_FIELDS = {"name": "name", "description": "description", "due_on": "due_on"}
_SIGN_FIELDS = {"role": "role", "signed_on": "signed_on"}


@blueprint.get("/goals")
@requires(Action.SEE_NETWORK)
def index() -> ResponseReturnValue:
    """List the goals."""
    query = SaidQuery.read(request.args)
    return _index(current_door(), GoalForm(), Entry(), query.done)


@blueprint.get("/goals/goal")
@requires(Action.SEE_NETWORK)
def show() -> ResponseReturnValue:
    """Show one goal with its signatures."""
    query = ItemQuery.read(request.args)
    door = current_door()
    goal = _goal(door, query.id)
    return _show(door, goal, _form_of(goal), SignForm(goal=goal.id), Entry(), query.done)


@blueprint.post("/goals/save")
@requires(Action.CURATE)
def save() -> ResponseReturnValue:
    """Add a goal, or change one."""
    form = GoalForm.read(request.form)
    door = current_door()
    goal = _goal(door, form.id) if form.id else None
    entry = Entry()
    name = entry.text("name", form.name, "Write what is to change.")
    due_on = entry.day("due_on", form.due_on, is_needed=False)
    done = entry.written(
        lambda: door.together.put_goal(
            name, goal_id=form.id, description=form.description, due_on=due_on
        ),
        _GOAL_FIELDS,
        otherwise="name",
    )
    if done is None:
        if goal is None:
            return _index(door, form, entry), 400
        return _show(door, goal, form, SignForm(goal=goal.id), entry), 400
    said_id = done.import_id or "nothing"
    if goal is None:
        return redirect(url_for("goals.index", done=said_id), 303)
    return redirect(url_for("goals.show", id=goal.id, done=said_id), 303)


@blueprint.post("/goals/sign")
@requires(Action.CURATE)
def sign() -> ResponseReturnValue:
    """Say that an organisation has signed a goal, or correct what was said."""
    form = SignForm.read(request.form)
    door = current_door()
    goal = _goal(door, form.goal)
    entry = Entry()
    organisation_id = entry.organisation("organisation", form.organisation, door)
    on = entry.day("signed_on", form.signed_on, is_needed=False)
    done = entry.written(
        lambda: door.together.sign(organisation_id, goal.id, role=form.role, on=on),
        _SIGN_FIELDS,
        otherwise="organisation",
    )
    if done is None:
        return _show(door, goal, _form_of(goal), form, entry), 400
    return redirect(url_for("goals.show", id=goal.id, done=done.import_id or "nothing"), 303)


@blueprint.post("/goals/withdraw")
@requires(Action.CURATE)
def withdraw() -> ResponseReturnValue:
    """Take an organisation's name off a goal."""
    form = WithdrawForm.read(request.form)
    door = current_door()
    goal = _goal(door, form.goal)
    try:
        door.network().index_of(form.organisation)
    except UnknownOrganisation:
        abort(404)
    done = door.together.withdraw(form.organisation, goal.id)
    return redirect(url_for("goals.show", id=goal.id, done=done.import_id or "nothing"), 303)


def _goal(door: Door, goal_id: str) -> Goal:
    found = door.node(Goal, goal_id)
    if found is None:
        abort(404)
    return found


def _form_of(goal: Goal) -> GoalForm:
    return GoalForm(
        id=goal.id,
        name=goal.name,
        description=goal.description,
        due_on=goal.due_on.isoformat() if goal.due_on else "",
    )


def _index(door: Door, form: GoalForm, entry: Entry, done: str = "") -> str:
    support = {goal.goal_id: goal for goal in door.together.conditions().agenda.goals}
    return render_template(
        "board/goals.html",
        goals=[(goal, support[goal.id]) for goal in door.together.goals()],
        form=form,
        entry=entry,
        said=said(door, done),
        may_answer=door.may_answer(),
    )


def _show(
    door: Door, goal: Goal, form: GoalForm, signing: SignForm, entry: Entry, done: str = ""
) -> str:
    support = next(
        each for each in door.together.conditions().agenda.goals if each.goal_id == goal.id
    )
    named = sorted(
        ((door.name_of(tie.from_id), tie) for tie in door.together.signatures(goal.id)),
        key=lambda pair: (pair[0].casefold(), pair[1].id),
    )
    return render_template(
        "board/goal.html",
        goal=goal,
        signatures=named,
        advancing=[(key, door.name_of(key)) for key in support.advanced_by],
        form=form,
        signing=signing,
        entry=entry,
        said=said(door, done),
        may_answer=door.may_answer(),
    )
