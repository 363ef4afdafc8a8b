"""The rehearsal: what the network would lose if one organisation closed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from matching.gaps.capability.sides import supply_of
from matching.gaps.rehearsal.dependence import dependence, offer_facts, open_rows
from matching.gaps.rehearsal.reach import as_ones, met_nearby
from matching.introductions.distances import open_ties
from matching.leading import running_roles
from matching.network import Ints, Network, row_of

__all__ = ["Closing", "LocalLoss", "LostNeed", "if_closed"]


@dataclass(frozen=True, slots=True)
class LostNeed:
    """A need that loses its provider. ``facts``: the ids of the need and of the offer it loses."""

    organisation_id: str
    skill_id: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LocalLoss:
    """A skill that somebody who works in a place needs, and nobody who works there would offer."""

    place_id: str
    skill_id: str
    needed_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Closing:
    """What the others would lose; all empty for an organisation that has closed already.

    ``ties_lost``: its partners. ``needs_uncovered``: needs that nobody else meets;
    ``needs_out_of_reach``: those that others meet, but nobody within two steps any more.
    ``cut_off``: the parts of its circle that lose every way to the largest part left, the largest
    first; ``isolated``: partners that have no other. ``circle_count`` and ``circles_left``: parts
    of the network between which no way leads, before and after, itself not counted.
    ``projects_without_lead`` go on with others in them; in ``projects_without_anybody`` it is the
    last. ``members_without_backbone`` have no other umbrella body. ``local_losses``: skills that a
    place loses.

    ``others``, ``needs_of_others``, ``running_project_count`` are what that is out of: the other
    open organisations, their needs, the projects that go on and have anybody in them.
    """

    organisation_id: str
    ties_lost: tuple[str, ...]
    needs_uncovered: tuple[LostNeed, ...]
    needs_out_of_reach: tuple[LostNeed, ...]
    cut_off: tuple[tuple[str, ...], ...]
    isolated: tuple[str, ...]
    circle_count: int
    circles_left: int
    projects_without_lead: tuple[str, ...]
    projects_without_anybody: tuple[str, ...]
    members_without_backbone: tuple[str, ...]
    local_losses: tuple[LocalLoss, ...]
    others: int
    needs_of_others: int
    running_project_count: int

    @property
    def left_apart(self) -> frozenset[str]:
        """Return everybody who is cut off, or left without any partner."""
        return frozenset(self.isolated).union(*self.cut_off)


def if_closed(network: Network, organisation_id: str) -> Closing:
    """Return what closing one organisation would cost; raises UnknownOrganisation.

    The same as counting before and after in a network in which it is closed, without making that
    network.
    """
    gone = network.index_of(organisation_id)
    ids, projects = network.organisation_ids, network.thing_ids("project")
    hangs = dependence(network)
    ties = open_ties(network)
    needs = open_rows(network, network.needs)
    parts, circles = _parts(network, ties, gone)
    partners = np.sort(row_of(ties, gone)).tolist()
    degrees = np.diff(ties.indptr)
    uncovered = [(who, skill) for who, skill in hangs.needs.of(gone) if who != gone]
    out_of_reach = _out_of_reach(network, ties, needs, gone)
    return Closing(
        organisation_id=organisation_id,
        ties_lost=tuple(ids[one] for one in partners),
        needs_uncovered=_described(network, gone, uncovered),
        needs_out_of_reach=_described(
            network, gone, [pair for pair in out_of_reach if pair not in set(uncovered)]
        ),
        cut_off=tuple(tuple(ids[one] for one in part.tolist()) for part in parts[1:]),
        isolated=tuple(ids[one] for one in partners if degrees[one] == 1),
        circle_count=circles,
        circles_left=circles + max(len(parts) - 1, 0) - int(not parts and network.is_open[gone]),
        projects_without_lead=tuple(projects[project] for (project,) in hangs.leads.of(gone)),
        projects_without_anybody=tuple(projects[project] for (project,) in hangs.projects.of(gone)),
        members_without_backbone=tuple(ids[member] for (member,) in hangs.members.of(gone)),
        local_losses=_local_losses(network, needs, gone),
        others=int(network.is_open.sum()) - int(network.is_open[gone]),
        needs_of_others=needs.nnz - len(row_of(needs, gone)),
        running_project_count=len(np.unique(running_roles(network).indices)),
    )


def _parts(network: Network, ties: sparse.csr_array, gone: int) -> tuple[list[Ints], int]:
    """Return what is left of a circle, the largest part first, and how many circles there are."""
    count, label = csgraph.connected_components(ties, directed=False)
    mine = np.flatnonzero((label == label[gone]) & (np.arange(len(label)) != gone))
    _, part = csgraph.connected_components(ties[mine][:, mine], directed=False)
    parts = [mine[part == number] for number in np.unique(part).tolist()]
    parts.sort(key=lambda members: (-len(members), int(members[0])))
    return parts, count - int((~network.is_open).sum())


def _out_of_reach(
    network: Network, ties: sparse.csr_array, needs: sparse.csr_array, gone: int
) -> list[tuple[int, int]]:
    """Return (organisation, skill) that somebody within two steps meets now, and nobody then."""
    partners = row_of(ties, gone)
    # Nobody farther away has a way of two steps that ends at it, or leads through it.
    near = np.unique(np.concatenate((partners, ties[partners].indices))).astype(np.int64)
    near = near[near != gone]
    offers, ties = supply_of(network).matrix, as_ones(ties)
    left = sparse.diags_array((np.arange(len(network)) != gone).astype(np.float64))
    without = sparse.csr_array(left @ ties @ left)
    without.eliminate_zeros()
    lost = met_nearby(ties, offers, needs, near) - met_nearby(without, offers, needs, near)
    rows = sparse.coo_array(sparse.csr_array(lost > 0))
    found = zip(near[rows.row].tolist(), rows.col.tolist(), strict=True)
    return sorted(found)


def _described(
    network: Network, gone: int, needs: list[tuple[int, int]] | list[list[int]]
) -> tuple[LostNeed, ...]:
    ids, skills = network.organisation_ids, network.thing_ids("skill")
    return tuple(
        LostNeed(
            organisation_id=ids[who],
            skill_id=skills[skill],
            facts=(
                *network.thing_facts("needs", who, "skill", skill),
                *offer_facts(network, gone, skill),
            ),
        )
        for who, skill in sorted(map(tuple, needs))
    )


def _local_losses(network: Network, needs: sparse.csr_array, gone: int) -> tuple[LocalLoss, ...]:
    ids, places, skills = (
        network.organisation_ids,
        network.thing_ids("place"),
        network.thing_ids("skill"),
    )
    by_skill, by_place = needs.tocsc(), open_rows(network, network.places).tocsc()
    found = []
    for place, skill in dependence(network).local.of(gone):
        who = np.intersect1d(_column(by_skill, skill), _column(by_place, place))
        needed_by = tuple(ids[one] for one in who.tolist() if one != gone)
        found.append(LocalLoss(places[place], skills[skill], needed_by))
    return tuple(
        sorted(found, key=lambda each: (-len(each.needed_by), each.place_id, each.skill_id))
    )


def _column(matrix: sparse.csc_array, column: int) -> Ints:
    return matrix.indices[matrix.indptr[column] : matrix.indptr[column + 1]].astype(np.int64)
