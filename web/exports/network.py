"""The whole network as files for other programs: formats, what each leaves out, downloads."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

from flask import Blueprint, render_template, request, send_file
from flask.typing import ResponseReturnValue

from graph.access import Action
from web.exports.forms import FormatQuery
from web.security import current_door, requires

__all__ = ["blueprint"]

blueprint = Blueprint("network_exports", __name__, template_folder="templates")

_KINDS = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".json": "application/json",
    ".gexf": "application/gexf+xml",
    ".graphml": "application/graphml+xml",
    ".zip": "application/zip",
}
# The same bytes for the same network, whenever it is asked for: the earliest day that ZIP knows.
_NO_DAY = (1980, 1, 1, 0, 0, 0)


@blueprint.get("/exports")
@requires(Action.EXPORT)
def index() -> str:
    """Show every format with what it is good for."""
    return render_template("exports/index.html", formats=current_door().export_formats())


@blueprint.get("/exports/format")
@requires(Action.EXPORT)
def show() -> str:
    """Show what of the network one format can't hold, counted."""
    door = current_door()
    name = FormatQuery.read(request.args).name
    with tempfile.TemporaryDirectory() as folder:
        result = door.export(name, Path(folder) / "network")
    chosen = next(each for each in door.export_formats() if each.name == name)
    return render_template("exports/format.html", chosen=chosen, left_out=result.left_out)


@blueprint.get("/exports/download")
@requires(Action.EXPORT)
def download() -> ResponseReturnValue:
    """Send the network in one format; several files come as one archive."""
    name = FormatQuery.read(request.args).name
    with tempfile.TemporaryDirectory() as folder:
        files = current_door().export(name, Path(folder) / "network").files
        chosen = next(each for each in current_door().export_formats() if each.name == name)
        ending = chosen.suffix or ".zip"
        content = io.BytesIO(_archive(files) if chosen.files else files[0].read_bytes())
    return send_file(
        content, _KINDS[ending], as_attachment=True, download_name=f"gofar-{name}{ending}"
    )


def _archive(files: Sequence[Path]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            entry = zipfile.ZipInfo(file.name, _NO_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, file.read_bytes())
    return packed.getvalue()
