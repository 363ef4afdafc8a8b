"""gofar goal, sign, measure, measured, contact and agreed: what partners agree, count and tell."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar

import click
from rich.console import Console

from gofar.options import DAY, opened, read_network, read_snapshot, store_option, today
from gofar.settings import read_settings
from graph.errors import InputError
from graph.model import (
    Advances,
    Contact,
    Goal,
    Measure,
    Measurement,
    Node,
    Project,
    SignOff,
    fact_id,
)
from graph.snapshot import Snapshot
from matching import Network, find_organisation
from seeds import board
from seeds.upkeep import Done

__all__ = ["agreed", "contact", "goal", "measure", "measured", "sign"]

N = TypeVar("N", bound=Node)
_LAST = 20


@click.command()
@click.argument("name")
@click.option("--description", default="", help="What it means.")
@click.option("--due", type=DAY, metavar="DAY", help="By when, if a day is set.")
@click.option("--id", "goal_id", default="", help="The goal to change, instead of adding one.")
@store_option
def goal(
    name: str, description: str, due: datetime | None, goal_id: str, store_url: str | None
) -> None:
    """Add the goal NAME, or change one."""
    with opened(store_url) as store:
        _report(
            board.put_goal(
                store,
                name,
                read_settings().actor,
                today(),
                goal_id=goal_id,
                description=description,
                due_on=due.date() if due else None,
            )
        )


@click.command()
@click.argument("organisation")
@click.argument("goal_name", metavar="GOAL")
@click.option("--role", default="", help="What the organisation will do towards it.")
@click.option("--on", type=DAY, metavar="DAY", help="When it signed; today if left out.")
@click.option("--withdraw", "is_withdrawn", is_flag=True, help="Take its name off instead.")
@store_option
def sign(
    organisation: str,
    goal_name: str,
    role: str,
    on: datetime | None,
    is_withdrawn: bool,
    store_url: str | None,
) -> None:
    """Say that ORGANISATION has signed GOAL; said again, it is corrected."""
    network = read_network(store_url)
    ends = _organisation(network, organisation), _named(network.snapshot, Goal, goal_name)
    who = read_settings().actor, today()
    with opened(store_url) as store:
        if is_withdrawn:
            _report(board.withdraw(store, *ends, *who))
        else:
            _report(board.sign(store, *ends, *who, role=role, on=on.date() if on else None))


@click.command()
@click.argument("name")
@click.option("--unit", default="", help="Such as people, or % of members.")
@click.option("--description", default="", help="How it is counted.")
@click.option("--goal", "goal_name", help="The goal that it serves.")
@click.option("--id", "measure_id", default="", help="The measure to change.")
@store_option
def measure(
    name: str,
    unit: str,
    description: str,
    goal_name: str | None,
    measure_id: str,
    store_url: str | None,
) -> None:
    """Add the measure NAME, or change one."""
    goal_id = _named(read_snapshot(store_url), Goal, goal_name) if goal_name else ""
    with opened(store_url) as store:
        _report(
            board.put_measure(
                store,
                name,
                read_settings().actor,
                today(),
                measure_id=measure_id,
                unit=unit,
                description=description,
                goal_id=goal_id,
            )
        )


# A value below zero begins like an option.
@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("reporter")
@click.argument("measure_name", metavar="MEASURE")
@click.argument("day", type=DAY, metavar="DAY")
@click.argument("value", type=float, required=False)
@click.option("--note", default="", help="How it was counted, if that differs.")
@click.option("--remove", "is_removed", is_flag=True, help="Take the value of that day out.")
@store_option
def measured(
    reporter: str,
    measure_name: str,
    day: datetime,
    value: float | None,
    note: str,
    is_removed: bool,
    store_url: str | None,
) -> None:
    """Say that REPORTER, an organisation or a project, counted VALUE of MEASURE up to DAY.

    A second value for one day corrects the first.
    """
    if is_removed == (value is not None):
        raise InputError(
            "Either a value or --remove has to be given.",
            remedy="gofar measured REPORTER MEASURE DAY VALUE",
        )
    network = read_network(store_url)
    reporter_id = _reporter(network, reporter)
    measure_id = _named(network.snapshot, Measure, measure_name)
    who, on = (read_settings().actor, today()), day.date()
    with opened(store_url) as store:
        if value is None:
            key = fact_id(Measurement.kind, reporter_id, measure_id, on.isoformat())
            _report(board.remove_value(store, key, *who))
        else:
            _report(board.report_value(store, reporter_id, measure_id, on, value, *who, note=note))


@click.command()
@click.argument("organisation")
@click.argument("other")
@click.argument("day", type=DAY, metavar="DAY")
@click.option("--how", default="", help="Such as a meeting, a call, an e-mail.")
@click.option("--note", default="", help="What about, for the coordinators.")
@click.option("--remove", "is_removed", is_flag=True, help="Take the contact out instead.")
@store_option
def contact(
    organisation: str,
    other: str,
    day: datetime,
    how: str,
    note: str,
    is_removed: bool,
    store_url: str | None,
) -> None:
    """Say that ORGANISATION and OTHER were in touch on DAY. Only coordinators see it."""
    network = read_network(store_url)
    ends = _organisation(network, organisation), _organisation(network, other)
    who, on = (read_settings().actor, today()), day.date()
    with opened(store_url) as store:
        if is_removed:
            key = fact_id(Contact.kind, *sorted(ends), on.isoformat(), how)
            _report(board.remove_contact(store, key, *who))
        else:
            _report(board.note_contact(store, *ends, on, *who, how=how, note=note))


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@store_option
def agreed(as_json: bool, store_url: str | None) -> None:
    """List goals with who signed them, measures with their last values, and the last contacts."""
    snapshot = read_snapshot(store_url)
    told = {
        "goals": _goals(snapshot),
        "measures": _measures(snapshot),
        "contacts": _contacts(snapshot),
    }
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    console = Console()
    for title, rows in told.items():
        console.print(f"{title.capitalize()}: {'' if rows else 'none yet'}", style="bold")
        for row in rows:
            console.print(f"  {row['says']}", markup=False, soft_wrap=True)


def _goals(snapshot: Snapshot) -> list[dict[str, Any]]:
    signatures: dict[str, list[str]] = {}
    for tie in snapshot.records(SignOff):
        name = snapshot.name_of(tie.from_id) or tie.from_id
        signatures.setdefault(tie.to_id, []).append(f"{name}, {tie.role}".removesuffix(", "))
    return [
        {
            "id": each.id,
            "name": each.name,
            "signed_by": signatures.get(each.id, []),
            "says": f"{each.name}: {'; '.join(signatures.get(each.id, [])) or 'nobody yet'}",
        }
        for each in _nodes(snapshot, Goal)
    ]


def _measures(snapshot: Snapshot) -> list[dict[str, Any]]:
    last: dict[str, Measurement] = {}
    for tie in snapshot.records(Measurement):
        known = last.get(tie.to_id)
        if known is None or known.measured_on <= tie.measured_on:
            last[tie.to_id] = tie
    goals = {tie.from_id: snapshot.name_of(tie.to_id) for tie in snapshot.records(Advances)}
    return [
        {
            "id": each.id,
            "name": each.name,
            "unit": each.unit,
            "goal": goals.get(each.id, ""),
            "last": _value(snapshot, last.get(each.id)),
            "says": f"{each.name} ({each.unit or 'no unit'}): "
            f"{_value(snapshot, last.get(each.id)) or 'no value yet'}",
        }
        for each in _nodes(snapshot, Measure)
    ]


def _value(snapshot: Snapshot, tie: Measurement | None) -> str:
    if tie is None:
        return ""
    who = snapshot.name_of(tie.from_id)
    return f"{tie.value:,g} by {who} on {tie.measured_on.isoformat()}"


def _contacts(snapshot: Snapshot) -> list[dict[str, Any]]:
    newest = sorted(
        snapshot.records(Contact), key=lambda tie: (tie.happened_on, tie.id), reverse=True
    )[:_LAST]
    return [
        {
            "id": tie.id,
            "from_id": tie.from_id,
            "to_id": tie.to_id,
            "on": tie.happened_on.isoformat(),
            "how": tie.how,
            "note": tie.note,
            "says": f"{tie.happened_on.isoformat()}  {snapshot.name_of(tie.from_id)} and "
            f"{snapshot.name_of(tie.to_id)}{f': {tie.how}' if tie.how else ''}",
        }
        for tie in newest
    ]


def _nodes(snapshot: Snapshot, kind: type[N]) -> Iterable[N]:
    return sorted(snapshot.records(kind), key=lambda node: (node.name.casefold(), node.id))


def _organisation(network: Network, text: str) -> str:
    return network.organisation_ids[find_organisation(network, text)]


def _reporter(network: Network, text: str) -> str:
    named = [each for each in _nodes(network.snapshot, Project) if text in {each.id, each.name}]
    return named[0].id if len(named) == 1 else _organisation(network, text)


def _named(snapshot: Snapshot, kind: type[Node], text: str) -> str:
    """Return the id of the goal or measure with this id or name; raises InputError."""
    wanted = text.strip().casefold()
    every = list(_nodes(snapshot, kind))
    for each in every:
        if text == each.id or wanted == each.name.casefold():
            return each.id
    names = ", ".join(f"“{each.name}”" for each in every[:_LAST])
    raise InputError(
        f"There is no {kind.kind} “{text[:200]}”.",
        remedy=f"There are: {names}." if names else f"Add it first: gofar {kind.kind} NAME",
    )


def _report(done: Done) -> None:
    if done.import_id:
        click.echo(f"{done.what}. To take it back: gofar undo {done.import_id}")
    else:
        click.echo("Nothing to do: that is so already.")
