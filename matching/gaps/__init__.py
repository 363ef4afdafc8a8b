"""What is missing in the network, with the counts that each finding rests on."""

from __future__ import annotations

from matching.gaps.capability import Gap, capability_gaps

__all__ = ["Gap", "capability_gaps"]
