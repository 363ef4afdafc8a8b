"""Measures: their values over time, and the forms to report and correct them."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from graph.access import Action
from graph.model import Measure, Measurement
from matching.gaps.conditions import MeasureValues
from web.board.forms import ItemQuery, MeasureForm, RemoveForm, SaidQuery, ValueForm
from web.door import Door
from web.entering import Entry
from web.security import current_door, requires
from web.svg.values import draw_values
from web.upkeep.said import said

__all__ = ["blueprint"]

blueprint = Blueprint("measures", __name__, template_folder="templates")

_MEASURE_FIELDS = {"name": "name", "unit": "unit", "description": "description"}
_VALUE_FIELDS = {"measured_on": "measured_on", "value": "value", "note": "note"}
_SHOWN = 200


@blueprint.get("/measures")
@requires(Action.SEE_NETWORK)
def index() -> ResponseReturnValue:
    """List the measures."""
    query = SaidQuery.read(request.args)
    return _index(current_door(), MeasureForm(), Entry(), query.done)


@blueprint.get("/measures/measure")
@requires(Action.SEE_NETWORK)
def show() -> ResponseReturnValue:
    """Show one measure with its values."""
    query = ItemQuery.read(request.args)
    door = current_door()
    measure = _measure(door, query.id)
    value = ValueForm(measure=measure.id)
    return _show(door, measure, _form_of(measure), value, Entry(), query.done)


@blueprint.post("/measures/save")
@requires(Action.CURATE)
def save() -> ResponseReturnValue:
    """Add a measure, or change one."""
    form = MeasureForm.read(request.form)
    door = current_door()
    measure = _measure(door, form.id) if form.id else None
    entry = Entry()
    name = entry.text("name", form.name, "Write what is counted.")
    if form.goal and form.goal not in {goal.id for goal in door.together.goals()}:
        entry.faults["goal"] = "Choose a goal of the list."
    done = entry.written(
        lambda: door.together.put_measure(
            name,
            measure_id=form.id,
            unit=form.unit,
            description=form.description,
            goal_id=form.goal,
        ),
        _MEASURE_FIELDS,
        otherwise="name",
    )
    if done is None:
        if measure is None:
            return _index(door, form, entry), 400
        return _show(door, measure, form, ValueForm(measure=measure.id), entry), 400
    said_id = done.import_id or "nothing"
    if measure is None:
        return redirect(url_for("measures.index", done=said_id), 303)
    return redirect(url_for("measures.show", id=measure.id, done=said_id), 303)


@blueprint.post("/measures/value")
@requires(Action.CURATE)
def value() -> ResponseReturnValue:
    """Report a value, or correct the one of the same day."""
    form = ValueForm.read(request.form)
    door = current_door()
    measure = _measure(door, form.measure)
    entry = Entry()
    reporter_id = entry.found(
        "reporter", form.reporter, lambda: door.together.reporter_named(form.reporter), door
    )
    on = entry.day("measured_on", form.measured_on)
    counted = entry.number("value", form.value)
    done = entry.written(
        lambda: door.together.report_value(
            reporter_id, measure.id, on or door.today(), counted, note=form.note
        ),
        _VALUE_FIELDS,
        otherwise="reporter",
    )
    if done is None:
        return _show(door, measure, _form_of(measure), form, entry), 400
    return redirect(url_for("measures.show", id=measure.id, done=done.import_id or "nothing"), 303)


@blueprint.post("/measures/remove")
@requires(Action.CURATE)
def remove() -> ResponseReturnValue:
    """Take out a value that was reported by mistake."""
    form = RemoveForm.read(request.form)
    door = current_door()
    measure = _measure(door, form.measure)
    if not door.together.has(Measurement, form.id):
        abort(404)
    done = door.together.remove_value(form.id)
    return redirect(url_for("measures.show", id=measure.id, done=done.import_id or "nothing"), 303)


def _measure(door: Door, measure_id: str) -> Measure:
    found = door.node(Measure, measure_id)
    if found is None:
        abort(404)
    return found


def _form_of(measure: Measure) -> MeasureForm:
    return MeasureForm(
        id=measure.id, name=measure.name, unit=measure.unit, description=measure.description
    )


def _drawing(measure: Measure, found: MeasureValues | None) -> str:
    if found is None or not found.days:
        return ""
    means = [(each.on, each.mean) for each in found.days[-_SHOWN:]]
    return draw_values(means, key="values", title=f"Mean of {measure.name} by day")


def _goal_choices(door: Door) -> list[tuple[str, str]]:
    return [(goal.id, goal.name) for goal in door.together.goals()]


def _index(door: Door, form: MeasureForm, entry: Entry, done: str = "") -> str:
    found = {each.measure_id: each for each in door.together.conditions().measurement.measures}
    return render_template(
        "board/measures.html",
        measures=[(each, found[each.id]) for each in door.together.measures()],
        goals=_goal_choices(door),
        form=form,
        entry=entry,
        said=said(door, done),
        may_answer=door.may_answer(),
    )


def _show(
    door: Door,
    measure: Measure,
    form: MeasureForm,
    reporting: ValueForm,
    entry: Entry,
    done: str = "",
) -> str:
    found = door.together.values(measure.id)
    values = found.values[::-1] if found else ()
    return render_template(
        "board/measure.html",
        measure=measure,
        found=found,
        drawing=_drawing(measure, found),
        days=found.days[::-1][:_SHOWN] if found else (),
        values=[(door.name_of(each.reporter_id), each) for each in values[:_SHOWN]],
        value_count=len(values),
        notes=door.together.notes(measure.id),
        serves=door.together.serves(measure.id),
        goals=_goal_choices(door),
        form=form,
        reporting=reporting,
        entry=entry,
        said=said(door, done),
        may_answer=door.may_answer(),
    )
