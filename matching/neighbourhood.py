"""Who an organisation works with, and who they work with: what one can take in at a glance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.network import LARGEST_CONSORTIUM, Network, row_of

__all__ = ["Neighbour", "NeighbourTie", "Neighbourhood", "neighbourhood"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An organisation ``step`` ties away from the one in focus, which is itself at step 0.

    ``is_open`` is False for one that has closed.
    """

    organisation_id: str
    name: str
    step: int
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class NeighbourTie:
    """A tie between two of the neighbours, given by their numbers in ``Neighbourhood.nodes``.

    ``kinds`` are the kinds of fact that it rests on, ``facts`` their ids, ``projects`` the ids of
    joint projects and ``sources`` where we know it from.
    """

    first: int
    second: int
    kinds: tuple[str, ...]
    facts: tuple[str, ...]
    projects: tuple[str, ...]
    sources: tuple[str, ...]
    is_inferred: bool


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """The organisation in focus, first of ``nodes``, its neighbours and the ties among them.

    ``shown`` of ``total`` neighbours are here, the one in focus not counted; of the ``tie_total``
    ties among them ``ties`` has the first, those that lead outwards before those that go round.
    """

    nodes: tuple[Neighbour, ...]
    ties: tuple[NeighbourTie, ...]
    shown: int
    total: int
    tie_total: int
    steps: int


def neighbourhood(
    network: Network,
    organisation_id: str,
    *,
    steps: int = 1,
    limit: int = 150,
    tie_limit: int = 600,
) -> Neighbourhood:
    """Return the ``limit`` nearest and strongest neighbours; raises UnknownOrganisation.

    Nearer comes first; at one step, those with more projects and collaborations in common, at two
    steps those reached through more partners; among equals, the lower id.
    """
    centre = network.index_of(organisation_id)
    reached = _reached(network, centre, steps)
    kept = [(centre, 0), *reached[:limit]]
    rows = np.array([row for row, _ in kept], dtype=np.int64)
    step_of = np.array([step for _, step in kept], dtype=np.int64)
    pairs = _pairs(network, rows, step_of)
    return Neighbourhood(
        nodes=tuple(
            Neighbour(
                network.organisation_ids[row], network.names[row], step, bool(network.is_open[row])
            )
            for row, step in kept
        ),
        ties=tuple(_tie(network, rows, first, second) for first, second in pairs[:tie_limit]),
        shown=len(kept) - 1,
        total=len(reached),
        tie_total=len(pairs),
        steps=steps,
    )


def _reached(network: Network, centre: int, steps: int) -> list[tuple[int, int]]:
    """Return (organisation, step) of all within ``steps``, nearest and strongest first."""
    seen = {centre}
    found: list[tuple[int, int]] = []
    frontier = np.array([centre])
    for step in range(1, steps + 1):
        strength = (
            _projects_shared(network, centre)
            if step == 1
            else np.asarray(network.ties[frontier].sum(axis=0)).reshape(-1)
        )
        near = np.unique(_partners(network, frontier)).tolist()
        new = sorted(
            (row for row in near if row not in seen), key=lambda row: (-strength[row], row)
        )
        seen.update(new)
        found += [(row, step) for row in new]
        frontier = np.array(new, dtype=np.int64)
        if not new:
            break
    return found


def _partners(network: Network, rows: Ints) -> Ints:
    return np.concatenate([network.partners_of(row) for row in rows.tolist()])


def _projects_shared(network: Network, centre: int) -> Floats:
    """Return how many small projects and collaborations ``centre`` has with each other one."""
    by_project: sparse.csc_array = network.remembered("projects.csc", network.projects.tocsc)
    columns = by_project[:, row_of(network.projects, centre)]
    small = np.diff(columns.indptr) <= LARGEST_CONSORTIUM
    shared = np.asarray(columns[:, small].sum(axis=1), dtype=np.float64).reshape(-1)
    for row in network.partners_of(centre).tolist():
        shared[row] += len(_collaborations(network, centre, row))
    return shared


def _pairs(network: Network, rows: Ints, step_of: Ints) -> list[tuple[int, int]]:
    """Return the pairs among ``rows`` that a tie joins, told or guessed, outward ones first."""
    joined = network.remembered("ties.guessed", lambda: network.ties + _guessed(network))
    among = sparse.triu(joined[rows][:, rows], k=1).tocoo()
    pairs = zip(among.row.tolist(), among.col.tolist(), strict=True)
    return sorted(pairs, key=lambda pair: (step_of[pair[0]] == step_of[pair[1]], pair))


def _guessed(network: Network) -> sparse.csr_array:
    """Return who is thought to work with whom, but not told: organisations × organisations."""
    table = network.snapshot.tables["collaborates_with"]
    rows = np.flatnonzero(table["inferred"])
    starts, ends = table["from_id"][rows], table["to_id"][rows]
    both = np.concatenate((starts, ends)), np.concatenate((ends, starts))
    return sparse.csr_array((np.ones(2 * len(rows)), both), shape=network.ties.shape)


def _collaborations(network: Network, i: int, j: int) -> tuple[str, ...]:
    return network.facts("collaborates_with", min(i, j), max(i, j))


def _joint_projects(network: Network, i: int, j: int) -> list[int]:
    both = np.intersect1d(row_of(network.projects, i), row_of(network.projects, j))
    sizes = network.remembered(
        "projects.sizes",
        lambda: np.bincount(network.projects.indices, minlength=network.projects.shape[1]),
    )
    return [project for project in both.tolist() if sizes[project] <= LARGEST_CONSORTIUM]


def _tie(network: Network, rows: Ints, first: int, second: int) -> NeighbourTie:
    i, j = int(rows[first]), int(rows[second])
    projects = _joint_projects(network, i, j)
    facts = list(_collaborations(network, i, j))
    is_told = any(not _is_inferred(network, fact) for fact in facts)
    for project in projects:
        sides = [network.thing_facts("takes_part_in", row, "project", project) for row in (i, j)]
        is_told |= all(any(not _is_inferred(network, fact) for fact in side) for side in sides)
        facts += [fact for side in sides for fact in side]
    project_ids = network.thing_ids("project")
    return NeighbourTie(
        first=first,
        second=second,
        kinds=tuple(sorted({_kind_of(fact) for fact in facts})),
        facts=tuple(facts),
        projects=tuple(project_ids[project] for project in projects),
        sources=tuple(sorted({str(_column(network, fact, "source")) for fact in facts})),
        is_inferred=not is_told,
    )


def _kind_of(fact: str) -> str:
    return fact.rsplit("-", 1)[0]


def _is_inferred(network: Network, fact: str) -> bool:
    return bool(_column(network, fact, "inferred"))


def _column(network: Network, fact: str, name: str) -> Any:
    row = network.snapshot.row_of(_kind_of(fact), fact)
    return network.snapshot.tables[_kind_of(fact)][name][row]
