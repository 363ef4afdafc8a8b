"""Imports: choose files, see what would change, confirm, and take an import back."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

from flask import (
    Blueprint,
    abort,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from graph.access import Action
from graph.errors import InputError
from graph.model import ImportRecord, ImportState
from web.imports.forms import ImportQuery, JobQuery
from web.imports.jobs import Job, Jobs
from web.imports.present import STATES, preview_page
from web.imports.uploads import save
from web.security import current_door, requires

__all__ = ["blueprint"]

blueprint = Blueprint("imports", __name__, template_folder="templates")

_REFRESH_S = 2
_JOBS = "gofar.imports"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.record
def _open_jobs(state: BlueprintSetupState) -> None:
    """Give each app its own jobs."""
    state.app.extensions[_JOBS] = Jobs()


@blueprint.get("/imports")
@requires(Action.IMPORT)
def index() -> str:
    """Show the form for files, and the imports there have been."""
    return _index()


@blueprint.post("/imports")
@requires(Action.IMPORT)
def upload() -> ResponseReturnValue:
    """Take files and begin to read them."""
    door = current_door()
    try:
        folder, paths = save(request.files.getlist("files"), door.upload_folder)
    except InputError as error:
        return _index([("files", f"{error.message} {error.remedy}")]), 400
    title = ", ".join(path.name for path in paths)
    job = _jobs().read(door, title, folder, paths)
    job.wait()
    return redirect(url_for("imports.job", job=job.id), 303)


@blueprint.get("/imports/job")
@requires(Action.IMPORT)
def job() -> ResponseReturnValue:
    """Show how far an import is: progress, preview, result or what went wrong."""
    found = _job(JobQuery.read(request.args).job)
    if found.stage.is_busy:
        page = make_response(render_template("imports/progress.html", job=found))
        page.headers["Refresh"] = str(_REFRESH_S)
        return page
    preview = (
        preview_page(found.preview, current_door().name_of) if found.preview is not None else None
    )
    return render_template(f"imports/{found.stage}.html", job=found, preview=preview)


@blueprint.post("/imports/confirm")
@requires(Action.IMPORT)
def confirm() -> ResponseReturnValue:
    """Begin to write what was previewed."""
    found = _job(JobQuery.read(request.form).job)
    if _jobs().apply(found, current_door()):
        found.wait()
    return redirect(url_for("imports.job", job=found.id), 303)


@blueprint.post("/imports/cancel")
@requires(Action.IMPORT)
def cancel() -> ResponseReturnValue:
    """Drop a preview and its files."""
    found = _job(JobQuery.read(request.form).job)
    if not _jobs().forget(found):
        return redirect(url_for("imports.job", job=found.id), 303)
    return redirect(url_for("imports.index"), 303)


@blueprint.get("/imports/undo")
@requires(Action.IMPORT)
def ask_undo() -> str:
    """Ask before an import is taken back."""
    return render_template(
        "imports/ask_undo.html", record=_record(ImportQuery.read(request.args).id)
    )


@blueprint.post("/imports/undo")
@requires(Action.IMPORT)
def undo() -> ResponseReturnValue:
    """Begin to take an import back."""
    record = _record(ImportQuery.read(request.form).id)
    begun = _jobs().undo(current_door(), record)
    begun.wait()
    return redirect(url_for("imports.job", job=begun.id), 303)


@blueprint.get("/imports/template")
@requires(Action.IMPORT)
def template() -> ResponseReturnValue:
    """Send the workbook that people fill in."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "gofar-template.xlsx"
        current_door().write_template(path)
        content = io.BytesIO(path.read_bytes())
    return send_file(content, _XLSX, as_attachment=True, download_name=path.name)


def _index(faults: list[tuple[str, str]] | None = None) -> str:
    return render_template(
        "imports/index.html",
        records=current_door().imports(),
        states=STATES,
        undone=ImportState.UNDONE,
        faults=faults or [],
    )


def _jobs() -> Jobs:
    jobs: Jobs = current_app.extensions[_JOBS]
    return jobs


def _job(job_id: str) -> Job:
    found = _jobs().find(job_id, current_door().viewer.name)
    if found is None:
        abort(410)
    return found


def _record(import_id: str) -> ImportRecord:
    record = current_door().import_record(import_id)
    if record is None:
        abort(404)
    return record
