"""What the pages need from outside, as ports; ``gofar.assembly`` fills them in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from web.pairs import PairMemory

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

    from graph.access import Viewer
    from graph.contract import GraphStore
    from graph.model import ImportRecord, Merge, Verdict
    from graph.snapshot import Snapshot
    from matching import LiveNetwork
    from reports.ports import Maker
    from seeds import ImportPreview, UndoResult
    from seeds.exports import Export, ExportResult
    from seeds.identity import Candidate, Split
    from seeds.terms import UnmappedWord
    from seeds.upkeep import Done, Proposal

__all__ = ["Board", "Exporter", "Identity", "Importer", "Progress", "Upkeep", "Workspace"]

Progress = Callable[[int, int], None]
"""Told how much is done, of how much (0 if that isn't known yet)."""


class Importer(Protocol):
    """The verbs of an import: preview writes nothing, apply writes it all, undo takes it back."""

    def preview(
        self,
        paths: Sequence[Path],
        store: GraphStore,
        *,
        source: str | None = None,
        actor: str,
        today: date,
        progress: Progress | None = None,
    ) -> ImportPreview:
        """Read files and say what they would change."""

    def apply(
        self, preview: ImportPreview, store: GraphStore, *, progress: Progress | None = None
    ) -> ImportRecord:
        """Write what a preview announced."""

    def undo(self, store: GraphStore, import_id: str, actor: str) -> UndoResult:
        """Take back what one import changed."""

    def write_template(self, path: Path) -> None:
        """Write the empty workbook that people fill in."""


class Exporter(Protocol):
    """The formats of an export, and the verb that writes one."""

    @property
    def formats(self) -> Sequence[Export]:
        """Return every format there is."""

    def export(self, network: Snapshot, name: str, out: Path) -> ExportResult:
        """Write a redacted network in the format called ``name``; raises InputError."""


class Upkeep(Protocol):
    """A person's answers. Each is one transaction, and undone like an import."""

    def confirm(self, store: GraphStore, fact_ids: Iterable[str], actor: str, today: date) -> Done:
        """Say that ties are so."""

    def reject(self, store: GraphStore, fact_ids: Iterable[str], actor: str, today: date) -> Done:
        """Say that ties are not so, or no longer."""

    def reopen(
        self, store: GraphStore, organisation_ids: Iterable[str], actor: str, today: date
    ) -> Done:
        """Say that organisations are still active."""

    def close(
        self, store: GraphStore, organisation_ids: Iterable[str], actor: str, today: date
    ) -> Done:
        """Say that organisations marked as closed are."""

    def set_place(
        self,
        store: GraphStore,
        organisation_ids: Iterable[str],
        place_id: str,
        how: str,
        actor: str,
        today: date,
    ) -> Done:
        """Say where organisations work (``works_in``) or have their office (``based_in``)."""

    def map_words(
        self, store: GraphStore, phrases: Iterable[str], term_id: str, actor: str, today: date
    ) -> Done:
        """Say that phrases mean a term, and read the descriptions with that."""

    def ignore_words(
        self, store: GraphStore, phrases: Iterable[str], actor: str, today: date
    ) -> Done:
        """Say that phrases mean nothing."""

    def unmapped_words(
        self, store: GraphStore, texts: Iterable[tuple[str, str]]
    ) -> Sequence[UnmappedWord]:
        """Return what (id, text) pairs say that nothing covers, the most frequent first."""

    def place_at(self, postcode: str) -> str:
        """Return the id of the authority around a postcode, "" for what is none."""

    def proposals(self, text: str) -> Sequence[Proposal]:
        """Return terms whose descriptions read like a text, for a person to choose from."""

    def tell(
        self, store: GraphStore, organisation_id: str, term_id: str, actor: str, today: date
    ) -> Done:
        """Say what an organisation works on, is for or offers."""

    def term_labels(self) -> Sequence[str]:
        """Return the names of all terms that a word can mean."""

    def agreed_closures(self, store: GraphStore) -> Mapping[str, date]:
        """Return the day on which somebody agreed that an organisation has closed."""

    def is_register(self, source: str) -> bool:
        """Say whether a fact's source is an official register."""

    def is_answer(self, record: ImportRecord) -> bool:
        """Say whether a record of the list of imports is that of an answer."""


class Board(Protocol):
    """What partners agree, count and tell each other; each word is one transaction."""

    def put_goal(
        self,
        store: GraphStore,
        name: str,
        actor: str,
        today: date,
        *,
        goal_id: str = "",
        description: str = "",
        due_on: date | None = None,
    ) -> Done:
        """Add a goal, or change one."""

    def sign(
        self,
        store: GraphStore,
        organisation_id: str,
        goal_id: str,
        actor: str,
        today: date,
        *,
        role: str = "",
        on: date | None = None,
    ) -> Done:
        """Say that an organisation has put its name to a goal."""

    def withdraw(
        self, store: GraphStore, organisation_id: str, goal_id: str, actor: str, today: date
    ) -> Done:
        """Take its name off again."""

    def put_measure(
        self,
        store: GraphStore,
        name: str,
        actor: str,
        today: date,
        *,
        measure_id: str = "",
        unit: str = "",
        description: str = "",
        goal_id: str = "",
    ) -> Done:
        """Add a measure, or change one; tie it to a goal."""

    def report_value(
        self,
        store: GraphStore,
        reporter_id: str,
        measure_id: str,
        on: date,
        value: float,
        actor: str,
        today: date,
        *,
        note: str = "",
    ) -> Done:
        """Say what an organisation or project counted for a day."""

    def remove_value(self, store: GraphStore, value_id: str, actor: str, today: date) -> Done:
        """Take out a value that was reported by mistake."""

    def note_contact(
        self,
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
        """Say that two organisations were in touch."""

    def remove_contact(self, store: GraphStore, contact_id: str, actor: str, today: date) -> Done:
        """Take out a contact that was noted by mistake."""


class Identity(Protocol):
    """Who is who: pairs that may be one, and the verbs that answer them."""

    def find_candidates(
        self, snapshot: Snapshot, *, distinct: Collection[tuple[str, str]]
    ) -> list[Candidate]:
        """Return the pairs of a redacted network that may be one, the surest first."""

    def told_apart(self, store: GraphStore) -> Collection[tuple[str, str]]:
        """Return the pairs of which somebody said that they are two."""

    def merge(
        self, store: GraphStore, kept_id: str, merged_id: str, *, actor: str, today: date
    ) -> Merge:
        """Make one of two."""

    def unmerge(self, store: GraphStore, merge_id: str, *, actor: str) -> UndoResult:
        """Take a merge back."""

    def tell_apart(
        self, store: GraphStore, first_id: str, second_id: str, *, actor: str, today: date
    ) -> Verdict:
        """Say that two are two."""

    def split(
        self,
        store: GraphStore,
        organisation_id: str,
        *,
        name: str,
        actor: str,
        today: date,
        external_ids: Collection[str],
        names: Collection[str],
        fact_ids: Collection[str],
    ) -> Split:
        """Take another body out of an organisation."""


@dataclass(frozen=True)
class Workspace:
    """One running gofar. ``viewer`` is whoever sits at this machine, until there are accounts.

    ``trusted_hosts`` are names under which the app is reached besides the local ones;
    ``upload_folder`` holds files between upload and import, and nothing else.
    """

    store: GraphStore
    live_network: LiveNetwork
    importer: Importer
    exporter: Exporter
    upkeep: Upkeep
    identity: Identity
    maker: Maker
    """Works reports out and gives them their forms."""
    board: Board
    clock: Callable[[], datetime]
    """Returns the time, aware, in UTC."""
    viewer: Viewer
    upload_folder: Path
    secret_key: str = field(repr=False)
    trusted_hosts: tuple[str, ...] = ()
    mail_goes_to: str = ""
    """Where e-mails go, as a sentence for coordinators."""
    pair_memory: PairMemory = field(default_factory=PairMemory, repr=False, compare=False)
