"""Every kind of record there is. Labels and relationship types come from here and nowhere else."""

from __future__ import annotations

from graph.errors import InvalidRecord
from graph.model.capability import Need, Offer
from graph.model.community import Community, Serves
from graph.model.contact import Contact
from graph.model.goal import Advances, Goal, SignOff
from graph.model.import_record import ImportRecord
from graph.model.introduction import Introduction
from graph.model.learned_model import LearnedModel
from graph.model.measure import Measure, Measurement
from graph.model.merge import Merge
from graph.model.organisation import Organisation
from graph.model.place import BasedIn, Place, WorksIn
from graph.model.project import Project, Requires, TakesPartIn
from graph.model.records import Node, Record, Relationship
from graph.model.report import ReportContent, StoredReport
from graph.model.schedule import Message, ReportSchedule
from graph.model.skill import Skill
from graph.model.theme import Theme, WorksOn
from graph.model.ties import BackboneOf, Collaboration, Funding
from graph.model.verdict import Verdict
from graph.model.veto import NotWith

__all__ = ["ENTRY_KINDS", "KINDS", "NODE_KINDS", "RELATIONSHIP_KINDS", "kind_named"]

NODE_KINDS: tuple[type[Node], ...] = (
    Organisation,
    Skill,
    Project,
    Theme,
    Place,
    Community,
    Goal,
    Measure,
)

RELATIONSHIP_KINDS: tuple[type[Relationship], ...] = (
    Offer,
    Need,
    WorksIn,
    BasedIn,
    WorksOn,
    Serves,
    TakesPartIn,
    Requires,
    Collaboration,
    Funding,
    BackboneOf,
    Advances,
    NotWith,
    Introduction,
    SignOff,
    Measurement,
    Contact,
)

# Book-keeping that belongs to the store and not to the network: kept, audited, never in a snapshot.
# Later: invitations, surveys, accounts.
ENTRY_KINDS: tuple[type[Record], ...] = (
    ImportRecord,
    Verdict,
    Merge,
    LearnedModel,
    ReportContent,
    StoredReport,
    ReportSchedule,
    Message,
)

KINDS: dict[str, type[Record]] = {
    record_class.kind: record_class
    for record_class in (*NODE_KINDS, *RELATIONSHIP_KINDS, *ENTRY_KINDS)
}


def kind_named(kind: str) -> type[Record]:
    """Return the record class called ``kind``; raises :class:`InvalidRecord` for another word."""
    try:
        return KINDS[kind]
    except KeyError:
        raise InvalidRecord(
            "record", "kind", kind, f"is not one of {', '.join(sorted(KINDS))}"
        ) from None
