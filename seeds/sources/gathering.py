"""Many mentions, one thing: rows that speak of the same organisation or project become one record.

Two mentions are one if they share an identifier, or if neither has any and the names agree.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from rapidfuzz import fuzz

from graph.model import Node, Organisation, Project, Provenance
from seeds.identifiers import own_id
from seeds.names import normalised
from seeds.problems import Problem, Where
from seeds.sources.base import Context, Item, attempt

__all__ = ["Gathering", "Mention"]

_HOLDERS_AT_ONCE = 5_000
_REGISTERS = ("GB-CHC-", "GB-SC-", "GB-NIC-")
# Names of one body that are as unlike as this are rare: a new name, or an acronym.
_UNLIKE = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """What one row says of a thing. ``scope`` keeps equal names of different files apart."""

    name: str
    where: Where
    provenance: Provenance
    external_ids: tuple[str, ...] = ()
    given_id: str = ""
    scope: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
    columns: Callable[[str], str] | None = None
    """Returns the title of the column that one of ``fields`` stands in."""

    @property
    def keys(self) -> tuple[str, ...]:
        """Return what the thing can be told by, the surest first."""
        sure = [f"id\x1f{self.given_id}"] if self.given_id else []
        sure += [f"x\x1f{external_id}" for external_id in self.external_ids]
        return tuple(sure) or (f"name\x1f{self.scope}\x1f{normalised(self.name)}",)


@dataclass(slots=True)
class _Thing:
    """All that has been said of one thing so far; what was said first stands."""

    first: Mention
    keys: dict[str, None] = field(default_factory=dict)
    external_ids: dict[str, None] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    fields: dict[str, Any] = field(default_factory=dict)
    given_id: str = ""
    id: str = ""


_Said = tuple[Where, str, tuple[str, ...]]


def _said(mention: Mention) -> _Said:
    """Return what tells a mention from others, also when its row is read again."""
    return mention.where, mention.name, mention.keys


def _register(external_ids: Sequence[str]) -> tuple[str, str] | None:
    """Return the charity register that the first identifier is from, and the identifier."""
    first = next(iter(external_ids), "")
    return next(((name, first) for name in _REGISTERS if first.startswith(name)), None)


class Gathering:
    """Collects mentions, then gives each thing its id and its record."""

    def __init__(self, record_class: type[Organisation] | type[Project], prefix: str) -> None:
        self._class = record_class
        self._prefix = prefix
        self._things: dict[str, _Thing] = {}
        self._without: dict[_Said, str] = {}

    def add(self, mention: Mention) -> Iterator[Problem]:
        """Take a mention in; yield what contradicts earlier ones."""
        whole = mention
        mention = yield from self._without_rivals(whole)
        keys = mention.keys
        if keys != whole.keys:
            self._without[_said(whole)] = keys[0]
        found = [thing for key in keys if (thing := self._things.get(key)) is not None]
        thing = found[0] if found else _Thing(mention)
        for other in found[1:]:
            if other is not thing:
                yield from self._join(thing, other, mention.where)
        thing.keys.update(dict.fromkeys(keys))
        for key in keys:
            self._things[key] = thing
        yield from self._note(thing, mention)

    def _without_rivals(self, mention: Mention) -> Generator[Problem, None, Mention]:
        """Leave out identifiers that another charity has: two in one register are two bodies."""
        own = _register(mention.external_ids)
        kept: list[str] = []
        for external_id in mention.external_ids:
            thing = self._things.get(f"x\x1f{external_id}")
            rival = _register(tuple(thing.external_ids)) if thing else None
            if own and rival and rival[0] == own[0] and rival[1] != own[1]:
                yield mention.where.problem(
                    external_id,
                    f"belongs to {rival[1]} above, so {own[1]} can't have it too",
                    remedy="Correct the one that is wrong.",
                    is_warning=True,
                )
            else:
                kept.append(external_id)
        return replace(mention, external_ids=tuple(kept))

    def _note(self, thing: _Thing, mention: Mention) -> Iterator[Problem]:
        thing.external_ids.update(dict.fromkeys(mention.external_ids))
        if mention.given_id:
            yield from self._note_given(thing, mention.given_id, mention.where)
        if mention.name:
            yield from self._note_stranger(thing, mention)
            thing.names.setdefault(normalised(mention.name), mention.name)
        for name, value in mention.fields.items():
            if value is None or value in ("", ()):
                continue
            kept = thing.fields.setdefault(name, value)
            if isinstance(kept, tuple):
                thing.fields[name] = tuple(dict.fromkeys((*kept, *value)))
            elif kept != value:
                column = mention.columns(name) if mention.columns else mention.where.column
                yield mention.where.at(column).problem(
                    value,
                    f"differs from {str(kept)[:60]!r}, the {name.replace('_', ' ')} that was "
                    f"given for {thing.first.name[:60]!r} first, which is kept",
                    is_warning=True,
                )

    def _note_stranger(self, thing: _Thing, mention: Mention) -> Iterator[Problem]:
        """Say so where two bodies with unlike names have one number on a register of charities."""
        registered = _register(mention.external_ids)
        plain = normalised(mention.name)
        if registered is None or not thing.names or plain in thing.names:
            return
        if all(fuzz.token_set_ratio(plain, known) < _UNLIKE for known in thing.names):
            (first, *_) = thing.names.values()
            yield mention.where.problem(
                registered[1],
                f"is the number of {first[:60]!r} above, too; both rows were taken for one body",
                remedy="Two charities can't have one number: if they are two, correct one of them.",
                is_warning=True,
            )

    def _note_given(self, thing: _Thing, given_id: str, where: Where) -> Iterator[Problem]:
        if thing.given_id and thing.given_id != given_id:
            yield where.problem(
                given_id,
                f"is a second id for what is {thing.given_id!r}, which is kept",
                remedy="Give rows that share an identifier the same id.",
            )
        thing.given_id = thing.given_id or given_id

    def _join(self, thing: _Thing, other: _Thing, where: Where) -> Iterator[Problem]:
        """Put together two things that turn out to be one."""
        thing.keys.update(other.keys)
        for key in other.keys:
            self._things[key] = thing
        thing.external_ids.update(other.external_ids)
        for plain, name in other.names.items():
            thing.names.setdefault(plain, name)
        thing.fields = {**other.fields, **thing.fields}
        if other.given_id:
            yield from self._note_given(thing, other.given_id, where)

    def id_of(self, mention: Mention) -> str:
        """Return our id of the thing that an added mention is of; after :meth:`settle`."""
        # Its identifiers may turn out to be somebody else's, so not by its keys alone.
        key = self._without.get(_said(mention)) if self._without else None
        return self._things[key or mention.keys[0]].id

    def find(self, key: str) -> str:
        """Return our id of the thing with this key, '' if there is none; after :meth:`settle`."""
        thing = self._things.get(key)
        return thing.id if thing else ""

    def settle(self, context: Context) -> Iterator[Problem]:
        """Give each thing its id: the given one, that of who holds an identifier, or a new one."""
        things = list({id(thing): thing for thing in self._things.values()}.values())
        held = self._holders(context, (x for thing in things for x in thing.external_ids))
        by_id: dict[str, _Thing] = {}
        for thing in things:
            thing.id = thing.given_id or next(
                (held[external_id] for external_id in thing.external_ids if external_id in held),
                self._new_id(context, thing),
            )
            for external_id in list(thing.external_ids):
                holder = held.get(external_id, thing.id)
                if holder != thing.id:
                    del thing.external_ids[external_id]
                    yield thing.first.where.problem(
                        external_id,
                        f"belongs to {holder!r} already, so {thing.id!r} can't have it too",
                        remedy="Correct the identifier, or use the same id for both.",
                    )
            if thing.id in by_id:
                yield from self._join(by_id[thing.id], thing, thing.first.where)
            else:
                by_id[thing.id] = thing

    def _holders(self, context: Context, external_ids: Iterable[str]) -> dict[str, str]:
        wanted = list(dict.fromkeys(external_ids))
        found: dict[str, str] = {}
        for begin in range(0, len(wanted), _HOLDERS_AT_ONCE):
            part = wanted[begin : begin + _HOLDERS_AT_ONCE]
            found.update(context.holders(self._class.kind, part))
        return found

    def _new_id(self, context: Context, thing: _Thing) -> str:
        for external_id in thing.external_ids:
            return own_id(self._prefix, external_id)
        scope = thing.first.scope or context.source
        return own_id(self._prefix, scope, normalised(thing.first.name))

    def records(self, build: Callable[[dict[str, Any]], Node]) -> Iterator[Item]:
        """Yield a record of each thing; ``build`` gets its fields, id, names and provenance."""
        seen: set[str] = set()
        for thing in self._things.values():
            if thing.id in seen:
                continue
            seen.add(thing.id)
            names = list(thing.names.values()) or [thing.id]
            values = {
                **thing.fields,
                "id": thing.id,
                "name": names[0][:500],
                "external_ids": tuple(thing.external_ids),
                "provenance": thing.first.provenance,
            }
            if self._class is Organisation:
                others = (*thing.fields.get("other_names", ()), *names[1:])
                values["other_names"] = tuple(
                    dict.fromkeys(name[:500] for name in others if name != names[0])
                )
            yield attempt(thing.first.where, partial(build, values))
