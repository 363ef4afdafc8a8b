"""The one door between pages and what is known: every read and write of a page passes here.

A door belongs to one viewer and one request, and sees one version of the network throughout.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date
from functools import cached_property
from itertools import filterfalse
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import numpy as np

from graph.access import Action, Viewer, can, require
from graph.contract import Health
from graph.errors import UnknownOrganisation
from graph.model import (
    KINDS,
    NODE_KINDS,
    RELATIONSHIP_KINDS,
    Fact,
    ImportRecord,
    Node,
    Organisation,
    Relationship,
)
from matching import (
    Network,
    Stronger,
    Suggestion,
    find_organisation,
    nearest_organisations,
    stronger,
    suggest_partners,
)
from matching.introductions import Routes, find_routes
from matching.introductions.distances import open_ties
from matching.view import TODAY, View
from web.desk import Desk
from web.directory import Choice, Directory, Entry, Listing, Question
from web.gap_desk import GapDesk
from web.identity import IdentityDesk
from web.known import Counts, Missing, Profile
from web.meetings import MeetingDesk
from web.reporting import ReportDesk
from web.together import Together
from web.wording import closure
from web.workspace import Progress, Workspace

if TYPE_CHECKING:
    from seeds import ImportPreview, UndoResult
    from seeds.exports import Export, ExportResult

__all__ = ["Choices", "Counts", "Door", "Missing", "Profile"]

N = TypeVar("N", bound=Node)

_FILTERS = {
    "place": ("place", "places"),
    "theme": ("theme", "themes"),
    "community": ("community", "communities"),
    "offers": ("skill", "offers"),
    "needs": ("skill", "needs"),
}
Choices = dict[str, tuple[Choice, ...]]


class Door:
    """What ``viewer`` may read and change; raises :class:`graph.errors.AccessDenied` otherwise."""

    def __init__(self, viewer: Viewer, workspace: Workspace, view: View = TODAY) -> None:
        self.viewer = viewer
        self.view = view
        self._workspace = workspace

    def of_today(self) -> Door:
        """Return the door to the network of today, with all that is known of it."""
        return Door(self.viewer, self._workspace)

    # --- reading the network ---------------------------------------------------------------

    def network(self) -> Network:
        """Return the network as this viewer sees it, the same throughout the request."""
        require(self.viewer, Action.SEE_NETWORK)
        return self._network

    @cached_property
    def _network(self) -> Network:
        return self._workspace.live_network.for_audience(self.viewer.audience, self.view)

    def sources(self) -> tuple[str, ...]:
        """Return where organisations come from: each source once."""
        return cast(
            "tuple[str, ...]", self.network().snapshot.tables["organisation"]["source"].labels
        )

    def name_of(self, node_id: str) -> str:
        """Return the name of a node, or its id if this viewer sees no such node."""
        return self.network().name_of(node_id)

    def find(self, text: str) -> str:
        """Return the id of the organisation that a person typed; raises UnknownOrganisation."""
        network = self.network()
        return network.organisation_ids[find_organisation(network, text)]

    def nearest(self, text: str, limit: int) -> tuple[str, ...]:
        """Return ids of the organisations whose names are most like ``text``, best first."""
        network = self.network()
        rows = nearest_organisations(network, text, limit)
        return tuple(network.organisation_ids[row] for row in rows)

    def suggestions(
        self, organisation_id: str, *, k: int = 10, include_partners: bool = False
    ) -> tuple[Suggestion, ...]:
        """Return the best partners for an organisation, each with its reasons."""
        require(self.viewer, Action.SEE_SUGGESTIONS, organisation_id)
        return suggest_partners(
            self.network(), organisation_id, k=k, include_partners=include_partners
        )

    def stronger(self, organisation_id: str, partner_id: str) -> tuple[Stronger, ...]:
        """Return what would make one match stronger, the best first."""
        require(self.viewer, Action.SEE_SUGGESTIONS, organisation_id)
        return stronger(self.network(), organisation_id, partner_id)

    def missing(self, organisation_id: str) -> Missing:
        """Return which sorts of facts are not known of an organisation."""
        network = self.network()
        number = network.index_of(organisation_id)
        return Missing(
            is_closed=not network.is_open[number],
            kinds=tuple(
                kind
                for kind in ("needs", "offers", "themes", "communities", "places", "ties")
                if not np.diff(getattr(network, kind).indptr[number : number + 2])[0]
            ),
        )

    @cached_property
    def gap_desk(self) -> GapDesk:
        """Return where the viewer sees what is missing; raises AccessDenied for others."""
        return GapDesk(self.viewer, self.network)

    def organisations(self, question: Question, page: int = 1) -> Listing:
        """Return a page of the organisations that fit a question."""
        return self._directory.ask(question, page)

    def entries(self, listing: Listing) -> list[Entry]:
        """Return the organisations of one page as a list shows them."""
        return [self._directory.entry(row) for row in listing.rows]

    def organisations_in(self, place_id: str) -> frozenset[str]:
        """Return ids of the organisations that work or have an office in a place or part of it."""
        ids = self.network().organisation_ids
        return frozenset(ids[row] for row in self._directory.in_place(place_id))

    def choices(self) -> Choices:
        """Return what the list of organisations can be narrowed by."""
        network, directory = self.network(), self._directory
        return network.remembered(
            "web.choices",
            lambda: {
                name: directory.choices(kind, getattr(network, matrix))
                for name, (kind, matrix) in _FILTERS.items()
            },
        )

    @property
    def _directory(self) -> Directory:
        network = self.network()
        tables = network.snapshot.tables
        return network.remembered(
            "web.directory",
            lambda: Directory(
                network, {kind.kind: tables[kind.kind].columns for kind in NODE_KINDS}
            ),
        )

    def counts(self) -> Counts:
        """Return how much the network holds and where it is thin."""
        network = self.network()
        tables, is_open = network.snapshot.tables, network.is_open
        ties = open_ties(network)
        return Counts(
            organisations=int(is_open.sum()),
            closed=int((~is_open).sum()),
            projects=len(tables["project"]),
            offers=int((~tables["offers"]["inferred"]).sum()),
            needs=int((~tables["needs"]["inferred"]).sum()),
            partnerships=ties.nnz // 2,
            without_partners=int((is_open & (np.diff(ties.indptr) == 0)).sum()),
            without_offers_or_needs=int((is_open & ~network.has_told).sum()),
            needs_nobody_meets=sum(not gap.providers for gap in self.gap_desk.gaps().gaps),
        )

    # --- reading facts ---------------------------------------------------------------------

    def node(self, kind: type[N], node_id: str) -> N | None:
        """Return one node, or None if this viewer sees no such node."""
        return cast("N | None", self.network().snapshot.record(kind, node_id))

    def organisation(self, organisation_id: str) -> Profile:
        """Return an organisation with all its ties; raises UnknownOrganisation."""
        network = self.network()
        number = network.index_of(organisation_id)
        organisation = self.node(Organisation, organisation_id)
        if organisation is None:
            raise UnknownOrganisation(organisation_id)
        return Profile(
            organisation=organisation,
            outgoing={
                kind.kind: self._ties(kind, "from_id", number) for kind in RELATIONSHIP_KINDS
            },
            incoming={
                kind.kind: self._ties(kind, "to_id", number)
                for kind in RELATIONSHIP_KINDS
                if Organisation.kind in kind.to_kinds
            },
            partner_ids=tuple(
                network.organisation_ids[row] for row in network.partners_of(number).tolist()
            ),
        )

    def _ties(self, kind: type[Relationship], end: str, position: int) -> tuple[Relationship, ...]:
        snapshot = self.network().snapshot
        ends = snapshot.tables[kind.kind][end]
        if end == "from_id":  # ties come in order of where they start
            rows: Any = range(*np.searchsorted(ends, [position, position + 1]).tolist())
        else:
            rows = np.flatnonzero(ends == position).tolist()
        return tuple(snapshot.record_at(kind, row) for row in rows)

    def are_partners(self, one: str, other: str) -> bool:
        """Say whether two organisations work together already, or did."""
        network = self.network()
        return network.index_of(other) in network.partners_of(network.index_of(one))

    def partnership(self, one: str, other: str) -> tuple[Fact, ...]:
        """Return the facts that make two organisations partners; () if they aren't."""
        network = self.network()
        found = network.tie_facts(network.index_of(one), network.index_of(other))
        return tuple(self.facts(found).values())

    def facts(self, ids: Iterable[str]) -> dict[str, Fact]:
        """Return facts by id, in the order given, without those that this viewer may not see."""
        snapshot = self.network().snapshot
        found: dict[str, Fact] = {}
        for fact_id in ids:
            for kind in self._kinds_of(fact_id):
                record = snapshot.record(kind, fact_id)
                if record is not None:
                    found[fact_id] = record
                    break
        return found

    def _kinds_of(self, fact_id: str) -> tuple[type[Any], ...]:
        if fact_id in self.network().snapshot.positions:
            return NODE_KINDS
        kind = KINDS.get(fact_id.rpartition("-")[0])
        return (kind,) if kind is not None and issubclass(kind, Relationship) else ()

    def closure(self, organisation: Organisation | None) -> str:
        """Return that an organisation is closed, and since when; "" where it is open."""
        if organisation is None or organisation.closed_on is None:
            return ""
        source = organisation.provenance.source
        is_from_register = self._workspace.upkeep.is_register(source)
        return closure(organisation.closed_on, is_from_register=is_from_register)

    # --- upkeep ----------------------------------------------------------------------------

    def may_answer(self) -> bool:
        """Say whether answers are taken here: from whoever curates, and today only."""
        return self.view.as_of is None and can(self.viewer, Action.CURATE)

    @cached_property
    def desk(self) -> Desk:
        """Return where the viewer answers what waits today; raises AccessDenied for others."""
        return Desk(self.viewer, self._workspace, self.of_today().network, self.today())

    @cached_property
    def identity(self) -> IdentityDesk:
        """Return where the viewer says who is who; raises AccessDenied for others."""
        return IdentityDesk(self.viewer, self._workspace, self.of_today().network, self.today())

    # --- meetings --------------------------------------------------------------------------

    @cached_property
    def meetings(self) -> MeetingDesk:
        """Return where meetings are planned for everybody; raises AccessDenied for others."""
        return MeetingDesk(self.viewer, self.network)

    @cached_property
    def together(self) -> Together:
        """Return what partners agree, count and tell each other, and where that is written."""
        return Together(self.viewer, self._workspace, self.network, self.today)

    def routes(self, from_id: str, to_id: str) -> Routes:
        """Return who could introduce one organisation to another."""
        require(self.viewer, Action.SEE_SUGGESTIONS, from_id)
        return find_routes(self.network(), from_id, to_id)

    @cached_property
    def reporting(self) -> ReportDesk:
        """Return where reports are read, and made; raises AccessDenied for others."""
        return ReportDesk(self.viewer, self._workspace, self.of_today().network)

    # --- imports ---------------------------------------------------------------------------

    def preview(self, paths: Sequence[Path], *, progress: Progress | None = None) -> ImportPreview:
        """Say what files would change; writes nothing."""
        require(self.viewer, Action.IMPORT)
        return self._workspace.importer.preview(
            paths,
            self._workspace.store,
            actor=self.viewer.name,
            today=self.today(),
            progress=progress,
        )

    def apply(self, preview: ImportPreview, *, progress: Progress | None = None) -> ImportRecord:
        """Write what a preview announced."""
        require(self.viewer, Action.IMPORT)
        return self._workspace.importer.apply(preview, self._workspace.store, progress=progress)

    def undo(self, import_id: str) -> UndoResult:
        """Take back what one import changed."""
        require(self.viewer, Action.IMPORT)
        return self._workspace.importer.undo(self._workspace.store, import_id, self.viewer.name)

    def imports(self) -> list[ImportRecord]:
        """Return the imports of files there have been, the newest first."""
        require(self.viewer, Action.IMPORT)
        is_answer = self._workspace.upkeep.is_answer
        found = filterfalse(is_answer, self._workspace.store.records(ImportRecord))
        return sorted(found, key=lambda record: record.begun_at_version, reverse=True)

    def import_record(self, import_id: str) -> ImportRecord | None:
        """Return one import, or None."""
        require(self.viewer, Action.IMPORT)
        return self._workspace.store.record(ImportRecord, import_id)

    def write_template(self, path: Path) -> None:
        """Write the empty workbook that people fill in."""
        require(self.viewer, Action.IMPORT)
        self._workspace.importer.write_template(path)

    @property
    def upload_folder(self) -> Path:
        """Where files wait between upload and import."""
        require(self.viewer, Action.IMPORT)
        return self._workspace.upload_folder

    # --- exports ---------------------------------------------------------------------------

    def export_formats(self) -> Sequence[Export]:
        """Return the formats that the whole network can be had in."""
        require(self.viewer, Action.EXPORT)
        return self._workspace.exporter.formats

    def export(self, name: str, out: Path) -> ExportResult:
        """Write all that this viewer sees in one format; raises InputError for an unknown one."""
        require(self.viewer, Action.EXPORT)
        return self._workspace.exporter.export(self.network().snapshot, name, out)

    # --- the machine -----------------------------------------------------------------------

    def health(self) -> Health:
        """Ask the store whether it answers; raises StoreUnavailable if it doesn't."""
        return self._workspace.store.health()

    def today(self) -> date:
        """Return today's date."""
        return self._workspace.clock().astimezone(UTC).date()
