"""Making one organisation of two: nothing that is known of either is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from graph.contract import GraphStore
from graph.errors import Conflict, InputError, UnknownOrganisation
from graph.model import (
    RELATIONSHIP_KINDS,
    Answer,
    Merge,
    MergeState,
    Organisation,
    Question,
    Relationship,
    Verdict,
    Visibility,
)
from graph.retrying import until_current
from seeds.identifiers import own_id
from seeds.identity.together import one_fact, one_organisation
from seeds.merging import Authorities
from seeds.sources import SOURCES

__all__ = [
    "MergePlan",
    "authorities",
    "known_organisation",
    "merge",
    "plan_merge",
    "redirect",
]


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What a merge would do. ``moved`` ties go over to the kept organisation as they would read.

    ``vanished`` ties are between the two, so there is nothing left for them to tie.
    """

    kept: Organisation
    merged: Organisation
    whole: Organisation
    moved: tuple[Relationship, ...] = ()
    vanished: tuple[Relationship, ...] = ()
    version: int = field(default=0, compare=False)


def authorities() -> Authorities:
    """Return whose word outranks whose."""
    return Authorities({source.name: source.authority for source in SOURCES})


def known_organisation(store: GraphStore, organisation_id: str) -> Organisation:
    """Return an organisation that may be shown; raises UnknownOrganisation."""
    found = store.record(Organisation, organisation_id)
    # Of a private one only its own people know; to all others there is none.
    if found is None or found.provenance.visibility is Visibility.PRIVATE:
        raise UnknownOrganisation(organisation_id)
    return found


def plan_merge(store: GraphStore, kept_id: str, merged_id: str) -> MergePlan:
    """Work out a merge without writing; raises UnknownOrganisation, or InputError for one twice."""
    if kept_id == merged_id:
        raise InputError(
            f"{kept_id!r} can't be merged with itself.", remedy="Name two organisations."
        )
    version = store.version()
    kept, taken = (known_organisation(store, each) for each in (kept_id, merged_id))
    whose = authorities()
    moved: list[Relationship] = []
    vanished: list[Relationship] = []
    for tie_class in RELATIONSHIP_KINDS:
        redirected: dict[str, Relationship] = {}
        for tie in _ties_of(store, tie_class, merged_id):
            ends = {kept_id if end == merged_id else end for end in (tie.from_id, tie.to_id)}
            if len(ends) == 1:
                vanished.append(tie)
            else:
                there = redirect(tie, merged_id, kept_id)
                redirected[there.id] = there
        known = {tie.id: tie for tie in store.records(tie_class, redirected)} if redirected else {}
        for tie_id, tie in redirected.items():
            moved.append(one_fact(known[tie_id], tie, whose) if tie_id in known else tie)
    whole = one_organisation(kept, taken, whose)
    return MergePlan(kept, taken, whole, tuple(moved), tuple(vanished), version)


def merge(
    store: GraphStore,
    kept_id: str,
    merged_id: str,
    *,
    actor: str,
    today: date,
    reason: str = "",
) -> Merge:
    """Take one organisation into another, in one transaction that bears the merge's id.

    The kept one has every external id, name and tie of both afterwards. Of what contradicts, the
    higher authority's word stands; the audit log holds the other. A merge that stands already is
    returned. Raises UnknownOrganisation, and Conflict if ``merged_id`` is part of a third one.
    """

    def change() -> Merge:
        standing = _standing(store, kept_id, merged_id)
        if standing is not None:
            return standing
        return _carry_out(store, plan_merge(store, kept_id, merged_id), actor, today, reason)

    return until_current(change)


def redirect(tie: Relationship, old_id: str, new_id: str) -> Relationship:
    """Return a tie with one of its ends replaced; its id follows."""
    start, end = (new_id if each == old_id else each for each in (tie.from_id, tie.to_id))
    return replace(tie, id="", from_id=start, to_id=end)


def _standing(store: GraphStore, kept_id: str, merged_id: str) -> Merge | None:
    for known in store.records(Merge):
        if known.state is MergeState.STANDING and known.merged_id == merged_id:
            if store.record(Organisation, merged_id) is not None:
                continue  # somebody has brought it back by other ways
            if known.kept_id == kept_id:
                return known
            raise Conflict(
                f"{known.merged_name} is part of {known.kept_id!r} already.",
                remedy=f"Take that merge back first: {known.id}.",
            )
    return None


def _carry_out(store: GraphStore, plan: MergePlan, actor: str, today: date, reason: str) -> Merge:
    kept, taken = plan.kept, plan.merged
    record = Merge(
        id=own_id("merge", kept.id, taken.id, str(plan.version)),
        kept_id=kept.id,
        merged_id=taken.id,
        merged_name=taken.name,
        merged_source=taken.provenance.source,
        reason=reason,
        decided_by=actor,
        decided_on=today,
    )
    answer = Verdict(
        question=Question.PAIR,
        subject=kept.id,
        other=taken.id,
        answer=Answer.CONFIRMED,
        decided_by=actor,
        decided_on=today,
    )
    with store.transaction(actor, import_id=record.id, expected_version=plan.version) as tx:
        tx.delete(Organisation.kind, [taken.id])
        tx.upsert(plan.whole, *plan.moved, record)
        if store.record(Verdict, answer.id) is not None:
            tx.upsert(answer)
    return record


def _ties_of(
    store: GraphStore, tie_class: type[Relationship], organisation_id: str
) -> Iterator[Relationship]:
    if Organisation.kind in tie_class.from_kinds:
        yield from store.relationships(tie_class, from_ids=[organisation_id])
    if Organisation.kind in tie_class.to_kinds:
        yield from store.relationships(tie_class, to_ids=[organisation_id])
