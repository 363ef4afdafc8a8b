"""A generated world as a snapshot without a store: columns are filled whole, in seconds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from bench.records import organisation_id, records
from bench.world import PLACES, SKILLS, THEMES, Pairs, World, generate
from graph.model import Collaboration, Need, Offer, Record, Relationship, WorksIn, WorksOn
from graph.model.records import fact_id
from graph.snapshot import Snapshot
from graph.snapshot_builder import SnapshotBuilder, TableBuilder, collector_paused

__all__ = ["snapshot_of"]

_NONE = Pairs(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64))
_THINGS = {"skill": SKILLS, "theme": THEMES, "place": PLACES}


def snapshot_of(world: World) -> Snapshot:
    """Return the snapshot that a store holding all records of ``world`` would give."""
    pattern = _patterns()
    organisations = [organisation_id(number) for number in range(world.size)]
    nodes: dict[str, dict[str, Sequence[Any]]] = {
        kind: {
            "id": [f"{kind}-{number}" for number in range(count)],
            "name": [f"{kind.capitalize()} {number}" for number in range(count)],
        }
        for kind, count in _THINGS.items()
    }
    nodes["place"] |= {
        "latitude": world.coordinates[:, 0].tolist(),
        "longitude": world.coordinates[:, 1].tolist(),
    }
    nodes["organisation"] = {
        "id": organisations,
        "name": [f"Organisation {number}" for number in range(world.size)],
        "description": [" ".join(f"word{word}" for word in said) for said in world.words.tolist()],
        "income": world.income.tolist(),
    }
    ties = {
        Offer: (world.offers, nodes["skill"]["id"]),
        Need: (world.needs, nodes["skill"]["id"]),
        WorksOn: (world.themes, nodes["theme"]["id"]),
        WorksIn: (world.works_in, nodes["place"]["id"]),
        Collaboration: (world.collaborations, organisations),
    }
    builder = SnapshotBuilder(1)
    with collector_paused():
        for node_kind, table in builder.nodes():
            _fill(table, pattern.get(node_kind.kind), nodes.get(node_kind.kind, {"id": ()}))
        for tie_kind, table in builder.ties():
            pairs, ends = ties.get(tie_kind, (_NONE, ()))
            columns = _tie_columns(pattern.get(tie_kind.kind), pairs, organisations, ends)
            _fill(table, pattern.get(tie_kind.kind), columns, builder.positions)
        return builder.finish()


def _patterns() -> dict[str, Record]:
    """Return one record of each kind: all others have what it has, but for names and ends."""
    return {record.kind: record for record in records(generate(60))}


def _tie_columns(
    alike: Record | None, pairs: Pairs, starts: Sequence[str], ends: Sequence[str]
) -> dict[str, Sequence[Any]]:
    if not isinstance(alike, Relationship):
        return {"id": ()}
    from_ids = [starts[at] for at in pairs.starts.tolist()]
    to_ids = [ends[at] for at in pairs.ends.tolist()]
    key = [str(getattr(alike, name)) for name in alike.key_fields]
    ids = [fact_id(alike.kind, *both, *key) for both in zip(from_ids, to_ids, strict=True)]
    return {"id": ids, "from_id": from_ids, "to_id": to_ids}


def _fill(
    table: TableBuilder,
    alike: Record | None,
    columns: Mapping[str, Sequence[Any]],
    positions: Mapping[str, int] | None = None,
) -> None:
    count = len(columns["id"])
    if alike is None or not count:
        return
    row = alike.to_row()
    table.extend([columns.get(name) or [row[name]] * count for name in table.columns], positions)
