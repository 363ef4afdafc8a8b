"""Measures, and the values that organisations and projects report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from graph.contract import GraphStore
from graph.errors import InputError
from graph.model import Advances, Goal, Measure, Measurement, Visibility
from seeds.board.finding import named, node_of, refuse_future, reporter_of
from seeds.board.telling import tell_node
from seeds.upkeep.writing import Done, Draft, told_anew, told_by, write

__all__ = ["put_measure", "remove_value", "report_value"]


def put_measure(
    store: GraphStore,
    name: str,
    actor: str,
    today: date,
    *,
    measure_id: str = "",
    unit: str = "",
    description: str = "",
    goal_id: str = "",
) -> Done:
    """Add a measure, or change the one with ``measure_id``; tie it to a goal if one is given.

    Raises InputError for an unknown measure or goal, and InvalidRecord for a name that another has.
    """

    def plan(draft: Draft) -> None:
        known = node_of(store, Measure, measure_id) if measure_id else None
        goal = node_of(store, Goal, goal_id) if goal_id else None
        told = told_anew(actor, today, Visibility.MEMBERS)
        measure = Measure(
            id=named(store, Measure, name, but=measure_id),
            name=name,
            unit=unit,
            description=description,
            provenance=told,
        )
        tell_node(draft, measure, known, actor, today)
        if goal is not None:
            serves = Advances(from_id=measure.id, to_id=goal.id, provenance=told)
            if store.record(Advances, serves.id) is None:
                draft.put(serves)
                draft.changed = 1
        draft.what = f"{'Added' if known is None else 'Changed'} the measure {name}"

    return write(store, actor, today, plan)


def report_value(
    store: GraphStore,
    reporter_id: str,
    measure_id: str,
    on: date,
    value: float,
    actor: str,
    today: date,
    *,
    note: str = "",
) -> Done:
    """Say what an organisation or project counted for a day; said again, it is corrected.

    ``on`` is the last day of the time that the value speaks of. Raises UnknownOrganisation,
    InputError for an unknown measure, and InvalidRecord for a day to come or a value that is no
    finite number.
    """

    def plan(draft: Draft) -> None:
        refuse_future(Measurement.kind, "measured_on", on, today)
        who, measure = reporter_of(store, reporter_id), node_of(store, Measure, measure_id)
        made = Measurement(
            from_id=reporter_id,
            to_id=measure_id,
            measured_on=on,
            value=value,
            note=note,
            provenance=told_anew(actor, today, Visibility.MEMBERS),
        )
        known = store.record(Measurement, made.id)
        if known is not None:
            if (known.value, known.note) == (value, note):
                return
            made = replace(made, provenance=told_by(actor, "told", known.provenance, today))
        draft.put(made)
        draft.changed = 1
        verb = "reported" if known is None else "corrected"
        draft.what = f"{who.name} {verb} {value:,g} for {measure.name} on {on.isoformat()}"

    return write(store, actor, today, plan)


def remove_value(store: GraphStore, value_id: str, actor: str, today: date) -> Done:
    """Take out a value that was reported by mistake; raises InputError for an unknown one."""

    def plan(draft: Draft) -> None:
        known = store.record(Measurement, value_id)
        if known is None:
            raise InputError(
                f"There is no value {value_id!r}.", remedy="Somebody may have taken it out already."
            )
        measure = node_of(store, Measure, known.to_id)
        draft.delete(known)
        draft.changed = 1
        draft.what = f"Took out a value of {measure.name} on {known.measured_on.isoformat()}"

    return write(store, actor, today, plan)
