"""gofar introduce and gofar route: whom to introduce, and who could do it."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from gofar.options import (
    draw_options,
    progress_bar,
    read_network,
    refuse_to_join,
    store_option,
    view_of,
    view_options,
)
from gofar.tables import check_folder, write_csv
from matching import Network, find_organisation, suggest_all
from matching.gaps.rehearsal import TieEffect, tie_effects
from matching.introductions import (
    MOST_INTRODUCERS,
    Change,
    Effect,
    Introductions,
    ProposedIntroduction,
    Routes,
    best_introductions,
    find_routes,
)
from matching.lists import MatchLists
from reports.rehearsal_words import tie_reasons

__all__ = ["introduce", "route"]

_COLUMNS = ("first_id", "first", "second_id", "second", "score", "steps_before")


@click.command()
@click.option(
    "--count",
    default=20,
    show_default=True,
    type=click.IntRange(1, 10_000),
    help="How many introductions.",
)
@click.option(
    "--bridge",
    default=1.0,
    show_default=True,
    type=click.FloatRange(0, 2),
    help="0: the best matches, whatever they join. 1: match and distance alike. "
    "2: what lies farthest apart.",
)
@click.option(
    "--isolated",
    default=0.5,
    show_default=True,
    type=click.FloatRange(0, 1),
    help="Share of the introductions, at most, for organisations without any partner.",
)
@draw_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help=f"Write a CSV file: {', '.join(_COLUMNS)}.",
)
@view_options
@store_option
def introduce(
    count: int,
    bridge: float,
    isolated: float,
    top: int,
    seed: int,
    as_json: bool,
    out: Path | None,
    as_of: datetime | None,
    told_only: bool,
    store_url: str | None,
) -> None:
    """List the introductions that would do most for the whole network.

    Each organisation is in one of them at most. Each says whom it links, what it joins and which
    needs it meets; below the list stands what all together would change.
    """
    check_folder(out)
    network = read_network(store_url, view_of(as_of, told_only))
    rankings = []
    with progress_bar() as report:
        for ranking in suggest_all(network, k=top):
            rankings.append(ranking)
            report(len(rankings), len(network), "Matching")
    found = best_introductions(
        network,
        MatchLists.from_rankings(network, rankings),
        count=count,
        bridge=bridge,
        isolated_share=isolated,
        seed=seed,
    )
    if out is not None:
        write_csv(out, _COLUMNS, (_row(network, each) for each in found.introductions))
    effects = tie_effects(
        network, ((each.first_id, each.second_id) for each in found.introductions)
    )
    if as_json:
        each = [asdict(effect) for effect in effects]
        click.echo(json.dumps({**asdict(found), "each": each}, ensure_ascii=False, indent=2))
    else:
        _print_introductions(network, found, effects)


def _row(network: Network, each: ProposedIntroduction) -> tuple[str | float, ...]:
    return (
        each.first_id,
        network.name_of(each.first_id),
        each.second_id,
        network.name_of(each.second_id),
        round(each.score, 9),
        "" if each.steps_before is None else str(each.steps_before),
    )


def _print_introductions(
    network: Network, found: Introductions, effects: tuple[TieEffect, ...]
) -> None:
    console = Console()
    if not found.introductions:
        console.print(
            "Nobody to introduce yet: no two organisations may be suggested to each other."
        )
        return
    by_pair = {(effect.first_id, effect.second_id): effect for effect in effects}
    for rank, each in enumerate(found.introductions, start=1):
        names = (escape(network.name_of(end)) for end in (each.first_id, each.second_id))
        console.print(f"{rank}. [bold]{' – '.join(names)}[/bold]  {each.score:+.2f}")
        console.print(Padding(f"[dim]{_apart(each)}[/dim]", (0, 0, 0, 3)))
        for line in tie_reasons(by_pair[each.first_id, each.second_id], network.name_of):
            console.print(Padding(escape(line), (0, 0, 0, 3)))
    console.print(_effect_table(found.effect))
    console.print(
        f"Steps are measured from {found.effect.sampled:,} organisations. Groups of place and "
        f"theme that get their first tie: {found.effect.groups_joined:,} pairs."
    )


def _apart(each: ProposedIntroduction) -> str:
    if each.is_first_tie:
        return "a first partner for one of them"
    if each.steps_before is None:
        return "no way leads from one to the other today"
    return f"{each.steps_before} steps apart today"


def _effect_table(effect: Effect) -> Table:
    table = Table(title="If all of them come about")
    table.add_column("")
    table.add_column("Today", justify="right")
    table.add_column("Then", justify="right")
    for label, change, digits in (
        ("circles without a way between them", effect.circles, 0),
        ("others that an organisation can reach at all", effect.reached, 1),
        ("others within two steps of those introduced", effect.within_two_steps, 1),
        ("steps between two organisations", effect.mean_path, 3),
    ):
        table.add_row(label, *_figures(change, digits))
    return table


def _figures(change: Change, digits: int) -> tuple[str, str]:
    return f"{change.before:,.{digits}f}", f"{change.after:,.{digits}f}"


@click.command()
@click.argument("from_organisation")
@click.argument("to_organisation")
@click.option(
    "--count", default=3, show_default=True, type=click.IntRange(1, 10), help="How many routes."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with the evidence ids.")
@view_options
@store_option
def route(
    from_organisation: str,
    to_organisation: str,
    count: int,
    as_json: bool,
    as_of: datetime | None,
    told_only: bool,
    store_url: str | None,
) -> None:
    """Say who could introduce FROM_ORGANISATION to TO_ORGANISATION (ids, numbers or names).

    Two who are not to be brought together are refused.
    """
    network = read_network(store_url, view_of(as_of, told_only))
    i, j = (find_organisation(network, each) for each in (from_organisation, to_organisation))
    refuse_to_join(network, i, j)
    ids = network.organisation_ids
    found = find_routes(network, ids[i], ids[j], count=count)
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=2))
    else:
        _print_routes(network, found)


def _print_routes(network: Network, found: Routes) -> None:
    console = Console()
    start, end = (escape(network.name_of(key)) for key in (found.from_id, found.to_id))
    if found.are_partners:
        console.print(f"[bold]{start}[/bold] and [bold]{end}[/bold] work together already.")
        return
    if not found.routes:
        console.print(
            f"Nobody to introduce [bold]{start}[/bold] to [bold]{end}[/bold]: no way leads there "
            f"with {MOST_INTRODUCERS} introducers or fewer."
        )
        return
    console.print(f"From [bold]{start}[/bold] to [bold]{end}[/bold], the strongest way first:")
    for rank, each in enumerate(found.routes, start=1):
        names = [escape(network.name_of(key)) for key in each.introducers]
        console.print(
            f"\n{rank}. by way of [bold]{' and '.join(names)}[/bold]  {each.strength:.0%}"
        )
        for step in each.steps:
            one, other = (escape(network.name_of(key)) for key in (step.from_id, step.to_id))
            text = f"trust {step.trust:.0%}  {one} works with {other}"
            console.print(Padding(text, (0, 0, 0, 3)))
    if not found.is_willingness_known:
        console.print("\nNobody has said who will introduce: every partner counts as willing.")
