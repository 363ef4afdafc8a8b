"""Puts the planted organisations into the draft: those that the truths are about."""

from __future__ import annotations

from seeds.demo import truths
from seeds.demo.activities import ACTIVITIES
from seeds.demo.draft import Draft, Sketch
from seeds.demo.names import GRANT_MAKERS
from seeds.demo.truths import OneSidedPair, PlantedPair, Truths

__all__ = ["FUNDER_COUNT", "SILO_SIZE", "barred_skills", "plant", "planted_names"]

FUNDER_COUNT = 6
SILO_SIZE = 12

_ALL_PAIRS = (*truths.PAIRS, *truths.PARTNERED_PAIRS)
_LEVEL = 3
_URGENCY = 3


def planted_names() -> str:
    """Return all names written by hand, so that no drawn name looks like one of them."""
    return " ".join(
        (
            truths.BACKBONE[0],
            truths.BROKER[0],
            truths.SINGLE_PROVIDER[0],
            *(name for name, _, _ in truths.ISOLATES),
            *(name for pair in _ALL_PAIRS for name in pair.names),
            *truths.ONE_SIDED.names,
        )
    )


def barred_skills(borough: str) -> frozenset[str]:
    """Return the skills that nobody else may offer or need in a borough, lest they rival a pair."""
    return frozenset(
        (
            *truths.ONE_SIDED.skills,
            *(
                skill
                for pair in _ALL_PAIRS
                if pair.borough == borough
                for skills in pair.offers
                for skill in skills
            ),
        )
    )


def plant(draft: Draft) -> Truths:
    """Add the planted organisations with their offers and needs, and return the truths."""
    backbone = _plant_backbone(draft)
    _plant_funders(draft)
    broker = _plant_broker(draft)
    provider = _planted(draft, *truths.SINGLE_PROVIDER, "refugees")
    draft.offer(provider, truths.SINGLE_SKILL)
    draft.offer(provider, "advice")
    draft.need(provider, "bid-writing")
    seeker, mutual, one_sided = _plant_one_sided(draft, truths.ONE_SIDED)
    return Truths(
        backbone=backbone.id,
        broker=broker.id,
        silos=(_plant_silo(draft, 0), _plant_silo(draft, 1)),
        isolates=tuple(
            draft.organisation(name, activity, borough).id
            for name, borough, activity in truths.ISOLATES
        ),
        single_skill=f"cap-{truths.SINGLE_SKILL}",
        single_provider=provider.id,
        unmet_skills=tuple(f"cap-{skill}" for skill in truths.UNMET_SKILLS),
        pairs=tuple(_plant_pair(draft, pair) for pair in truths.PAIRS),
        partnered_pairs=tuple(_plant_pair(draft, pair) for pair in truths.PARTNERED_PAIRS),
        seeker=seeker.id,
        mutual=mutual.id,
        one_sided=one_sided.id,
    )


def _planted(draft: Draft, name: str, borough: str, activity: str) -> Sketch:
    return draft.organisation(name, activity, borough, is_planted=True)


def _plant_backbone(draft: Draft) -> Sketch:
    name, borough = truths.BACKBONE
    backbone = draft.organisation(
        name,
        "support",
        borough,
        organisation_type="infrastructure body",
        income=780_000,
        description=(
            f"{name} brings voluntary organisations across London together, speaks up for them "
            "and helps them to find each other."
        ),
        is_planted=True,
    )
    for skill in ("convening", "representation", "shared-measurement", "trustee-training"):
        draft.offer(backbone, skill)
    for skill in ("data-analysis", "databases"):
        draft.need(backbone, skill)
    return backbone


def _plant_funders(draft: Draft) -> None:
    for number in range(FUNDER_COUNT):
        name = f"{draft.names.place()} {GRANT_MAKERS[number % len(GRANT_MAKERS)]}"
        funder = draft.organisation(
            name,
            "support",
            draft.rng.choice(("E09000001", "E09000007", "E09000033")),
            organisation_type="grant-maker",
            income=draft.rng.randrange(6, 60) * 100_000,
            description=f"{name} gives grants to small organisations that London’s people run.",
            is_planted=True,
        )
        for skill in ("grant-making", "funder-contacts"):
            draft.offer(funder, skill)
        draft.need(funder, draft.rng.choice(("community-research", "lived-experience", "surveys")))


def _plant_broker(draft: Draft) -> Sketch:
    broker = _planted(draft, *truths.BROKER, "support")
    for skill in ("mediation", "facilitation", "consortium", "convening"):
        draft.offer(broker, skill)
    for skill in ("project-management", "impact-reporting"):
        draft.need(broker, skill)
    return broker


def _plant_silo(draft: Draft, number: int) -> tuple[str, ...]:
    activities, boroughs = truths.SILOS[number]
    members = []
    for place in range(SILO_SIZE):
        activity, borough = activities[place % len(activities)], boroughs[place % len(boroughs)]
        name = draft.names.organisation(_words(activity))
        members.append(draft.organisation(name, activity, borough).id)
    return tuple(members)


def _plant_pair(draft: Draft, pair: PlantedPair) -> tuple[str, str]:
    first, second = (_planted(draft, name, pair.borough, pair.activity) for name in pair.names)
    for giver, taker, skills in (
        (first, second, pair.offers[0]),
        (second, first, pair.offers[1]),
    ):
        for skill in skills:
            draft.offer(giver, skill, level=_LEVEL)
            draft.need(taker, skill, urgency=_URGENCY)
    return first.id, second.id


def _plant_one_sided(draft: Draft, plan: OneSidedPair) -> tuple[Sketch, Sketch, Sketch]:
    seeker, mutual, one_sided = (
        draft.organisation(
            name,
            plan.activity,
            plan.borough,
            organisation_type="charity",
            income=90_000,
            description=plan.description,
            is_planted=True,
        )
        for name in plan.names
    )
    wanted, given, *others = plan.skills
    for giver, taker, skills in (
        (mutual, seeker, [wanted]),
        (seeker, mutual, [given]),
        (one_sided, seeker, others),
    ):
        for skill in skills:
            draft.offer(giver, skill, level=2)
            draft.need(taker, skill, urgency=2)
    return seeker, mutual, one_sided


def _words(activity: str) -> tuple[str, ...]:
    return ACTIVITIES[activity].words
