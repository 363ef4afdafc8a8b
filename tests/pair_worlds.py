"""Small networks of named organisations and lists of scored pairs, for rounds and introductions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import numpy as np
from hypothesis import strategies as st

from builders import collaboration, organisation
from matching import Network
from matching.lists import MatchLists
from matching.testing.worlds import snapshot_of

Scored = Mapping[tuple[str, str], float]


def world(
    names: Iterable[str],
    ties: Iterable[tuple[str, str]] = (),
    *,
    barred: Iterable[tuple[str, str]] = (),
    closed: Iterable[str] = (),
    incomes: Mapping[str, float] | None = None,
) -> Network:
    """A network of these organisations; all names are short: "a" is "org-a"."""
    known = incomes or {}
    gone = set(closed)
    records = [
        organisation(
            name,
            income=known.get(name, 50_000.0),
            closed_on=date(2025, 1, 1) if name in gone else None,
        )
        for name in names
    ]
    return Network.compile(
        snapshot_of([*records, *(collaboration(*tie) for tie in ties)]),
        barred=[(f"org-{one}", f"org-{other}") for one, other in barred],
    )


def lists(network: Network, scored: Scored) -> MatchLists:
    """Both sides' lists with every pair's score."""
    ends = np.array(
        [[network.index_of(f"org-{name}") for name in pair] for pair in scored], dtype=np.int64
    ).reshape(-1, 2)
    scores = np.array(list(scored.values()), dtype=np.float64)
    return MatchLists.of(
        network,
        np.concatenate((ends[:, 0], ends[:, 1])),
        np.concatenate((ends[:, 1], ends[:, 0])),
        np.concatenate((scores, scores)),
    )


@st.composite
def scored_pairs(draw: st.DrawFn, names: str = "abcdefg", most: int = 11) -> dict[str, float]:
    """Some of the pairs of these names, each with a score from 0.5 to 9.5."""
    pairs = [(one, other) for one in names for other in names if one < other]
    picked = draw(st.lists(st.sampled_from(pairs), unique=True, min_size=1, max_size=most))
    return {pair: draw(st.integers(1, 19)) / 2 for pair in picked}
