"""Continuous communication: how long ago partners were last in touch, as far as anybody noted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt

from matching.gaps.conditions.part import Part, open_pairs, so_by_then
from matching.network import Ints, Network

__all__ = ["RECENT_DAYS", "Communication", "TieContacts", "continuous_communication"]

RECENT_DAYS = 90
"""In touch within a quarter of a year: as often as partners' meetings are commonly held."""
_NEVER = np.iinfo(np.int64).min


@dataclass(frozen=True, slots=True)
class TieContacts:
    """Two partners and their last contact; None where none is recorded."""

    first_id: str
    second_id: str
    last_on: date | None
    days_since: int | None


@dataclass(frozen=True, slots=True)
class Communication:
    """How long ago open partners were in touch.

    ``median_days`` is over the ties with a recorded contact only: ``with_contact`` says how many of
    all ties that are. ``recent``: ties with contact in the last 90 days, of all ties.
    ``other_pairs`` have been in touch and are no partners. Both days and ``recent`` need a network
    of a day: without one ``median_days`` is None and ``recent`` 0.
    """

    median_days: float | None
    with_contact: Part
    recent: Part
    other_pairs: int
    contact_count: int
    _ids: npt.NDArray[np.object_] = field(repr=False, compare=False)
    _first: Ints = field(repr=False, compare=False)
    _second: Ints = field(repr=False, compare=False)
    _last: npt.NDArray[np.datetime64] = field(repr=False, compare=False)
    _as_of: date | None = field(repr=False, compare=False)

    def ties(self) -> Iterator[TieContacts]:
        """Yield all ties, those without any contact first, then the longest silent."""
        days = self._last.astype(np.int64)
        days[np.isnat(self._last)] = _NEVER
        for row in np.lexsort((self._second, self._first, days)).tolist():
            last: date | None = self._last[row].item()
            yield TieContacts(
                first_id=self._ids[self._first[row]],
                second_id=self._ids[self._second[row]],
                last_on=last,
                days_since=(self._as_of - last).days if self._as_of and last else None,
            )


def continuous_communication(network: Network) -> Communication:
    """Return how long ago partners were last in touch.

    A contact is one that somebody recorded (IN_TOUCH_WITH); that a tie was confirmed is none.
    Formula: median over ties with a contact of (day - day of the last contact); recent =
    |ties with a contact in the last 90 days| / |ties|.
    Example: 4 ties, last contacts 10, 40 and 200 days ago and never: median 40 of 3 ties,
    recent 2 / 4 = 50 %.
    """
    first, second = open_pairs(network)
    table = network.snapshot.tables["in_touch_with"]
    past = so_by_then(network, table["happened_on"])
    past &= network.is_open[table["from_id"]] & network.is_open[table["to_id"]]
    pairs, last_of_pairs = _last_contacts(
        table["from_id"][past], table["to_id"][past], table["happened_on"][past], len(network)
    )
    wanted = first * len(network) + second
    spots = np.searchsorted(pairs, wanted)
    known = np.zeros(len(wanted), dtype=np.bool_)
    inside = spots < len(pairs)
    known[inside] = pairs[spots[inside]] == wanted[inside]
    last = np.full(len(wanted), np.datetime64("NaT"), dtype="datetime64[D]")
    last[known] = last_of_pairs[spots[known]]
    median, recent = None, 0
    if network.as_of is not None and known.any():
        since = (np.datetime64(network.as_of, "D") - last[known]).astype(np.int64)
        median, recent = float(np.median(since)), int((since <= RECENT_DAYS).sum())
    return Communication(
        median_days=median,
        with_contact=Part.out_of(int(known.sum()), len(wanted)),
        recent=Part.out_of(recent, len(wanted)),
        other_pairs=len(pairs) - int(known.sum()),
        contact_count=int(past.sum()),
        _ids=network.snapshot.tables["organisation"].ids,
        _first=first,
        _second=second,
        _last=last,
        _as_of=network.as_of,
    )


def _last_contacts(
    starts: npt.NDArray[np.int32],
    ends: npt.NDArray[np.int32],
    days: npt.NDArray[np.datetime64],
    size: int,
) -> tuple[Ints, npt.NDArray[np.datetime64]]:
    """Return each pair once, as first × size + second in order, and the day of its last contact."""
    low, high = np.minimum(starts, ends), np.maximum(starts, ends)
    keys = low.astype(np.int64) * size + high
    order = np.lexsort((days, keys))
    keys, days = keys[order], days[order]
    final = np.ones(len(keys), dtype=np.bool_)
    final[:-1] = keys[1:] != keys[:-1]
    return keys[final], days[final].astype("datetime64[D]")
