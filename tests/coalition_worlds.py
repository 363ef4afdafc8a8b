"""Small questions for coalitions, and the right answer by trying out everything."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations, product

import numpy as np
from hypothesis import strategies as st

from builders import collaboration, network_of, offer, organisation, skill
from graph.model import Fact
from matching import Network
from matching.coalitions import Brief, LeadTerms, Wanted
from matching.coalitions.candidates import Candidates

MOST = 9
SKILLS = ("a", "b", "c", "d")


@st.composite
def candidates_of(draw: st.DrawFn, most: int = MOST) -> Candidates:
    """Draw up to ``most`` candidates with every kind of condition, often contradictory ones."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    count, skills = draw(st.integers(1, most)), draw(st.integers(1, 4))
    has_lead = draw(st.booleans())
    least = draw(st.integers(1, 3))
    brief = Brief(
        tuple(Wanted(f"s{number}") for number in range(skills)),
        min_members=least,
        max_members=draw(st.integers(least, 5)),
        skills_each=draw(st.integers(1, 3)),
        lead=LeadTerms(min_income=1) if has_lead else LeadTerms(),
    )
    distance = np.triu(rng.choice([0.1, 0.3, 1.0], (count, count)), 1)
    distance = distance + distance.T
    barred = np.triu(rng.random((count, count)) < 0.15, 1)
    return Candidates(
        brief=brief,
        rows=np.arange(count),
        cost=rng.integers(10_000, 20_000, count),
        skill_cost=rng.integers(0, draw(st.sampled_from([2_000, 15_000])), (count, skills)),
        can=rng.random((count, skills)) < 0.5,
        apart=np.rint(5_000 * distance).astype(np.int64),
        distance=distance,
        barred=barred | barred.T,
        must=rng.random(count) < 0.1,
        leads=rng.random(count) < 0.4 if has_lead else np.ones(count, dtype=np.bool_),
        considered=count,
    )


def best_by_trying(
    candidates: Candidates, earlier: Iterable[tuple[frozenset[int], int]] = ()
) -> int | None:
    """Return what the best team costs, None if there is none: every set, every division of work."""
    costs = [
        cost
        for size in range(1, len(candidates) + 1)
        for members in combinations(range(len(candidates)), size)
        if all(len(team - set(members)) >= gone for team, gone in earlier)
        and (cost := cost_by_trying(candidates, members)) is not None
    ]
    return min(costs, default=None)


def cost_by_trying(candidates: Candidates, members: tuple[int, ...]) -> int | None:
    """Return what a set costs with its best division of work, None if it meets no brief."""
    brief = candidates.brief
    if not brief.min_members <= len(members) <= brief.max_members:
        return None
    if not set(np.flatnonzero(candidates.must)) <= set(members):
        return None
    if not any(candidates.leads[member] for member in members):
        return None
    pairs = list(combinations(members, 2))
    if any(candidates.barred[pair] for pair in pairs):
        return None
    options = [
        [member for member in members if candidates.can[member, skill_at]]
        for skill_at in range(len(brief.needs))
    ]
    divided = [
        sum(int(candidates.skill_cost[member, at]) for at, member in enumerate(way))
        for way in product(*options)
        if all(way.count(member) <= brief.skills_each for member in members)
        and all(
            member in way
            or candidates.must[member]
            or (candidates.leads[member] and not brief.lead.is_any)
            for member in members
        )
    ]
    if not divided:
        return None
    alone = sum(int(candidates.cost[member]) for member in members)
    return alone + sum(int(candidates.apart[pair]) for pair in pairs) + min(divided)


def random_world(seed: int, count: int = 14) -> list[Fact]:
    """Return organisations that offer skills at random and work together at random."""
    rng = np.random.default_rng(seed)
    names = [f"o{number:02}" for number in range(count)]
    facts: list[Fact] = [
        organisation(name, income=float(rng.integers(1, 900_000))) for name in names
    ]
    facts += [skill(name) for name in SKILLS]
    facts += [
        offer(name, each, level=int(rng.integers(1, 4)))
        for name in names
        for each in SKILLS
        if rng.random() < 0.4
    ]
    facts += [
        collaboration(one, other, strength=float(rng.choice([0.2, 0.6, 0.9])))
        for one, other in combinations(names, 2)
        if rng.random() < 0.25
    ]
    return facts


def three_kitchens(**more: object) -> Network:
    """Two who know each other and offer all, and a third who offers half of it as well.

    ``ann`` cooks and ``bea`` drives; they work together. ``cid`` cooks, and knows nobody.
    """
    return network_of(
        organisation("ann", income=50_000.0, external_ids=("GB-CHC-1",)),
        organisation("bea", income=400_000.0, organisation_type="charity"),
        organisation("cid"),
        skill("cook"),
        skill("drive"),
        offer("ann", "cook", level=3),
        offer("bea", "drive", level=2),
        offer("cid", "cook", level=1),
        collaboration("ann", "bea", strength=0.8),
        *more.values(),  # type: ignore[arg-type]
    )


COOK_AND_DRIVE = (Wanted("cap-cook"), Wanted("cap-drive"))
