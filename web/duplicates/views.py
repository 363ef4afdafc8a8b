"""Who is who: pairs that may be one, side by side, and the answers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from graph.access import Action
from graph.errors import Conflict, InputError, UnknownOrganisation
from graph.model import Organisation
from web.door import Door
from web.duplicates.forms import (
    Answer,
    AnswerForm,
    CertainForm,
    Level,
    MergedQuery,
    PairsQuery,
    SplitForm,
    SplitQuery,
    TakeBackForm,
)
from web.duplicates.present import kept_lines, merged_page, pairs_page, ties_of
from web.security import current_door, requires
from web.wording import count, isolated, number

__all__ = ["blueprint"]

blueprint = Blueprint("duplicates", __name__, template_folder="templates")

_LAST_MERGES = 5
_NONE_CHOSEN = "Choose at least one pair first, or tick “All on this page”."


@dataclass(frozen=True, slots=True)
class Said:
    """What has been done, and the id of the merge or split that takes it back, or ''."""

    text: str
    merge: str = ""
    split: str = ""


@blueprint.get("/duplicates")
@requires(Action.CURATE)
def index() -> str:
    """Show a page of pairs, and the last merges that stand."""
    query = PairsQuery.read(request.args)
    return _pairs_page(query, _said(query, current_door()))


@blueprint.get("/duplicates/merged")
@requires(Action.CURATE)
def merged() -> str:
    """Show a page of the merges that stand."""
    query = MergedQuery.read(request.args)
    door = current_door()
    return render_template(
        "duplicates/merged.html", shown=merged_page(query.page, door), name_of=door.name_of
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
    identity = current_door().identity
    if not form.pairs:
        return _pairs_page(PairsQuery(level=form.level, page=form.page), None, _NONE_CHOSEN), 400
    # Looked up as a whole, not taken apart: an id may hold a space.
    proposed = {
        f"{kept} {other}": (kept, other)
        for each in identity.candidates()
        if each.certainty.value == Level.CERTAIN.value
        for kept, other in permutations((each.first_id, each.second_id))
    }
    gone: set[str] = set()
    for kept, other in filter(None, map(proposed.get, form.pairs)):
        # Of three that are one, the first answer may have changed what the second is about.
        if not gone & {kept, other}:
            try:
                identity.merge(kept, other)
            except (Conflict, UnknownOrganisation):
                continue  # somebody else was there first
            gone.add(other)
    rest = len(form.pairs) - len(gone)
    return _back(level=form.level, done="many", kept=len(gone), rest=rest)


@blueprint.post("/duplicates/take-back")
@requires(Action.CURATE)
def take_back() -> ResponseReturnValue:
    """Take a merge back, and say what stays as it is and why."""
    form = TakeBackForm.read(request.form)
    result = current_door().identity.unmerge(form.merge)
    if not result.kept_count:
        return _back(done="back")
    door = current_door().of_today()
    return render_template(
        "duplicates/taken_back.html", kept=kept_lines(result, door), total=result.kept_count
    )


@blueprint.get("/duplicates/split")
@requires(Action.CURATE)
def ask_split() -> str:
    """Ask what of an organisation belongs to another body."""
    query = SplitQuery.read(request.args)
    return _split_page(SplitForm(id=query.id), current_door())


@blueprint.post("/duplicates/split")
@requires(Action.CURATE)
def split() -> ResponseReturnValue:
    """Take another body out of an organisation."""
    form = SplitForm.read(request.form)
    door = current_door()
    door.organisation(form.id)
    if not form.name:
        return _split_page(form, door, "Write what the other organisation is called."), 400
    if len(door.facts(form.fact)) < len(set(form.fact)):
        return _split_page(form, door, "Some of what you chose is gone. Choose again."), 400
    try:
        made = door.identity.split(form.id, form.name, form.identifier, form.other_name, form.fact)
    except InputError as error:
        return _split_page(form, door, str(error)), 400
    return _back(done=made.id, kept=len(made.moved))


def _split_page(form: SplitForm, door: Door, fault: str = "") -> str:
    profile = door.organisation(form.id)
    organisation = profile.organisation
    return render_template(
        "duplicates/split.html",
        organisation=organisation,
        form=form,
        identifiers=[(each, each) for each in organisation.external_ids],
        other_names=[(each, each) for each in organisation.other_names],
        ties=ties_of(profile, door),
        fault=fault,
    )


def _pairs_page(query: PairsQuery, said: Said | None, fault: str = "") -> str:
    door = current_door()
    merges = door.identity.merges()
    return render_template(
        "duplicates/index.html",
        query=query,
        shown=pairs_page(query, door),
        merges=merges[:_LAST_MERGES],
        merge_count=len(merges),
        name_of=door.name_of,
        said=said,
        fault=fault,
    )


def _back(**values: Any) -> ResponseReturnValue:
    return redirect(url_for("duplicates.index", **values), 303)


def _said(query: PairsQuery, door: Door) -> Said | None:
    """Return what has just been done; None where that was nothing, or has gone again since."""
    match query.done:
        case "":
            return None
        case "two":
            return Said("Remembered: they are two. Nobody is asked again.")
        case "back":
            return Said("Taken back: both are as they were.")
        case "many":
            changed = "had changed meanwhile: look again"
            rest = f" {number(query.rest)} {changed}." if query.rest else ""
            return Said(f"{number(query.kept)} {count(query.kept, 'pair')} made one.{rest}")
    made = door.node(Organisation, query.done)
    if made is not None:
        moved = f"{number(query.kept)} {count(query.kept, 'tie')}"
        text = f"{isolated(made.name)} is an organisation of its own, with {moved}."
        return Said(text, split=made.id)
    found = (each for each in door.identity.merges() if each.merge.id == query.done)
    standing = next(found, None)
    if standing is None:
        return None
    now = isolated(door.name_of(standing.now_id))
    return Said(f"{isolated(standing.merge.merged_name)} is now part of {now}.", standing.merge.id)
