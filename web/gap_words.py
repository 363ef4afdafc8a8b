"""Sentences about gaps and who could fill them: a part of :mod:`web.wording`."""

from __future__ import annotations

from matching import Gap
from matching.gaps.capability import CapabilityGaps, Filler, Fit, Standing
from web.wording import NameOf, count, isolated, number

__all__ = ["STANDINGS", "basis_of", "filler_sentence", "gap_sentence", "whole_sentence"]

STANDINGS = {
    Standing.NOBODY: ("Nobody", "red"),
    Standing.ONE: ("One only", "orange"),
    Standing.OUT_OF_REACH: ("Out of reach", "yellow"),
    Standing.MET: ("Met", "green"),
}
"""How badly a gap stands: in a word or two, and the colour that goes with them."""

_NEARNESS = ("in a place of theirs", "near a place of theirs", "")


def gap_sentence(gap: Gap, name_of: NameOf) -> str:
    """Return who needs what is missing and who offers it."""
    return f"{_needed(gap)} {_offered(gap, name_of)}"


def _needed(gap: Gap) -> str:
    who = f"{number(gap.in_need)} {count(gap.in_need, 'organisation')}"
    now = f", {number(gap.now)} of them now" if gap.now else ""
    if gap.skill_id is not None:
        return f"{who} {count(gap.in_need, 'needs', 'need')} it{now}."
    needs = f"{number(gap.needs)} {count(gap.needs, 'need')}"
    return f"{who} {count(gap.in_need, 'has', 'have')} {needs}{now}."


def _offered(gap: Gap, name_of: NameOf) -> str:
    far = number(gap.unmet)
    if gap.skill_id is None:
        if not gap.unmet:
            return "Each can be met by one organisation only."
        return f"For {far} nobody in reach offers it."
    if gap.standing is Standing.NOBODY:
        return "Nobody in the network offers it."
    if gap.standing is Standing.ONE:
        only = f"Only {isolated(name_of(gap.offered_by[0]))} offers it"
        return f"{only}, out of reach for {far} of them." if gap.unmet else f"{only}."
    offer = f"{number(gap.providers)} offer it"
    return f"{offer}, none in reach for {far} of them." if gap.unmet else f"{offer}."


def basis_of(gap: Gap) -> str:
    """Return what the share in need rests on, and where it may truly lie."""
    if not gap.told:
        return "None of those it concerns has told what it needs or offers."
    seen = (
        f"Of the {number(gap.told)} {count(gap.told, 'organisation')} here that have told what "
        f"they need or offer, {number(gap.told_in_need)} "
        f"{count(gap.told_in_need, 'is', 'are')} in need."
    )
    if gap.told == gap.organisations:
        return seen
    return (
        f"{seen} Of all {number(gap.organisations)}, between {gap.share_low:.0%} and "
        f"{gap.share_high:.0%} are likely to be."
    )


def whole_sentence(found: CapabilityGaps) -> str:
    """Return the denominators of all gaps together."""
    told = (
        f"{number(found.told)} of {number(found.organisations)} organisations have told what they "
        f"need or offer; {number(found.in_need)} of them need something."
    )
    unmet = f"{number(found.unmet)} of {number(found.needs)} needs have nobody in reach."
    if not found.left_out:
        return f"{told} {unmet}"
    left = count(found.left_out, "need stands", "needs stand")
    return (
        f"{told} {unmet} {number(found.left_out)} {left} in no line below, because it isn’t known "
        "where, on what or for whom the organisation works."
    )


def filler_sentence(filler: Filler, name_of: NameOf, *, is_inside: bool) -> str:
    """Return what an organisation could bring, and how near it is; its name stands before."""
    skills = ", ".join(isolated(name_of(skill)) for skill in filler.skills)
    verb = "offers" if is_inside else "seems to offer"
    what = {
        Fit.OFFERS: f"{verb} {skills}",
        Fit.BROADER: f"{verb} {skills}, which is broader",
        Fit.SAME_FIELD: f"{verb} {skills}, of the same field",
        Fit.LIKE: "works on the same themes",
    }[filler.fit]
    where = _NEARNESS[filler.steps_away]
    best = isolated(name_of(filler.best_for))
    return f"{what}{f', {where}' if where else ''}; would suit {best} best."
