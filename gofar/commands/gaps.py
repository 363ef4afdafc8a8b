"""gofar gaps: what is needed, and offered by nobody, by one organisation only, or out of reach."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from gofar.options import read_network, store_option, view_of, view_options
from matching import CapabilityGaps, Network, Scope, capability_gaps, find_fillers
from matching.coalitions.terms import term_named
from matching.gaps.capability import DIMENSIONS, Dimension, Fillers, Standing

__all__ = ["gaps"]

_STANDINGS = {
    Standing.NOBODY: "nobody",
    Standing.ONE: "one only",
    Standing.OUT_OF_REACH: "out of reach for some",
}


@click.command()
@click.option(
    "--by",
    multiple=True,
    default=("skill",),
    show_default=True,
    type=click.Choice(DIMENSIONS),
    help="What to split gaps by; may be given again.",
)
@click.option("--skill", help="Only this skill and what is part of it.")
@click.option("--place", help="Only needs of those who work in this place or a part of it.")
@click.option("--theme", help="Only needs of those who work on this theme.")
@click.option("--community", help="Only needs of those who serve this community.")
@click.option(
    "--limit",
    default=20,
    show_default=True,
    type=click.IntRange(1, 100_000),
    help="How many gaps at most.",
)
@click.option(
    "--json", "as_json", is_flag=True, help="Print JSON, with the evidence ids and who could help."
)
@view_options
@store_option
def gaps(
    by: tuple[str, ...],
    skill: str | None,
    place: str | None,
    theme: str | None,
    community: str | None,
    limit: int,
    as_json: bool,
    as_of: datetime | None,
    told_only: bool,
    store_url: str | None,
) -> None:
    """List what is needed and offered by nobody, by one organisation only, or out of reach.

    In reach is who works in the same place or near it, a partner, and a partner of a partner.
    """
    network = read_network(store_url, view_of(as_of, told_only))
    wanted: dict[Dimension, str | None] = {
        "skill": skill,
        "place": place,
        "theme": theme,
        "community": community,
    }
    scope = Scope(
        **{f"{kind}_id": term_named(network, kind, name) for kind, name in wanted.items() if name}
    )
    found = capability_gaps(network, by=tuple(dict.fromkeys(by)), within=scope, limit=limit)
    fillers = [find_fillers(network, gap) for gap in found.gaps]
    if as_json:
        data = asdict(found)
        for gap, each in zip(data["gaps"], fillers, strict=True):
            gap["standing"] = gap["standing"].name.lower()
            gap["fillers"] = _as_data(each)
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    console = Console()
    if not network.needs.nnz:
        console.print("Nobody has told a need yet, so it can't be said which skills are missing.")
        return
    if not found.found:
        console.print("No gap: everybody who needs something has two or more to ask, one in reach.")
    else:
        _print(console, network, found, fillers)
    console.print(
        f"{found.told:,} of {found.organisations:,} organisations have told what they need or "
        f"offer. {found.unmet:,} of {found.needs:,} needs have nobody in reach."
    )
    if found.left_out:
        console.print(
            f"{found.left_out:,} needs stand in no line: it isn't known where they belong."
        )


def _print(
    console: Console, network: Network, found: CapabilityGaps, fillers: list[Fillers]
) -> None:
    table = Table(title="What is needed and badly met")
    table.add_column(" × ".join(found.by).capitalize())
    for title in ("Needs", "Nobody in reach"):
        table.add_column(title, justify="right")
    table.add_column("Offered by")
    table.add_column("Who could help")
    for gap, each in zip(found.gaps, fillers, strict=True):
        offered = _STANDINGS[gap.standing]
        if gap.standing is Standing.ONE and gap.offered_by:
            offered = escape(network.name_of(gap.offered_by[0]))
        helpers = [*each.inside, *each.outside]
        table.add_row(
            escape(gap.name),
            f"{gap.needs:,}",
            f"{gap.unmet:,}",
            offered,
            escape(network.name_of(helpers[0].organisation_id)) if helpers else "none found",
        )
    console.print(table)
    if found.found > len(found.gaps):
        console.print(f"{len(found.gaps):,} of {found.found:,} gaps; see more with --limit.")


def _as_data(fillers: Fillers) -> dict[str, object]:
    data = asdict(fillers)
    for side in ("inside", "outside"):
        for filler in data[side]:
            filler["fit"] = filler["fit"].name.lower()
    return {**data, "is_none_found": fillers.is_none_found}
