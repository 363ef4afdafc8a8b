"""gofar structure: who is apart, closed in, between others, at the core."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table as Grid

from gofar.options import read_network, store_option, view_of, view_options
from matching import Network
from matching.gaps.structure import structure
from reports.part import listed
from reports.render.wording import cell_text, is_numeric
from reports.report import ColumnKind, Table
from reports.structure_tables import BACKBONE, StructureTable, structure_table
from reports.structure_words import (
    ROLE_NAMES,
    ROLE_RULES,
    core_fit,
    coverage_told,
    ranking_basis,
    said_first,
    structure_lead,
)

__all__ = ["structure_"]

# A terminal is narrow: the rest, and the ids, are in the JSON.
_LEFT_OUT = frozenset({"pairs", "error", "outward_share", "chance_outward_share", "note"})


@click.command(name="structure")
@click.option(
    "--limit",
    default=10,
    show_default=True,
    type=click.IntRange(1, 1_000_000),
    help="How many rows of each table at most.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with the ids in each list.")
@view_options
@store_option
def structure_(
    limit: int,
    as_json: bool,
    as_of: datetime | None,
    told_only: bool,
    store_url: str | None,
) -> None:
    """Say how the network hangs together.

    Who has no partner, which circles keep to themselves, who joins others, what would fall apart.
    Where too few have told anything, organisations are counted and not named.
    """
    network = read_network(store_url, view_of(as_of, told_only))
    found = structure(network)
    if as_json:
        coverage = {**asdict(found.coverage), "share": found.coverage.share}
        said = {"naming": found.naming, "said_first": said_first(found)}
        data = {**asdict(found), **said, "coverage": coverage}
        click.echo(json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False))
        return
    console = Console()
    for text in (structure_lead(found), coverage_told(found), *said_first(found)):
        console.print(text)
    for each in found.roles:
        console.print(
            f"[bold]{ROLE_NAMES[each.role]}[/bold]: {each.count:,} of {each.of_count:,}. "
            f"{ROLE_RULES[each.role]}"
        )
        if each.organisation_ids:
            names = (_marked(network, key, each.backbone_ids) for key in each.organisation_ids)
            console.print(Padding(escape(listed(names, limit)), (0, 0, 0, 2)))
    core = found.core
    console.print(
        f"Core {core.core_count:,}, middle {core.middle_count:,}, edge {core.edge_count:,}. "
        f"{core_fit(core)}"
    )
    if found.most_between is not None:
        console.print(ranking_basis(found.most_between))
    elif found.cut_point_count:
        console.print(
            f"Without {found.cut_point_count:,} organisations, and without {found.bridge_count:,} "
            "ties, others would be cut off."
        )
    for which in StructureTable:
        table = structure_table(found, which, network.name_of)
        if table.rows and which is not StructureTable.ROLES:
            _print(console, table, limit)


def _marked(network: Network, key: str, backbone_ids: Collection[str]) -> str:
    name = network.name_of(key)
    return f"{name} ({BACKBONE})" if key in backbone_ids else name


def _print(console: Console, table: Table, limit: int) -> None:
    # Eight columns have to fit into eighty characters.
    grid = Grid(title=table.title, box=SIMPLE_HEAD, padding=0)
    columns = [
        (at, column)
        for at, column in enumerate(table.columns)
        if column.kind is not ColumnKind.ORGANISATION and column.key not in _LEFT_OUT
    ]
    for _, column in columns:
        if is_numeric(column.kind):
            grid.add_column(column.title.replace(" ", "\n"), justify="right")
        else:
            grid.add_column(column.title, overflow="fold")
    for row in table.rows[:limit]:
        grid.add_row(*(escape(cell_text(row[at], column.kind)) for at, column in columns))
    console.print(grid)
    if len(table.rows) > limit:
        console.print(f"{limit:,} of {len(table.rows):,} rows; see more with --limit.")
    if table.note:
        console.print(table.note)
