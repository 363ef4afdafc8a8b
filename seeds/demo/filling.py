"""Fills the draft with everybody else, and with what each organisation offers and needs."""

from __future__ import annotations

from seeds.demo.activities import ACTIVITIES, COMMON_NEEDS, COMMON_OFFERS
from seeds.demo.boroughs import BOROUGHS
from seeds.demo.draft import Draft, Sketch
from seeds.demo.planting import barred_skills
from seeds.demo.truths import ONE_SIDED, SINGLE_SKILL, UNMET_SKILLS

__all__ = ["ORGANISATION_COUNT", "fill"]

ORGANISATION_COUNT = 160

_FEWEST_PROVIDERS = 3
_FEWEST_IN_NEED = {"bsl": 7, SINGLE_SKILL: 6}
_FEWEST_IN_NEED_ELSE = 4
_RESERVED = frozenset((*UNMET_SKILLS, SINGLE_SKILL, *ONE_SIDED.skills))


def fill(draft: Draft) -> tuple[str, ...]:
    """Add organisations up to 160, give all their offers and needs; return the ids of the added."""
    added: list[Sketch] = []
    activities = sorted(ACTIVITIES)
    while len(draft.organisations) < ORGANISATION_COUNT:
        # In turn, so that each kind of work has its share of the network.
        activity = activities[len(added) % len(activities)]
        name = draft.names.organisation(ACTIVITIES[activity].words)
        added.append(draft.organisation(name, activity, draft.rng.choice(BOROUGHS)))
    for sketch in draft.organisations.values():
        if not sketch.is_planted:
            _offer_and_need(draft, sketch)
    _spread_needs(draft, added)
    _spread_offers(draft, added)
    return tuple(sketch.id for sketch in added)


def _offer_and_need(draft: Draft, sketch: Sketch) -> None:
    rng, work = draft.rng, ACTIVITIES[sketch.activity]
    offered = rng.sample(work.offers, rng.choice((2, 2, 3, 3, 4)))
    offered += rng.sample(COMMON_OFFERS, rng.choice((0, 1, 1, 2, 3)))
    needed = rng.sample(work.needs, rng.choice((0, 1, 1, 2)))
    needed += rng.sample(COMMON_NEEDS, rng.choice((1, 1, 2, 2, 3)))
    for skill in offered:
        if skill not in _RESERVED and skill not in barred_skills(sketch.borough):
            draft.offer(sketch, skill)
    for skill in needed:
        if skill not in barred_skills(sketch.borough):
            draft.need(sketch, skill)


def _spread_needs(draft: Draft, added: list[Sketch]) -> None:
    """See to it that several organisations need what nobody, or only one, offers."""
    for skill in (*UNMET_SKILLS, SINGLE_SKILL):
        fewest = _FEWEST_IN_NEED.get(skill, _FEWEST_IN_NEED_ELSE)
        for sketch in draft.rng.sample(added, len(added)):
            if sum(skill in needed for needed in draft.needs.values()) >= fewest:
                break
            draft.need(sketch, skill)


def _spread_offers(draft: Draft, added: list[Sketch]) -> None:
    """See to it that every other skill in need has several providers, those of the trio two."""
    wanted = {skill: _FEWEST_PROVIDERS for needed in draft.needs.values() for skill in needed}
    wanted |= {skill: _FEWEST_PROVIDERS for given in draft.offers.values() for skill in given}
    wanted |= dict.fromkeys((*UNMET_SKILLS, SINGLE_SKILL), 0)
    wanted |= dict.fromkeys(ONE_SIDED.skills, 2)
    for skill, fewest in wanted.items():
        for sketch in draft.rng.sample(added, len(added)):
            if len(draft.offerers(skill)) >= fewest:
                break
            is_trio = skill in ONE_SIDED.skills and sketch.borough != ONE_SIDED.borough
            if is_trio or skill not in barred_skills(sketch.borough):
                draft.offer(sketch, skill)
