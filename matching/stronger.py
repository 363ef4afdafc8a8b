"""What would make a match stronger: facts that could be made true, and what each would change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import numpy as np
from scipy import sparse

from matching.network import Ints, Network, row_of
from matching.pool import candidate_pool
from matching.scoring import score

__all__ = ["Change", "Stronger", "stronger"]

_MOST_INTRODUCERS = 3
_MOST_OF_A_KIND = 12
# What is remembered of a network and rests on nothing that a change here touches: the words of all
# texts take longer than everything else.
_LASTING = ("similar_activity.", "places.nearness", "skills.related", "introductions.past")


class Change(StrEnum):
    """A fact that somebody could make true."""

    OFFER = "offer"
    """An organisation offers a skill that the other one needs."""
    GOAL = "goal"
    """An organisation signs up to a goal of the other one."""
    PLACE = "place"
    """An organisation becomes active in a place of the other one."""
    INTRODUCTION = "introduction"
    """An organisation gets to know a partner of the other one."""


@dataclass(frozen=True, slots=True)
class Stronger:
    """A change by one of the two, and what it would do to the match.

    ``by_id`` would do it; ``about_id`` is the skill, goal, place or go-between. ``gain`` is in
    points; ``rank`` is the place that the partner would have in the list, 1 the first; and
    ``rank_before`` the one it has now, None where it isn't in the list.
    """

    change: Change
    by_id: str
    about_id: str
    about_name: str
    score: float
    gain: float
    rank: int | None
    rank_before: int | None


def stronger(
    network: Network, organisation_id: str, partner_id: str, *, k: int = 5
) -> tuple[Stronger, ...]:
    """Return up to ``k`` changes that would lift a partner in an organisation's list, best first.

    Each is worked out exactly: as the score would be with that fact, told today, at the middle
    level, and with all else as it is. () for two who may not be suggested to each other. Raises
    UnknownOrganisation.
    """
    i, j = network.index_of(organisation_id), network.index_of(partner_id)
    if not network.is_open[i] or j not in candidate_pool(network, i, include_partners=True):
        return ()
    before = float(score(network, i, np.array([j])).total[0])
    rank_before = _rank(network, i, j)
    tried = [
        (float(score(made, i, np.array([j])).total[0]) - before, edit, made)
        for edit in _edits(network, i, j)
        for made in (_applied(network, edit),)
    ]
    best = sorted(
        (found for found in tried if found[0] > 0),
        key=lambda found: (-found[0], found[1].change, found[1].by, found[1].about),
    )
    return tuple(
        Stronger(
            change=edit.change,
            by_id=network.organisation_ids[edit.by],
            about_id=edit.about_id,
            about_name=network.name_of(edit.about_id),
            score=before + gain,
            gain=gain,
            rank=_rank(made, i, j),
            rank_before=rank_before,
        )
        for gain, edit, made in best[:k]
    )


def _rank(network: Network, i: int, j: int) -> int | None:
    """Return the place of ``j`` in the list of ``i``, None where it isn't in it."""
    are_partners = bool(np.isin(j, row_of(network.agreed, i)))
    pool = candidate_pool(network, i, include_partners=are_partners)
    scores, place = score(network, i, pool), int(np.searchsorted(pool, j))
    listed = scores.is_grounded & (scores.total > 0)
    if not listed[place]:
        return None
    own = scores.total[place]
    ahead = listed & (scores.total > own)
    ahead[:place] |= listed[:place] & (scores.total[:place] == own)
    return 1 + int(np.count_nonzero(ahead))


@dataclass(frozen=True, slots=True)
class _Edit:
    """An entry of 1 in the row ``by`` of a matrix of the network."""

    change: Change
    by: int
    about: int
    about_id: str


_MATRICES = {Change.OFFER: "offers", Change.GOAL: "goals", Change.PLACE: "places"}
_KINDS = {Change.OFFER: "skill", Change.GOAL: "goal", Change.PLACE: "place"}


def _edits(network: Network, i: int, j: int) -> Iterator[_Edit]:
    for by, other in ((j, i), (i, j)):
        for change, wanted, held in (
            (Change.OFFER, network.needs, network.offers),
            (Change.GOAL, network.goals, network.goals),
            (Change.PLACE, network.places, network.places),
        ):
            ids = network.thing_ids(_KINDS[change])
            missing = np.setdiff1d(row_of(wanted, other), row_of(held, by))
            if change is Change.OFFER:
                # Whoever needs a skill is not the one to offer it.
                missing = np.setdiff1d(missing, row_of(network.needs, by))
            for about in missing[:_MOST_OF_A_KIND].tolist():
                yield _Edit(change, by, about, ids[about])
        for about in _introducers(network, by, other).tolist():
            yield _Edit(Change.INTRODUCTION, by, about, network.organisation_ids[about])


def _introducers(network: Network, by: int, other: int) -> Ints:
    """Return partners of ``other`` whom ``by`` could get to know: those with few partners first."""
    known = np.append(row_of(network.agreed, by), by)
    found = np.setdiff1d(network.partners_of(other), known)
    barred = np.union1d(row_of(network.barred, by), row_of(network.barred, other))
    found = np.setdiff1d(found, barred)
    found = found[network.is_open[found]]
    first = np.argsort(network.degrees[found], kind="stable")[:_MOST_INTRODUCERS]
    return np.asarray(found[first], dtype=np.int64)


def _applied(network: Network, edit: _Edit) -> Network:
    """Return the network with one fact more: what it remembers goes over where it still holds."""
    changes: dict[str, Any] = {}
    if edit.change is Change.INTRODUCTION:
        ends = [(edit.by, edit.about), (edit.about, edit.by)]
        changes = {"ties": _with(network.ties, ends), "agreed": _with(network.agreed, ends)}
    else:
        name = _MATRICES[edit.change]
        changes = {name: _with(getattr(network, name), [(edit.by, edit.about)])}
    made = replace(network, **changes)
    known: dict[str, tuple[int, Any]] = network.__dict__.get("_remembered", {})
    for key, (at, value) in known.items():
        if key.startswith(_LASTING):
            made.remembered(key, lambda value=value: value, at=at)  # type: ignore[misc]
    return made


def _with(matrix: sparse.csr_array, places: list[tuple[int, int]]) -> sparse.csr_array:
    rows, columns = np.array(places).T
    ones = sparse.coo_array((np.ones(len(rows)), (rows, columns)), shape=matrix.shape)
    made = sparse.csr_array(matrix.maximum(sparse.csr_array(ones)))
    made.sort_indices()
    return made
