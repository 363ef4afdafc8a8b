"""An order by lot: fair among equals, the same for the same seed, and blind to our ids."""

from __future__ import annotations

from hashlib import blake2b

import numpy as np

from matching.network import Ints, Network

__all__ = ["drawn_order"]

_SEPARATOR = "\x1f"


def drawn_order(network: Network, seed: int) -> Ints:
    """Return int64[n]: the place that each organisation drew, 0 … n-1.

    Drawn from the seed, the name and the external ids, so that neither our ids nor the order of
    the store give anybody an advantage. Only namesakes without external ids stand in order of id.
    """
    table = network.snapshot.tables["organisation"]
    drawn = [
        blake2b(_SEPARATOR.join((str(seed), name, *known)).encode(), digest_size=8).digest()
        for name, known in zip(table["name"], table["external_ids"], strict=True)
    ]
    lots = np.frombuffer(b"".join(drawn), dtype=">u8")
    places = np.empty(len(lots), dtype=np.int64)
    places[np.argsort(lots, kind="stable")] = np.arange(len(lots))
    return places
