"""Who should meet whom, and what is missing: pure functions on a :class:`Network`."""

from __future__ import annotations

from matching.gaps import CapabilityGaps, Gap, Scope, capability_gaps, find_fillers
from matching.live import LiveNetwork
from matching.lookup import find_organisation, nearest_organisations
from matching.network import Network
from matching.signals import SIGNALS
from matching.stronger import Change, Stronger, stronger
from matching.suggest import prepare, suggest_all, suggest_partners
from matching.suggestion import Direction, Evidence, Reason, Suggestion

__all__ = [
    "SIGNALS",
    "CapabilityGaps",
    "Change",
    "Direction",
    "Evidence",
    "Gap",
    "LiveNetwork",
    "Network",
    "Reason",
    "Scope",
    "Stronger",
    "Suggestion",
    "capability_gaps",
    "find_fillers",
    "find_organisation",
    "nearest_organisations",
    "prepare",
    "stronger",
    "suggest_all",
    "suggest_partners",
]
