"""What would be if: an organisation closed, a tie or an offer more or less, two were introduced."""

from __future__ import annotations

from matching.gaps.rehearsal.closing import Closing, LocalLoss, LostNeed, if_closed
from matching.gaps.rehearsal.costs import ClosingCost, closing_costs
from matching.gaps.rehearsal.single_points import (
    ProjectPoint,
    SinglePoints,
    SkillPoint,
    single_points,
)

__all__ = [
    "Closing",
    "ClosingCost",
    "LocalLoss",
    "LostNeed",
    "ProjectPoint",
    "SinglePoints",
    "SkillPoint",
    "closing_costs",
    "if_closed",
    "single_points",
]
