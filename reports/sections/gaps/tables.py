"""The tables of gaps: the worst, by place, theme and community, and every need."""

from __future__ import annotations

import math
from collections.abc import Sequence

from matching import Network
from matching.gaps.capability import (
    CapabilityGaps,
    Filler,
    Gap,
    Scope,
    Standing,
    capability_gaps,
    find_fillers,
)
from reports.part import count, listed
from reports.report import (
    Cell,
    Column,
    ColumnKind,
    Settings,
    Table,
)

__all__ = ["STANDINGS", "every_need", "split_by", "worst"]

_FILLED = 12
"""Gaps for which candidates are looked for: the worst."""

_DRAWN = 10

STANDINGS = {
    Standing.NOBODY: "nobody offers it",
    Standing.ONE: "one organisation only",
    Standing.OUT_OF_REACH: "out of reach for some",
    Standing.MET: "met",
}


def worst(shown: Sequence[Gap], network: Network, settings: Settings) -> Table:
    """Return the gaps, the worst first; candidates are named to coordinators only."""
    columns: tuple[Column, ...] = (
        Column("skill", "Skill"),
        Column("standing", "Standing"),
        Column("in_need", "In need", ColumnKind.COUNT),
        Column("now", "Urgent", ColumnKind.COUNT),
        Column("unmet", "Unmet", ColumnKind.COUNT),
        Column("providers", "Offered by", ColumnKind.COUNT),
        Column("told", "Of those who told", ColumnKind.COUNT),
        Column("share_low", "In need, at least", ColumnKind.SHARE),
        Column("share_high", "At most", ColumnKind.SHARE),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            gap.name,
            STANDINGS[gap.standing],
            gap.in_need,
            gap.now,
            gap.unmet,
            gap.providers,
            gap.told,
            gap.share_low,
            gap.share_high,
        )
        for gap in shown
    ]
    if not settings.is_public:
        columns = (*columns, Column("inside", "Could help, inside"), Column("outside", "Outside"))
        rows = [
            (*row, *(_candidates(gap, network) if number < _FILLED else ("", "")))
            for number, (row, gap) in enumerate(zip(rows, shown, strict=True))
        ]
    return Table(
        "gaps",
        "Skills that are needed and badly met",
        columns,
        tuple(rows),
        note=f"Candidates are looked for in the worst {_FILLED} gaps."
        if not settings.is_public and len(shown) > _FILLED
        else "",
        shown=_DRAWN,
    )


def _candidates(gap: Gap, network: Network) -> tuple[str, str]:
    found = find_fillers(network, gap)

    def named(some: Sequence[Filler]) -> str:
        return listed(network.name_of(each.organisation_id) for each in some) or "none found"

    return named(found.inside), named(found.outside)


def split_by(network: Network, scope: Scope, dimension: str) -> Table:
    """Return needs and how many are unmet, by place, theme or community."""
    found = capability_gaps(network, by=(dimension,), within=scope, with_met=True)
    names = {"place": "Place", "theme": "Theme", "community": "Community"}
    columns: tuple[Column, ...] = (
        Column("name", names[dimension]),
        Column("organisations", "Organisations", ColumnKind.COUNT),
        Column("told", "of which told", ColumnKind.COUNT),
        Column("needs", "Needs", ColumnKind.COUNT),
        Column("unmet", "Unmet", ColumnKind.COUNT),
    )
    rows: list[tuple[Cell, ...]] = [
        (gap.name, gap.organisations, gap.told, gap.needs, gap.unmet) for gap in found.gaps
    ]
    if dimension == "place":
        columns = (
            *columns,
            Column("latitude", "Latitude", ColumnKind.NUMBER),
            Column("longitude", "Longitude", ColumnKind.NUMBER),
        )
        rows = [
            (*row, *_position(network, gap.place_id or ""))
            for row, gap in zip(rows, found.gaps, strict=True)
        ]
    left = f" {count(found.left_out, 'need')} could not be placed." if found.left_out else ""
    return Table(
        f"gaps-by-{dimension}",
        f"Needs and unmet needs, by {dimension}",
        columns,
        tuple(rows),
        note="A need counts in each that its organisation names, so the rows add up to more than "
        f"the whole.{left}",
    )


def _position(network: Network, place_id: str) -> tuple[float | None, float | None]:
    row = network.snapshot.row_of("place", place_id)
    if row is None:
        return None, None
    table = network.snapshot.tables["place"]
    latitude, longitude = float(table["latitude"][row]), float(table["longitude"][row])
    unknown = math.isnan(latitude) or math.isnan(longitude)
    return (None, None) if unknown else (latitude, longitude)


def every_need(found: CapabilityGaps, network: Network) -> Table:
    """Return every need, with whether somebody who could meet it is in reach."""
    rows: list[tuple[Cell, ...]] = [
        (gap.name, network.name_of(key), key, "no" if key in unmet else "yes")
        for gap in found.gaps
        for unmet in (frozenset(gap.unmet_by),)
        for key in gap.needed_by
    ]
    return Table(
        "needs",
        "Every need, and whether somebody who could meet it is in reach",
        (
            Column("skill", "Skill"),
            Column("name", "Needed by"),
            Column("id", "Id", ColumnKind.ORGANISATION),
            Column("in_reach", "Somebody in reach"),
        ),
        tuple(rows),
        shown=0,
        is_of_members=True,
    )
