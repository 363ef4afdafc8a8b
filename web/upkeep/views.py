"""Keep it fresh: what waits for a coordinator's answer, and the answers."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from graph.access import Action
from graph.errors import InputError
from web.door import Door
from web.security import current_door, requires
from web.upkeep.forms import (
    Answer,
    AnswerForm,
    ListQuery,
    PlaceForm,
    Section,
    TellForm,
    Told,
    UndoForm,
    WordForm,
)
from web.upkeep.present import page_of
from web.upkeep.said import Said, said
from web.upkeep.tasks import tasks

__all__ = ["blueprint"]

blueprint = Blueprint("upkeep", __name__, template_folder="templates")

_NOTHING_CHOSEN = "Choose at least one row first, or tick “All on this page”."


@blueprint.get("/upkeep")
@requires(Action.CURATE)
def index() -> ResponseReturnValue:
    """Show how much waits, or a page of one of the lists."""
    query = ListQuery.read(request.args)
    door = current_door().of_today()
    return _page(query, door, said(door, query.done, query.rest))


@blueprint.post("/upkeep/answer")
@requires(Action.CURATE)
def answer() -> ResponseReturnValue:
    """Confirm, reject, reopen or close what was chosen."""
    form = AnswerForm.read(request.form)
    door = current_door().of_today()
    if not form.ids:
        return _fault(form, door, _NOTHING_CHOSEN)
    desk = door.desk
    done = {
        Answer.CONFIRM: desk.confirm,
        Answer.REJECT: desk.reject,
        Answer.REOPEN: desk.reopen,
        Answer.CLOSE: desk.close,
    }[form.answer](form.ids)
    return _back(form, done.import_id, len(form.ids) - done.changed)


@blueprint.post("/upkeep/place")
@requires(Action.CURATE)
def place() -> ResponseReturnValue:
    """Say where organisations work or have their office."""
    form = PlaceForm.read(request.form)
    door = current_door().of_today()
    if not form.ids:
        return _fault(form, door, _NOTHING_CHOSEN)
    place_id = door.desk.place_named(form.place)
    if not place_id:
        return _fault(form, door, _no_place(form.place, door.desk.place_near(form.place)))
    done = door.desk.set_place(form.ids, place_id, form.how)
    return _back(form, done.import_id, len(form.ids) - done.changed)


@blueprint.post("/upkeep/word")
@requires(Action.CURATE)
def word() -> ResponseReturnValue:
    """Say what words mean, or that they mean nothing."""
    form = WordForm.read(request.form)
    door = current_door().of_today()
    if not form.ids:
        return _fault(form, door, _NOTHING_CHOSEN)
    if form.answer == "ignore":
        done = door.desk.ignore_words(form.ids)
    elif not form.term:
        return _fault(form, door, "Choose a skill, theme or community.")
    else:
        try:
            done = door.desk.map_words(form.ids, form.term)
        except InputError as error:
            return _fault(form, door, f"{error.message} {error.remedy}")
    return _back(form, done.import_id, 0)


@blueprint.post("/upkeep/tell")
@requires(Action.CURATE)
def tell() -> ResponseReturnValue:
    """Say what an organisation works on, is for or offers."""
    form = TellForm.read(request.form)
    done = current_door().of_today().desk.tell(form.organisation, form.term)
    address = url_for("organisations.show", id=form.organisation, done=done.import_id or "nothing")
    return redirect(address, 303)


@blueprint.post("/upkeep/undo")
@requires(Action.CURATE)
def undo() -> ResponseReturnValue:
    """Take an answer back."""
    form = UndoForm.read(request.form)
    door = current_door().of_today()
    if door.desk.answer(form.undo) is None:
        abort(404)
    kept = door.desk.undo(form.undo)
    return _back(form, form.undo, kept)


def _page(query: ListQuery, door: Door, message: Said | None, fault: str = "") -> str:
    waiting = door.desk.waiting()
    if query.section in {Section.OVERVIEW, Section.ORGANISATION}:
        return render_template(
            "upkeep/overview.html",
            tasks=tasks(waiting, door.identity.pair_count()),
            said=message,
            fault=fault,
            recent=door.desk.recent(),
        )
    is_placing = query.section is Section.PLACES
    return render_template(
        f"upkeep/{query.section}.html",
        tasks=tasks(waiting),
        query=query,
        shown=page_of(query, door),
        said=message,
        fault=fault,
        things=door.desk.inferred_things() if query.section is Section.INFERRED else [],
        terms=door.desk.term_labels() if query.section is Section.WORDS else [],
        places=[name for _, name in door.desk.places()] if is_placing else [],
    )


def _no_place(typed: str, near: str) -> str:
    if not typed:
        return "Write a place."
    if near and near.casefold() != typed.casefold():
        return f"We know no place called “{typed}”. Did you mean “{near}”?"
    return f"We know no place called “{typed}”, or several. Write its code or a postcode."


def _fault(form: Told, door: Door, why: str) -> ResponseReturnValue:
    query = ListQuery(section=form.section, page=form.page, about=form.about)
    return _page(query, door, None, why), 400


def _back(form: Told | UndoForm, import_id: str, rest: int) -> ResponseReturnValue:
    """Go back to where the answer was given, with what it did."""
    done = import_id or "nothing"
    if form.section is Section.ORGANISATION:
        address = url_for("organisations.show", id=form.organisation, done=done, rest=rest or None)
    else:
        address = url_for(
            "upkeep.index",
            section=form.section,
            page=form.page,
            about=form.about or None,
            done=done,
            rest=rest or None,
        )
    return redirect(address, 303)
