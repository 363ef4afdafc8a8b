"""What every register says of a body, and the records that it becomes.

A body comes in under the id that the network has for its number. One that has left the register
comes in only where the network knows it, to be marked as closed; nothing is ever deleted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from graph.model import (
    BasedIn,
    Offer,
    Organisation,
    Provenance,
    Serves,
    Visibility,
    WorksIn,
    WorksOn,
)
from graph.vocabulary import Place
from seeds.identifiers import own_id
from seeds.postcodes import place_of, read_postcode
from seeds.problems import Problem, Skipped, Where
from seeds.sources.base import Context, Item, attempt
from seeds.sources.register_codes import Offered
from seeds.terms import TermKind, inferred_ties, vocabulary

__all__ = ["LONGEST_NAME", "LONGEST_PROSE", "Listed", "Offices", "Register"]

LONGEST_NAME = 500
LONGEST_PROSE = 20_000
_AT_ONCE = 2_000
_REGISTERS = ("GB-CHC-", "GB-SC-", "GB-NIC-")
_REMOVED = "it is no longer on the register, and the network doesn't know it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One body on a register. ``external_ids`` begin with its number there.

    ``themes`` and ``communities`` are ids of vocabulary terms.
    """

    where: Where
    name: str
    external_ids: tuple[str, ...]
    other_names: tuple[str, ...] = ()
    description: str = ""
    organisation_type: str = ""
    income: float | None = None
    website: str = ""
    postcode: str = ""
    closed_on: date | None = None
    office: Place | None = None
    areas: Sequence[Place] = ()
    themes: Sequence[str] = ()
    communities: Sequence[str] = ()
    offers: Sequence[Offered] = ()


class Offices:
    """The places of offices, by postcode; those that can't be placed are counted."""

    def __init__(self) -> None:
        self._found: dict[str, Place | None] = {}
        self._unplaced: Counter[str] = Counter()

    def of(self, postcode: str) -> Place | None:
        """Return the local authority around a postcode, None if it can't be told."""
        read = read_postcode(postcode)
        if read is None:
            return None
        if read.outcode not in self._found:
            self._found[read.outcode] = place_of(read.outcode)
        return self._found[read.outcode]

    def note(self, postcode: str, office: Place | None) -> None:
        """Count an office that has a postcode but no place."""
        if postcode and office is None:
            self._unplaced[postcode] += 1

    def summary(self, file: str) -> Iterator[Problem]:
        """Yield one warning for all postcodes that couldn't be placed."""
        if self._unplaced:
            (example, _), *_ = self._unplaced.most_common(1)
            yield Where(file).fault(
                f"The postcodes of {self._unplaced.total():,} offices are none that gofar can "
                f"place, for example {example[:20]!r}; where those offices are isn't recorded.",
                is_warning=True,
            )


class Register:
    """Turns listed bodies into records, many at a time, as each lot is one question to the store.

    What has left the register waits for the end: the network may hold two numbers as one body,
    of which one lives on.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._waiting: list[Listed] = []
        self._closed: list[tuple[str, Listed]] = []
        self._company_of: dict[str, str] = {}
        self._alive: set[str] = set()
        self._given: set[str] = set()
        self._hints: dict[tuple[str, Offered], Provenance] = {}

    def note_alive(self, external_id: str) -> None:
        """Note that the body with this number is on the register, whether or not it is wanted."""
        self._alive.add(external_id)

    def add(self, listed: Listed) -> Iterator[Item]:
        """Take a body in; yield the records of those that are ready."""
        self._waiting.append(listed)
        if len(self._waiting) >= _AT_ONCE:
            yield from self._flush()

    def finish(self) -> Iterator[Item]:
        """Yield what is left."""
        yield from self._flush()
        known = self._context.identifiers([own for own, _ in self._closed])
        for own, listed in self._closed:
            others = [
                number
                for number in known.get(own, ())
                if number.startswith(_REGISTERS) and number != listed.external_ids[0]
            ]
            going_on = next((number for number in others if number in self._alive), "")
            if going_on:
                yield Skipped(
                    "it left the register, but goes on under another number", listed.where
                )
            elif any(not number.startswith(_scheme(listed)) for number in others):
                yield listed.where.problem(
                    listed.external_ids[0],
                    f"has left this register, but the body is also {others[0]}, so it isn't closed",
                    remedy="Mark it as closed yourself if it is.",
                    is_warning=True,
                )
            else:
                yield from self._records(own, listed)

    def _flush(self) -> Iterator[Item]:
        lot, self._waiting = self._waiting, []
        if not lot:
            return
        wanted = {external_id for listed in lot for external_id in listed.external_ids}
        held = self._context.holders(Organisation.kind, wanted)
        known = self._context.identifiers(set(held.values())) if held else {}
        for listed in lot:
            own = held.get(listed.external_ids[0], "")
            if listed.closed_on is None:
                whole = yield from self._without_rivals(own, listed, held, known)
                own = own or self._adopted(whole, held) or own_id("org", listed.external_ids[0])
                yield from self._records(own, whole)
            elif own:
                self._closed.append((own, replace(listed, external_ids=listed.external_ids[:1])))
            else:
                yield Skipped(_REMOVED, listed.where)

    def _without_rivals(
        self,
        own: str,
        listed: Listed,
        held: Mapping[str, str],
        known: Mapping[str, tuple[str, ...]],
    ) -> Generator[Problem, None, Listed]:
        """Leave out the further numbers that belong to another body on this register."""
        number, *further = listed.external_ids
        kept = [number]
        for external_id in further:
            rival = self._company_of.get(external_id, number)
            holder = held.get(external_id, "")
            if rival == number and holder and holder != own:
                numbers = [x for x in known.get(holder, ()) if x.startswith(_scheme(listed))]
                rival = next(iter(numbers), holder if own else number)
            if rival == number:
                self._company_of[external_id] = number
                kept.append(external_id)
            else:
                yield listed.where.problem(
                    external_id,
                    f"belongs to {rival} already, so {number} can't have it too",
                    remedy="Tell the register; the rest of the row comes in.",
                    is_warning=True,
                )
        return replace(listed, external_ids=tuple(kept)) if further else listed

    def _adopted(self, listed: Listed, held: Mapping[str, str]) -> str:
        """Return who is known by a further number only: a company that is this charity."""
        return next((held[x] for x in listed.external_ids[1:] if x in held), "")

    def _records(self, own: str, listed: Listed) -> Iterator[Item]:
        told = self._context.provenance(listed.where.file, visibility=Visibility.PUBLIC)
        made = attempt(
            listed.where,
            lambda: Organisation(
                id=own,
                name=listed.name,
                external_ids=listed.external_ids,
                other_names=listed.other_names,
                description=listed.description,
                organisation_type=listed.organisation_type,
                income=listed.income,
                website=listed.website,
                postcode=listed.postcode,
                closed_on=listed.closed_on,
                provenance=told,
            ),
        )
        yield made
        if isinstance(made, Problem) or listed.closed_on is not None:
            return
        if listed.office is not None:
            yield from self._context.nodes_of("place", listed.office)
            yield BasedIn(from_id=own, to_id=listed.office.id, provenance=told)
        for place in listed.areas:
            yield from self._context.nodes_of("place", place)
            yield WorksIn(from_id=own, to_id=place.id, provenance=told)
        yield from self._tied(WorksOn, "theme", own, listed.themes, told)
        yield from self._tied(Serves, "community", own, listed.communities, told)
        for offered in listed.offers:
            yield from self._nodes("skill", offered.skill_id)
            yield Offer(
                from_id=own,
                to_id=offered.skill_id,
                # Somebody who does a thing can at least help with it; more, a box doesn't say.
                level=1,
                provenance=self._hinted(listed.where.file, offered),
            )
        # Last: what the register says itself is told, and comes first.
        yield from inferred_ties(
            self._context,
            own,
            listed.description,
            listed.where.file,
            visibility=Visibility.PUBLIC,
        )

    def _hinted(self, file: str, offered: Offered) -> Provenance:
        """Return where a guess from a box comes from, made once for all who ticked it."""
        made = self._hints.get((file, offered))
        if made is None:
            made = self._hints[file, offered] = self._context.provenance(
                file,
                visibility=Visibility.PUBLIC,
                confidence=offered.confidence,
                basis=f"ticked on the register: {offered.box}",
            )
        return made

    def _tied(
        self,
        kind: type[WorksOn | Serves],
        terms: TermKind,
        own: str,
        ids: Sequence[str],
        told: Provenance,
    ) -> Iterator[Item]:
        for term_id in ids:
            yield from self._nodes(terms, term_id)
            yield kind(from_id=own, to_id=term_id, provenance=told)

    def _nodes(self, kind: TermKind, term_id: str) -> Iterator[Item]:
        if term_id not in self._given:
            self._given.add(term_id)
            yield from self._context.nodes_of(kind, vocabulary(kind).term(term_id))


def _scheme(listed: Listed) -> str:
    return listed.external_ids[0].rpartition("-")[0] + "-"
