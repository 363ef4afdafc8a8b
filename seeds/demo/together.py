"""Who works with whom in the fictional network: collaborations, umbrella and grants."""

from __future__ import annotations

from datetime import timedelta

from graph.model import BackboneOf, Collaboration, Funding, Need, Offer, Relationship, Visibility
from seeds.demo.draft import TODAY, Draft
from seeds.demo.truths import Truths

__all__ = ["fund", "hide_some", "join", "support"]

_HOW = ("joint project", "referrals", "shared premises", "consortium", "informal exchange")
_PROGRAMMES = (
    "Small Steps",
    "Stronger Together",
    "Room to Breathe",
    "Cost of Living",
    "Core Costs",
)
_GRANT_COUNT = 110
_SHARE_SUPPORTED = 0.75


def join(draft: Draft, added: tuple[str, ...], truths: Truths) -> None:
    """Add collaborations: closed circles, the broker between them, and the loose mass."""
    for silo in truths.silos:
        _close(draft, silo)
        for member in draft.rng.sample(silo, 2):
            _tie(draft, truths.broker, member)
    for organisation in added:
        for _ in range(draft.rng.choice((1, 1, 2, 2, 3, 4))):
            _tie(draft, organisation, _near(draft, organisation, added))
    for organisation in draft.rng.sample(added, 4):
        _tie(draft, truths.broker, organisation)
    for organisation in (truths.broker, *draft.rng.sample(added, 5), *_funders(draft)):
        _tie(draft, truths.backbone, organisation)
    _tie(draft, truths.single_provider, draft.rng.choice(added))
    # Each pair, and the trio, has one partner in common: somebody who could introduce them.
    groups = (*truths.pairs, *truths.partnered_pairs)
    for group in (*groups, (truths.seeker, truths.mutual, truths.one_sided)):
        between = _near(draft, group[0], added)
        for organisation in group:
            draft.partner(organisation, between, how=_HOW[1], strength=0.5)
    for first, second in truths.partnered_pairs:
        draft.partner(first, second, how=_HOW[0], strength=0.8)


def support(draft: Draft, truths: Truths) -> None:
    """Make most organisations members of the backbone body, but none of the closed circles."""
    apart = {truths.backbone, *truths.isolates, *truths.silos[0], *truths.silos[1]}
    for organisation in draft.organisations:
        if organisation not in apart and draft.rng.random() < _SHARE_SUPPORTED:
            since = TODAY - timedelta(days=draft.rng.randrange(100, 4000))
            told = draft.told(visibility=Visibility.PUBLIC)
            draft.add(
                BackboneOf(
                    from_id=truths.backbone, to_id=organisation, since=since, provenance=told
                )
            )


def fund(draft: Draft, truths: Truths, leads: dict[str, list[str]]) -> None:
    """Add grants; ``leads`` says which projects an organisation leads, for a grant may be for one.

    The trio gets none, so that nothing but skills tells its members apart.
    """
    funders = _funders(draft)
    apart = {*funders, *truths.isolates, truths.seeker, truths.mutual, truths.one_sided}
    recipients = [found for found in draft.organisations if found not in apart]
    for number in range(1, _GRANT_COUNT + 1):
        recipient = draft.rng.choice(recipients)
        projects = leads.get(recipient, [])
        draft.add(
            Funding(
                from_id=draft.rng.choice(funders),
                to_id=recipient,
                grant_id=f"demo-grant-{number:04}",
                amount=float(draft.rng.choice((2, 5, 8, 10, 15, 20, 30, 50, 75, 120)) * 1000),
                awarded_on=TODAY - timedelta(days=draft.rng.randrange(1400)),
                programme=draft.rng.choice(_PROGRAMMES),
                project_id=draft.rng.choice(projects) if projects else "",
                provenance=draft.told(visibility=Visibility.PUBLIC),
            )
        )


def hide_some(draft: Draft, added: tuple[str, ...], truths: Truths) -> None:
    """Narrow a few facts to coordinators or their owners: none that a truth rests on."""
    by_kind: dict[str, list[Relationship]] = {"offers": [], "needs": [], "collaborates_with": []}
    for record in draft.records:
        if isinstance(record, (Offer, Need, Collaboration)) and record.from_id in added:
            by_kind[record.kind].append(record)
    few = (*truths.unmet_skills, truths.single_skill)
    common = 6
    free = [
        *(
            tie
            for tie in by_kind["offers"]
            if len(draft.offerers(tie.to_id.removeprefix("cap-"))) >= common
        ),
        *(tie for tie in by_kind["needs"] if tie.to_id not in few),
    ]
    for place, tie in enumerate(draft.rng.sample(free, 24)):
        draft.hide(tie, Visibility.COORDINATORS if place % 2 else Visibility.PRIVATE)
    loose = [
        tie
        for tie in by_kind["collaborates_with"]
        if tie.to_id in added
        and min(len(draft.partners[tie.from_id]), len(draft.partners[tie.to_id])) >= common
    ]
    for tie in draft.rng.sample(loose, min(4, len(loose))):
        draft.hide(tie, Visibility.COORDINATORS)


def _close(draft: Draft, circle: tuple[str, ...]) -> None:
    for one, other in zip(circle, (*circle[1:], circle[0]), strict=True):
        _tie(draft, one, other)
    for _ in range(2 * len(circle)):
        _tie(draft, *draft.rng.sample(circle, 2))


def _tie(draft: Draft, one: str, other: str) -> None:
    draft.partner(one, other, how=draft.rng.choice(_HOW))


def _near(draft: Draft, organisation: str, among: tuple[str, ...]) -> str:
    """Draw another organisation: a neighbour or colleague more likely, and partners of partners."""
    around = sorted(
        {far for near in draft.partners[organisation] for far in draft.partners[near]}
        & set(among) - {organisation}
    )
    if around and draft.rng.random() < 0.3:
        return draft.rng.choice(around)
    me = draft.organisations[organisation]
    others = [draft.organisations[other] for other in among if other != organisation]
    weights = [
        1 + 8 * (other.borough == me.borough) + 3 * (other.activity == me.activity)
        for other in others
    ]
    return draft.rng.choices(others, weights)[0].id


def _funders(draft: Draft) -> list[str]:
    return [found for found, given in draft.offers.items() if "grant-making" in given]
