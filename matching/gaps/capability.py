"""Capability gaps: skills that are needed, and offered by nobody or by one organisation only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from matching.network import Ints, Network

__all__ = ["Gap", "capability_gaps"]

_MOST_PROVIDERS = 1


@dataclass(frozen=True, slots=True)
class Gap:
    """A skill that is needed and hardly or not at all offered.

    ``needed_by`` and ``offered_by`` are organisation ids; ``organisations_with_needs`` of
    ``total_organisations`` have told any need: the denominator. ``evidence`` are the ids of the
    needs and offers behind it.
    """

    skill_id: str
    skill_name: str
    needed_by: tuple[str, ...]
    offered_by: tuple[str, ...]
    total_organisations: int
    organisations_with_needs: int
    evidence: tuple[str, ...]


def capability_gaps(network: Network) -> tuple[Gap, ...]:
    """Return the gaps, those with no provider first, then by how many need the skill.

    Closed organisations neither need nor offer. An organisation that offers what it needs itself
    doesn't count as its own provider.
    """
    needing, offering = _holders(network, network.needs), _holders(network, network.offers)
    skills = network.thing_ids("skill")
    open_count = int(network.is_open.sum())
    with_needs = int((np.diff(network.needs.indptr) > 0)[network.is_open].sum())
    found = []
    for skill in range(len(skills)):
        in_need = needing(skill)
        if len(in_need) == 0:
            continue
        providers = offering(skill)
        own_provider = in_need[0] if len(in_need) == 1 else -1
        others = providers[providers != own_provider].tolist()
        if len(others) > _MOST_PROVIDERS:
            continue
        found.append(
            Gap(
                skill_id=skills[skill],
                skill_name=network.name_of(skills[skill]),
                needed_by=tuple(network.organisation_ids[i] for i in in_need.tolist()),
                offered_by=tuple(network.organisation_ids[j] for j in others),
                total_organisations=open_count,
                organisations_with_needs=with_needs,
                evidence=tuple(
                    fact
                    for kind, organisations in (("needs", in_need.tolist()), ("offers", others))
                    for i in organisations
                    for fact in network.thing_facts(kind, i, "skill", skill)
                ),
            )
        )
    return tuple(
        sorted(found, key=lambda gap: (len(gap.offered_by), -len(gap.needed_by), gap.skill_id))
    )


def _holders(network: Network, matrix: sparse.csr_array) -> Callable[[int], Ints]:
    """Return a function that finds the open organisations that have a column of ``matrix``."""
    by_column = sparse.csc_array(matrix)

    def holders(column: int) -> Ints:
        start, end = by_column.indptr[column : column + 2]
        rows = np.sort(by_column.indices[start:end]).astype(np.int64)
        return rows[network.is_open[rows]]

    return holders
