"""gofar round: who should meet whom in the whole network, within everybody's limit."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from gofar.options import (
    draw_options,
    progress_bar,
    read_network,
    store_option,
    view_of,
    view_options,
)
from gofar.tables import check_folder, write_csv
from graph.errors import InputError, UnknownOrganisation, quoted
from matching import Network, find_organisation, suggest_all
from matching.lists import Ranking
from matching.rounds import SMALL_INCOME, Exposure, MatchingRound, plan_round
from seeds.reading.encoding import encoding_of

__all__ = ["round_"]

_PAIRS_SHOWN = 10
_NAMES_SHOWN = 5
_LONGEST_LIMIT = 4


@click.command("round")
@click.option(
    "--limit",
    default=3,
    show_default=True,
    type=click.IntRange(0, 1000),
    help="Most pairs that an organisation is in.",
)
@click.option(
    "--limits",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A CSV file with the columns organisation and limit, for those whose limit differs.",
)
@click.option(
    "--floor",
    default=1,
    show_default=True,
    type=click.IntRange(0, 1000),
    help=f"Pairs promised to those with an income below £{SMALL_INCOME:,} or without a partner.",
)
@draw_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the pairs to a CSV file: first_id, first, second_id, second, score.",
)
@click.option(
    "--exposure",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to a CSV file how often each organisation is proposed: "
    "org_id, name, in_lists, in_round.",
)
@view_options
@store_option
def round_(
    limit: int,
    limits: Path | None,
    floor: int,
    top: int,
    seed: int,
    as_json: bool,
    out: Path | None,
    exposure: Path | None,
    as_of: datetime | None,
    told_only: bool,
    store_url: str | None,
) -> None:
    """Propose pairs for the whole network at once, within everybody's limit.

    Lists made for one organisation at a time send everybody to the same few. A round shares the
    best matches out, promises the small and new a place, and says what that costs.
    """
    for path in (out, exposure):
        check_folder(path)
    network = read_network(store_url, view_of(as_of, told_only))
    own_limits = {} if limits is None else _read_limits(network, limits)
    with progress_bar() as report:

        def suggest(k: int, ids: Sequence[str] | None) -> Iterator[Ranking]:
            total = len(network) if ids is None else len(ids)
            what = "Matching" if ids is None else "Longer lists"
            rankings = suggest_all(network, k=k, organisation_ids=ids)
            for done, ranking in enumerate(rankings, start=1):
                report(done, total, what)
                yield ranking

        found = plan_round(
            network, suggest, limit=limit, limits=own_limits, floor=floor, top=top, seed=seed
        )
    if out is not None:
        write_csv(
            out,
            ("first_id", "first", "second_id", "second", "score"),
            (
                (
                    pair.first_id,
                    network.name_of(pair.first_id),
                    pair.second_id,
                    network.name_of(pair.second_id),
                    round(pair.score, 9),
                )
                for pair in found.pairs
            ),
        )
    if exposure is not None:
        write_csv(
            exposure,
            ("org_id", "name", "in_lists", "in_round"),
            zip(
                network.organisation_ids,
                network.names,
                found.before.counts.tolist(),
                found.after.counts.tolist(),
                strict=True,
            ),
        )
    if as_json:
        click.echo(json.dumps(_as_data(found), ensure_ascii=False, indent=2))
    else:
        _print(network, found, out)


def _read_limits(network: Network, path: Path) -> dict[str, int]:
    """Return limits by organisation id; raises InputError that names file, row and column."""
    with path.open(encoding=encoding_of(path), newline="") as file:
        rows = csv.DictReader(file)
        try:
            return _limits_in(network, path, rows)
        except csv.Error as error:
            raise InputError(
                f"{path}, row {rows.line_num}: can't be read as CSV ({error}).",
                remedy="Look for a quotation mark that is never closed.",
            ) from error


def _limits_in(network: Network, path: Path, rows: csv.DictReader[str]) -> dict[str, int]:
    for column in ("organisation", "limit"):
        if column not in (rows.fieldnames or ()):
            raise InputError(
                f"{path}, row 1: there is no column {column!r}.",
                remedy="The first row names the columns: organisation,limit.",
            )
    found: dict[str, int] = {}
    for row in rows:
        where = f"{path}, row {rows.line_num}"
        value = (row["limit"] or "").strip()
        if not (value.isascii() and value.isdigit() and len(value) <= _LONGEST_LIMIT):
            raise InputError(
                f"{where}, column limit: {quoted(value)} is not a whole number up to 9999.",
                remedy="Write how many pairs the organisation may be in, such as 2.",
            )
        try:
            number = find_organisation(network, row["organisation"] or "")
        except UnknownOrganisation as error:
            raise InputError(
                f"{where}, column organisation: {error.message}", remedy=error.remedy
            ) from error
        found[network.organisation_ids[number]] = int(value)
    return found


def _as_data(found: MatchingRound) -> dict[str, Any]:
    return {
        "pairs": [asdict(pair) for pair in found.pairs],
        "total_score": found.total_score,
        "bound": found.bound,
        "gap": found.gap,
        "before": _figures(found.before),
        "after": _figures(found.after),
        "price": {
            **asdict(found.price),
            "of_limits": found.price.of_limits,
            "of_floors": found.price.of_floors,
        },
        "left_out": list(found.left_out),
        "below_floor": list(found.below_floor),
    }


def _figures(exposure: Exposure) -> dict[str, float]:
    return {
        "gini": exposure.gini,
        "never_share": exposure.never_share,
        "largest": exposure.largest,
    }


def _print(network: Network, found: MatchingRound, out: Path | None) -> None:
    console = Console()
    if not found.pairs:
        console.print("No pair to propose: nobody may be suggested to anybody yet.")
        return
    console.print(f"[bold]A round of {len(found.pairs):,} pairs[/bold], the strongest first:")
    for pair in found.pairs[:_PAIRS_SHOWN]:
        names = (escape(network.name_of(end)) for end in (pair.first_id, pair.second_id))
        console.print(f"  {' – '.join(names)}  [dim]{pair.score:+.2f}[/dim]")
    if len(found.pairs) > _PAIRS_SHOWN:
        rest = f"  and {len(found.pairs) - _PAIRS_SHOWN:,} more"
        console.print(f"{rest}, all in {escape(str(out))}" if out else f"{rest}: --out FILE.csv")
    console.print(_exposure_table(found))
    price = found.price
    console.print(
        f"The price of fairness: limits take {price.of_limits:.1%} of the score that there would "
        "be if everybody met its own favourites; places for the small and new take "
        f"{price.of_floors:.1%}."
    )
    console.print(f"No round within these limits can score more than {found.gap:.2%} higher.")
    if found.left_out:
        console.print(f"Without a pair: {_some(network, found.left_out)}.")


def _exposure_table(found: MatchingRound) -> Table:
    table = Table(title="How often organisations are proposed")
    table.add_column("")
    table.add_column("By their own lists", justify="right")
    table.add_column("In this round", justify="right")
    sides = (found.before, found.after)
    table.add_row("never", *(f"{side.never_share:.1%}" for side in sides))
    table.add_row("most often", *(f"{side.largest:,} times" for side in sides))
    table.add_row("inequality, 0 to 1 (Gini)", *(f"{side.gini:.2f}" for side in sides))
    return table


def _some(network: Network, ids: Sequence[str]) -> str:
    names = ", ".join(escape(network.name_of(key)) for key in ids[:_NAMES_SHOWN])
    more = len(ids) - _NAMES_SHOWN
    return f"{names} and {more:,} more" if more > 0 else names
