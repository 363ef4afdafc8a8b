"""What would be if: an organisation closed, a tie or an offer more or less, two were introduced."""

from __future__ import annotations

from matching.gaps.rehearsal.closing import Closing, LocalLoss, LostNeed, if_closed
from matching.gaps.rehearsal.costs import ClosingCost, closing_costs
from matching.gaps.rehearsal.next_ties import JoinedGroups, MetNeed, TieEffect, tie_effects
from matching.gaps.rehearsal.single_points import (
    ProjectPoint,
    SinglePoints,
    SkillPoint,
    single_points,
)
from matching.gaps.rehearsal.steps import MOST_STEPS, ImaginedSteps, StepKind
from matching.gaps.rehearsal.what_if import (
    GapChange,
    MatchChange,
    WhatIf,
    compared,
    imagined,
    what_if,
)

__all__ = [
    "MOST_STEPS",
    "Closing",
    "ClosingCost",
    "GapChange",
    "ImaginedSteps",
    "JoinedGroups",
    "LocalLoss",
    "LostNeed",
    "MatchChange",
    "MetNeed",
    "ProjectPoint",
    "SinglePoints",
    "SkillPoint",
    "StepKind",
    "TieEffect",
    "WhatIf",
    "closing_costs",
    "compared",
    "if_closed",
    "imagined",
    "single_points",
    "tie_effects",
    "what_if",
]
