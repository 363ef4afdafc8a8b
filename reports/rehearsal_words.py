"""What a rehearsal, a what-if and an introduction come to, in words: for pages and the prompt.

Names come in by ``name_of``, so that each reader's door says what they may be called.
"""

from __future__ import annotations

from collections.abc import Callable

from matching.gaps.coverage import WITHHELD_BELOW, Coverage, Naming
from matching.gaps.rehearsal import Closing, GapChange, MatchChange, StepKind, TieEffect, WhatIf
from matching.introductions import Change

__all__ = [
    "NOTHING_STORED",
    "RANKED_BY",
    "STEP_WORDS",
    "closing_rows",
    "gap_change",
    "match_change",
    "no_ranking",
    "step_sentence",
    "tie_change_rows",
    "tie_reasons",
    "what_if_rows",
]

NameOf = Callable[[str], str]
Row = tuple[str, str, str]

NOTHING_STORED = "This is only a thought: nothing is stored, and nobody is told."
RANKED_BY = (
    "Ranked by what would break: needs that nobody else meets, organisations left apart, projects "
    "left without a lead or anybody, and members left without an umbrella body, added up."
)

STEP_WORDS: dict[StepKind, tuple[str, str]] = {
    StepKind.REMOVE: ("An organisation goes", "{} goes"),
    StepKind.NEW: ("An organisation comes", "{} comes"),
    StepKind.TIE: ("Two come to work together", "{} works with {}"),
    StepKind.UNTIE: ("Two stop working together", "{} no longer works with {}"),
    StepKind.OFFER: ("An organisation offers a skill", "{} offers {}"),
    StepKind.UNOFFER: ("An organisation no longer offers a skill", "{} no longer offers {}"),
    StepKind.NEED: ("An organisation needs a skill", "{} needs {}"),
    StepKind.UNNEED: ("An organisation no longer needs a skill", "{} no longer needs {}"),
}
"""For each kind of step what to choose it by, and what it says."""


def no_ranking(coverage: Coverage) -> str:
    """Return why nobody is ranked, or "" where so much has been told that somebody may be."""
    if coverage.naming is not Naming.WITHHELD:
        return ""
    return (
        f"Something has been told of {coverage.told_count:,} of {coverage.open_count:,} "
        f"organisations ({coverage.share:.0%}). Below {WITHHELD_BELOW:.0%} a ranking would say "
        "more about who has answered than about the network, so nobody is ranked."
    )


def step_sentence(kind: StepKind, who: str, other: str) -> str:
    """Return one step of a what-if as a sentence, from names."""
    # Names may hold braces, so they are put in and not formatted again.
    return f"{STEP_WORDS[kind][1].format(who, other)}."


def closing_rows(found: Closing) -> list[Row]:
    """Return what closing costs: what, how many, and of how many ("" where that says little)."""
    apart = len(found.left_apart)
    others = f"{found.others:,} other organisations"
    needs = f"{found.needs_of_others:,} needs of others"
    projects = f"{found.running_project_count:,} projects that go on"
    return [
        ("Needs that nobody else meets", f"{len(found.needs_uncovered):,}", needs),
        (
            "Needs that nobody within two steps meets any more",
            _count(found.needs_out_of_reach),
            needs,
        ),
        ("Organisations cut off, or left without any partner", f"{apart:,}", others),
        ("Organisations that lose it as a partner", _count(found.ties_lost), others),
        ("Projects left without a lead", _count(found.projects_without_lead), projects),
        ("Projects left without anybody", _count(found.projects_without_anybody), projects),
        ("Members left without an umbrella body", _count(found.members_without_backbone), others),
        ("Skills that a place needs and loses", _count(found.local_losses), ""),
    ]


def _count(found: tuple[object, ...]) -> str:
    return f"{len(found):,}"


def what_if_rows(found: WhatIf) -> list[Row]:
    """Return the figures of a what-if: what, today and then."""
    return [
        (label, f"{change.before:,.0f}", f"{change.after:,.0f}")
        for label, change in (
            ("Organisations", found.organisations),
            ("Pairs that work together", found.ties),
            ("Organisations without any partner", found.without_partner),
            ("Parts without a way between them", found.circles),
            ("Organisations in the largest part", found.largest_circle),
            ("Needs told", found.needs),
            ("Needs that somebody else meets", found.needs_met),
            ("Needs that somebody within two steps meets", found.needs_met_nearby),
        )
    ]


def gap_change(change: GapChange, name_of: NameOf) -> str:
    """Return how a gap opens, closes or changes, as a sentence."""
    name = name_of(change.skill_id)
    before, after = (_offered(count) for count in (change.before, change.after))
    if change.before is None:
        return f"{name} becomes a gap: offered by {after}."
    if change.after is None:
        return f"{name} is no gap any more; today it is offered by {before}."
    return f"{name}: offered by {before} today, then by {after}."


def _offered(count: int | None) -> str:
    if not count:
        return "nobody"
    return "one organisation only" if count == 1 else f"{count:,} organisations"


def match_change(change: MatchChange, name_of: NameOf) -> str:
    """Return how a suggestion comes, goes or moves, as a sentence."""
    name = name_of(change.partner_id)
    if change.before is None:
        return f"{name} comes in at place {change.after}."
    if change.after is None:
        return f"{name} goes; today at place {change.before}."
    return f"{name} moves from place {change.before} to {change.after}."


def tie_reasons(effect: TieEffect, name_of: NameOf) -> list[str]:
    """Return what an introduction would do, as sentences; at least one."""
    said = [f"{name_of(one)} gets its first partner." for one in effect.links]
    if effect.silos_joined:
        one, other = effect.silos_joined
        said.append(f"Joins two silos, of {one:,} and {other:,}, that have no tie yet.")
    if effect.silo_opened:
        said.append(f"Leads out of a silo of {effect.silo_opened:,} that keeps to itself.")
    if effect.parts_joined and not effect.links:
        one, other = effect.parts_joined
        said.append(f"Joins two parts of the network, of {one:,} and {other:,}, without any way.")
    said += [
        f"{name_of(met.organisation_id)} needs {name_of(met.skill_id)}, "
        f"and {name_of(met.provider_id)} offers it."
        for met in effect.needs_met
    ]
    further = int(effect.needs_met_nearby.after - effect.needs_met_nearby.before)
    if further:
        needs = "one need comes" if further == 1 else f"{further:,} needs come"
        said.append(f"In all {needs} within two steps of somebody who can meet it.")
    if effect.groups_joined:
        groups = zip(effect.groups_joined.places, effect.groups_joined.themes, strict=True)
        one_group, other_group = (_group(place, theme, name_of) for place, theme in groups)
        said.append(f"A first tie between {one_group} and {other_group}.")
    return said or ["Brings both nearer to the rest of the network."]


def _group(place: str, theme: str, name_of: NameOf) -> str:
    if not place and not theme:
        return "organisations without a known place and theme"
    if not place or not theme:
        return name_of(place or theme)
    return f"{name_of(theme)} in {name_of(place)}"


def tie_change_rows(effect: TieEffect) -> list[Row]:
    """Return what one introduction changes by itself: what, today and then; only what differs."""
    rows: tuple[tuple[str, Change, int], ...] = (
        ("Organisations without any partner", effect.without_partner, 0),
        ("Parts without a way between them", effect.circles, 0),
        ("Others that an organisation can reach at all, on average", effect.reached, 2),
        ("Others within two steps of these two, on average", effect.within_two_steps, 1),
        ("Needs that somebody within two steps meets", effect.needs_met_nearby, 0),
    )
    return [
        (label, f"{change.before:,.{digits}f}", f"{change.after:,.{digits}f}")
        for label, change, digits in rows
        if change.before != change.after
    ]
