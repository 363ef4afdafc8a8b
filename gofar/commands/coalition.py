"""gofar coalition: who could meet a brief together."""

from __future__ import annotations

import json
import shlex
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from gofar.brief_options import brief_of, brief_options
from gofar.options import read_network, store_option, view_of, view_options
from graph.errors import InputError
from matching import Network
from matching.coalitions import (
    Coalition,
    Form,
    FormRule,
    InfeasibleBrief,
    MendKind,
    Plan,
    Shortfall,
    ShortfallKind,
    partnership_note,
    plan_coalitions,
)
from matching.coalitions.shortfall import Step
from matching.coalitions.terms import name_of_term
from seeds.reading.encoding import encoding_of

__all__ = ["coalition"]

_LARGEST_CALL = 2_000_000
_OPTIONS = {"skill": "--need", "theme": "--theme", "community": "--community", "place": "--place"}
_FORMS = {
    Form.NETWORK: "an informal network",
    Form.LEAD_AGENCY: "a lead agency that holds the money",
    Form.CONSORTIUM: "a consortium with a constitution",
}
_RULES = {
    FormRule.TOO_LARGE_FOR_LEAD: "the budget is more than the lead’s income of a year",
    FormRule.MANY: "they are more than five",
    FormRule.MONEY: "there is money to hold",
    FormRule.FEW: "they are few, and no budget was given",
}
_MENDS = {
    MendKind.LOWER_LEVEL: "take {about} at level {value:g}",
    MendKind.WIDEN: "look up to {value:g} km around",
    MendKind.MORE_EACH: "let one member answer for up to {value:g} skills",
    MendKind.MORE_MEMBERS: "allow up to {value:g} members",
    MendKind.FEWER_MEMBERS: "be content with {value:g} or more",
    MendKind.LEAD_INCOME: "take a lead with an income from £{value:,.0f}",
    MendKind.ANY_INCOME: "set no limit to members’ income",
    MendKind.ANY_LEAD: "let any member lead",
    MendKind.BUY_IN: "buy in {about}, or do without",
    MendKind.NOT_MUST: "do without {about}",
    MendKind.ALLOW: "allow {about}",
}


@click.command()
@brief_options
@click.option(
    "--call",
    "call_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Read the text of a call, and say what it seems to ask for.",
)
@click.option(
    "--show",
    default=3,
    show_default=True,
    type=click.IntRange(1, 10),
    help="How many coalitions.",
)
@click.option(
    "--json", "as_json", is_flag=True, help="Print JSON, with evidence and partnership notes."
)
@view_options
@store_option
def coalition(
    needs: tuple[str, ...],
    call_file: Path | None,
    show: int,
    as_json: bool,
    as_of: datetime | None,
    told_only: bool,
    store_url: str | None,
    **asked: Any,
) -> None:
    """Put together coalitions that have every skill a call or a project needs."""
    if (call_file is None) == (not needs):
        raise click.UsageError("Name what is needed with --need, or a text with --call.")
    if call_file is not None:
        _print_call(call_file, as_json=as_json)
        return
    network = read_network(store_url, view_of(as_of, told_only))
    brief = brief_of(network, needs, asked)
    try:
        plan = plan_coalitions(network, brief, count=show)
    except InfeasibleBrief as error:
        if as_json:
            click.echo(_json(_as_failure(error)))
        else:
            _print_failure(network, error)
        raise click.exceptions.Exit(1) from error
    if as_json:
        click.echo(_json(_as_data(network, plan)))
    else:
        _print(network, plan)


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2)


def _as_data(network: Network, plan: Plan) -> dict[str, Any]:
    return {
        "considered": plan.considered,
        "searched": plan.searched,
        "different": plan.different,
        "is_exhausted": plan.is_exhausted,
        "coalitions": [
            {
                "objective": found.objective,
                **asdict(found),
                "note": asdict(partnership_note(network, plan.brief, found)),
            }
            for found in plan.coalitions
        ],
    }


def _as_failure(error: InfeasibleBrief) -> dict[str, Any]:
    return {
        "is_proven": error.is_proven,
        "shortfalls": [asdict(each) for each in error.shortfalls],
        "mends": [
            {"steps": [asdict(step) for step in mend.steps], "price": mend.price}
            for mend in error.mends
        ],
    }


def _print_call(path: Path, *, as_json: bool) -> None:
    """Print what a call seems to ask for, and the command that would look for it."""
    from seeds.terms.calls import read_call  # noqa: PLC0415 - only here, and slow to load

    if path.stat().st_size > _LARGEST_CALL:
        raise InputError(f"{path}: is too large for a call.", remedy="Keep the part that matters.")
    found = read_call(path.read_text(encoding_of(path), errors="replace"))
    if as_json:
        click.echo(_json(asdict(found)))
        return
    console = Console()
    if not found.heard:
        console.print("Nothing was recognised in this text. Name what is needed with --need.")
        return
    table = Table(title="What the call seems to ask for: please check")
    for heading in ("", "Name", "Because it says"):
        table.add_column(heading)
    for each in found.heard:
        table.add_row(each.kind, escape(each.label), escape(", ".join(each.words)))
    console.print(table)
    parts = ["gofar coalition"]
    parts += [f"{_OPTIONS[each.kind]} {shlex.quote(each.label)}" for each in found.heard]
    if found.budget is not None:
        parts.append(f"--budget {found.budget:.0f}")
    if found.lead_min_income is not None:
        parts.append(f"--lead-min-income {found.lead_min_income:.0f}")
    console.print("\nLeave out what is wrong, and run:")
    click.echo(" \\\n  ".join(parts))


def _print_failure(network: Network, error: InfeasibleBrief) -> None:
    console = Console()
    console.print(f"[bold]{escape(error.message)}[/bold]")
    for shortfall in error.shortfalls:
        console.print(Padding(escape(_missing(network, shortfall)), (0, 0, 0, 2)))
    if error.mends:
        console.print("\nWhat would mend it, the least change first:")
    for mend in error.mends:
        text = ", and ".join(_mend(network, step) for step in mend.steps)
        console.print(Padding(f"• {escape(text[:1].upper() + text[1:])}.", (0, 0, 0, 2)))


def _missing(network: Network, shortfall: Shortfall) -> str:
    match shortfall.kind:
        case ShortfallKind.SKILL:
            name = name_of_term(network, "skill", shortfall.about)
            return (
                f"{name}: {shortfall.offering:,} offer it, {shortfall.at_level:,} at this level, "
                "none of them where and as you ask."
            )
        case ShortfallKind.LEAD:
            return f"The lead: {shortfall.at_level:,} meet its conditions, none where you ask."
        case ShortfallKind.MUST:
            return "Those that have to be in can’t be in one coalition."
        case _:
            return "Each skill can be had, but not all at once with these limits."


def _mend(network: Network, step: Step) -> str:
    about = name_of_term(network, "skill", step.about) if step.about else ""
    return _MENDS[step.kind].format(about=about, value=step.value)


def _print(network: Network, plan: Plan) -> None:
    console = Console()
    for number, found in enumerate(plan.coalitions, start=1):
        _print_one(console, network, plan, found, number)
    rest = plan.considered - plan.searched
    if rest:
        console.print(
            f"\nSearched the {plan.searched:,} most promising of {plan.considered:,} organisations."
        )
    if plan.is_exhausted:
        console.print("\nThere is no other coalition for this. A wider area may bring more.")


def _print_one(
    console: Console, network: Network, plan: Plan, found: Coalition, number: int
) -> None:
    names = {seat.organisation_id: escape(seat.name) for seat in found.seats}
    console.print(f"\n{number}. [bold]{', '.join(names.values())}[/bold]")
    table = Table(show_header=True, box=None, padding=(0, 2, 0, 3))
    for heading in ("Skill", "Who", "Level", "Backup"):
        table.add_column(heading)
    for cover in found.covers:
        guess = ", worked out" if cover.is_guess else ""
        backups = ", ".join(names[each.organisation_id] for each in cover.backups)
        table.add_row(
            escape(cover.skill_name),
            names[cover.organisation_id],
            f"{cover.level}{guess}",
            backups or "[dim]nobody[/dim]",
        )
    console.print(table)
    lines = [
        f"Lead: {names[found.lead.organisation_id]}. "
        f"Form: {_FORMS[found.form]}, because {_RULES[found.form_rule]}.",
        f"Costs {found.objective:.2f}: members {found.burden:.2f}, skills {found.skills:.2f}, "
        f"working together {found.together:.2f}. {_proof(plan, found, number)}",
        f"Income: £{found.money.joint_income:,.0f} a year together, known of "
        f"{found.money.known} of {len(names)}.",
    ]
    if found.weakest is not None:
        pair = f"{names[found.weakest.one]} and {names[found.weakest.other]}"
        lines.append(f"Weakest link: {pair}, {found.weakest.distance:.2f} of 1 apart.")
    lines += [
        f"To introduce: {names[one]} and {names[other]}." for one, other in found.introductions
    ]
    for line in lines:
        console.print(Padding(line, (0, 0, 0, 3)))


def _proof(plan: Plan, found: Coalition, number: int) -> str:
    if found.is_proven:
        if number > 1:
            return "Proven: of the others none costs less."
        searched = "" if plan.is_whole else " of those searched"
        return f"Proven: none{searched} costs less."
    return f"At most {found.gap or 0:.1%} from the best possible."
