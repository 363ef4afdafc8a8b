"""Making two organisations of one, where two bodies came in as one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from graph.contract import GraphStore
from graph.errors import InputError, quoted
from graph.model import (
    KINDS,
    Answer,
    ImportRecord,
    ImportState,
    Organisation,
    Question,
    Relationship,
    Verdict,
)
from graph.retrying import until_current
from seeds.decisions import SPLIT
from seeds.identifiers import own_id
from seeds.identity.merge import known_organisation, redirect

__all__ = ["Split", "split"]


@dataclass(frozen=True, slots=True)
class Split:
    """What a split left: ``id`` undoes it, and is that of the new organisation too."""

    id: str
    kept: Organisation
    new: Organisation
    moved: tuple[Relationship, ...] = ()


def split(
    store: GraphStore,
    organisation_id: str,
    *,
    name: str,
    actor: str,
    today: date,
    external_ids: Collection[str] = (),
    names: Collection[str] = (),
    fact_ids: Collection[str] = (),
    reason: str = "",
) -> Split:
    """Take external ids, other names and ties (by id) out into a new organisation of that name.

    The two are not proposed as one again, and what an import says of what has gone over it says
    of the new one. An ordinary undo of ``Split.id`` takes it back. Raises UnknownOrganisation, or
    InputError for what the organisation doesn't have.
    """

    def change() -> Split:
        version = store.version()
        whole = known_organisation(store, organisation_id)
        _refuse_unless_held(whole, name.strip(), external_ids, names)
        made = _worked_out(whole, name.strip(), version, set(external_ids), set(names))
        old = list(_ties(store, organisation_id, fact_ids))
        moved = tuple(redirect(tie, organisation_id, made.id) for tie in old)
        made = replace(made, moved=moved)
        apart = Verdict(
            question=Question.PAIR,
            subject=organisation_id,
            other=made.id,
            answer=Answer.REJECTED,
            reason=reason,
            decided_by=actor,
            decided_on=today,
        )
        done = ImportRecord(
            id=made.id,
            source="split",
            file_name=f"{made.new.name}, split off {whole.name}"[:500],
            digest="",
            actor=actor,
            asserted_on=today,
            state=ImportState.APPLIED,
            begun_at_version=version,
            added=1 + len(moved),
            updated=1,
        )
        with store.transaction(actor, import_id=made.id, expected_version=version) as tx:
            for tie in old:
                tx.delete(tie.kind, [tie.id])
            tx.upsert(made.kept, made.new, *moved, apart, done)
        return made

    return until_current(change)


def _worked_out(
    whole: Organisation, name: str, version: int, external_ids: set[str], names: set[str]
) -> Split:
    new_id = own_id(SPLIT.rstrip("-"), whole.id, name, str(version))
    going = names | {name}
    kept = replace(
        whole,
        external_ids=tuple(each for each in whole.external_ids if each not in external_ids),
        other_names=tuple(each for each in whole.other_names if each not in going),
    )
    new = Organisation(
        id=new_id,
        name=name,
        external_ids=tuple(each for each in whole.external_ids if each in external_ids),
        other_names=tuple(each for each in whole.other_names if each in names and each != name),
        provenance=whole.provenance,
    )
    return Split(new_id, kept, new)


def _refuse_unless_held(
    whole: Organisation, name: str, external_ids: Iterable[str], names: Iterable[str]
) -> None:
    if not name or name == whole.name:
        raise InputError(
            f"{quoted(name)} can't be the name of what is split off {quoted(whole.name)}.",
            remedy="Give the other organisation a name of its own.",
        )
    _refuse(whole, "the identifier", external_ids, whole.external_ids)
    _refuse(whole, "the other name", names, whole.other_names)


def _refuse(whole: Organisation, what: str, wanted: Iterable[str], has: tuple[str, ...]) -> None:
    for text in wanted:
        if text not in has:
            raise InputError(
                f"{quoted(whole.name)} does not have {what} {quoted(text)}.",
                remedy=f"It has: {', '.join(has) or 'none'}.",
            )


def _ties(store: GraphStore, organisation_id: str, ties: Iterable[str]) -> Iterator[Relationship]:
    for tie_id in dict.fromkeys(ties):
        kind = KINDS.get(tie_id.rpartition("-")[0])
        tie = (
            store.record(kind, tie_id)
            if kind is not None and issubclass(kind, Relationship)
            else None
        )
        if tie is None or organisation_id not in {tie.from_id, tie.to_id}:
            raise InputError(
                f"{quoted(tie_id)} is not a tie of {organisation_id!r}.",
                remedy="Look its ties up on its page, or leave this one out.",
            )
        yield tie
