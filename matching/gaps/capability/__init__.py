"""Capability gaps: what is needed and badly met, by skill, place, theme and community.

::

    found = capability_gaps(network, by=("skill", "place"), within=Scope(place_id="E12000007"))
    for gap in found.gaps:
        find_fillers(network, gap)
"""

from __future__ import annotations

from matching.gaps.capability.coverage import Cover, Coverage, coverage_table
from matching.gaps.capability.fillers import find_fillers
from matching.gaps.capability.finding import capability_gaps
from matching.gaps.capability.gap import CapabilityGaps, Filler, Fillers, Fit, Gap, Standing
from matching.gaps.capability.scope import DIMENSIONS, EVERYTHING, Dimension, Scope

__all__ = [
    "DIMENSIONS",
    "EVERYTHING",
    "CapabilityGaps",
    "Cover",
    "Coverage",
    "Dimension",
    "Filler",
    "Fillers",
    "Fit",
    "Gap",
    "Scope",
    "Standing",
    "capability_gaps",
    "coverage_table",
    "find_fillers",
]
