"""When two organisations were in touch."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from graph.contract import GraphStore
from graph.errors import InputError
from graph.model import Contact, Visibility
from seeds.board.finding import organisation_of, refuse_future
from seeds.upkeep.writing import Done, Draft, told_anew, told_by, write

__all__ = ["note_contact", "remove_contact"]


def note_contact(
    store: GraphStore,
    organisation_id: str,
    other_id: str,
    on: date,
    actor: str,
    today: date,
    *,
    how: str = "",
    note: str = "",
) -> Done:
    """Say that two organisations were in touch on a day, for coordinators to see.

    Said again of the same day and way, its note is corrected. Raises UnknownOrganisation, and
    InvalidRecord for a day to come or one and the same organisation.
    """

    def plan(draft: Draft) -> None:
        refuse_future(Contact.kind, "happened_on", on, today)
        one, other = organisation_of(store, organisation_id), organisation_of(store, other_id)
        made = Contact(
            from_id=organisation_id,
            to_id=other_id,
            happened_on=on,
            how=how,
            note=note,
            provenance=told_anew(actor, today, Visibility.COORDINATORS),
        )
        known = store.record(Contact, made.id)
        if known is not None:
            if known.note == note:
                return
            made = replace(made, provenance=told_by(actor, "told", known.provenance, today))
        draft.put(made)
        draft.changed = 1
        draft.what = f"{one.name} and {other.name} were in touch on {on.isoformat()}"

    return write(store, actor, today, plan)


def remove_contact(store: GraphStore, contact_id: str, actor: str, today: date) -> Done:
    """Take out a contact that was noted by mistake; raises InputError for an unknown one."""

    def plan(draft: Draft) -> None:
        known = store.record(Contact, contact_id)
        if known is None:
            raise InputError(
                f"There is no contact {contact_id!r}.",
                remedy="Somebody may have taken it out already.",
            )
        one, other = (organisation_of(store, key) for key in (known.from_id, known.to_id))
        draft.delete(known)
        draft.changed = 1
        draft.what = (
            f"Took out the contact of {one.name} and {other.name} on "
            f"{known.happened_on.isoformat()}"
        )

    return write(store, actor, today, plan)
