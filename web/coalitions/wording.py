"""Coalitions in sentences, for a coordinator who reads them aloud in a meeting."""

from __future__ import annotations

from matching.coalitions import (
    Coalition,
    Form,
    FormRule,
    InfeasibleBrief,
    Mend,
    MendKind,
    Shortfall,
    ShortfallKind,
)
from matching.coalitions.coalition import Lead, Link, Money
from matching.coalitions.note import Concern, ConcernKind, NextStep, NextStepKind
from matching.coalitions.shortfall import Step
from web.wording import NameOf, count, isolated, money, number

__all__ = [
    "FORMS",
    "PARTS",
    "concern",
    "failure",
    "form_because",
    "lead_because",
    "link_says",
    "mend",
    "money_says",
    "next_step",
    "proof",
    "shortfall",
]

FORMS = {
    Form.NETWORK: "Informal network",
    Form.LEAD_AGENCY: "Lead agency",
    Form.CONSORTIUM: "Consortium",
}
_RULES = {
    FormRule.TOO_LARGE_FOR_LEAD: "The budget is more than the lead’s income of a year: too "
    "much for one to carry.",
    FormRule.MANY: "More than five members need an agreement of their own.",
    FormRule.MONEY: "There is money to hold, and few enough members for one to hold it.",
    FormRule.FEW: "They are few, and no budget was given.",
}
PARTS = {
    "member": "for being one more to coordinate",
    "distance": "for distance from the area",
    "fit": "for themes and people it doesn’t have",
    "load": "for projects that it has running",
    "size": "for being small",
}
_CONCERNS = {
    ConcernKind.NO_BACKUP: "{about}: nobody but {who} could do it.",
    ConcernKind.GUESSED: "{about}: that {who} offers it was worked out, not told.",
    ConcernKind.INCOME_UNKNOWN: "{who}: the income isn’t known.",
    ConcernKind.ELSEWHERE: "{who} doesn’t work in the area itself.",
    ConcernKind.THEME_OPEN: "{about}: none of them works on it.",
    ConcernKind.COMMUNITY_OPEN: "{about}: none of them serves them.",
}
_STEPS = {
    NextStepKind.AGREE_LEAD: "Ask {who} whether they would lead.",
    NextStepKind.INTRODUCE: "Introduce {who}.",
    NextStepKind.CONFIRM_OFFER: "Ask {who} whether they really offer {about}.",
    NextStepKind.FIND_BACKUP: "Find somebody who can stand in for {who} in {about}.",
    NextStepKind.ASK_INCOME: "Ask {who} for the last year’s income.",
    NextStepKind.AGREE_FORM: "Agree on the form, and write it down.",
}
_MENDS = {
    MendKind.LOWER_LEVEL: "take {about} at a lower level",
    MendKind.WIDEN: "look up to {value} km around the area",
    MendKind.MORE_EACH: "let one member answer for up to {value} skills",
    MendKind.MORE_MEMBERS: "allow up to {value} members",
    MendKind.FEWER_MEMBERS: "be content with {value} or more members",
    MendKind.LEAD_INCOME: "take a lead with an income from £{value}",
    MendKind.ANY_INCOME: "set no limit to members’ income",
    MendKind.ANY_LEAD: "let any member lead",
    MendKind.BUY_IN: "buy in {about}, or do without it",
    MendKind.NOT_MUST: "do without {about}",
    MendKind.ALLOW: "allow {about} to be in",
}
_NEAR, _FAR = 0.35, 0.99


def proof(found: Coalition, *, is_first: bool, is_whole: bool) -> str:
    """Return how sure it is that no other coalition is better, or no other unlike the first.

    ``is_whole`` says that everybody who comes into question was looked at.
    """
    if found.gap is None:
        return "Put together by you"
    if found.is_proven:
        if not is_first:
            return "The best of the others"
        return "No better one exists" if is_whole else "No better one among those looked at"
    return f"At most {found.gap:.1%} from the best possible"


def lead_because(lead: Lead) -> str:
    """Return the ground that speaks most for a lead."""
    best = max(lead.points, key=lambda point: point[1])[0]
    return {
        "near": "nearest to all the others",
        "income": "for its size",
        "record": "for the projects that it has led",
    }[best]


def form_because(rule: FormRule) -> str:
    """Return the rule that suggests a form."""
    return _RULES[rule]


def link_says(link: Link, name_of: NameOf) -> str:
    """Return how near two members are."""
    pair = f"{isolated(name_of(link.one))} and {isolated(name_of(link.other))}"
    if link.facts:
        return f"{pair} work together already"
    if link.distance > _FAR:
        return f"{pair} have no way to each other yet"
    near = "are near each other" if link.distance < _NEAR else "are some way apart"
    return f"{pair} {near}, through partners"


def money_says(found: Money, members: int) -> str:
    """Return what the members have together, and how much of it is known."""
    together = f"{money(found.joint_income)} a year together"
    if found.known < members:
        together += f", known of {found.known} of {members}"
    if found.budget is not None and found.budget_share is not None:
        share = f"{found.budget_share:.0%}"
        return f"{together}. The budget of {money(found.budget)} is {share} of the lead’s income"
    return together


def failure(error: InfeasibleBrief) -> str:
    """Return that a brief can't be met."""
    if error.is_proven:
        return "Nobody in this network can meet this together"
    return "No coalition was found in the time there was"


def shortfall(found: Shortfall, name_of: NameOf) -> str:
    """Return which need fails, and how far it gets."""
    match found.kind:
        case ShortfallKind.SKILL:
            name = isolated(name_of(found.about))
            if not found.offering:
                return f"{name}: nobody offers it."
            offering = f"{number(found.offering)} {count(found.offering, 'organisation')}"
            if not found.at_level:
                return f"{name}: {offering} can do it, but none at this level."
            return (
                f"{name}: {number(found.at_level)} of {offering} can do it at this level, but none "
                "of them works in the area and keeps your conditions."
            )
        case ShortfallKind.LEAD:
            if not found.at_level:
                return "The lead: nobody meets its conditions."
            return f"The lead: {number(found.at_level)} meet its conditions, but not where you ask."
        case ShortfallKind.MUST:
            return "Those who have to be in can’t be in one coalition."
        case _:
            return "Every skill can be had, but not all of them together within these limits."


def mend(found: Mend, name_of: NameOf) -> str:
    """Return what would make the brief one that can be met."""
    text = ", and ".join(_step(step, name_of) for step in found.steps)
    return f"{text[:1].upper()}{text[1:]}"


def _step(step: Step, name_of: NameOf) -> str:
    about = isolated(name_of(step.about)) if step.about else ""
    return _filled(_MENDS[step.kind], about=about, value=number(step.value))


def concern(found: Concern, name_of: NameOf) -> str:
    """Return one gap of a coalition."""
    who = isolated(name_of(found.organisation_id)) if found.organisation_id else ""
    about = isolated(name_of(found.about)) if found.about else ""
    return _filled(_CONCERNS[found.kind], who=who, about=about)


def next_step(found: NextStep, name_of: NameOf) -> str:
    """Return one thing to do."""
    who = " and ".join(isolated(name_of(each)) for each in found.organisation_ids)
    about = isolated(name_of(found.about)) if found.about else ""
    said = _filled(_STEPS[found.kind], who=who, about=about)
    if not found.through:
        return said
    through = ", then ".join(isolated(name_of(each)) for each in found.through)
    return f"{said.removesuffix('.')}: ask {through}."


def _filled(pattern: str, **parts: str) -> str:
    # Names may hold braces: they are put in, never read as a pattern.
    return pattern.format(**parts)
