"""gofar bootstrap: from a register of charities to a first network of one place."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from gofar.commands.import_ import carry_out, show_preview
from gofar.options import opened, progress_bar, store_option, today
from gofar.settings import read_settings
from graph.contract import GraphStore
from graph.errors import InputError
from graph.vocabulary import places
from seeds import ImportPreview, preview
from seeds.coverage import Coverage
from seeds.reading.encoding import encoding_of
from seeds.sources import source_named
from seeds.sources.selection import IDS, PLACE, selection_options

__all__ = ["bootstrap"]

_SEPARATOR = re.compile(r"[\s,;]+")
_LONGEST_LIST = 1_000_000


@dataclass(frozen=True, slots=True)
class _Answer:
    """How the command was called, apart from what it was called for."""

    preview_only: bool
    yes: bool
    as_json: bool


@click.command()
@click.option(
    "--source",
    "sources",
    multiple=True,
    metavar="FILE …",
    help="Files or folders of a register, such as publicextract.charity.json and its side tables. "
    "More may follow without the option's name.",
)
@click.argument("more", nargs=-1, metavar="[FILE]...")
@click.option(
    "--place",
    metavar="PLACE",
    help="Where they work: the code or name of a council, county, region or nation.",
)
@click.option(
    "--ids",
    metavar="FILE",
    help="Instead of a place: a file of charity numbers or ids such as GB-CHC-1164883, or the ids "
    "themselves with commas between them.",
)
@click.option(
    "--office",
    is_flag=True,
    help="Also charities whose office is in the place, wherever else they work.",
)
@click.option(
    "--wider",
    is_flag=True,
    help="Also charities that work in the whole of a wider area: all of London, England, the UK.",
)
@click.option("--preview", "preview_only", is_flag=True, help="Show what would change, and stop.")
@click.option("--yes", is_flag=True, help="Commit without asking.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
@store_option
def bootstrap(
    sources: tuple[str, ...],
    more: tuple[str, ...],
    place: str | None,
    ids: str | None,
    office: bool,
    wider: bool,
    preview_only: bool,
    yes: bool,
    as_json: bool,
    store_url: str | None,
) -> None:
    """Fill the network with the charities of one place, from a register's own files.

    Those come in that say they work in the place and are still on the register. Doing it again
    with newer files brings the network up to date.
    """
    files = [Path(path) for path in (*sources, *more)]
    _check(files)
    options = selection_options(place or "", _listed(ids), office=office, wider=wider)
    answer = _Answer(preview_only, yes, as_json)
    with opened(store_url) as store:
        raise SystemExit(_run(store, files, options, answer))


def _check(files: Sequence[Path]) -> None:
    if not files:
        raise InputError(
            "No file of a register was named.",
            remedy="Write --source and the file, for example publicextract.charity.json.",
        )
    for path in files:
        if not path.exists():
            raise InputError(
                f"{path}: there is no such file or folder.", remedy="Check the spelling."
            )


def _listed(ids: str | None) -> list[str]:
    """Return the ids that were given, or that stand in the file that was given."""
    if not ids:
        return []
    path = Path(ids)
    text = ids
    if path.is_file():
        if path.stat().st_size > _LONGEST_LIST:
            raise InputError(
                f"{path}: has more than {_LONGEST_LIST:,} bytes.",
                remedy="Give a plain list of ids, one a line.",
            )
        text = path.read_text(encoding=encoding_of(path))
    words = [word for word in _SEPARATOR.split(text) if word]
    if not any(any(letter.isdigit() for letter in word) for word in words):
        raise InputError(
            f"{ids[:60]!r} is no file and holds no id.",
            remedy="Name a file with one id a line, or write ids such as GB-CHC-1164883.",
        )
    # A title above the list has no digit; an id always has some.
    while not any(letter.isdigit() for letter in words[0]):
        words.pop(0)
    return words


def _run(store: GraphStore, files: Sequence[Path], options: dict[str, str], answer: _Answer) -> int:
    coverage = Coverage()
    with progress_bar() as report:
        seen = preview(
            files,
            store,
            actor=read_settings().actor,
            today=today(),
            progress=report,
            options=options,
            observe=coverage.take,
        )
    source = source_named(seen.source)
    if not source.is_register:
        raise InputError(
            f"{', '.join(seen.files)}: holds {source.title}, and no register of charities.",
            remedy="Bring it in with gofar import, once the charities are there.",
        )
    if answer.as_json:
        told = {**seen.to_json(), "options": options, "coverage": coverage.to_json()}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        show_preview(seen, _what(options))
        click.echo(_summary(coverage, seen))
    if answer.preview_only or seen.is_refused:
        return 1 if seen.is_refused or seen.problems else 0
    if not (answer.yes or click.confirm("Import this?", err=True)):
        click.echo("Nothing was written.", err=True)
        return 1
    carry_out(store, seen, is_told=not answer.as_json)
    if not answer.as_json:
        click.echo(_next_steps(options))
    return 0


def _remarks(seen: ImportPreview) -> str:
    return "remark" if seen.findings.warning_count == 1 else "remarks"


def _what(options: dict[str, str]) -> str:
    if IDS in options:
        return f"{len(options[IDS].split()):,} ids"
    return f"{places().term(options[PLACE]).label} ({options[PLACE]})"


def _summary(coverage: Coverage, seen: ImportPreview) -> str:
    counts = coverage.to_json()
    total = counts["organisations"]
    lines = [
        f"{total:,} charities",
        *(
            f"  {counts[name]:,} {words}"
            for name, words in (
                ("with_themes", "with a theme"),
                ("with_communities", "with a community that they are for"),
                ("with_skills", "with a skill that they probably offer"),
                ("without_area", "that don't say where they work"),
                ("without_place", "without any place"),
            )
        ),
    ]
    if counts["closed"]:
        lines.append(f"  {counts['closed']:,} that have left the register: they are marked closed")
    if seen.warnings:
        lines.append(f"  {seen.findings.warning_count:,} {_remarks(seen)}, listed above")
    return "\n".join(lines)


def _next_steps(options: dict[str, str]) -> str:
    whose = "a charity's name"
    lines = ["What now:", f"  gofar match {whose!r}    who would suit it as a partner"]
    lines.append("  gofar gaps                      which skills are missing")
    lines.append("  gofar serve                     look at it, confirm what was worked out")
    if PLACE in options:
        lines.append("Newer files of the register: run the same command again.")
    return "\n".join(lines)
