"""Other ways to the same suggestions, to hold the engine against: each ranks one block."""

from __future__ import annotations

import math
from collections.abc import Callable

import networkx as nx
import numpy as np
from scipy import sparse

from matching import SIGNALS, Network
from matching.network import Ints, row_of
from matching.scoring import ONE_SIDEDNESS
from matching.signals.forms import Gap, Product
from matching.suggest import rank_fully
from matching.suggestion import Direction

__all__ = ["RIVALS", "Rival"]

Rival = Callable[[Network, Ints, int], None]


def everybody(network: Network, who: Ints, k: int) -> None:
    """Score everybody with numpy, one organisation at a time: the whole score."""
    for i in who.tolist():
        rank_fully(network, i, k, include_partners=False)


def sparse_products(network: Network, who: Ints, k: int) -> None:
    """Multiply sparse matrices, a block at a time: the whole score but for steps and vetoes."""
    size = len(network)
    sums = {direction: np.zeros((len(who), size)) for direction in Direction}
    for signal in SIGNALS:
        form = signal.form(network)
        if isinstance(form, Product):
            found = sparse.csr_array(form.left[who]) @ form.right.T
            points = np.log1p(found.toarray()) if form.is_logarithmic else found.toarray()
            sums[signal.direction] += form.scale * points
        elif isinstance(form, Gap):
            gap = np.nan_to_num(np.abs(form.values[None, :] - form.values[who, None]))
            sums[signal.direction] += form.scale * np.minimum(1, gap / form.width)
    gets, gives = sums[Direction.GETS], sums[Direction.GIVES]
    total = gets + gives + sums[Direction.SHARED] - ONE_SIDEDNESS * np.abs(gets - gives)
    total[np.arange(len(who)), who] = -np.inf
    rows = sparse.csr_array(network.agreed[who]).tocoo()
    total[rows.row, rows.col] = -np.inf
    best = np.argpartition(-total, min(k, size - 1), axis=1)[:, :k]
    np.take_along_axis(total, best, axis=1).sort(axis=1)


def sets_and_networkx(network: Network, who: Ints, k: int) -> None:
    """Compare Python sets and ask networkx: skills, themes, places and common partners only."""
    made = network.remembered("bench.networkx", lambda: nx.from_scipy_sparse_array(network.ties))
    kinds = ("offers", "needs", "themes", "places")
    things = network.remembered(
        "bench.sets",
        lambda: {
            kind: [
                frozenset(row_of(getattr(network, kind), i).tolist()) for i in range(len(network))
            ]
            for kind in kinds
        },
    )
    weights = {kind: 1 / np.log(2 + np.bincount(getattr(network, kind).indices)) for kind in kinds}
    for i in who.tolist():
        scores = []
        pairs = ((i, j) for j in range(len(network)) if j != i)
        for _, j, closeness in nx.adamic_adar_index(made, pairs):
            gets = sum(weights["offers"][t] for t in things["needs"][i] & things["offers"][j])
            gives = sum(weights["offers"][t] for t in things["offers"][i] & things["needs"][j])
            shared = math.log1p(closeness) + sum(
                weights[kind][t]
                for kind in ("themes", "places")
                for t in things[kind][i] & things[kind][j]
            )
            scores.append((gets + gives + shared - ONE_SIDEDNESS * abs(gets - gives), -j))
        sorted(scores, reverse=True)[:k]


RIVALS: dict[str, tuple[Rival, int]] = {
    "scoring everybody (numpy)": (everybody, 100),
    "sparse products (scipy)": (sparse_products, 64),
    "networkx and Python sets, a part": (sets_and_networkx, 1),
}
"""Each by name, with how many organisations to measure it on at most."""
