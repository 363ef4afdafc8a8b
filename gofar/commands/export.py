"""gofar export: the whole network in a format that other programs read."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from gofar.options import read_snapshot, store_option, view_of, view_options
from graph.errors import InputError
from seeds.exports import EXPORTS, ExportResult, export, export_named

__all__ = ["export_"]


@click.command("export")
@click.argument("format_name", metavar="FORMAT", required=False)
@click.argument("out", type=click.Path(path_type=Path), required=False)
@click.option("--force", is_flag=True, help="Even over files that are there already.")
@click.option(
    "--confidential", is_flag=True, help="Also vetoes and introductions: for your eyes only."
)
@view_options
@store_option
def export_(
    format_name: str | None,
    out: Path | None,
    force: bool,
    confidential: bool,
    as_of: datetime | None,
    told_only: bool,
    store_url: str | None,
) -> None:
    """Write the whole network to OUT, in FORMAT: a file, or a folder where it takes several.

    Private facts of organisations stay where they are. What the format can't hold is listed.
    Without FORMAT and OUT the formats are listed.
    """
    if format_name is None:
        for each in EXPORTS:
            click.echo(f"{each.name:<18} {each.title}. {each.note}")
        return
    chosen = export_named(format_name)
    if out is None:
        raise InputError(
            f"It isn't said where to write {chosen.title}.",
            remedy=f"Name a place: gofar export {chosen.name} network{chosen.suffix}",
        )
    there = [name for name in chosen.files if (out / name).exists()]
    if (there or (out.exists() and not chosen.files)) and not force:
        raise InputError(
            f"{out / there[0] if there else out}: there is such a file already.",
            remedy="Choose another name, or add --force to lose what it holds.",
        )
    snapshot = read_snapshot(store_url, view_of(as_of, told_only))
    _tell(export(snapshot, chosen.name, out, with_confidential=confidential))


def _tell(result: ExportResult) -> None:
    for file in result.files:
        click.echo(f"{file}: {file.stat().st_size:,} bytes")
    if result.left_out:
        click.echo("Left out, as it is confidential or the format has no place for it:")
    for left_out in result.left_out:
        click.echo(f"  {left_out}")
