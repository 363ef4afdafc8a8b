"""gofar if-closed and gofar what-if: what would be, with nothing stored."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from gofar.options import read_network, store_option, today, view_of, view_options
from gofar.settings import read_settings
from graph.errors import InputError
from graph.model import Provenance
from matching import Network, find_organisation
from matching.gaps.coverage import coverage_of
from matching.gaps.rehearsal import (
    Closing,
    ImaginedSteps,
    SinglePoints,
    StepKind,
    WhatIf,
    closing_costs,
    if_closed,
    single_points,
    what_if,
)
from reports.rehearsal_words import (
    NOTHING_STORED,
    RANKED_BY,
    closing_rows,
    gap_change,
    match_change,
    no_ranking,
    step_sentence,
    what_if_rows,
)

__all__ = ["if_closed_", "what_if_"]

F = TypeVar("F", bound=Callable[..., Any])

_SHOWN = 10


@click.command(name="if-closed")
@click.argument("organisation", required=False)
@click.option(
    "--top",
    default=20,
    show_default=True,
    type=click.IntRange(1, 10_000),
    help="Without ORGANISATION: how many to list.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with the evidence ids.")
@view_options
@store_option
def if_closed_(
    organisation: str | None,
    top: int,
    as_json: bool,
    as_of: datetime | None,
    told_only: bool,
    store_url: str | None,
) -> None:
    """Say what the network would lose if ORGANISATION (id, number or name) closed.

    Without ORGANISATION: the single points of failure, and whose closing would cost most. Nothing
    is stored.
    """
    network = read_network(store_url, view_of(as_of, told_only))
    console = Console()
    if organisation is not None:
        one = network.organisation_ids[find_organisation(network, organisation)]
        closing = if_closed(network, one)
        if as_json:
            click.echo(json.dumps(asdict(closing), ensure_ascii=False, indent=2))
        else:
            _print_closing(console, network, closing)
        return
    points, withheld = single_points(network), no_ranking(coverage_of(network))
    costs = () if withheld else closing_costs(network, limit=top)
    if as_json:
        ranked = [{**asdict(cost), "broken": cost.broken} for cost in costs]
        found = {"single_points": asdict(points), "closings": ranked, "no_ranking": withheld}
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    _print_points(console, network, points, top)
    if withheld:
        console.print(withheld)
        return
    if not costs:
        console.print("Whoever closed, nothing would break that is counted here.")
        return
    table = Table(title="If one closed: whose closing would cost most")
    table.add_column("Organisation")
    for title in ("Needs", "Left apart", "Projects", "Members", "In all"):
        table.add_column(title, justify="right")
    for cost in costs:
        counts = (
            cost.needs_uncovered,
            cost.left_apart,
            cost.projects_left,
            cost.members_without_backbone,
            cost.broken,
        )
        name = escape(network.name_of(cost.organisation_id))
        table.add_row(name, *(f"{count:,}" for count in counts))
    console.print(table)
    console.print(RANKED_BY)


def _print_points(console: Console, network: Network, points: SinglePoints, top: int) -> None:
    skills, projects = points.skills, points.projects
    console.print(
        f"{len(skills):,} of {points.needed_skill_count:,} skills that somebody needs and somebody "
        f"offers have one provider; {len(projects):,} of {points.led_project_count:,} projects "
        "with a lead have one lead only, and others in them."
    )
    for skill in skills[:top]:
        names = f"{network.name_of(skill.skill_id)}: {network.name_of(skill.provider_id)}"
        console.print(f"  {escape(names)}, needed by {len(skill.needed_by):,}")


def _print_closing(console: Console, network: Network, found: Closing) -> None:
    name = escape(network.name_of(found.organisation_id))
    if not network.is_open[network.index_of(found.organisation_id)]:
        console.print(f"[bold]{name}[/bold] has closed already: nothing hangs on it.")
        return
    table = Table(title=f"If {name} closed")
    table.add_column("")
    table.add_column("How many", justify="right")
    table.add_column("of")
    for row in closing_rows(found):
        table.add_row(*row)
    console.print(table)
    needs = [
        f"{network.name_of(need.organisation_id)} needs {network.name_of(need.skill_id)}"
        for need in found.needs_uncovered
    ]
    apart = [", ".join(map(network.name_of, part[:_SHOWN])) for part in found.cut_off]
    for title, lines in (
        ("Nobody else meets", needs),
        ("Cut off", apart),
        ("Left without any partner", _names(network, found.isolated)),
        ("Left without a lead", _names(network, found.projects_without_lead)),
        ("Left without anybody", _names(network, found.projects_without_anybody)),
        ("Left without an umbrella body", _names(network, found.members_without_backbone)),
    ):
        _print_list(console, title, lines)
    console.print(NOTHING_STORED)


def _names(network: Network, ids: Iterable[str]) -> list[str]:
    return [network.name_of(each) for each in ids]


def _print_list(console: Console, title: str, lines: list[str]) -> None:
    if not lines:
        return
    console.print(f"[bold]{title}[/bold]")
    for line in lines[:_SHOWN]:
        console.print(Padding(escape(line), (0, 0, 0, 3)))
    if len(lines) > _SHOWN:
        console.print(Padding(f"and {len(lines) - _SHOWN:,} more; see --json", (0, 0, 0, 3)))


_PAIRED = {
    "ties": (StepKind.TIE, "Two come to work together.", "ORGANISATION OTHER"),
    "no_ties": (StepKind.UNTIE, "Two stop working together.", "ORGANISATION OTHER"),
    "offers": (StepKind.OFFER, "An organisation offers a skill.", "ORGANISATION SKILL"),
    "no_offers": (StepKind.UNOFFER, "It no longer offers it.", "ORGANISATION SKILL"),
    "needs": (StepKind.NEED, "An organisation needs a skill.", "ORGANISATION SKILL"),
    "no_needs": (StepKind.UNNEED, "It no longer needs it.", "ORGANISATION SKILL"),
}


def _paired(name: str) -> Callable[[F], F]:
    _, text, metavar = _PAIRED[name]
    option = f"--{name.removesuffix('s').replace('_', '-')}"
    return click.option(option, name, nargs=2, multiple=True, metavar=metavar, help=text)


@click.command(name="what-if")
@click.option("--with", "new", multiple=True, metavar="NAME", help="A new organisation comes.")
@click.option(
    "--without", "gone", multiple=True, metavar="ORGANISATION", help="An organisation goes."
)
@_paired("ties")
@_paired("no_ties")
@_paired("offers")
@_paired("no_offers")
@_paired("needs")
@_paired("no_needs")
@click.option(
    "--about",
    multiple=True,
    metavar="ORGANISATION",
    help="Also compare the suggestions for this one.",
)
@click.option(
    "--top",
    default=10,
    show_default=True,
    type=click.IntRange(1, 100),
    help="How many suggestions of each to compare.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@view_options
@store_option
def what_if_(
    new: tuple[str, ...],
    gone: tuple[str, ...],
    about: tuple[str, ...],
    top: int,
    as_json: bool,
    as_of: datetime | None,
    told_only: bool,
    store_url: str | None,
    **pairs: tuple[tuple[str, str], ...],
) -> None:
    """Say what would change if organisations, ties, offers or needs came or went.

    Each option can be given several times. Nothing is stored: it is worked out on a copy.
    """
    given = [(StepKind.NEW, name, "") for name in new]
    given += [(kind, *pair) for name, (kind, _, _) in _PAIRED.items() for pair in pairs[name]]
    given += [(StepKind.REMOVE, name, "") for name in gone]
    if not given:
        raise InputError(
            "No change is given.", remedy="Say what would be: gofar what-if --without ORGANISATION"
        )
    network = read_network(store_url, view_of(as_of, told_only))
    day = network.as_of or today()
    told = Provenance(
        source="what if", asserted_by=read_settings().actor, first_seen=day, last_confirmed=day
    )
    steps = ImaginedSteps(network, told)
    for step in given:
        steps.add(*step)
    asked = [network.organisation_ids[find_organisation(network, name)] for name in about]
    found = what_if(
        network,
        added=steps.added,
        removed=steps.removed,
        about=[*steps.about, *asked],
        k=top,
    )
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=2))
        return
    console = Console()
    for kind, who, other in steps.said:
        names = steps.name_of(who), steps.name_of(other) if other else ""
        console.print(escape(step_sentence(kind, *names)))
    _print_what_if(console, steps, found)


def _print_what_if(console: Console, steps: ImaginedSteps, found: WhatIf) -> None:
    table = Table(title="What if")
    table.add_column("")
    table.add_column("Today", justify="right")
    table.add_column("Then", justify="right")
    for row in what_if_rows(found):
        table.add_row(*row)
    console.print(table)
    name_of = steps.name_of
    moves = [
        f"For {name_of(change.organisation_id)}: {match_change(change, name_of)}"
        for change in found.matches
    ]
    for title, lines in (
        ("Gaps that open or get worse", [gap_change(gap, name_of) for gap in found.gaps_opened]),
        ("Gaps that close or get better", [gap_change(gap, name_of) for gap in found.gaps_closed]),
        ("Have a first partner", [name_of(one) for one in found.linked]),
        ("Left without any partner", [name_of(one) for one in found.isolated]),
        ("Suggestions that change", moves),
    ):
        _print_list(console, title, lines)
    if not found.changes_anything:
        console.print("Nothing that is counted here would change.")
    console.print(NOTHING_STORED)
