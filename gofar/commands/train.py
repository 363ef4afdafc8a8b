"""gofar train: learn from past collaborations who comes to work with whom."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, timedelta

import click
from rich.console import Console
from rich.table import Table

from gofar.models import forget_model, keep_model
from gofar.options import opened, progress_bar, read_network, store_option, today
from gofar.settings import read_settings
from matching.learning import GROUPS, PairModel
from matching.learning import train as learn

__all__ = ["train"]


@click.command()
@click.option(
    "--seed",
    default=0,
    show_default=True,
    type=click.IntRange(0, 2**31 - 1),
    help="For draws of organisations and pairs; the same network and seed give the same model.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the model's card and weights as JSON.")
@click.option("--forget", is_flag=True, help="Forget the learned weights: use the documented ones.")
@store_option
def train(seed: int, as_json: bool, forget: bool, store_url: str | None) -> None:
    """Learn weights from the dated projects and collaborations of the network, and keep them.

    Suggestions then rest on them. What came of suggestions is never known to the past that is
    learned from. Without enough history nothing changes, and the documented weights stay.
    """
    if forget:
        with opened(store_url) as store:
            is_known = forget_model(store, read_settings().actor)
        click.echo("The learned weights are forgotten." if is_known else "Nothing was learned yet.")
        return
    network = read_network(store_url)
    with progress_bar() as report:

        def told(done: int, total: int) -> None:
            report(done, total, "Learning")

        model = learn(network, seed=seed, progress=told)
    with opened(store_url) as store:
        keep_model(store, model, actor=read_settings().actor, on=today())
    if as_json:
        click.echo(json.dumps(asdict(model), ensure_ascii=False, indent=2))
    else:
        _print(model)


def _print(model: PairModel) -> None:
    card, console = model.card, Console()
    until = date(1970, 1, 1) + timedelta(days=card.last_day - 1)
    console.print(
        f"Learned from {card.pairs:,} pairs of {card.organisations:,} organisations, of which "
        f"{card.came_about:,} came to work together; history until {until}.",
        highlight=False,
    )
    console.print(
        f"On {card.kept_apart:,} organisations kept apart: NDCG@10 {card.ndcg:.3f}; ranked by "
        f"partners in common {card.ndcg_common:.3f}.",
        highlight=False,
    )
    table = Table("what it looks at", "strongest weights (log-odds for one usual step more)")
    weight = dict(zip(model.features, model.weights, strict=False))
    for group in GROUPS:
        strongest = sorted(group.features, key=lambda each: -abs(weight[each.name]))[:3]
        told = "; ".join(f"{each.label} {weight[each.name]:+.2f}" for each in strongest)
        table.add_row(group.name, told)
    console.print(table)
    console.print("gofar match now ranks by these weights; gofar train --forget undoes that.")
