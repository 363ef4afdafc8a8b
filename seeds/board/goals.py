"""Goals, and who puts their name to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from graph.contract import GraphStore
from graph.model import Goal, SignOff, Visibility, fact_id
from seeds.board.finding import named, node_of, organisation_of, refuse_future
from seeds.board.telling import tell_node
from seeds.upkeep.writing import Done, Draft, told_anew, told_by, write

__all__ = ["put_goal", "sign", "withdraw"]


def put_goal(
    store: GraphStore,
    name: str,
    actor: str,
    today: date,
    *,
    goal_id: str = "",
    description: str = "",
    due_on: date | None = None,
) -> Done:
    """Add a goal, or change the one with ``goal_id``.

    Raises InputError for an unknown goal, and InvalidRecord for a name that another has.
    """

    def plan(draft: Draft) -> None:
        known = node_of(store, Goal, goal_id) if goal_id else None
        goal = Goal(
            id=named(store, Goal, name, but=goal_id),
            name=name,
            description=description,
            due_on=due_on,
            provenance=told_anew(actor, today, Visibility.MEMBERS),
        )
        tell_node(draft, goal, known, actor, today)
        draft.what = f"{'Added' if known is None else 'Changed'} the goal {name}"

    return write(store, actor, today, plan)


def sign(
    store: GraphStore,
    organisation_id: str,
    goal_id: str,
    actor: str,
    today: date,
    *,
    role: str = "",
    on: date | None = None,
) -> Done:
    """Say that an organisation has put its name to a goal; said again, it is corrected.

    ``on`` is the day of the signature, today if left out. Raises UnknownOrganisation, InputError
    for an unknown goal, and InvalidRecord for a day to come.
    """

    def plan(draft: Draft) -> None:
        refuse_future(SignOff.kind, "signed_on", on, today)
        who, goal = organisation_of(store, organisation_id), node_of(store, Goal, goal_id)
        made = SignOff(
            from_id=organisation_id,
            to_id=goal_id,
            role=role,
            signed_on=on or today,
            provenance=told_anew(actor, today, Visibility.MEMBERS),
        )
        known = store.record(SignOff, made.id)
        if known is not None:
            kept = on or known.signed_on or today
            made = replace(
                made, signed_on=kept, provenance=told_by(actor, "told", known.provenance, today)
            )
            if (known.role, known.signed_on) == (made.role, made.signed_on):
                return
        draft.put(made)
        draft.changed = 1
        draft.what = f"{who.name} signed {goal.name}"

    return write(store, actor, today, plan)


def withdraw(
    store: GraphStore, organisation_id: str, goal_id: str, actor: str, today: date
) -> Done:
    """Take an organisation's name off a goal. The signature stays in the history."""

    def plan(draft: Draft) -> None:
        who, goal = organisation_of(store, organisation_id), node_of(store, Goal, goal_id)
        known = store.record(SignOff, fact_id(SignOff.kind, organisation_id, goal_id))
        if known is None:
            return
        draft.delete(known)
        draft.changed = 1
        draft.what = f"{who.name} withdrew from {goal.name}"

    return write(store, actor, today, plan)
