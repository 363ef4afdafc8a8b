"""Who is who: pairs that may be one, side by side, and the answers."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from graph.access import Action
from graph.errors import InputError
from graph.model import Organisation
from web.door import Door
from web.duplicates.forms import (
    Answer,
    AnswerForm,
    CertainForm,
    PairsQuery,
    SplitForm,
    SplitQuery,
    TakeBackForm,
)
from web.duplicates.present import pairs_page, ties_of
from web.security import current_door, requires
from web.wording import count, number

__all__ = ["blueprint"]

blueprint = Blueprint("duplicates", __name__, template_folder="templates")


@blueprint.get("/duplicates")
@requires(Action.CURATE)
def index() -> str:
    """Show a page of pairs, and the merges that stand."""
    query = PairsQuery.read(request.args)
    door = current_door()
    return render_template(
        "duplicates/index.html",
        query=query,
        shown=pairs_page(query, door),
        merges=[(each, door.name_of(each.kept_id)) for each in door.identity.merges()],
        said=_said(query, door),
    )


@blueprint.post("/duplicates/answer")
@requires(Action.CURATE)
def answer() -> ResponseReturnValue:
    """Make one of two, or say that they are two."""
    form = AnswerForm.read(request.form)
    identity = current_door().identity
    done = "two"
    if form.answer is Answer.TWO:
        identity.tell_apart(form.first, form.second)
    elif form.answer is Answer.KEEP_FIRST:
        done = identity.merge(form.first, form.second).id
    else:
        done = identity.merge(form.second, form.first).id
    return _back(level=form.level, page=form.page, done=done)


@blueprint.post("/duplicates/certain")
@requires(Action.CURATE)
def certain() -> ResponseReturnValue:
    """Make one of each chosen pair."""
    form = CertainForm.read(request.form)
    door = current_door()
    proposed = {(each.first_id, each.second_id) for each in door.identity.candidates()}
    done = 0
    for text in form.pair:
        kept, _, other = text.partition(" ")
        # Of three that are one, the first merge may have answered for the second pair too.
        if (min(kept, other), max(kept, other)) in proposed and _both_there(door, kept, other):
            door.identity.merge(kept, other)
            done += 1
    return _back(level=form.level, done="many", kept=done)


@blueprint.post("/duplicates/take-back")
@requires(Action.CURATE)
def take_back() -> ResponseReturnValue:
    """Take a merge back."""
    form = TakeBackForm.read(request.form)
    result = current_door().identity.unmerge(form.merge)
    return _back(done="back", kept=result.kept_count)


@blueprint.get("/duplicates/split")
@requires(Action.CURATE)
def ask_split() -> str:
    """Ask what of an organisation belongs to another body."""
    query = SplitQuery.read(request.args)
    return _split_page(query.id, current_door(), "")


@blueprint.post("/duplicates/split")
@requires(Action.CURATE)
def split() -> ResponseReturnValue:
    """Take another body out of an organisation."""
    form = SplitForm.read(request.form)
    door = current_door()
    door.organisation(form.id)
    if not form.name:
        return _split_page(form.id, door, "Write what the other organisation is called."), 400
    try:
        made = door.identity.split(form.id, form.name, form.identifier, form.fact)
    except InputError as error:
        return _split_page(form.id, door, str(error)), 400
    return redirect(url_for("organisations.show", id=made.new.id), 303)


def _split_page(organisation_id: str, door: Door, fault: str) -> str:
    profile = door.organisation(organisation_id)
    return render_template(
        "duplicates/split.html",
        organisation=profile.organisation,
        identifiers=[(each, each) for each in profile.organisation.external_ids],
        ties=ties_of(profile, door),
        fault=fault,
    )


def _both_there(door: Door, *ids: str) -> bool:
    return all(door.of_today().node(Organisation, each) is not None for each in ids)


def _back(**values: Any) -> ResponseReturnValue:
    return redirect(url_for("duplicates.index", **values), 303)


def _said(query: PairsQuery, door: Door) -> tuple[str, str] | None:
    """Return what has just been done, and the id of the merge that takes it back or ''."""
    match query.done:
        case "":
            return None
        case "two":
            return "Remembered: they are two. Nobody is asked again.", ""
        case "back":
            kept = f" {number(query.kept)} {count(query.kept, 'record')} stay as changed since."
            return f"Taken back.{kept if query.kept else ''}", ""
        case "many":
            return f"{number(query.kept)} {count(query.kept, 'pair')} made one.", ""
    merge = next((each for each in door.identity.merges() if each.id == query.done), None)
    if merge is None:
        return None
    return f"{merge.merged_name} is now part of {door.name_of(merge.kept_id)}.", merge.id
