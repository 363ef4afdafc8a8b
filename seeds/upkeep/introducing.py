"""Who is not to be brought together, and what became of an introduction."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from graph.contract import GraphStore
from graph.errors import UnknownOrganisation
from graph.model import (
    Collaboration,
    DeclineReason,
    Introduction,
    IntroductionState,
    NotWith,
    Organisation,
    Visibility,
)
from seeds.upkeep.writing import Done, Draft, told_anew, told_by, write

__all__ = ["keep_apart", "record_introduction"]

_HOW = "introduced"


def keep_apart(
    store: GraphStore,
    organisation_id: str,
    other_id: str,
    actor: str,
    today: date,
    *,
    why: str = "",
    until: date | None = None,
) -> Done:
    """Say that an organisation is not to be brought together with another, until a day if given.

    Raises UnknownOrganisation, and InvalidRecord for one and the same organisation.
    """

    def plan(draft: Draft) -> None:
        names = _names(store, organisation_id, other_id)
        veto = NotWith(
            from_id=organisation_id,
            to_id=other_id,
            why=why,
            until=until,
            provenance=told_anew(actor, today, Visibility.COORDINATORS),
        )
        known = store.record(NotWith, veto.id)
        if known is not None:
            told = told_by(actor, "told", known.provenance, today)
            veto = replace(veto, provenance=told)
            if (known.why, known.until) == (why, until):
                return
        draft.put(veto)
        draft.changed = 1
        draft.what = f"Kept apart: {names[0]} and {names[1]}"

    return write(store, actor, today, plan)


def record_introduction(
    store: GraphStore,
    organisation_id: str,
    other_id: str,
    state: IntroductionState,
    actor: str,
    today: date,
    **said: Any,
) -> Done:
    """Say what became of introducing an organisation to another, as the first one tells it.

    ``said`` are further fields of :class:`Introduction`; those left out stay as they were, but for
    the reason and cool-off of an earlier state. Two who collaborate from now on become partners,
    from ``today``. Raises UnknownOrganisation, and InvalidRecord for what can't stand.
    """

    def plan(draft: Draft) -> None:
        names = _names(store, organisation_id, other_id)
        fresh = Introduction(
            from_id=organisation_id,
            to_id=other_id,
            provenance=told_anew(actor, today, Visibility.COORDINATORS),
        )
        known = store.record(Introduction, fresh.id)
        if known is not None:
            told = told_by(actor, "told", known.provenance, today)
            fresh = replace(known, provenance=told)
        if fresh.state is not state:
            fresh = replace(fresh, reason=DeclineReason.NOT_SAID, again_after=None)
        elif fresh.again_after is not None and fresh.again_after <= today:
            # A day that has passed was set for an earlier decision: this one has its own time.
            fresh = replace(fresh, again_after=None)
        fresh = replace(fresh, **{"state": state, "decided_by": actor, "decided_on": today, **said})
        if known is not None and replace(fresh, provenance=known.provenance) == known:
            return
        draft.put(fresh)
        if state is IntroductionState.COLLABORATING:
            _make_partners(store, fresh, actor, today, draft)
        draft.changed = 1
        draft.what = f"Introduction of {names[0]} to {names[1]}: {state.value}"

    return write(store, actor, today, plan)


def _make_partners(
    store: GraphStore, said: Introduction, actor: str, today: date, draft: Draft
) -> None:
    """Add the tie that came of an introduction, unless they are partners already."""
    organisations = {said.from_id, said.to_id}
    known = store.relationships(Collaboration, from_ids=[min(organisations)])
    if any(tie.to_id == max(organisations) and not tie.provenance.inferred for tie in known):
        return
    told = told_anew(actor, today, Visibility.MEMBERS)
    draft.put(
        Collaboration(
            from_id=said.from_id, to_id=said.to_id, how=_HOW, since=today, provenance=told
        )
    )


def _names(store: GraphStore, *ids: str) -> list[str]:
    names = []
    for organisation_id in ids:
        found = store.record(Organisation, organisation_id)
        if found is None:
            raise UnknownOrganisation(organisation_id)
        names.append(found.name)
    return names
