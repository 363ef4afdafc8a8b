"""The five conditions of collective impact, each as signals computed from what is known.

Kania & Kramer, "Collective Impact", Stanford Social Innovation Review, Winter 2011: a common
agenda, shared measurement, mutually reinforcing activities, continuous communication, backbone
support.
Only open organisations count, and only what was so by the day of the network.
"""

from __future__ import annotations

from dataclasses import dataclass

from matching.gaps.conditions.activities import (
    Activities,
    PairKind,
    SharedWork,
    mutually_reinforcing_activities,
)
from matching.gaps.conditions.agenda import CommonAgenda, GoalSupport, common_agenda
from matching.gaps.conditions.backbone import BackboneSupport, Connectivity, backbone_support
from matching.gaps.conditions.communication import (
    Communication,
    TieContacts,
    continuous_communication,
)
from matching.gaps.conditions.measurement import (
    DayOfValues,
    MeasureValues,
    ReportedValue,
    SharedMeasurement,
    shared_measurement,
)
from matching.gaps.conditions.part import Part
from matching.network import Network

__all__ = [
    "Activities",
    "BackboneSupport",
    "CommonAgenda",
    "Communication",
    "Conditions",
    "Connectivity",
    "DayOfValues",
    "GoalSupport",
    "MeasureValues",
    "PairKind",
    "Part",
    "ReportedValue",
    "SharedMeasurement",
    "SharedWork",
    "TieContacts",
    "backbone_support",
    "common_agenda",
    "conditions",
    "continuous_communication",
    "mutually_reinforcing_activities",
    "shared_measurement",
]


@dataclass(frozen=True, slots=True)
class Conditions:
    """The five conditions, of one network on one day."""

    agenda: CommonAgenda
    measurement: SharedMeasurement
    activities: Activities
    communication: Communication
    backbone: BackboneSupport


def conditions(network: Network) -> Conditions:
    """Return the signals of all five conditions."""
    return Conditions(
        agenda=common_agenda(network),
        measurement=shared_measurement(network),
        activities=mutually_reinforcing_activities(network),
        communication=continuous_communication(network),
        backbone=backbone_support(network),
    )
