"""What is missing in the network, with the counts that each finding rests on."""

from __future__ import annotations

from matching.gaps.capability import CapabilityGaps, Gap, Scope, capability_gaps, find_fillers

__all__ = ["CapabilityGaps", "Gap", "Scope", "capability_gaps", "find_fillers"]
