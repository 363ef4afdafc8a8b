"""The door's desk for upkeep: what waits for the viewer's answer, and the answers they give."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, cast

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from graph.access import Action, Viewer, require
from graph.model import ImportRecord, Organisation, Relationship
from graph.vocabulary import places
from graph.waiting import LeftBehind, Ties, Waiting, left_behind, waiting
from matching import Network
from matching.network import row_of
from web.workspace import Workspace

if TYPE_CHECKING:
    from seeds.terms import UnmappedWord
    from seeds.upkeep import Done, Proposal

__all__ = ["Desk"]

_RECENT = 20
_LIKE = 70
_MOST_READ = 20_000


class Desk:
    """Belongs to one door, and sees the network that it sees."""

    def __init__(
        self,
        viewer: Viewer,
        workspace: Workspace,
        network: Callable[[], Network],
        today: date,
    ) -> None:
        require(viewer, Action.CURATE)
        self._viewer = viewer
        self._workspace = workspace
        self._network_of = network
        self._today = today

    @property
    def _network(self) -> Network:
        return self._network_of()

    # --- what waits ------------------------------------------------------------------------

    def waiting(self) -> Waiting:
        """Return what waits for an answer, by organisation rows and ties."""
        return self._network.remembered(
            "web.waiting",
            lambda: waiting(
                self._network.snapshot,
                self._today,
                answered=self._workspace.upkeep.agreed_closures(self._workspace.store),
            ),
            at=self._workspace.store.version(),
        )

    def inferred(self, about: str = "") -> Ties:
        """Return the inferred ties that wait, of one term or thing only if one is named."""
        found = self.waiting().inferred
        if not about:
            return found
        position = self._network.snapshot.positions.get(about, -1)
        return found.that(self._ends == position)

    def inferred_things(self) -> list[tuple[str, str, int]]:
        """Return what inferred ties are about: (id, name, how many), the most frequent first."""
        positions, counts = np.unique(self._ends, return_counts=True)
        ids = self._network.snapshot.node_ids[positions].tolist()
        found = zip(ids, map(self._network.name_of, ids), counts.tolist(), strict=True)
        return sorted(found, key=lambda each: (-each[2], each[1].casefold(), each[0]))

    @property
    def _ends(self) -> npt.NDArray[np.int64]:
        return self._network.remembered(
            "web.inferred_ends",
            lambda: self.waiting().inferred.ends(self._network.snapshot),
            at=self._workspace.store.version(),
        )

    def ties(self, ties: Ties, start: int, stop: int) -> tuple[Relationship, ...]:
        """Return part of a list of ties as records."""
        return ties.records(self._network.snapshot, start, stop)

    def organisations(self, rows: Iterable[int]) -> tuple[Organisation, ...]:
        """Return organisations by their rows."""
        found = (self._network.snapshot.record_at(Organisation, row) for row in rows)
        return cast("tuple[Organisation, ...]", tuple(found))

    def left_behind(self, row: int) -> LeftBehind:
        """Return what the organisation in a row is still tied to."""
        return left_behind(self._network.snapshot, row, self._today)

    def place_named(self, text: str) -> str:
        """Return the id of the place that somebody typed, by name or id; "" if it is not one.

        Of several with one name, the one that the network knows already is meant.
        """
        wanted = text.strip()
        same = [
            place
            for place, name in self.places()
            if place == wanted or name.casefold() == wanted.casefold()
        ]
        here = [place for place in same if place in self._network.snapshot.positions]
        for found in (here, same):
            if len(found) == 1:
                return found[0]
        term = places().find(wanted) if wanted and not same else None
        return term.id if term is not None else self._workspace.upkeep.place_at(wanted)

    def place_near(self, text: str) -> str:
        """Return the name of the place that is most like what somebody typed, or ""."""
        names = [name for _, name in self.places()]
        hit = process.extractOne(text, names, scorer=fuzz.ratio, score_cutoff=_LIKE)
        return hit[0] if hit else ""

    def places(self) -> tuple[tuple[str, str], ...]:
        """Return ids and names of the places that can be chosen, by name."""
        return self._network.remembered("web.place_names", self._places)

    def _places(self) -> tuple[tuple[str, str], ...]:
        table = self._network.snapshot.tables["place"]
        found = {term.id: term.label for term in places()}
        found.update(zip(map(str, table.ids), map(str, table["name"]), strict=True))
        return tuple(sorted(found.items(), key=lambda pair: (pair[1].casefold(), pair[0])))

    def unmapped(self) -> tuple[Sequence[UnmappedWord], int]:
        """Return what descriptions say that nothing covers, and how many of them were read."""
        table = self._network.snapshot.tables[Organisation.kind]
        texts = [
            (str(key), str(text))
            for key, text in zip(table.ids, table["description"], strict=True)
            if text
        ][:_MOST_READ]
        upkeep, store = self._workspace.upkeep, self._workspace.store
        return upkeep.unmapped_words(store, texts), len(texts)

    def term_labels(self) -> Sequence[str]:
        """Return the names of all terms that a word can mean."""
        return self._workspace.upkeep.term_labels()

    # --- answers ---------------------------------------------------------------------------

    def confirm(self, fact_ids: Iterable[str]) -> Done:
        """Say that ties are so."""
        return self._answer(self._workspace.upkeep.confirm, fact_ids)

    def reject(self, fact_ids: Iterable[str]) -> Done:
        """Say that ties are not so, or no longer."""
        return self._answer(self._workspace.upkeep.reject, fact_ids)

    def reopen(self, organisation_ids: Iterable[str]) -> Done:
        """Say that organisations are still active."""
        return self._answer(self._workspace.upkeep.reopen, organisation_ids)

    def close(self, organisation_ids: Iterable[str]) -> Done:
        """Say that organisations marked as closed are."""
        return self._answer(self._workspace.upkeep.close, organisation_ids)

    def set_place(self, organisation_ids: Iterable[str], place_id: str, how: str) -> Done:
        """Say where organisations work or have their office."""
        return self._workspace.upkeep.set_place(
            self._workspace.store,
            self._visible(organisation_ids),
            place_id,
            how,
            self._viewer.name,
            self._today,
        )

    def map_words(self, phrases: Iterable[str], term: str) -> Done:
        """Say that phrases mean the term with this name; raises InputError for an unknown one."""
        return self._workspace.upkeep.map_words(
            self._workspace.store, phrases, term, self._viewer.name, self._today
        )

    def ignore_words(self, phrases: Iterable[str]) -> Done:
        """Say that phrases mean nothing."""
        return self._workspace.upkeep.ignore_words(
            self._workspace.store, phrases, self._viewer.name, self._today
        )

    def proposals(self, organisation_id: str) -> Sequence[Proposal]:
        """Return terms that the description of an organisation reads like, if it has no theme."""
        network = self._network
        row = network.index_of(organisation_id)
        if row_of(network.themes, row).size:
            return ()
        text = str(network.snapshot.tables["organisation"]["description"][row])
        return self._workspace.upkeep.proposals(text)

    def tell(self, organisation_id: str, term_id: str) -> Done:
        """Say what an organisation works on, is for or offers."""
        self._network.index_of(organisation_id)
        return self._workspace.upkeep.tell(
            self._workspace.store, organisation_id, term_id, self._viewer.name, self._today
        )

    def undo(self, import_id: str) -> int:
        """Take an answer back; return how many records stay as they are, changed since."""
        importer, store = self._workspace.importer, self._workspace.store
        return importer.undo(store, import_id, self._viewer.name).kept_count

    def _answer(self, verb: Callable[..., Done], ids: Iterable[str]) -> Done:
        return verb(self._workspace.store, self._visible(ids), self._viewer.name, self._today)

    def _visible(self, ids: Iterable[str]) -> list[str]:
        """Leave out what this viewer may not see: they can't answer for it either."""
        snapshot = self._network.snapshot
        return [
            given
            for given in ids
            if given in snapshot.positions
            or (
                (kind := given.rpartition("-")[0]) in snapshot.tables
                and snapshot.row_of(kind, given) is not None
            )
        ]

    # --- answers given ---------------------------------------------------------------------

    def answer(self, import_id: str) -> ImportRecord | None:
        """Return the record of an answer by the id that undoes it, or None."""
        found = self._workspace.store.record(ImportRecord, import_id) if import_id else None
        return found if found and self._workspace.upkeep.is_answer(found) else None

    def recent(self) -> list[ImportRecord]:
        """Return the last answers, the newest first."""
        found = filter(
            self._workspace.upkeep.is_answer, self._workspace.store.records(ImportRecord)
        )
        newest = sorted(found, key=lambda record: record.begun_at_version, reverse=True)
        return newest[:_RECENT]
