"""Reports that are made by themselves, and the e-mails that go out."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from graph.access import Action
from graph.errors import InputError
from graph.model import ReportSchedule
from reports.scope import Scope
from web.door import Door
from web.reports.forms import (
    Change,
    ChangeForm,
    OutboxQuery,
    ScheduleForm,
    ScheduleQuery,
)
from web.reports.present import FREQUENCIES, message_row, schedule_row
from web.security import current_door, requires

__all__ = ["blueprint"]

blueprint = Blueprint("planning", __name__, template_folder="templates")

_MOST_SHOWN = 200


@blueprint.get("/reports/schedules")
@requires(Action.REPORT)
def index() -> str:
    """Show what is planned, and the form that plans more."""
    query = ScheduleQuery.read(request.args)
    return _page(current_door(), ScheduleForm(), doomed=query.remove)


@blueprint.post("/reports/schedules/add")
@requires(Action.REPORT)
def add() -> ResponseReturnValue:
    """Plan a report."""
    door = current_door()
    form = ScheduleForm.read(request.form)
    desk = door.reporting
    try:
        if not form.title:
            raise InputError("The title is missing.", remedy="Say what the report is called.")
        scope = Scope(
            desk.thing_named("place", form.place),
            desk.thing_named("theme", form.theme),
            desk.thing_named("community", form.community),
        )
        desk.plan(
            ReportSchedule(
                id=desk.new_schedule_id(),
                title=form.title,
                frequency=form.frequency,
                day=form.day,
                at=form.at,
                starts_on=form.starts_on or door.today(),
                settings=scope.to_json(),
                recipients=_lines(form.recipients),
                coordinators=_lines(form.coordinators),
                publishes=form.publishes,
            )
        )
    except InputError as error:
        return _page(door, form, [("title", f"{error.message} {error.remedy}")]), 400
    return redirect(url_for("planning.index"), 303)


@blueprint.post("/reports/schedules/change")
@requires(Action.REPORT)
def change() -> ResponseReturnValue:
    """Pause, resume or remove what is planned."""
    form = ChangeForm.read(request.form)
    desk = current_door().reporting
    if form.change is Change.REMOVE:
        desk.remove(form.id)
    else:
        desk.rest(form.id, form.change is Change.PAUSE)
    return redirect(url_for("planning.index"), 303)


@blueprint.get("/reports/outbox")
@requires(Action.REPORT)
def outbox() -> str:
    """Show the e-mails, those that could not be sent first."""
    query = OutboxQuery.read(request.args)
    desk = current_door().reporting
    found = desk.messages()
    return render_template(
        "reports/outbox.html",
        rows=[message_row(message) for message in found[:_MOST_SHOWN]],
        total=len(found),
        can_retry=any(message.failure for message in found),
        again=query.again,
        mail_goes_to=desk.mail_goes_to,
    )


@blueprint.post("/reports/outbox/again")
@requires(Action.REPORT)
def again() -> ResponseReturnValue:
    """Let what failed or was put off be tried again."""
    count = current_door().reporting.send_again()
    return redirect(url_for("planning.outbox", again=count), 303)


def _page(
    door: Door,
    form: ScheduleForm,
    faults: list[tuple[str, str]] | None = None,
    doomed: str = "",
) -> str:
    desk = door.reporting
    return render_template(
        "reports/schedules.html",
        rows=[schedule_row(*each) for each in desk.schedules()],
        form=form,
        faults=faults or [],
        frequencies=[(each.value, text) for each, text in FREQUENCIES.items()],
        doomed=desk.schedule(doomed) if doomed else None,
        today=door.today(),
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
