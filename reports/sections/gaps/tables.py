"""The tables of gaps: the worst, by place, theme and community, and every need."""

from __future__ import annotations

import math
from collections.abc import Sequence

from matching import Network
from matching.gaps.capability import (
    CapabilityGaps,
    Filler,
    Fit,
    Gap,
    Scope,
    Standing,
    capability_gaps,
    find_fillers,
)
from reports.part import count
from reports.report import (
    Cell,
    Column,
    ColumnKind,
    Settings,
    Table,
)

__all__ = ["STANDINGS", "candidates", "every_need", "split_by", "worst"]

_FILLED = 12
"""Gaps for which candidates are looked for: the worst."""

_DRAWN = 10

STANDINGS = {
    Standing.NOBODY: "nobody offers it",
    Standing.ONE: "one organisation only",
    Standing.OUT_OF_REACH: "out of reach for some",
    Standing.MET: "met",
}

_FITS = {
    Fit.OFFERS: "offers it, out of reach so far",
    Fit.BROADER: "offers the broader skill",
    Fit.SAME_FIELD: "offers a skill of the same field",
    Fit.LIKE: "works on the same, near by",
}


def worst(shown: Sequence[Gap], settings: Settings) -> Table:
    """Return the gaps, the worst first.

    In public “one organisation only” would say by words what no number may.
    """
    short = (Standing.ONE, Standing.OUT_OF_REACH) if settings.is_public else ()
    return Table(
        "gaps",
        "Skills that are needed and badly met",
        (
            Column("skill", "Skill"),
            Column("standing", "Standing"),
            Column("in_need", "In need", ColumnKind.COUNT),
            Column("now", "Urgent", ColumnKind.COUNT),
            Column("unmet", "Unmet", ColumnKind.COUNT),
            Column("providers", "Offered by", ColumnKind.COUNT),
            Column("told", "Of those who told", ColumnKind.COUNT),
            Column("share_low", "In need, at least", ColumnKind.SHARE, made_of=("in_need", "told")),
            Column("share_high", "At most", ColumnKind.SHARE, made_of=("in_need", "told")),
        ),
        tuple(
            (
                gap.name,
                "offered, yet short" if gap.standing in short else STANDINGS[gap.standing],
                gap.in_need,
                gap.now,
                gap.unmet,
                gap.providers,
                gap.told,
                gap.share_low,
                gap.share_high,
            )
            for gap in shown
        ),
        shown=_DRAWN,
    )


def candidates(shown: Sequence[Gap], network: Network, settings: Settings) -> Table:
    """Return who could meet the worst gaps, inside the network and outside; not in public."""
    rows: list[tuple[Cell, ...]] = []
    for gap in shown[: 0 if settings.is_public else _FILLED]:
        found = find_fillers(network, gap)
        rows += [
            _candidate(gap, filler, where, network)
            for where, some in (("inside", found.inside), ("outside", found.outside))
            for filler in some
        ]
        if found.is_none_found:
            rows.append((gap.name, "none found", "", "", "", ""))
    return Table(
        "candidates",
        "Who could help",
        (
            Column("skill", "Skill"),
            Column("name", "Organisation"),
            Column("id", "Id", ColumnKind.ORGANISATION),
            Column("where", "Where"),
            Column("fit", "What it brings"),
            Column("best_for", "Suits best"),
        ),
        tuple(rows),
        note=f"Candidates are looked for in the worst {_FILLED} gaps: up to three inside the "
        "network, and three outside it that are known from a register.",
        shown=3 * _FILLED,
        is_of_members=True,
    )


def _candidate(gap: Gap, filler: Filler, where: str, network: Network) -> tuple[Cell, ...]:
    return (
        gap.name,
        network.name_of(filler.organisation_id),
        filler.organisation_id,
        where,
        _FITS[filler.fit],
        network.name_of(filler.best_for),
    )


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
        note="A need counts in each that its organisation names, so the rows may add up to more "
        f"than the whole.{left}",
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
