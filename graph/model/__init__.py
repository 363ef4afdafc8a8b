"""The model, declared once: what a network is made of, and the rules each record obeys."""

from graph.model.capability import Need, Offer
from graph.model.community import Community, Serves
from graph.model.contact import Contact
from graph.model.fields import FieldSpec, Storage, fields_of
from graph.model.goal import Advances, Goal, SignOff
from graph.model.import_record import ImportRecord, ImportState
from graph.model.introduction import (
    COOL_OFF_DAYS,
    DeclineReason,
    Introduction,
    IntroductionState,
)
from graph.model.learned_model import LearnedModel
from graph.model.measure import Measure, Measurement
from graph.model.merge import Merge, MergeState
from graph.model.organisation import Organisation
from graph.model.place import BasedIn, Place, WorksIn
from graph.model.project import Project, Requires, TakesPartIn
from graph.model.provenance import Provenance, Visibility
from graph.model.records import Fact, Node, Record, Relationship, Row, fact_id, row_specs
from graph.model.registry import (
    ENTRY_KINDS,
    KINDS,
    NODE_KINDS,
    RELATIONSHIP_KINDS,
    kind_named,
)
from graph.model.report import ReportContent, ReportState, StoredReport
from graph.model.schedule import Frequency, Message, MessageState, ReportSchedule
from graph.model.skill import Skill
from graph.model.theme import Theme, WorksOn
from graph.model.ties import BackboneOf, Collaboration, Funding
from graph.model.verdict import Answer, Question, Verdict
from graph.model.veto import NotWith

__all__ = [
    "COOL_OFF_DAYS",
    "ENTRY_KINDS",
    "KINDS",
    "NODE_KINDS",
    "RELATIONSHIP_KINDS",
    "Advances",
    "Answer",
    "BackboneOf",
    "BasedIn",
    "Collaboration",
    "Community",
    "Contact",
    "DeclineReason",
    "Fact",
    "FieldSpec",
    "Frequency",
    "Funding",
    "Goal",
    "ImportRecord",
    "ImportState",
    "Introduction",
    "IntroductionState",
    "LearnedModel",
    "Measure",
    "Measurement",
    "Merge",
    "MergeState",
    "Message",
    "MessageState",
    "Need",
    "Node",
    "NotWith",
    "Offer",
    "Organisation",
    "Place",
    "Project",
    "Provenance",
    "Question",
    "Record",
    "Relationship",
    "ReportContent",
    "ReportSchedule",
    "ReportState",
    "Requires",
    "Row",
    "Serves",
    "SignOff",
    "Skill",
    "Storage",
    "StoredReport",
    "TakesPartIn",
    "Theme",
    "Verdict",
    "Visibility",
    "WorksIn",
    "WorksOn",
    "fact_id",
    "fields_of",
    "kind_named",
    "row_specs",
]
