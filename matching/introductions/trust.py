"""How much a tie can carry when a partner is to put in a word."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from matching.network import Floats, Ints, Network

__all__ = ["trust"]

_UNTOLD_STRENGTH = 0.5
_LEAST = 0.05


def trust(network: Network) -> sparse.csr_array:
    """Return n × n, symmetric: the trust in each tie, in [0.05, 1]; worked out once for a network.

    Formula: strength · confidence · freshness of the collaboration, the best where there are
    several; a joint project counts as a collaboration of strength 0.5, the strength of those of
    which nobody has told one.
    """
    return network.remembered("introductions.trust", lambda: _trust(network))


def _trust(network: Network) -> sparse.csr_array:
    ties = network.ties
    count = len(network)
    rows = np.repeat(np.arange(count, dtype=np.int64), np.diff(ties.indptr))
    keys = rows * count + ties.indices
    stated = _stated(network, keys)
    # A tie's own weight is its freshness: 1 for a joint project, however old the other facts are.
    value = np.where(stated > 0, stated, _UNTOLD_STRENGTH) * ties.data
    made = sparse.csr_array((np.maximum(value, _LEAST), ties.indices, ties.indptr), ties.shape)
    return made


def _stated(network: Network, keys: Ints) -> Floats:
    """Return for each entry of the ties the largest strength · confidence told, else 0."""
    table = network.snapshot.tables["collaborates_with"]
    told = ~np.asarray(table["inferred"], dtype=np.bool_)
    starts, ends = (table[end][told].astype(np.int64) for end in ("from_id", "to_id"))
    worth = (table["strength"] * table["confidence"])[told]
    worth = np.maximum(worth, _LEAST)
    found = np.zeros(len(keys))
    for one, other in ((starts, ends), (ends, starts)):
        wanted = one * len(network) + other
        places = np.searchsorted(keys, wanted)
        # A collaboration that has yet to begin is no entry.
        known = (places < len(keys)) & (keys[np.minimum(places, len(keys) - 1)] == wanted)
        np.maximum.at(found, places[known], worth[known])
    return found
