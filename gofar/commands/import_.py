"""gofar import, imports, undo, template: bringing facts in, and taking an import back."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from operator import attrgetter
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from gofar.options import opened, progress_bar, store_option, today
from gofar.settings import read_settings
from graph.contract import GraphStore
from graph.errors import InputError
from graph.model import ImportRecord, ImportState
from seeds import Duplicate, ImportPreview, apply, preview, undo
from seeds.sources import SOURCES
from seeds.sources.template_workbook import write_template

__all__ = ["carry_out", "import_", "imports", "show_preview", "template", "undo_import"]

_SHOWN = 20
_COUNTS = ("adds", "updates", "duplicates", "skipped")


@click.command("import")
@click.argument("paths", nargs=-1, required=True)
@click.option("--preview", "preview_only", is_flag=True, help="Show what would change, and stop.")
@click.option("--yes", is_flag=True, help="Commit without asking.")
@click.option("--json", "as_json", is_flag=True, help="Print the preview as JSON.")
@store_option
def import_(
    paths: tuple[str, ...], preview_only: bool, yes: bool, as_json: bool, store_url: str | None
) -> None:
    """Import FILE or DIR …: our template, grants, past projects, or what other programs write.

    The kind is recognised; to say it yourself, put it first: gofar import history FOLDER.
    """
    source, files = _source_and_files(paths)
    told: list[dict[str, Any]] = []
    refusals = 0
    with opened(store_url) as store:
        for path in files:
            try:
                seen = _previewed(store, source, path)
            except InputError as error:
                if not as_json:
                    raise
                told.append(_refused(path, error))
                refusals += 1
                continue
            told.append(seen.to_json())
            if not as_json:
                show_preview(seen, str(path))
            if preview_only:
                refusals += seen.is_refused or bool(seen.problems)
            elif seen.is_refused:
                refusals += 1
            elif not (yes or click.confirm("Import this?", err=True)):
                refusals += 1
                click.echo("Nothing was written.", err=True)
            else:
                carry_out(store, seen, is_told=not as_json)
    if as_json:
        click.echo(json.dumps(_together(told), ensure_ascii=False, indent=2))
    raise SystemExit(1 if refusals else 0)


def _previewed(store: GraphStore, source: str | None, path: Path) -> ImportPreview:
    actor = read_settings().actor
    with progress_bar() as report:
        return preview(path, store, source=source, actor=actor, today=today(), progress=report)


def carry_out(store: GraphStore, seen: ImportPreview, *, is_told: bool) -> None:
    """Apply a preview with a progress bar; ``is_told`` says whether to print what came of it."""
    if seen.earlier is ImportState.APPLIED and not seen.changes_anything:
        if is_told:
            click.echo("Nothing to do: this was imported before, and nothing has changed.")
        return
    with progress_bar() as report:
        record = apply(seen, store, progress=report)
    if is_told:
        click.echo(f"Imported as {record.id}. To take it back: gofar undo {record.id}")


def _refused(path: Path, error: InputError) -> dict[str, Any]:
    """Return the report on a file that can't be read at all, in the form of the others."""
    fault = {"file": path.name, "sheet": "", "row": None, "column": "", "value": ""}
    errors = [{**fault, "message": str(error)}]
    return {"adds": 0, "updates": 0, "duplicates": 0, "skipped": 0, "errors": errors}


def _source_and_files(paths: Sequence[str]) -> tuple[str | None, list[Path]]:
    names = {source.name for source in SOURCES}
    is_named = len(paths) > 1 and paths[0] in names
    source = paths[0] if is_named else None
    files = [Path(path) for path in (paths[1:] if is_named else paths)]
    for path in files:
        if not path.exists():
            raise InputError(
                f"{path}: there is no such file or folder.", remedy="Check the spelling."
            )
    return source, files


def _together(told: Sequence[dict[str, Any]]) -> dict[str, Any]:
    if len(told) == 1:
        return told[0]
    together: dict[str, Any] = {name: sum(each[name] for each in told) for name in _COUNTS}
    together["errors"] = [error for each in told for error in each["errors"]]
    return together


def show_preview(seen: ImportPreview, what: str) -> None:
    """Print what importing ``what`` would change."""
    counts = seen.to_json()
    console = Console()
    console.print(f"{what}: {seen.source} ({seen.recognised_by})", markup=False, soft_wrap=True)
    table = Table(show_header=False)
    for name in (*_COUNTS, "error_count"):
        table.add_row(name.replace("_count", "s"), f"{counts[name]:,}")
    console.print(table)
    for reason, count in sorted(seen.skipped.items()):
        console.print(f"  skipped {count:,}: {reason}", markup=False)
    _list(console, "error", [str(problem) for problem in seen.problems])
    _list(console, "to note", [str(warning) for warning in seen.warnings])
    _list(console, "possible duplicate", [_pair(pair) for pair in seen.duplicates])
    if seen.is_refused:
        console.print(
            f"Refused: {', '.join(seen.files)} {seen.refusal}.", markup=False, soft_wrap=True
        )


def _pair(pair: Duplicate) -> str:
    return f"{pair.name} ({pair.id}) is like {pair.other_name} ({pair.other_id})"


def _list(console: Console, what: str, lines: Sequence[str]) -> None:
    for line in lines[:_SHOWN]:
        console.print(f"  {what}: {line}", markup=False, soft_wrap=True)
    if len(lines) > _SHOWN:
        console.print(f"  … and {len(lines) - _SHOWN:,} more; see --json.")


@click.command()
@store_option
def imports(store_url: str | None) -> None:
    """List the imports, each with the id that undoes it."""
    with opened(store_url) as store:
        found = sorted(store.records(ImportRecord), key=attrgetter("begun_at_version"))
    if not found:
        click.echo("Nothing has been imported yet.")
    for record in found:
        click.echo(f"{record.id}  {record.state.value}  {record.asserted_on.isoformat()}")
        click.echo(
            f"    {record.source}: {record.file_name}, by {record.actor}; "
            f"{record.added:,} added, {record.updated:,} updated, {record.skipped:,} skipped"
        )


@click.command("undo")
@click.argument("import_id")
@store_option
def undo_import(import_id: str, store_url: str | None) -> None:
    """Take back the import IMPORT_ID, except for what was changed since."""
    with opened(store_url) as store:
        result = undo(store, import_id, read_settings().actor)
    click.echo(f"Taken back: {result.deleted:,} deleted, {result.restored:,} restored.")
    if result.kept_count:
        click.echo(f"Kept: {result.kept_count:,}.")
    reasons = Counter(kept.reason for kept in result.kept)
    for reason, count in reasons.most_common():
        click.echo(f"  {count:,}: {reason}")


@click.command()
@click.argument(
    "out", type=click.Path(dir_okay=False, path_type=Path), default="gofar-template.xlsx"
)
@click.option("--force", is_flag=True, help="Even over a file that is there already.")
def template(out: Path, force: bool) -> None:
    """Write the workbook to fill in: organisations, offers and needs, projects, relationships."""
    if out.exists() and not force:
        raise InputError(
            f"{out}: there is such a file already, perhaps filled in.",
            remedy="Choose another name, or add --force to lose what it holds.",
        )
    write_template(out)
    click.echo(f"{out}: fill it in, then run: gofar import {out}")
