"""gofar gaps: skills that are needed, and offered by nobody or by one organisation only."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from gofar.options import read_network, store_option, view_of, view_options
from matching import capability_gaps

__all__ = ["gaps"]


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with the evidence ids.")
@view_options
@store_option
def gaps(as_json: bool, as_of: datetime | None, told_only: bool, store_url: str | None) -> None:
    """List skills that are needed and offered by nobody, or by one organisation only."""
    network = read_network(store_url, view_of(as_of, told_only))
    found = capability_gaps(network)
    if as_json:
        click.echo(json.dumps([asdict(gap) for gap in found], ensure_ascii=False, indent=2))
        return
    console = Console()
    if not network.needs.nnz:
        console.print("Nobody has told a need yet, so it can't be said which skills are missing.")
        return
    if not found:
        console.print("No gap: each skill that is needed is offered by two organisations or more.")
        return
    table = Table(title="Skills that are needed and hardly offered")
    table.add_column("Skill")
    table.add_column("Needed by", justify="right")
    table.add_column("Offered by")
    for gap in found:
        providers = ", ".join(escape(network.name_of(provider)) for provider in gap.offered_by)
        table.add_row(escape(gap.skill_name), str(len(gap.needed_by)), providers or "nobody")
    console.print(table)
    console.print(
        f"{found[0].organisations_with_needs:,} of {found[0].total_organisations:,} organisations "
        "have told what they need."
    )
