"""Partner suggestions: pool → points → score → top k → reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from matching.engine.search import Ranking, engine_of, known_engine, rank_in_threads
from matching.network import Ints, Network
from matching.pool import candidate_pool
from matching.scoring import Scores, explain, score
from matching.suggestion import Suggestion

__all__ = ["named", "prepare", "rank_fully", "suggest_all", "suggest_partners"]

# From so many pairs on, scoring them all takes longer than to load compiled code.
_MUCH = 4_000_000
# Below, one question takes less than 2 ms without an engine.
_LARGE = 20_000


def suggest_partners(
    network: Network, organisation_id: str, *, k: int = 10, include_partners: bool = False
) -> tuple[Suggestion, ...]:
    """Return up to ``k`` partners for an organisation, best first, each with its reasons.

    Only organisations that some fact speaks for; equal scores are ordered by id. Existing
    partners are left out unless ``include_partners``. Raises UnknownOrganisation.
    """
    i = network.index_of(organisation_id)
    engine = known_engine(network)
    who = np.array([i])
    found = (
        engine.rank(who, k, include_partners=include_partners)
        if engine is not None
        else rank_fully(network, i, k, include_partners=include_partners)
    )
    return tuple(
        Suggestion(
            organisation_id=organisation_id,
            partner_id=network.organisation_ids[partner],
            partner_name=network.names[partner],
            score=score,
            gets=gets,
            gives=gives,
            reasons=explain(network, i, partner),
        )
        for partner, score, gets, gives in zip(
            found.partners.tolist(),
            found.scores.tolist(),
            found.gets.tolist(),
            found.gives.tolist(),
            strict=True,
        )
    )


def suggest_all(
    network: Network, *, k: int = 10, organisation_ids: Iterable[str] | None = None
) -> Iterator[tuple[str, list[tuple[str, float]]]]:
    """Yield (organisation id, [(partner id, score), …]) for these organisations, or for all.

    The same ranking as :func:`suggest_partners`, without the reasons. A closed organisation has
    no suggestions. Raises UnknownOrganisation before anything is computed.
    """
    who = network.numbers_of(organisation_ids)
    engine = engine_of(network) if len(who) * len(network) >= _MUCH else None
    if engine is not None:
        for block, found in rank_in_threads(engine, who, k):
            yield from named(network, block, found)
    else:
        for i in who.tolist():
            found = rank_fully(network, i, k, include_partners=False)
            yield from named(network, np.array([i]), found)


def prepare(network: Network) -> bool:
    """Make a large network ready for many questions, which takes seconds; say whether it is."""
    return len(network) >= _LARGE and engine_of(network) is not None


def named(
    network: Network, who: Ints, found: Ranking
) -> Iterator[tuple[str, list[tuple[str, float]]]]:
    """Yield a ranking as :func:`suggest_all` does."""
    ids = network.organisation_ids
    partners, scores = found.partners.tolist(), found.scores.tolist()
    for i, start, end in zip(who.tolist(), found.starts[:-1], found.starts[1:], strict=True):
        best = zip(partners[start:end], scores[start:end], strict=True)
        yield ids[i], [(ids[partner], score) for partner, score in best]


def rank_fully(network: Network, i: int, k: int, *, include_partners: bool) -> Ranking:
    """Score everybody: what the engine must equal, and what is there where it can't help."""
    pool = candidate_pool(network, i, include_partners=include_partners)
    scores = score(network, i, pool)
    eligible = np.flatnonzero(scores.is_grounded & (scores.total > 0))
    if not network.is_open[i] or k < 1:
        eligible = eligible[:0]
    best = _top(scores, eligible, k)
    return Ranking(
        starts=np.array([0, len(best)]),
        partners=pool[best],
        scores=scores.total[best],
        gets=scores.gets[best],
        gives=scores.gives[best],
    )


def _top(scores: Scores, eligible: Ints, k: int) -> Ints:
    """Return the places of the ``k`` best, ties in order of id (which is the order of the pool)."""
    totals = scores.total[eligible]
    if len(eligible) > k:
        threshold = np.partition(totals, len(totals) - k)[len(totals) - k]
        eligible = eligible[totals >= threshold]
        totals = scores.total[eligible]
    return eligible[np.argsort(-totals, kind="stable")[:k]]
