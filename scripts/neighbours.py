"""Work out which local authorities border each other: ``neighbours.py BOUNDARIES.geojson``.

Writes graph/vocabulary/neighbours.csv. Needed again only when authorities change. The file is a
GeoJSON of boundaries (WGS 84) whose features carry the GSS code as the property ``code``.

Generalised boundaries of two neighbours rarely share points, so lines are compared: two
authorities are neighbours if at least 300 metres of each one's boundary lie within 100 metres of
the other's, which four areas meeting at a point don't reach. Boundaries end at the banks of tidal
rivers; those that a bridge or a tunnel joins across one are in ``ACROSS_WATER``.
"""

from __future__ import annotations

import csv
import itertools
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

FILE = Path(__file__).resolve().parent.parent / "graph" / "vocabulary" / "neighbours.csv"
EARTH = 6_371_008.8
STEP = 50.0
NEAR = 100.0
LEAST = 300.0

ACROSS_WATER = (
    ("E09000033", "E09000022"),  # Westminster, Lambeth: Westminster Bridge
    ("E09000033", "E09000032"),  # Westminster, Wandsworth: Chelsea Bridge
    ("E09000020", "E09000032"),  # Kensington and Chelsea, Wandsworth: Albert Bridge
    ("E09000013", "E09000032"),  # Hammersmith and Fulham, Wandsworth: Putney Bridge
    ("E09000013", "E09000027"),  # Hammersmith and Fulham, Richmond: Hammersmith Bridge
    ("E09000001", "E09000028"),  # City of London, Southwark: London Bridge
    ("E09000030", "E09000028"),  # Tower Hamlets, Southwark: Tower Bridge
    ("E09000030", "E09000011"),  # Tower Hamlets, Greenwich: Blackwall Tunnel
    ("E09000025", "E09000011"),  # Newham, Greenwich: Woolwich foot tunnel
    ("E06000034", "E07000107"),  # Thurrock, Dartford: Dartford Crossing
    ("E07000086", "E07000087"),  # Eastleigh, Fareham: Bursledon Bridge
    ("E06000026", "E06000052"),  # Plymouth, Cornwall: Tamar Bridge
    ("E06000025", "W06000021"),  # South Gloucestershire, Monmouthshire: Severn Bridge
    ("W06000001", "W06000002"),  # Anglesey, Gwynedd: Menai Bridge
    ("E08000012", "E08000015"),  # Liverpool, Wirral: Mersey tunnels
    ("E06000011", "E06000013"),  # East Riding, North Lincolnshire: Humber Bridge
    ("E08000021", "E08000037"),  # Newcastle, Gateshead: Tyne Bridge
    ("E08000022", "E08000023"),  # North Tyneside, South Tyneside: Tyne Tunnel
    ("S12000036", "S12000047"),  # Edinburgh, Fife: Forth bridges
    ("S12000014", "S12000047"),  # Falkirk, Fife: Kincardine Bridge
    ("S12000042", "S12000047"),  # Dundee, Fife: Tay Bridge
    ("S12000038", "S12000039"),  # Renfrewshire, West Dunbartonshire: Erskine Bridge
)

Points = npt.NDArray[np.float64]


def boundary(geometry: dict[str, Any]) -> Points:
    """Return points × 3 along a boundary, at most ``STEP`` apart, in metres from the middle."""
    found = geometry["coordinates"]
    polygons = found if geometry["type"] == "MultiPolygon" else [found]
    made = []
    for ring in itertools.chain.from_iterable(polygons):
        corners = _on_the_globe(np.asarray(ring, dtype=float)[:, :2])
        for start, end in itertools.pairwise(corners):
            count = max(1, int(np.ceil(np.linalg.norm(end - start) / STEP)))
            made.append(start + (end - start) * (np.arange(count) / count)[:, None])
    return np.concatenate(made)


def _on_the_globe(places: Points) -> Points:
    east, north = np.radians(places).T
    x, y, z = np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)
    return EARTH * np.stack([x, y, z], axis=1)


def neighbours(boundaries: dict[str, Points]) -> dict[str, set[str]]:
    """Return for each code those it borders on land."""
    trees = {code: cKDTree(points) for code, points in boundaries.items()}
    boxes = {
        code: (points.min(0) - NEAR, points.max(0) + NEAR) for code, points in boundaries.items()
    }
    found: dict[str, set[str]] = defaultdict(set)
    for one, other in itertools.combinations(sorted(boundaries), 2):
        (low, high), (other_low, other_high) = boxes[one], boxes[other]
        if (low > other_high).any() or (other_low > high).any():
            continue
        if (
            min(_close(boundaries[one], trees[other]), _close(boundaries[other], trees[one])) * STEP
            >= LEAST
        ):
            found[one].add(other)
            found[other].add(one)
    return found


def _close(points: Points, tree: cKDTree) -> int:
    apart, _ = tree.query(points, distance_upper_bound=NEAR)
    return int(np.isfinite(apart).sum())


def main(arguments: list[str]) -> int:
    """Write the table; return the exit status."""
    if len(arguments) != 1:
        print("Usage: python scripts/neighbours.py BOUNDARIES.geojson", file=sys.stderr)
        return 2
    features = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))["features"]
    codes = [feature["properties"]["code"] for feature in features]
    found = neighbours(
        {code: boundary(feature["geometry"]) for code, feature in zip(codes, features, strict=True)}
    )
    for one, other in ACROSS_WATER:
        found[one].add(other)
        found[other].add(one)
    with FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "neighbours"])
        writer.writerows((code, " ".join(sorted(found[code]))) for code in sorted(codes))
    print(f"{len(codes)} authorities, {sum(map(len, found.values())) // 2} borders")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
