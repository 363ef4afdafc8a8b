"""Reports: the list, one report, its words, and its way from draft to published."""

from __future__ import annotations

import io

from flask import Blueprint, Response, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from graph.access import Action
from graph.errors import InputError, InvalidRecord
from graph.model import ReportState, StoredReport
from reports.keeping import words_of
from reports.making import Order
from reports.periods import Period, period_said
from reports.ports import Links
from reports.render.svg.element import plain_id
from reports.scope import Scope
from reports.steps import seal
from web.door import Door
from web.forms import InvalidQuery
from web.reports.forms import (
    CompareQuery,
    FileQuery,
    ListQuery,
    MakeForm,
    PublishForm,
    RowsQuery,
    ShowQuery,
    Step,
    StepQuery,
    Version,
    WordsQuery,
)
from web.reports.present import (
    block_label,
    comparison_rows,
    report_row,
    schedule_row,
    title_of,
)
from web.security import current_door, requires

__all__ = ["blueprint"]

blueprint = Blueprint("reports", __name__, template_folder="templates")

_TEXT = "text."
_PERIODS = [
    ("this-quarter", "This quarter so far"),
    ("last-quarter", "Last quarter"),
    ("this-month", "This month so far"),
    ("last-month", "Last month"),
    ("this-week", "This week so far"),
    ("last-week", "Last week"),
    ("days", "The days below"),
]
_TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
}


@blueprint.get("/reports")
@requires(Action.READ_REPORTS)
def index() -> str:
    """Show all reports, what is planned, and the form that makes one now."""
    ListQuery.read(request.args)
    return _index(current_door(), MakeForm())


@blueprint.post("/reports/make")
@requires(Action.REPORT)
def make() -> ResponseReturnValue:
    """Make a report now, as a draft."""
    door = current_door()
    form = MakeForm.read(request.form)
    try:
        made = door.reporting.make(_order(form, door))
    except InvalidQuery:
        raise
    except InputError as error:
        return _index(door, form, [("period", f"{error.message} {error.remedy}")]), 400
    return redirect(url_for("reports.show", id=made.id), 303)


@blueprint.get("/reports/report")
@requires(Action.READ_REPORTS)
def show() -> str:
    """Show one report."""
    desk = current_door().reporting
    query = ShowQuery.read(request.args)
    report = desk.report(query.id)
    is_public = query.version is Version.PUBLIC
    return render_template(
        "reports/report.html",
        report=report,
        row=report_row(report, makes=desk.makes),
        makes=desk.makes,
        is_public=is_public,
        fragment=Markup(desk.fragment(report, _links(query), public=is_public)),  # noqa: S704 - ours, escaped
        replaced=desk.replaced_by(report),
        title_of=title_of,
        others=[(other.id, title_of(other)) for other in desk.listed() if other.id != report.id],
    )


def _links(query: ShowQuery) -> Links:
    """Return where the report on a page leads; the page brings the title."""
    return Links(
        organisation=lambda key: url_for("organisations.show", id=key),
        rows=lambda table: url_for(
            "reports.rows", id=query.id, table=table, version=query.version.value
        ),
        is_titled=False,
    )


@blueprint.get("/reports/rows.csv")
@requires(Action.READ_REPORTS)
def rows() -> Response:
    """Send every row of one table of a report."""
    desk = current_door().reporting
    query = RowsQuery.read(request.args)
    report = desk.report(query.id)
    text = desk.rows(report, query.table, public=query.version is Version.PUBLIC)
    response = Response(text.encode("utf-8"), mimetype="text/csv")
    name = f"{report.period_end}-{plain_id(query.table)}.csv"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


@blueprint.get("/reports/report.css")
@requires(Action.READ_REPORTS)
def style() -> Response:
    """Send the style sheet of a report."""
    return Response(current_door().reporting.style(), mimetype="text/css")


@blueprint.get("/reports/download")
@requires(Action.READ_REPORTS)
def download() -> ResponseReturnValue:
    """Send a report as a file."""
    desk = current_door().reporting
    query = FileQuery.read(request.args)
    report = desk.report(query.id)
    content = desk.file(report, query.form, public=query.version is Version.PUBLIC)
    return send_file(
        io.BytesIO(content),
        _TYPES[query.form],
        as_attachment=True,
        download_name=f"{report.period_end}-{report.id}.{query.form}",
    )


@blueprint.get("/reports/compare")
@requires(Action.READ_REPORTS)
def compare() -> str:
    """Show two reports side by side."""
    desk = current_door().reporting
    query = CompareQuery.read(request.args)
    listed = desk.listed()
    found = None
    if query.before and query.after:
        is_public = query.version is Version.PUBLIC
        found = desk.compared(query.before, query.after, public=is_public)
    return render_template(
        "reports/compare.html",
        query=query,
        choices=[(report.id, title_of(report)) for report in listed],
        found=found,
        rows=comparison_rows(found) if found else [],
        names={report.id: title_of(report) for report in listed},
    )


@blueprint.get("/reports/words")
@requires(Action.REPORT)
def words() -> ResponseReturnValue:
    """Show the texts of a draft, to be written anew."""
    report = current_door().reporting.report(WordsQuery.read(request.args).id)
    if report.state is not ReportState.DRAFT:
        return redirect(url_for("reports.show", id=report.id))
    return _words(current_door(), report, dict(words_of(report)))


@blueprint.post("/reports/words")
@requires(Action.REPORT)
def write() -> ResponseReturnValue:
    """Put texts in place of gofar's."""
    door = current_door()
    query = WordsQuery.read(request.args)
    given = {
        key.removeprefix(_TEXT): text for key, text in request.form.items() if key.startswith(_TEXT)
    }
    try:
        door.reporting.edit(query.id, given, request.form.get("seen", ""))
    except InputError as error:
        report = door.reporting.report(query.id)
        return _words(door, report, given, [("words", f"{error.message} {error.remedy}")]), 400
    return redirect(url_for("reports.show", id=query.id), 303)


@blueprint.get("/reports/step")
@requires(Action.REPORT)
def look() -> str:
    """Ask once more before a step."""
    query = StepQuery.read(request.args)
    return _step(current_door(), query)


@blueprint.post("/reports/step")
@requires(Action.REPORT)
def step() -> ResponseReturnValue:
    """Lock, unlock or publish."""
    door = current_door()
    form = PublishForm.read(request.form)
    try:
        match form.step:
            case Step.LOCK:
                door.reporting.lock(form.id, form.seen)
            case Step.UNLOCK:
                door.reporting.unlock(form.id, form.seen)
            case Step.PUBLISH:
                door.reporting.publish(form.id, form.recipients.splitlines(), form.seen)
    except (InvalidRecord, InputError) as error:
        door.reporting.report(form.id)  # raises where the fault is that there is none
        fault = ("recipients", f"{error.message} {error.remedy}")
        return _step(door, form, [fault], form.recipients), 400
    return redirect(url_for("reports.show", id=form.id), 303)


def _index(door: Door, form: MakeForm, faults: list[tuple[str, str]] | None = None) -> str:
    desk = door.reporting
    listed = desk.listed()
    rows = [report_row(report, makes=desk.makes) for report in listed]
    planned = [schedule_row(*each) for each in desk.schedules()] if desk.makes else []
    return render_template(
        "reports/index.html",
        rows=rows,
        makes=desk.makes,
        planned=planned,
        form=form,
        periods=_PERIODS,
        choices=[(row.id, row.name) for row in rows],
        faults=faults or [],
    )


def _words(
    door: Door,
    report: StoredReport,
    texts: dict[str, str],
    faults: list[tuple[str, str]] | None = None,
) -> str:
    desk = door.reporting
    content = desk.content(report, public=False)
    return render_template(
        "reports/words.html",
        report=report,
        name=title_of(report),
        seen=seal(report),
        faults=faults or [],
        blocks=[
            (key, block_label(key, content), ours, texts.get(key) or ours)
            for key, ours in desk.blocks(report).items()
        ],
    )


def _step(
    door: Door,
    query: StepQuery,
    faults: list[tuple[str, str]] | None = None,
    recipients: str | None = None,
) -> str:
    desk = door.reporting
    report = desk.report(query.id)
    return render_template(
        "reports/step.html",
        report=report,
        name=title_of(report),
        step=query.step.value,
        seen=seal(report),
        faults=faults or [],
        recipients="\n".join(desk.readers(report)) if recipients is None else recipients,
        mail_goes_to=desk.mail_goes_to,
    )


def _order(form: MakeForm, door: Door) -> Order:
    desk, today = door.reporting, door.today()
    if form.period == "days":
        if form.start is None or form.end is None:
            raise InputError("The days are missing.", remedy="Write the first and the last day.")
        if form.end < form.start:
            raise InputError("The last day is before the first.", remedy="Write them in order.")
        period = Period(form.start, form.end)
    else:
        period = period_said(form.period, today)
    return Order(
        title=form.title,
        period=period,
        scope=Scope(
            desk.thing_named("place", form.place),
            desk.thing_named("theme", form.theme),
            desk.thing_named("community", form.community),
        ),
        previous_id=None if form.compare in {"", "auto"} else form.compare.replace("none", ""),
        replaces_id=form.replaces,
    )
