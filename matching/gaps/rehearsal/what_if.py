"""What if: organisations, ties, offers and needs more or less, on a copy; nothing is stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from graph.errors import InputError
from graph.hypothetical import with_changes
from graph.model import Collaboration, Fact
from matching.gaps.capability import Standing, capability_gaps
from matching.gaps.capability.sides import supply_of
from matching.gaps.rehearsal.dependence import open_rows, provider_counts
from matching.gaps.rehearsal.reach import needs_met_nearby
from matching.introductions.distances import open_ties
from matching.introductions.effect import Change
from matching.network import Network
from matching.suggest import suggest_partners

__all__ = ["GapChange", "MatchChange", "WhatIf", "compared", "imagined", "what_if"]


@dataclass(frozen=True, slots=True)
class GapChange:
    """How many offered a missing skill and how many will; None where it is no gap."""

    skill_id: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class MatchChange:
    """A place in somebody's list of best partners, from 1 on; None where it isn't in the list."""

    organisation_id: str
    partner_id: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Two networks compared. Closed organisations count in none of the figures.

    ``circles``: parts between which no way leads; ``largest_circle``: organisations in the largest.
    ``needs_met``: needs that anybody else meets, ``needs_met_nearby`` somebody within two steps, of
    ``needs``. ``linked`` have partners now and had none, ``isolated`` the other way round; both
    only of those that are there before and after. ``matches`` are those of whoever is there after.
    """

    organisations: Change
    ties: Change
    circles: Change
    largest_circle: Change
    without_partner: Change
    needs: Change
    needs_met: Change
    needs_met_nearby: Change
    linked: tuple[str, ...]
    isolated: tuple[str, ...]
    gaps_opened: tuple[GapChange, ...]
    gaps_closed: tuple[GapChange, ...]
    matches: tuple[MatchChange, ...]

    @property
    def changes_anything(self) -> bool:
        """Say whether any figure, gap or match differs."""
        whole = (self.organisations, self.ties, self.circles, self.largest_circle)
        figures = (*whole, self.without_partner, self.needs, self.needs_met, self.needs_met_nearby)
        lists = (self.linked, self.isolated, self.gaps_opened, self.gaps_closed, self.matches)
        return any(lists) or any(each.before != each.after for each in figures)


def imagined(
    network: Network, *, added: Iterable[Fact] = (), removed: Iterable[str] = ()
) -> Network:
    """Return the network with facts more and less, compiled for the same day and the same pool.

    ``removed`` are ids of organisations and ties. Raises InvalidRecord as
    :func:`graph.hypothetical.with_changes` does, and InputError for a tie between two who must not
    be brought together.
    """
    added = tuple(added)
    for fact in added:
        if isinstance(fact, Collaboration):
            _refuse_barred(network, fact)
    ends = sparse.triu(network.barred, k=1).tocoo()
    ids = network.organisation_ids
    return Network.compile(
        with_changes(network.snapshot, added=added, removed=removed),
        as_of=network.as_of,
        with_inferred=network.with_inferred,
        barred=[
            (ids[i], ids[j]) for i, j in zip(ends.row.tolist(), ends.col.tolist(), strict=True)
        ],
    )


def what_if(
    network: Network,
    *,
    added: Iterable[Fact] = (),
    removed: Iterable[str] = (),
    about: Iterable[str] = (),
    k: int = 10,
) -> WhatIf:
    """Return what some facts more and less would change; see :func:`imagined`.

    ``about`` are ids of the organisations whose ``k`` best partners are compared.
    """
    return compared(network, imagined(network, added=added, removed=removed), about=about, k=k)


def compared(before: Network, after: Network, *, about: Iterable[str] = (), k: int = 10) -> WhatIf:
    """Return what differs between two networks of one day."""
    figures = [_figures(network) for network in (before, after)]
    gaps = [
        {
            gap.skill_id: gap.providers
            for gap in capability_gaps(network).gaps
            if gap.skill_id and gap.standing <= Standing.ONE
        }
        for network in (before, after)
    ]
    changes = [
        GapChange(skill, gaps[0].get(skill), gaps[1].get(skill))
        for skill in sorted(gaps[0].keys() | gaps[1].keys())
        if gaps[0].get(skill) != gaps[1].get(skill)
    ]
    alone = [_alone(network) for network in (before, after)]
    standing = {*_open_ids(before)} & {*_open_ids(after)}
    return WhatIf(
        **{name: Change(figures[0][name], figures[1][name]) for name in figures[0]},
        linked=tuple(sorted((alone[0] - alone[1]) & standing)),
        isolated=tuple(sorted((alone[1] - alone[0]) & standing)),
        gaps_opened=tuple(change for change in changes if _is_worse(change)),
        gaps_closed=tuple(change for change in changes if not _is_worse(change)),
        matches=tuple(_match_changes(before, after, about, k)),
    )


def _refuse_barred(network: Network, fact: Collaboration) -> None:
    i, j = (network.snapshot.row_of("organisation", end) for end in (fact.from_id, fact.to_id))
    if i is not None and j is not None and network.barred[i, j]:
        raise InputError(
            f"{network.names[i]} and {network.names[j]} are not to be brought together.",
            remedy="Try it with somebody else.",
        )


def _is_worse(change: GapChange) -> bool:
    """Say whether a gap opens, or has fewer providers than before."""
    if change.before is None or change.after is None:
        return change.before is None
    return change.after < change.before


def _open_ids(network: Network) -> list[str]:
    return [network.organisation_ids[row] for row in np.flatnonzero(network.is_open).tolist()]


def _alone(network: Network) -> set[str]:
    has_none = np.diff(open_ties(network).indptr) == 0
    rows = np.flatnonzero(has_none & network.is_open).tolist()
    return {network.organisation_ids[row] for row in rows}


def _figures(network: Network) -> dict[str, float]:
    ties = open_ties(network)
    _, label = csgraph.connected_components(ties, directed=False)
    sizes = np.unique(label[network.is_open], return_counts=True)[1]
    needs, offers = open_rows(network, network.needs), supply_of(network).matrix
    own = needs.multiply(offers).tocsr()
    others = provider_counts(offers)[needs.indices]
    return {
        "organisations": int(network.is_open.sum()),
        "ties": ties.nnz // 2,
        "circles": len(sizes),
        "largest_circle": int(sizes.max(initial=0)),
        "without_partner": len(_alone(network)),
        "needs": needs.nnz,
        # One's own offer doesn't meet one's need: where it is the only one, nobody else does.
        "needs_met": int((others > 0).sum() - (provider_counts(offers)[own.indices] == 1).sum()),
        "needs_met_nearby": needs_met_nearby(network).nnz,
    }


def _match_changes(
    before: Network, after: Network, about: Iterable[str], k: int
) -> Iterable[MatchChange]:
    for one in dict.fromkeys(about):
        if not _is_open(after, one):
            continue  # nothing is suggested to it any more, which goes without saying
        ranks = [_ranks(network, one, k) for network in (before, after)]
        for other in sorted(
            ranks[0].keys() | ranks[1].keys(),
            key=lambda other: (ranks[1].get(other, k + 1), ranks[0].get(other, k + 1), other),
        ):
            places = [rank.get(other) for rank in ranks]
            if places[0] != places[1]:
                yield MatchChange(one, other, *places)


def _is_open(network: Network, organisation_id: str) -> bool:
    row = network.snapshot.row_of("organisation", organisation_id)
    return row is not None and bool(network.is_open[row])


def _ranks(network: Network, organisation_id: str, k: int) -> dict[str, int]:
    if not _is_open(network, organisation_id):
        return {}
    found = suggest_partners(network, organisation_id, k=k)
    return {each.partner_id: place for place, each in enumerate(found, start=1)}
