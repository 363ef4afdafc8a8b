"""gofar board: the five conditions of collective impact, each with its numbers."""

from __future__ import annotations

import dataclasses
import json
from datetime import date, datetime
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from gofar.options import read_network, store_option, view_of, view_options
from matching.gaps.conditions import Conditions, PairKind, Part, conditions

__all__ = ["board"]


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with the ids behind it.")
@view_options
@store_option
def board(as_json: bool, as_of: datetime | None, told_only: bool, store_url: str | None) -> None:
    """Show how far the network meets the five conditions of collective impact."""
    found = conditions(read_network(store_url, view_of(as_of, told_only)))
    if as_json:
        click.echo(json.dumps(_plain(found), ensure_ascii=False, indent=2))
        return
    table = Table(title="Collective impact")
    table.add_column("Condition")
    table.add_column("Signal")
    table.add_column("", justify="right")
    table.add_column("Counted")
    for row in _rows(found):
        table.add_row(*row)
    Console().print(table)


def _rows(found: Conditions) -> list[tuple[str, str, str, str]]:
    agenda, measuring, talking = found.agenda, found.measurement, found.communication
    support = found.backbone
    median = talking.median_days
    before, after = support.with_backbone.reachable, support.without_backbone.reachable
    return [
        ("common agenda", "have signed a goal", *_share(agenda.signed, "organisations")),
        ("", "work towards one only", *_share(agenda.advancing, "organisations")),
        ("", "fewer than 3 signatures", *_share(agenda.thin_goals, "goals")),
        ("shared measurement", "report a shared measure", *_share(measuring.reporting, "projects")),
        ("", "their last value is of this year", *_share(measuring.fresh, "projects")),
        (
            "reinforcing activities",
            "complete, not double, each other",
            *_share(found.activities.complementary, "pairs"),
        ),
        (
            "communication",
            "days since contact",
            "-" if median is None else f"{median:,.0f}",
            f"{talking.with_contact.count:,} of {talking.with_contact.of:,} ties with a contact",
        ),
        ("", "in touch in the last 90 days", *_share(talking.recent, "ties")),
        (
            "backbone support",
            "dependency: should fall",
            "-" if support.dependency is None else f"{support.dependency:.1%}",
            f"pairs that reach each other: {before.count:,} of {before.of:,} with it, "
            f"{after.count:,} without",
        ),
        ("", "no tie but to the backbone", *_share(support.hanging, "organisations")),
    ]


def _share(part: Part, noun: str) -> tuple[str, str]:
    share = "-" if part.share is None else f"{part.share:.1%}"
    return share, f"{part.count:,} of {part.of:,} {noun}"


def _plain(value: Any) -> Any:
    """Return a result as JSON can hold it; duplicating pairs are told one by one."""
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    if not dataclasses.is_dataclass(value):
        return value
    told = {
        each.name: _plain(getattr(value, each.name))
        for each in dataclasses.fields(value)
        if not each.name.startswith("_")
    }
    if isinstance(value, Conditions):
        pairs = value.activities.pairs(PairKind.DUPLICATING)
        told["activities"]["duplicating_pairs"] = [
            {**_plain(pair), "kind": "duplicating"} for pair in pairs
        ]
    return told
