"""Partner suggestions: pool → points → score → top k → reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from matching.network import Ints, Network
from matching.pool import candidate_pool
from matching.scoring import Scores, explain, score
from matching.suggestion import Suggestion

__all__ = ["suggest_all", "suggest_partners"]


def suggest_partners(
    network: Network, organisation_id: str, *, k: int = 10, include_partners: bool = False
) -> tuple[Suggestion, ...]:
    """Return up to ``k`` partners for an organisation, best first, each with its reasons.

    Only organisations that some fact speaks for; equal scores are ordered by id. Existing
    partners are left out unless ``include_partners``. Raises UnknownOrganisation.
    """
    i = network.index_of(organisation_id)
    pool, scores, best = _ranked(network, i, k, include_partners=include_partners)
    return tuple(
        Suggestion(
            organisation_id=organisation_id,
            partner_id=network.organisation_ids[pool[place]],
            partner_name=network.names[pool[place]],
            score=float(scores.total[place]),
            gets=float(scores.gets[place]),
            gives=float(scores.gives[place]),
            reasons=explain(network, i, int(pool[place])),
        )
        for place in best.tolist()
    )


def suggest_all(
    network: Network, *, k: int = 10, organisation_ids: Iterable[str] | None = None
) -> Iterator[tuple[str, list[tuple[str, float]]]]:
    """Yield (organisation id, [(partner id, score), …]) for these organisations, or for all.

    The same ranking as :func:`suggest_partners`, without the reasons. A closed organisation has
    no suggestions. Raises UnknownOrganisation before anything is computed.
    """
    wanted = (
        range(len(network))
        if organisation_ids is None
        else [network.index_of(organisation_id) for organisation_id in organisation_ids]
    )
    ids = network.organisation_ids
    for i in wanted:
        pool, scores, best = _ranked(network, i, k, include_partners=False)
        yield ids[i], [(ids[pool[place]], float(scores.total[place])) for place in best.tolist()]


def _ranked(
    network: Network, i: int, k: int, *, include_partners: bool
) -> tuple[Ints, Scores, Ints]:
    pool = candidate_pool(network, i, include_partners=include_partners)
    scores = score(network, i, pool)
    eligible = np.flatnonzero(scores.is_grounded & (scores.total > 0))
    if not network.is_open[i] or k < 1:
        eligible = eligible[:0]
    return pool, scores, _top(scores, eligible, k)


def _top(scores: Scores, eligible: Ints, k: int) -> Ints:
    """Return the places of the ``k`` best, ties in order of id (which is the order of the pool)."""
    totals = scores.total[eligible]
    if len(eligible) > k:
        threshold = np.partition(totals, len(totals) - k)[len(totals) - k]
        eligible = eligible[totals >= threshold]
        totals = scores.total[eligible]
    return eligible[np.argsort(-totals, kind="stable")[:k]]
