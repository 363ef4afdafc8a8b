"""gofar duplicates, merge, unmerge, split, not-same: who is who."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console

from gofar.options import opened, read_network, store_option, today
from gofar.settings import read_settings
from matching import Network, find_organisation
from seeds.identity import (
    Candidate,
    find_candidates,
    merge,
    read_known_pairs,
    split,
    tell_apart,
    told_apart,
    unmerge,
)

__all__ = ["duplicates", "merge_", "not_same", "split_", "unmerge_"]

_ORGANISATION = "An organisation is named by its id, an identifier or its name."


@click.command()
@click.option(
    "--known",
    type=click.Path(exists=True, path_type=Path),
    help="A list of pairs that are one (org_id_a, org_id_b), or a folder with the register's "
    "extract and its event history.",
)
@click.option("--top", default=20, show_default=True, type=click.IntRange(1, 10_000))
@click.option("--json", "as_json", is_flag=True, help="Print JSON: every pair, all compared.")
@store_option
def duplicates(known: Path | None, top: int, as_json: bool, store_url: str | None) -> None:
    """List organisations that may be one and the same, the surest first."""
    network = read_network(store_url)
    with opened(store_url) as store:
        distinct = told_apart(store)
    pairs = read_known_pairs(known) if known else ()
    found = find_candidates(network.snapshot, known=pairs, distinct=distinct)
    if as_json:
        click.echo(json.dumps([asdict(each) for each in found], ensure_ascii=False, indent=2))
        return
    console = Console()
    counts = Counter(each.certainty.value for each in found)
    told = ", ".join(f"{count:,} {level}" for level, count in counts.items())
    pairs_found = f"{len(found):,} {'pair' if len(found) == 1 else 'pairs'}"
    console.print(f"{pairs_found} may be one: {told}." if found else "No pair looks alike.")
    for each in found[:top]:
        _print(console, network, each)
    if len(found) > top:
        console.print(f"… and {len(found) - top:,} more; see --top or --json.")


def _print(console: Console, network: Network, pair: Candidate) -> None:
    names = (f"{network.name_of(each)} ({each})" for each in (pair.first_id, pair.second_id))
    line = f"\n{pair.certainty.value} ({pair.likeness:.2f}): {' and '.join(names)}"
    console.print(line, markup=False, soft_wrap=True)
    for each in pair.agreements:
        sign = "=" if each.agrees else "≠" if each.first and each.second else "?"
        values = f"{each.first or 'not known'} {sign} {each.second or 'not known'}"
        console.print(f"   {each.field}: {values}", markup=False, soft_wrap=True)


@click.command("merge")
@click.argument("kept")
@click.argument("other")
@click.option("--reason", default="", help="Why they are one, for the record.")
@store_option
def merge_(kept: str, other: str, reason: str, store_url: str | None) -> None:
    """Make one of two: OTHER is taken into KEPT, with all its ids, names and ties."""
    kept_id, other_id = _ids(store_url, kept, other)
    with opened(store_url) as store:
        made = merge(
            store, kept_id, other_id, actor=read_settings().actor, today=today(), reason=reason
        )
    click.echo(f"{made.merged_name} is now part of {made.kept_id}.")
    click.echo(f"To take it back: gofar unmerge {made.id}")


@click.command("unmerge")
@click.argument("merge_id")
@store_option
def unmerge_(merge_id: str, store_url: str | None) -> None:
    """Take the merge MERGE_ID back, except for what was changed since."""
    with opened(store_url) as store:
        result = unmerge(store, merge_id, actor=read_settings().actor)
    click.echo(f"Taken back: {result.deleted:,} deleted, {result.restored:,} restored.")
    for each in result.kept:
        click.echo(f"  kept {each.kind} {each.id}: {each.reason}")


@click.command("split")
@click.argument("organisation")
@click.option("--name", required=True, help="What the other body is called.")
@click.option("--identifier", "external_ids", multiple=True, help="An identifier that is its own.")
@click.option("--fact", "fact_ids", multiple=True, help="The id of a tie that is its own.")
@click.option("--reason", default="", help="Why they are two, for the record.")
@store_option
def split_(
    organisation: str,
    name: str,
    external_ids: tuple[str, ...],
    fact_ids: tuple[str, ...],
    reason: str,
    store_url: str | None,
) -> None:
    """Take another body out of ORGANISATION, where two came in as one."""
    (organisation_id,) = _ids(store_url, organisation)
    with opened(store_url) as store:
        made = split(
            store,
            organisation_id,
            name=name,
            external_ids=external_ids,
            fact_ids=fact_ids,
            reason=reason,
            actor=read_settings().actor,
            today=today(),
        )
    click.echo(f"{made.new.name} is now {made.new.id}. To take it back: gofar undo {made.id}")


@click.command("not-same")
@click.argument("first")
@click.argument("second")
@click.option("--reason", default="", help="What tells them apart, for the record.")
@store_option
def not_same(first: str, second: str, reason: str, store_url: str | None) -> None:
    """Say that FIRST and SECOND are two, so that nobody is asked again."""
    first_id, second_id = _ids(store_url, first, second)
    with opened(store_url) as store:
        tell_apart(
            store, first_id, second_id, actor=read_settings().actor, today=today(), reason=reason
        )
    click.echo("Remembered: they are two.")


def _ids(store_url: str | None, *named: str) -> list[str]:
    network = read_network(store_url)
    return [network.organisation_ids[find_organisation(network, each)] for each in named]


for _command in (merge_, split_, not_same):
    _command.help = f"{_command.help}\n\n{_ORGANISATION}"
