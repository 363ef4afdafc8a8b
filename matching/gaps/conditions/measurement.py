"""Shared measurement: which running projects report what others count too, and the values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.gaps.conditions.part import Flags, Part, links, so_by_then
from matching.leading import running_roles
from matching.network import Ints, Network

__all__ = [
    "FRESH_DAYS",
    "DayOfValues",
    "MeasureValues",
    "ReportedValue",
    "SharedMeasurement",
    "shared_measurement",
]

FRESH_DAYS = 365
"""A project whose last value is older has not reported this year."""
_LEAST_REPORTERS = 2


@dataclass(frozen=True, slots=True)
class ReportedValue:
    """One value that an organisation or a project has reported for a day."""

    fact_id: str
    reporter_id: str
    on: date
    value: float


@dataclass(frozen=True, slots=True)
class DayOfValues:
    """All values of a measure for one day."""

    on: date
    count: int
    sum: float
    mean: float


@dataclass(frozen=True, slots=True)
class MeasureValues:
    """A measure, the goals that it serves, and its values, oldest first.

    ``is_shared``: it serves a goal, or two organisations or projects report it. ``reporter_ids``
    leaves out organisations that have closed; their values stay, for they were true.
    """

    measure_id: str
    name: str
    unit: str
    goal_ids: tuple[str, ...]
    reporter_ids: tuple[str, ...]
    is_shared: bool
    values: tuple[ReportedValue, ...]
    days: tuple[DayOfValues, ...]
    days_since_last: int | None


@dataclass(frozen=True, slots=True)
class SharedMeasurement:
    """How far projects count the same things.

    ``reporting``: running projects for which a shared measure is reported, by the project itself
    (``by_itself_ids``) or by an open organisation that takes part in it
    (``through_partner_ids``). ``fresh``: those of them whose last value is at most a year old; 0
    without a day. ``dated``: running projects with a first or last day, of all that count as
    running.
    """

    reporting: Part
    fresh: Part
    shared_measures: Part
    dated: Part
    by_itself_ids: tuple[str, ...]
    through_partner_ids: tuple[str, ...]
    not_reporting_ids: tuple[str, ...]
    measures: tuple[MeasureValues, ...]


def shared_measurement(network: Network) -> SharedMeasurement:
    """Return which running projects report a shared measure, and all measures with their values.

    A project is running if it has begun and is not over, as far as is known, and an open
    organisation has a part in it today other than by paying
    (:func:`matching.leading.running_roles`).
    Formula: share = |running projects with a value of a shared measure| / |running projects|.
    Example: of 4 running projects one reports itself and one through a partner: 2 / 4 = 50 %.
    """
    tables, offsets = network.snapshot.tables, network.snapshot.offsets
    table = tables["measured"]
    in_time = so_by_then(network, table["measured_on"])
    by_organisation = links(network, table, in_time, "measure")
    by_project = links(network, table, in_time, "measure", from_kind="project")
    reporters = _column_sums(by_organisation) + _column_sums(by_project)
    advances = tables["advances"]
    of_measures = links(
        network, advances, np.ones(len(advances), dtype=np.bool_), "goal", from_kind="measure"
    )
    shared = (np.diff(of_measures.indptr) > 0) | (reporters >= _LEAST_REPORTERS)
    parts = running_roles(network)
    running = _column_sums(parts) > 0
    by_itself = running & (by_project @ shared.astype(np.int64) > 0)
    partner_reports = by_organisation @ shared.astype(np.int64) > 0
    through = running & ~by_itself & (parts.T @ partner_reports.astype(np.int64) > 0)
    last = _last_values(network, in_time, shared, parts)
    projects = tables["project"]
    is_reporting = by_itself | through
    dated = ~(np.isnat(projects["starts_on"]) & np.isnat(projects["ends_on"]))
    count = int(running.sum())
    start = offsets["project"]
    ids = network.snapshot.node_ids[start : start + len(projects)]
    return SharedMeasurement(
        reporting=Part.out_of(int(is_reporting.sum()), count),
        fresh=Part.out_of(
            int((is_reporting & _is_fresh(network, last)).sum()), int(is_reporting.sum())
        ),
        shared_measures=Part.out_of(int(shared.sum()), len(shared)),
        dated=Part.out_of(int((running & dated).sum()), count),
        by_itself_ids=tuple(ids[by_itself].tolist()),
        through_partner_ids=tuple(ids[through].tolist()),
        not_reporting_ids=tuple(ids[running & ~is_reporting].tolist()),
        measures=_measures(network, in_time, shared, of_measures),
    )


def _column_sums(matrix: sparse.csr_array) -> Ints:
    return np.bincount(matrix.indices, minlength=matrix.shape[1]).astype(np.int64)


def _last_values(
    network: Network, in_time: Flags, shared: Flags, parts: sparse.csr_array
) -> npt.NDArray[np.datetime64]:
    """Return the last day of a shared value for each project, by itself or through a partner."""
    tables, offsets = network.snapshot.tables, network.snapshot.offsets
    table = tables["measured"]
    counts = in_time & shared[table["to_id"] - offsets["measure"]]
    last = np.full(len(network.snapshot.node_ids), -1, dtype=np.int64)
    days = table["measured_on"].astype("datetime64[D]").astype(np.int64)
    np.maximum.at(last, table["from_id"][counts], days[counts])
    start = offsets["project"]
    found = last[start : start + len(tables["project"])].copy()
    taking_part = sparse.coo_array(parts)
    np.maximum.at(found, taking_part.col, last[taking_part.row])
    never = found < 0
    made = found.astype("datetime64[D]")
    made[never] = np.datetime64("NaT")
    return made


def _is_fresh(network: Network, last: npt.NDArray[np.datetime64]) -> Flags:
    if network.as_of is None:
        return np.zeros(len(last), dtype=np.bool_)
    oldest = np.datetime64(network.as_of, "D") - np.timedelta64(FRESH_DAYS, "D")
    return np.asarray(~np.isnat(last) & (last >= oldest))


def _measures(
    network: Network, in_time: Flags, shared: Flags, of_measures: sparse.csr_array
) -> tuple[MeasureValues, ...]:
    tables, offsets = network.snapshot.tables, network.snapshot.offsets
    table, measures = tables["measured"], tables["measure"]
    goal_ids = network.thing_ids("goal")
    rows = np.flatnonzero(in_time)
    rows = rows[np.lexsort((table["from_id"][rows], table["measured_on"][rows]))]
    columns = (table["to_id"][rows] - offsets["measure"]).tolist()
    by_measure: list[list[ReportedValue]] = [[] for _ in range(len(measures))]
    for column, value in zip(columns, _values(network, rows), strict=True):
        by_measure[column].append(value)
    organisations = network.snapshot.tables["organisation"].ids
    closed = set(organisations[~network.is_open].tolist())
    found = []
    for column, measure_id in enumerate(measures.ids.tolist()):
        values = tuple(by_measure[column])
        counted = of_measures.indices[of_measures.indptr[column] : of_measures.indptr[column + 1]]
        found.append(
            MeasureValues(
                measure_id=measure_id,
                name=str(measures["name"][column]),
                unit=measures["unit"][column],
                goal_ids=tuple(goal_ids[goal] for goal in sorted(counted.tolist())),
                reporter_ids=tuple(sorted({each.reporter_id for each in values} - closed)),
                is_shared=bool(shared[column]),
                values=values,
                days=_days(values),
                days_since_last=_days_since(network, values),
            )
        )
    return tuple(found)


def _values(network: Network, rows: Ints) -> Iterator[ReportedValue]:
    table = network.snapshot.tables["measured"]
    told = zip(
        table.ids[rows].tolist(),
        network.snapshot.node_ids[table["from_id"][rows]].tolist(),
        table["measured_on"][rows].astype("datetime64[D]").tolist(),
        table["value"][rows].tolist(),
        strict=True,
    )
    return (ReportedValue(key.decode("ascii"), *rest) for key, *rest in told)


def _days(values: tuple[ReportedValue, ...]) -> tuple[DayOfValues, ...]:
    by_day: dict[date, list[float]] = {}
    for each in values:
        by_day.setdefault(each.on, []).append(each.value)
    return tuple(
        DayOfValues(on, len(these), sum(these), sum(these) / len(these))
        for on, these in by_day.items()
    )


def _days_since(network: Network, values: tuple[ReportedValue, ...]) -> int | None:
    if network.as_of is None or not values:
        return None
    return (network.as_of - values[-1].on).days
