"""What merges and splits have settled, as an import has to heed it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from graph.audit import Action, AuditEntry
from graph.contract import GraphStore
from graph.model import (
    KINDS,
    Fact,
    Organisation,
    Provenance,
    Relationship,
    Row,
    fields_of,
)
from seeds.decisions import Decisions
from seeds.identity.merge import redirect
from seeds.merging import Authorities
from seeds.names import normalised

__all__ = ["Recall"]


@dataclass(frozen=True, slots=True)
class _TakenIn:
    """One organisation that was merged into another; ``gives_way`` if its word counts no more."""

    merged_id: str
    name: str
    external_ids: frozenset[str]
    gives_way: bool


@dataclass(slots=True)
class _Parted:
    """What went from one organisation to the one that was split off it."""

    new_id: str
    external_ids: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    ties: set[str] = field(default_factory=set)


class Recall:
    """Reads the audit log of merges and splits, of those organisations that an import names."""

    def __init__(self, store: GraphStore, decisions: Decisions, authorities: Authorities) -> None:
        self._store = store
        self._decisions = decisions
        self._authorities = authorities
        self._taken_in = lru_cache(maxsize=None)(self._read_merges)
        self._parted_from = lru_cache(maxsize=None)(self._read_splits)

    def gives_way(self, stored: Fact, record: Fact, known_as: str = "") -> bool:
        """Whether a record repeats what a merge has settled already, so that it overrules nothing.

        ``known_as`` is the id of a merged organisation under which the file knows this one.
        """
        if isinstance(stored, Organisation) and isinstance(record, Organisation):
            if record.id not in self._decisions.merges:
                return bool(known_as)
            taken, _ = self._taken_in(record.id)
            found = [each.gives_way for each in taken if _speaks_of(record, stored, each, known_as)]
            return any(found) if found else bool(known_as)
        if isinstance(record, Relationship):
            for end in (record.from_id, record.to_id):
                if end in self._decisions.merges:
                    _, overruled = self._taken_in(end)
                    if _values(record) in overruled.get(record.id, ()):
                        return True
        return False

    def parted(self, record: Fact) -> Fact:
        """Return a record as it is after splits: each organisation gets what is its own."""
        if isinstance(record, Organisation):
            for parted in self._splits_of(record.id):
                record = _own_part(record, parted)
        elif isinstance(record, Relationship):
            for end in (record.from_id, record.to_id):
                for parted in self._splits_of(end):
                    if record.id in parted.ties:
                        return redirect(record, end, parted.new_id)
        return record

    def _splits_of(self, organisation_id: str) -> tuple[_Parted, ...]:
        if organisation_id not in self._decisions.splits:
            return ()
        return self._parted_from(organisation_id)

    def _read_splits(self, organisation_id: str) -> tuple[_Parted, ...]:
        aliases = self._decisions.aliases
        found = []
        for split_id in self._decisions.splits[organisation_id]:
            parted = _Parted(aliases.get(split_id, split_id))
            for entry in self._store.audit(import_id=split_id):
                _note_parted(parted, entry)
            if parted.new_id != organisation_id:
                found.append(parted)
        return tuple(found)

    def _read_merges(
        self, organisation_id: str
    ) -> tuple[tuple[_TakenIn, ...], dict[str, set[tuple[Any, ...]]]]:
        taken: list[_TakenIn] = []
        overruled: dict[str, set[tuple[Any, ...]]] = defaultdict(set)
        for merge_id in self._decisions.merges[organisation_id]:
            entries = list(self._store.audit(import_id=merge_id))
            taken += self._organisation_in(entries, organisation_id)
            added = (self._as_now(tie) for tie in _ties(entries, Action.ADD))
            moved = {tie.id for tie in added if tie}
            for tie in _ties(entries, Action.UPDATE, Action.DELETE):
                # One that only moved over was overruled by nothing.
                if (there := self._as_now(tie)) and there.id not in moved:
                    overruled[there.id].add(_values(there))
        return tuple(taken), overruled

    def _as_now(self, tie: Relationship) -> Relationship | None:
        """Return a tie between those who stand for its ends; None if that is one and the same."""
        aliases = self._decisions.aliases
        start, end = (aliases.get(each, each) for each in (tie.from_id, tie.to_id))
        return None if start == end else replace(tie, id="", from_id=start, to_id=end)

    def _organisation_in(self, entries: list[AuditEntry], organisation_id: str) -> list[_TakenIn]:
        of_kind = [entry for entry in entries if entry.kind == Organisation.kind and entry.before]
        merged = [entry.before for entry in of_kind if entry.action is Action.DELETE]
        kept = [entry.before for entry in of_kind if entry.action is Action.UPDATE]
        if not kept:
            now = self._store.record(Organisation, organisation_id)
            kept = [now.to_row()] if now else []
        return [
            _TakenIn(
                str(row["id"]),
                normalised(str(row["name"])),
                frozenset(_texts(row["external_ids"])),
                not kept or self._rank(row) <= self._rank(kept[0]),
            )
            for row in merged
            if row is not None
        ]

    def _rank(self, row: Row | None) -> int:
        assert row is not None
        told: Provenance = Organisation.from_row(row).provenance
        return self._authorities.of(told)


def _speaks_of(record: Organisation, stored: Organisation, taken: _TakenIn, known_as: str) -> bool:
    """Whether a record means the merged organisation rather than the one that it is now."""
    if known_as == taken.merged_id:
        return True
    if record.external_ids and taken.external_ids.issuperset(record.external_ids):
        return True
    # A file that knows both by their ids makes one record of them, under the name it has first.
    return record.name != stored.name and normalised(record.name) == taken.name


def _ties(entries: list[AuditEntry], *actions: Action) -> Iterator[Relationship]:
    """Yield ties as they were before what was done to them, or as they are if they are new."""
    for entry in entries:
        kind = KINDS[entry.kind]
        if entry.action in actions and issubclass(kind, Relationship):
            row = entry.before or entry.after
            assert row is not None
            yield kind.from_row(row)


def _note_parted(parted: _Parted, entry: AuditEntry) -> None:
    kind = KINDS[entry.kind]
    if issubclass(kind, Relationship) and entry.action is Action.DELETE:
        parted.ties.add(entry.record_id)
    elif kind is Organisation and entry.action is Action.ADD and entry.after is not None:
        parted.external_ids |= set(_texts(entry.after["external_ids"]))
        names = (str(entry.after["name"]), *_texts(entry.after["other_names"]))
        parted.names |= {normalised(name) for name in names}


def _own_part(record: Organisation, parted: _Parted) -> Organisation:
    names = [record.name, *record.other_names]
    own = [name for name in names if normalised(name) not in parted.names]
    ids = tuple(each for each in record.external_ids if each not in parted.external_ids)
    if not own:
        # Only its ids say that it is the one, and they are what was confused.
        theirs = tuple(each for each in record.external_ids if each in parted.external_ids)
        return replace(record, id=parted.new_id, external_ids=theirs)
    return replace(record, name=own[0], other_names=tuple(own[1:]), external_ids=ids)


def _texts(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else []


def _values(record: Fact) -> tuple[Any, ...]:
    return tuple(getattr(record, spec.name) for spec in fields_of(type(record)))
