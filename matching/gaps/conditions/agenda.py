"""Common agenda: who has put their name to a goal, and which goals stand on few names."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from matching.gaps.conditions.part import Part, ids_at, links, so_by_then
from matching.network import Network

__all__ = ["FEW_SIGNATURES", "CommonAgenda", "GoalSupport", "common_agenda"]

FEW_SIGNATURES = 3
"""A goal that fewer have signed is hardly anybody's: two are a pair, three a beginning."""


@dataclass(frozen=True, slots=True)
class GoalSupport:
    """One goal: who has signed it, and who advances it without having signed it.

    ``with_role`` counts the signatures that say what the organisation will do.
    """

    goal_id: str
    name: str
    signed_by: tuple[str, ...]
    advanced_by: tuple[str, ...]
    with_role: int

    @property
    def is_thin(self) -> bool:
        """Say whether fewer than three organisations have signed it."""
        return len(self.signed_by) < FEW_SIGNATURES


@dataclass(frozen=True, slots=True)
class CommonAgenda:
    """How far the network has agreed on what it is for; goals with most signatures come first.

    ``signed``: open organisations that have signed a goal themselves, of all open organisations;
    ``advancing``: those that advance a goal and have signed none. Each open organisation is in one
    of ``signed_ids``, ``advancing_ids`` and ``neither_ids``.
    """

    signed: Part
    advancing: Part
    thin_goals: Part
    goals: tuple[GoalSupport, ...]
    signed_ids: tuple[str, ...]
    advancing_ids: tuple[str, ...]
    neither_ids: tuple[str, ...]


def common_agenda(network: Network) -> CommonAgenda:
    """Return who stands behind the goals.

    Formula: share = |open organisations with a SIGNED goal| / |open organisations|.
    Example: 12 organisations, 5 of which have signed: 5 / 12 = 42 %.
    """
    tables = network.snapshot.tables
    signatures, advances = tables["signed"], tables["advances"]
    in_time = so_by_then(network, signatures["signed_on"])
    signed = links(network, signatures, in_time, "goal")
    advanced = links(network, advances, np.ones(len(advances), dtype=np.bool_), "goal")
    roles = np.array([bool(label.strip()) for label in signatures["role"].labels], dtype=np.bool_)
    said = roles[signatures["role"].codes] if len(roles) else in_time
    with_role = np.diff(sparse.csc_array(links(network, signatures, in_time & said, "goal")).indptr)
    has_signed = np.diff(signed.indptr) > 0
    only_advances = (np.diff(advanced.indptr) > 0) & ~has_signed
    neither = network.is_open & ~has_signed & ~only_advances
    goals = _goals(network, signed, advanced, with_role.tolist())
    open_count = int(network.is_open.sum())
    return CommonAgenda(
        signed=Part.out_of(int(has_signed.sum()), open_count),
        advancing=Part.out_of(int(only_advances.sum()), open_count),
        thin_goals=Part.out_of(sum(goal.is_thin for goal in goals), len(goals)),
        goals=goals,
        signed_ids=ids_at(network, np.flatnonzero(has_signed)),
        advancing_ids=ids_at(network, np.flatnonzero(only_advances)),
        neither_ids=ids_at(network, np.flatnonzero(neither)),
    )


def _goals(
    network: Network, signed: sparse.csr_array, advanced: sparse.csr_array, with_role: list[int]
) -> tuple[GoalSupport, ...]:
    by_goal, moved = sparse.csc_array(signed), sparse.csc_array(advanced)
    names = network.snapshot.tables["goal"]["name"]
    found = []
    for column, goal_id in enumerate(network.thing_ids("goal")):
        names_to_it = np.sort(by_goal.indices[by_goal.indptr[column] : by_goal.indptr[column + 1]])
        towards_it = np.sort(moved.indices[moved.indptr[column] : moved.indptr[column + 1]])
        found.append(
            GoalSupport(
                goal_id=goal_id,
                name=str(names[column]),
                signed_by=ids_at(network, names_to_it),
                advanced_by=ids_at(network, np.setdiff1d(towards_it, names_to_it)),
                with_role=with_role[column],
            )
        )
    return tuple(sorted(found, key=lambda goal: (-len(goal.signed_by), goal.goal_id)))
