"""gofar import, imports, undo, template: bringing facts in, and taking an import back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from gofar.options import opened, progress_bar, store_option, today
from gofar.settings import read_settings
from graph.errors import InputError
from graph.model import ImportRecord
from seeds import ImportPreview, apply, preview, undo
from seeds.sources import SOURCES
from seeds.sources.template import write_template

__all__ = ["import_", "imports", "template", "undo_import"]

_SHOWN_PROBLEMS = 20


@click.command("import")
@click.argument("paths", nargs=-1, required=True)
@click.option("--preview", "preview_only", is_flag=True, help="Show what would change, and stop.")
@click.option("--yes", is_flag=True, help="Commit without asking.")
@click.option("--json", "as_json", is_flag=True, help="Print the preview as JSON.")
@store_option
def import_(
    paths: tuple[str, ...], preview_only: bool, yes: bool, as_json: bool, store_url: str | None
) -> None:
    """Import FILE or DIR …: our template, 360Giving grants, or collaboration history.

    The kind is recognised; to say it yourself, put it first: gofar import history FOLDER.
    """
    source, files = _source_and_files(paths)
    actor = read_settings().actor
    refused = 0
    with opened(store_url) as store:
        previews: list[ImportPreview] = []
        for path in files:
            with progress_bar() as report:
                seen = preview(
                    path, store, source=source, actor=actor, today=today(), progress=report
                )
            previews.append(seen)
            if not as_json:
                _print(seen, path)
            if preview_only:
                refused += bool(seen.problems)
                continue
            if not yes and not click.confirm("Import this?", default=False, err=True):
                refused += 1
                continue
            with progress_bar() as report:
                record = apply(seen, store, progress=report)
            if not as_json:
                click.echo(f"Imported as {record.id}. To take it back: gofar undo {record.id}")
    if as_json:
        click.echo(json.dumps(_together(previews), ensure_ascii=False, indent=2))
    raise SystemExit(1 if refused else 0)


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


def _together(previews: Sequence[ImportPreview]) -> dict[str, object]:
    parts = [seen.to_json() for seen in previews]
    if len(parts) == 1:
        return parts[0]
    together: dict[str, object] = {
        name: sum(part[name] for part in parts)
        for name in ("adds", "updates", "duplicates", "skipped")
    }
    together["errors"] = [error for part in parts for error in part["errors"]]
    return together


def _print(seen: ImportPreview, path: Path) -> None:
    counts = seen.to_json()
    console = Console()
    console.print(f"{path}: {seen.source}", markup=False)
    table = Table(show_header=False)
    for name in ("adds", "updates", "duplicates", "skipped"):
        table.add_row(name, f"{counts[name]:,}")
    table.add_row("errors", f"{len(seen.problems):,}")
    console.print(table)
    for reason, count in sorted(seen.skipped.items()):
        console.print(f"  skipped {count:,}: {escape(str(reason))}")
    for problem in seen.problems[:_SHOWN_PROBLEMS]:
        console.print(f"  {problem}", markup=False)
    if len(seen.problems) > _SHOWN_PROBLEMS:
        console.print(f"  … and {len(seen.problems) - _SHOWN_PROBLEMS:,} more; see --json.")


@click.command()
@store_option
def imports(store_url: str | None) -> None:
    """List the imports, each with the id that undoes it."""
    table = Table("Id", "Kind", "File", "By", "Since", "State", "Added", "Updated")
    with opened(store_url) as store:
        for record in store.records(ImportRecord):
            table.add_row(
                record.id,
                escape(record.source),
                escape(record.file_name),
                escape(record.actor),
                record.asserted_on.isoformat(),
                record.state.value,
                f"{record.added:,}",
                f"{record.updated:,}",
            )
    Console().print(table if table.row_count else "Nothing has been imported yet.")


@click.command("undo")
@click.argument("import_id")
@store_option
def undo_import(import_id: str, store_url: str | None) -> None:
    """Take back the import IMPORT_ID, except for what was changed since."""
    with opened(store_url) as store:
        result = undo(store, import_id, read_settings().actor, today())
    click.echo(f"Taken back: {result.deleted:,} deleted, {result.restored:,} restored.")
    if result.kept:
        click.echo(f"Kept, because somebody changed them since: {len(result.kept):,}.")


@click.command()
@click.argument(
    "out", type=click.Path(dir_okay=False, path_type=Path), default="gofar-template.xlsx"
)
def template(out: Path) -> None:
    """Write the workbook to fill in: organisations, offers and needs, projects, relationships."""
    write_template(out)
    click.echo(f"{out}: fill it in, then run: gofar import {out}")
