"""How a network hangs together: everything that is found about its structure, in one go."""

from __future__ import annotations

import numpy as np

from matching.gaps.coverage import Naming, coverage_of
from matching.gaps.structure.apart import islands_of, isolates_of
from matching.gaps.structure.between import Betweenness, between, holes, source_count
from matching.gaps.structure.core import CORE, EDGE, MIDDLE, Zones, zones_of
from matching.gaps.structure.cuts import cuts_in
from matching.gaps.structure.findings import CorePeriphery, Ranked, Ranking, Structure
from matching.gaps.structure.ground import Ground, ground_of
from matching.gaps.structure.ranks import first_rows, moves, ranks
from matching.gaps.structure.roles import role_holders
from matching.gaps.structure.silos import silos_in
from matching.leading import running_support
from matching.network import Floats, Network

__all__ = ["structure"]

_MOST = 50
_RANKED = 20
_MOST_IDS = 200


def structure(network: Network, *, seed: int = 1) -> Structure:
    """Return how a network hangs together; the same for the same network and seed.

    Takes time in proportion to the ties; shortest ways are sampled in large networks. What
    doesn't depend on the order by lot is the same for every ``seed``; communities and samples may
    differ a little.
    """
    return network.remembered(f"structure.{seed}", lambda: _structure(network, seed))


def _structure(network: Network, seed: int) -> Structure:
    ground = ground_of(network, seed)
    coverage = coverage_of(network)
    is_named = coverage.naming is not Naming.WITHHELD
    backbones = _backbones(ground)
    cuts, silos, zones = cuts_in(ground), silos_in(ground, seed), zones_of(ground)
    having = np.flatnonzero(ground.degrees)
    found = between(ground.ties, having[: source_count(len(having), len(ground.ends))])
    burt = holes(ground.ties)
    gaps, gap_count = silos.gaps(_MOST, is_named=is_named)
    return Structure(
        coverage=coverage,
        open_count=len(ground),
        connected_count=len(having),
        tie_count=ground.tie_count,
        largest_part_count=int(ground.component_sizes.max(initial=0)) if len(having) else 0,
        isolate_ids=isolates_of(ground),
        islands=islands_of(ground),
        silos=silos.silos(is_named=is_named),
        silo_gaps=gaps,
        silo_gap_count=gap_count,
        cut_points=cuts.points(_MOST, backbones) if is_named else (),
        cut_point_count=int((cuts.cut_off > 0).sum()),
        bridges=cuts.ties(_MOST) if is_named else (),
        bridge_count=len(cuts.bridges),
        most_between=_ranking(ground, found, burt, 1 - coverage.share, backbones, seed)
        if is_named
        else None,
        roles=role_holders(
            ground,
            cuts,
            zones,
            between=found.value,
            effective_size=burt[:, 1],
            only_ways=silos.only_ways(),
            backbones=backbones,
            is_named=is_named,
        ),
        core=_core(ground, zones, is_named=is_named),
    )


def _ranking(
    ground: Ground,
    found: Betweenness,
    burt: Floats,
    missing_share: float,
    backbones: frozenset[int],
    seed: int,
) -> Ranking:
    moved = moves(ground.ties, found, missing_share, np.random.default_rng(seed))
    rank = ranks(found.value)
    sizes = ground.component_sizes[ground.component].astype(np.float64)
    most = (sizes - 1) * (sizes - 2) / 2
    having = int((ground.degrees > 0).sum())
    rows = []
    # Rows stand in an order by lot, which is the order of equals as well.
    for row in first_rows(found.value, np.arange(len(ground)), _RANKED).tolist():
        tied = int((found.value == found.value[row]).sum())
        low, high = int(rank[row]), int(rank[row]) + tied - 1
        if moved is not None:
            least, most_far = moved.interval(int(rank[row]), len(ground))
            low, high = min(low, least), max(high, most_far)
        rows.append(
            Ranked(
                organisation_id=ground.id_of(row),
                value=float(found.value[row]),
                standard_error=float(found.error[row]),
                share=float(found.value[row] / most[row]),
                rank=int(rank[row]),
                tied_count=tied,
                rank_low=low,
                rank_high=high,
                partner_count=int(ground.degrees[row]),
                constraint=float(burt[row, 0]),
                effective_size=float(burt[row, 1]),
                is_backbone=row in backbones,
            )
        )
    return Ranking(
        rows=tuple(rows),
        ranked_count=having,
        source_count=found.sources,
        is_exact=found.is_exact,
        deletions=moved.deletions if moved is not None else 0,
    )


def _core(ground: Ground, zones: Zones, *, is_named: bool) -> CorePeriphery:
    counts = np.bincount(zones.zone, minlength=EDGE + 1)
    deepest = int(zones.core_number.max(initial=0))
    core = np.flatnonzero(zones.zone == CORE)
    return CorePeriphery(
        core_count=int(counts[CORE]),
        middle_count=int(counts[MIDDLE]),
        edge_count=int(counts[EDGE]),
        core_fit=zones.fit,
        deepest_core=deepest,
        deepest_core_count=int((zones.core_number == deepest).sum()) if deepest else 0,
        core_ids=ground.ids_of(core)[:_MOST_IDS] if is_named else (),
    )


def _backbones(ground: Ground) -> frozenset[int]:
    """Return the rows of those that hold an umbrella over others on the day of the network."""
    network = ground.network
    number = network.snapshot.tables["backbone_of"]["from_id"][running_support(network)]
    return frozenset(np.flatnonzero(np.isin(ground.number, number)).tolist())
