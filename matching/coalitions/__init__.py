"""Coalitions for a call or a project: who could meet a brief together, and at what cost."""

from __future__ import annotations

from matching.coalitions.brief import Brief, LeadTerms, Wanted
from matching.coalitions.coalition import Coalition, Form, FormRule, Plan
from matching.coalitions.errors import InvalidBrief
from matching.coalitions.note import PartnershipNote, partnership_note
from matching.coalitions.planning import Swap, assess, plan_coalitions, swap
from matching.coalitions.shortfall import InfeasibleBrief, Mend, MendKind, Shortfall, ShortfallKind

__all__ = [
    "Brief",
    "Coalition",
    "Form",
    "FormRule",
    "InfeasibleBrief",
    "InvalidBrief",
    "LeadTerms",
    "Mend",
    "MendKind",
    "PartnershipNote",
    "Plan",
    "Shortfall",
    "ShortfallKind",
    "Swap",
    "Wanted",
    "assess",
    "partnership_note",
    "plan_coalitions",
    "swap",
]
