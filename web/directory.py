"""The searchable list of a network's organisations: which of them a question picks, in what order.

Built once for each compiled network; a question then costs a few passes over arrays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching import Network
from matching.hierarchy import above
from matching.introductions.distances import open_ties

__all__ = ["PAGE_SIZE", "Choice", "Directory", "Entry", "Listing", "Order", "Question", "Standing"]

PAGE_SIZE = 20

Columns = Mapping[str, Mapping[str, Any]]


class Order(StrEnum):
    """How a list can be ordered."""

    NAME = "name"
    PARTNERS = "partners"
    CONFIRMED = "confirmed"


class Standing(StrEnum):
    """What an organisation that is open may lack."""

    NO_PARTNERS = "no-partners"
    NOTHING_TOLD = "nothing-told"


@dataclass(frozen=True, slots=True)
class Question:
    """What a reader looks for; blank parts don't matter. Ids are those of things."""

    text: str = ""
    place: str = ""
    theme: str = ""
    community: str = ""
    offers: str = ""
    needs: str = ""
    standing: Standing | None = None
    order: Order = Order.NAME

    @property
    def filter_count(self) -> int:
        """Return how many parts narrow the list."""
        parts = (self.text, self.place, self.theme, self.community, self.offers, self.needs)
        return sum(bool(part) for part in (*parts, self.standing))


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of an answer: organisations by number, of ``found``, of ``total`` in all."""

    rows: tuple[int, ...]
    found: int
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter: a thing that at least one organisation has."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One organisation in a list: enough to tell it from its neighbours."""

    id: str
    name: str
    places: tuple[str, ...]
    themes: tuple[str, ...]
    partner_count: int
    offer_count: int
    need_count: int
    is_closed: bool


class Directory:
    """Answers questions about one network; ``columns`` are the node tables, column by column."""

    def __init__(self, network: Network, columns: Columns) -> None:
        self._network = network
        self._columns = columns
        mine = columns["organisation"]
        self._texts = [
            " ".join((name, *others, *ids, description)).casefold()
            for name, others, ids, description in zip(
                mine["name"],
                mine["other_names"],
                mine["external_ids"],
                mine["description"],
                strict=True,
            )
        ]
        folded = [name.casefold() for name in network.names]
        self._by_name = np.array(sorted(range(len(folded)), key=folded.__getitem__), np.int64)

    def ask(self, question: Question, page: int = 1) -> Listing:
        """Return a page of the organisations that fit; a page past the end is the last one."""
        fitting = self._fitting(question)
        order = self._ordered(question.order)
        chosen = order[fitting[order]]
        pages = max(1, -(-len(chosen) // PAGE_SIZE))
        page = min(max(1, page), pages)
        rows = chosen[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
        return Listing(tuple(rows.tolist()), len(chosen), len(self._texts), page, pages)

    def entry(self, row: int) -> Entry:
        """Return one organisation as a list shows it."""
        network = self._network
        return Entry(
            id=network.organisation_ids[row],
            name=network.names[row],
            places=self._names("place", network.places, row),
            themes=self._names("theme", network.themes, row),
            partner_count=int(network.degrees[row]),
            offer_count=len(_columns_of(network.offers, row)),
            need_count=len(_columns_of(network.needs, row)),
            is_closed=not network.is_open[row],
        )

    def _names(self, kind: str, matrix: sparse.csr_array, row: int) -> tuple[str, ...]:
        names = self._columns[kind]["name"]
        return tuple(str(names[column]) for column in _columns_of(matrix, row))

    def in_place(self, place_id: str) -> list[int]:
        """Return the organisations that work or have an office in a place, or in a part of it."""
        return np.flatnonzero(self._fitting(Question(place=place_id))).tolist()

    def choices(self, kind: str, matrix: sparse.csr_array) -> tuple[Choice, ...]:
        """Return the things of a kind that organisations have, narrower ones included, by name."""
        used = np.flatnonzero(np.bincount(matrix.indices, minlength=matrix.shape[1]))
        ids = self._network.thing_ids(kind)
        wanted = {ids[column] for column in used.tolist()}
        parents = self._parents(kind)
        for thing in tuple(wanted):
            wanted |= set(above(thing, parents))
        names = self._columns[kind]["name"]
        found = [Choice(ids[c], str(names[c])) for c in range(len(ids)) if ids[c] in wanted]
        return tuple(sorted(found, key=lambda choice: choice.name.casefold()))

    def _fitting(self, question: Question) -> npt.NDArray[np.bool_]:
        network = self._network
        mask = np.ones(len(self._texts), dtype=np.bool_)
        words = question.text.casefold().split()
        if words:
            mask &= np.array(
                [all(word in text for word in words) for text in self._texts], dtype=np.bool_
            )
        for kind, wanted, matrix in (
            ("place", question.place, network.places + network.offices),
            ("theme", question.theme, network.themes),
            ("community", question.community, network.communities),
            ("skill", question.offers, network.offers),
            ("skill", question.needs, network.needs),
        ):
            if wanted:
                mask &= self._having(kind, wanted, sparse.csr_array(matrix))
        if question.standing is not None:
            mask &= network.is_open
        if question.standing is Standing.NO_PARTNERS:
            # A partner that has closed is none any more.
            mask &= np.diff(open_ties(network).indptr) == 0
        if question.standing is Standing.NOTHING_TOLD:
            mask &= ~network.has_told
        return mask

    def _having(self, kind: str, wanted: str, matrix: sparse.csr_array) -> npt.NDArray[np.bool_]:
        """Say which organisations have a thing, or a narrower one."""
        parents = self._parents(kind)
        is_wanted = np.array(
            [
                thing == wanted or wanted in above(thing, parents)
                for thing in self._network.thing_ids(kind)
            ],
            dtype=np.bool_,
        )
        entries = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
        having = np.zeros(matrix.shape[0], dtype=np.bool_)
        having[entries[is_wanted[matrix.indices]]] = True
        return having

    def _parents(self, kind: str) -> dict[str, str]:
        ids = self._network.thing_ids(kind)
        return dict(zip(ids, self._columns[kind]["parent_id"], strict=True))

    def _ordered(self, order: Order) -> npt.NDArray[np.int64]:
        by_name = self._by_name
        match order:
            case Order.NAME:
                return by_name
            case Order.PARTNERS:
                return by_name[np.argsort(-self._network.degrees[by_name], kind="stable")]
            case Order.CONFIRMED:
                days = self._columns["organisation"]["last_confirmed"][by_name]
                return by_name[np.argsort(days, kind="stable")]


def _columns_of(matrix: sparse.csr_array, row: int) -> list[int]:
    return [int(c) for c in matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]]
