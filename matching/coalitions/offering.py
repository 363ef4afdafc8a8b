"""Who offers what a brief wants: at which level, how surely, and by which facts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.coalitions.brief import Brief
from matching.hierarchy import narrower
from matching.network import Floats, Network

__all__ = ["Provision", "Provisions", "proof_of", "provisions"]

_FULL = 1.25
"""What the freshest, surest offer at the highest level weighs in a network."""


@dataclass(frozen=True, slots=True)
class Provisions:
    """n × skills of the brief, dense: ``level`` 0 where a skill or a narrower one isn't offered.

    ``value`` in [0, 1] is level, confidence and freshness together.
    """

    level: npt.NDArray[np.int8]
    value: Floats


@dataclass(frozen=True, slots=True)
class Provision:
    """One organisation's offer of a wanted skill: its best level, and the ids of the offers.

    ``is_guess`` says that nobody has told any of them.
    """

    level: int
    facts: tuple[str, ...]
    is_guess: bool


def provisions(network: Network, brief: Brief) -> Provisions:
    """Return what each organisation offers of what the brief wants."""
    table = network.snapshot.tables["offers"]
    count, skills = len(network), network.thing_ids("skill")
    columns = table["to_id"] - network.snapshot.offsets["skill"]
    level = np.zeros((count, len(brief.needs)), dtype=np.int8)
    value = np.zeros((count, len(brief.needs)))
    for at, need in enumerate(brief.needs):
        inner = narrower(network, "skill", (need.skill_id,))
        chosen = np.array([skill in inner for skill in skills], dtype=np.bool_)
        rows = np.flatnonzero(chosen[columns])
        np.maximum.at(level[:, at], table["from_id"][rows], table["level"][rows].astype(np.int8))
        offered = network.offers[:, np.flatnonzero(chosen)]
        value[:, at] = offered.max(axis=1).toarray().ravel() if offered.shape[1] else 0
    level[value <= 0] = 0
    return Provisions(level, np.minimum(1, value / _FULL))


def proof_of(network: Network, row: int, skill_id: str) -> Provision | None:
    """Return the offer of a skill, or of narrower ones, with its facts; None if there is none."""
    inner = narrower(network, "skill", (skill_id,))
    table = network.snapshot.tables["offers"]
    # Ties come in order of where they start.
    start, end = np.searchsorted(table["from_id"], [row, row + 1]).tolist()
    ids = network.snapshot.node_ids
    at = [k for k in range(start, end) if ids[table["to_id"][k]] in inner]
    if not at:
        return None
    return Provision(
        level=int(table["level"][at].max()),
        facts=tuple(table.id_at(k) for k in at),
        is_guess=bool(np.asarray(table["inferred"])[at].all()),
    )
