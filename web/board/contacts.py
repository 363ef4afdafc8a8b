"""Contacts: who was in touch with whom, and the form to note the next one."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from graph.access import Action
from graph.model import Contact
from web.board.forms import ContactForm, ContactQuery, RemoveForm
from web.door import Door
from web.entering import Entry
from web.security import current_door, requires
from web.upkeep.said import said

__all__ = ["blueprint"]

blueprint = Blueprint("contacts", __name__, template_folder="templates")

_FIELDS = {"happened_on": "happened_on", "how": "how", "note": "note", "to_id": "other"}
_SHOWN = 100


@blueprint.get("/contacts")
@requires(Action.SEE_NETWORK)
def index() -> ResponseReturnValue:
    """List the newest contacts, of one organisation if one is named."""
    query = ContactQuery.read(request.args)
    return _index(current_door(), query, ContactForm(), Entry())


@blueprint.post("/contacts/note")
@requires(Action.CURATE)
def note() -> ResponseReturnValue:
    """Note a contact, or correct the note of the same day and way."""
    form = ContactForm.read(request.form)
    door = current_door()
    entry = Entry()
    one = entry.organisation("organisation", form.organisation, door)
    other = entry.organisation("other", form.other, door)
    on = entry.day("happened_on", form.happened_on)
    done = entry.written(
        lambda: door.together.note_contact(
            one, other, on or door.today(), how=form.how, note=form.note
        ),
        _FIELDS,
        otherwise="organisation",
    )
    if done is None:
        return _index(door, ContactQuery(), form, entry), 400
    return redirect(url_for("contacts.index", done=done.import_id or "nothing"), 303)


@blueprint.post("/contacts/remove")
@requires(Action.CURATE)
def remove() -> ResponseReturnValue:
    """Take out a contact that was noted by mistake."""
    form = RemoveForm.read(request.form)
    door = current_door()
    if not door.together.has(Contact, form.id):
        abort(404)
    done = door.together.remove_contact(form.id)
    return redirect(url_for("contacts.index", done=done.import_id or "nothing"), 303)


def _index(door: Door, query: ContactQuery, form: ContactForm, entry: Entry) -> str:
    about = door.find(query.about) if query.about else ""
    found, total = door.together.contacts(about, limit=_SHOWN)
    return render_template(
        "board/contacts.html",
        contacts=[(each, door.name_of(each.from_id), door.name_of(each.to_id)) for each in found],
        total=total,
        about=door.name_of(about) if about else "",
        form=form,
        entry=entry,
        said=said(door, query.done),
        may_answer=door.may_answer(),
    )
