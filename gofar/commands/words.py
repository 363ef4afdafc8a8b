"""gofar words: what descriptions say that no vocabulary covers, and what it means."""

from __future__ import annotations

import json

import click
from rich.console import Console

from gofar.options import local_viewer, opened, progress_bar, store_option, today
from gofar.settings import read_settings
from graph.access import redact
from graph.contract import GraphStore
from graph.errors import InputError
from seeds import upkeep
from seeds.terms import UnmappedWord
from seeds.upkeep import Done

__all__ = ["words"]


@click.command()
@click.option(
    "--map",
    "mapped",
    multiple=True,
    metavar="PHRASE=TERM",
    help="Say what a phrase means, by the name or id of a skill, theme or community.",
)
@click.option(
    "--ignore", "ignored", multiple=True, metavar="PHRASE", help="Say that a phrase means nothing."
)
@click.option("--reread", is_flag=True, help="Read all descriptions again, and add what they say.")
@click.option("--top", default=50, show_default=True, type=click.IntRange(1, 1000))
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@store_option
def words(
    mapped: tuple[str, ...],
    ignored: tuple[str, ...],
    reread: bool,
    top: int,
    as_json: bool,
    store_url: str | None,
) -> None:
    """List words of descriptions that nothing covers, or say what they mean."""
    # Checked first, so that of several none is written where one is wrong.
    meanings = [_meaning(text) for text in mapped]
    with opened(store_url) as store:
        if not (mapped or ignored or reread):
            _list(_unmapped(store)[:top], as_json=as_json)
            return
        actor = read_settings().actor
        for phrase, term_id in meanings:
            _report(upkeep.map_words(store, [phrase], term_id, actor, today()))
        if ignored:
            _report(upkeep.ignore_words(store, ignored, actor, today()))
        if reread:
            with progress_bar() as report:
                done = upkeep.reread(store, actor, today(), progress=report)
            _report(done)


def _meaning(text: str) -> tuple[str, str]:
    """Return phrase and term id of ``phrase=term``."""
    phrase, found, term = text.rpartition("=")
    if not found:
        raise InputError(
            f"--map: “{text}” names no term.", remedy='Write it as "knit and natter=theme-…".'
        )
    upkeep.tidy([phrase])
    return phrase, upkeep.term_named(term).id


def _unmapped(store: GraphStore) -> list[UnmappedWord]:
    snapshot = redact(store.snapshot(), local_viewer().audience)
    table = snapshot.tables["organisation"]
    texts = zip(map(str, table.ids), map(str, table["description"]), strict=True)
    return upkeep.unmapped_words(store, texts)


def _list(found: list[UnmappedWord], *, as_json: bool) -> None:
    if as_json:
        rows = [
            {"words": word.words, "count": word.count, "examples": list(word.examples)}
            for word in found
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    console = Console()
    if not found:
        console.print("No word waits: what several descriptions say is covered.")
    for word in found:
        examples = ", ".join(word.examples)
        console.print(f"{word.count:>6,}  {word.words}  ({examples})", markup=False, soft_wrap=True)


def _report(done: Done) -> None:
    if done.import_id:
        click.echo(f"{done.what}. To take it back: gofar undo {done.import_id}")
    else:
        click.echo("Nothing to do: that is known already.")
