"""How near the places of a network are to each other, as a sparse matrix."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.spatial import cKDTree

from graph.vocabulary.geography import neighbours, position_of_place, within
from matching.network import Floats, Network

__all__ = ["BORDERING", "HELD", "REACH_KM", "nearness"]

REACH_KM = 60.0
"""Middles further apart than this are not near."""
BORDERING = 0.5
"""The least that two places count which border each other."""
HELD = 0.3
"""What a place counts for one that it holds."""
_DECAY_KM = 30.0
_MOST_NEAR = 12
_MOST_HELD = 60
_EARTH_KM = 6_371.0088  # mean radius (IUGG)


def nearness(network: Network) -> sparse.csr_array:
    """Return places × places, symmetric, in (0, 1): how near two different places are.

    Formula: exp(-km / 30) of the middles, up to 60 km and for the 12 nearest; at least 0.5 where
    two border each other, and 0.3 where one of at most 60 places holds the other.
    """
    return network.remembered("places.nearness", lambda: _nearness(network))


def _nearness(network: Network) -> sparse.csr_array:
    ids = network.thing_ids("place")
    numbers = {place: number for number, place in enumerate(ids)}
    near = _by_distance(_positions(network, ids))
    bordering = [
        (number, numbers[other])
        for number, place in enumerate(ids)
        for other in neighbours(place) & numbers.keys()
    ]
    for worth, pairs in ((BORDERING, bordering), (HELD, _holding(network, ids, numbers))):
        ends = np.array(pairs, dtype=np.int32).reshape(-1, 2)
        more = sparse.csr_array(
            sparse.coo_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=near.shape)
        )
        more.data[:] = worth
        near = sparse.csr_array(near.maximum(more).maximum(more.T))
    near.setdiag(0)
    near.eliminate_zeros()
    near.sort_indices()
    return near


def _positions(network: Network, ids: tuple[str, ...]) -> Floats:
    """Return places × 2: latitude and longitude in degrees, NaN where unknown."""
    table = network.snapshot.tables["place"]
    told = np.column_stack((table["latitude"], table["longitude"])).astype(np.float64)
    for row in np.flatnonzero(np.isnan(told).any(axis=1)).tolist():
        told[row] = position_of_place(ids[row]) or (np.nan, np.nan)
    return told.reshape(-1, 2)


def _by_distance(positions: Floats) -> sparse.csr_array:
    count = len(positions)
    known = np.flatnonzero(~np.isnan(positions).any(axis=1))
    if len(known) < 2:
        return sparse.csr_array((count, count))
    points = _on_sphere(positions[known])
    nearest = cKDTree(points).query(
        points,
        k=min(_MOST_NEAR + 1, len(known)),
        distance_upper_bound=2 * np.sin(REACH_KM / _EARTH_KM / 2),
    )
    chords, found = np.atleast_2d(nearest[0]), np.atleast_2d(nearest[1])
    rows, places = np.nonzero(np.isfinite(chords))
    # A chord of the unit sphere spans an angle of 2 · asin(chord / 2).
    km = 2 * _EARTH_KM * np.arcsin(np.minimum(1, chords[rows, places] / 2))
    ends = (known[rows], known[found[rows, places]])
    near = sparse.csr_array(sparse.coo_array((np.exp(-km / _DECAY_KM), ends), shape=(count, count)))
    # One may be among the nearest of the other and not the other way round.
    return sparse.csr_array(near.maximum(near.T))


def _on_sphere(degrees: Floats) -> Floats:
    north, east = np.radians(degrees).T
    return np.column_stack(
        (np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north))
    )


def _holding(
    network: Network, ids: tuple[str, ...], numbers: dict[str, int]
) -> list[tuple[int, int]]:
    """Return the pairs (a place, one that it holds), but those of nations and other wide areas."""
    held: dict[int, set[int]] = {}
    for place in ids:
        inner = within(place)
        if 1 < len(inner) <= _MOST_HELD:
            held[numbers[place]] = {numbers[each] for each in inner & numbers.keys()}
    # Places that no gazetteer knows say themselves what they lie in.
    parents = network.snapshot.tables["place"]["parent_id"].tolist()
    own: dict[int, set[int]] = {}
    for number, parent in enumerate(parents):
        if parent in numbers and not within(parent):
            own.setdefault(numbers[parent], set()).add(number)
    for outer, inside in own.items():
        if len(inside) <= _MOST_HELD:
            held.setdefault(outer, set()).update(inside)
    return [(outer, inner) for outer, inside in held.items() for inner in sorted(inside - {outer})]
