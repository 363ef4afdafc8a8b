# Long because: kept machine code is made anew only when the file of the function itself changes, so
# functions that call each other stand together, and what they take from elsewhere comes as arrays.
"""The innermost loops: bounds of everybody for one organisation, then exact scores of a few.

Three passes for an organisation. *Add*: for each thing that it has, needs or offers, every holder's
bound grows; two bounds of 16 bits are kept in one number, one for each way in which a pair may be
one-sided, and the smaller counts. *Sift*: the largest bounds are scored exactly, which gives a
score that the k-th best can't be below. *Score*: everybody whose bound reaches it is scored
exactly, in the order of operations of :mod:`matching.scoring`, so that both give the same bits.
Source: MaxScore (Turtle & Flood 1995) on impact-ordered lists (Anh, de Kretser & Moffat 2001).
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matching.engine.compiled import compiled
from matching.engine.index import Index
from matching.network import Floats, Ints

__all__ = ["best_of"]

# Scores nearer than this are left to the caller, whose logarithms may be rounded otherwise.
_TOLERANCE = 1e-9
_GIVES, _SHARED = 1, 2
_GAP, _BRIDGE = 0, 1
_FULL = 65_535
# With more things than this rounding would eat up the bounds: then everybody is scored.
_MOST_THINGS = 8_000
_BLUNT = 1e-9
_LOW, _HALF = np.uint32(_FULL), np.uint32(16)
# Bounds are looked through in chunks of 16 rows; a group is one column of a chunk.
_LANES, _ROWS = 64, 16
_CHUNK = _LANES * _ROWS


class _Room(NamedTuple):
    """What one thread writes on."""

    bounds: npt.NDArray[np.uint32]
    """A whole number of chunks."""
    tops: npt.NDArray[np.uint32]
    """The largest bound of each group."""
    peaks: npt.NDArray[np.uint32]
    """The largest bound of each chunk."""
    query: Floats
    """What the organisation at hand has of each thing."""
    asked: npt.NDArray[np.uint64]
    """A bit for each thing: whether it has any. Far smaller, so that it stays in the cache."""
    counts: npt.NDArray[np.uint16]
    """Bounds of the sum under one logarithm."""
    touched: npt.NDArray[np.uint32]
    near: npt.NDArray[np.uint64]
    """A bit for each organisation: whether it is two steps away."""
    most: Floats
    """The most that each extra may add."""
    sums: Floats
    points: Floats
    found: npt.NDArray[np.int32]
    totals: Floats
    is_logged: npt.NDArray[np.bool_]
    heap: Floats
    heap_ids: Ints


@compiled
def _room(index: Index, k: int) -> _Room:
    size = len(index.is_open)
    chunks = (size + _CHUNK - 1) // _CHUNK
    return _Room(
        np.zeros(chunks * _CHUNK, dtype=np.uint32),
        np.zeros(chunks * _LANES, dtype=np.uint32),
        np.zeros(chunks, dtype=np.uint32),
        np.zeros(len(index.signal_of)),
        np.zeros((len(index.signal_of) + 63) // 64, dtype=np.uint64),
        np.zeros(size, dtype=np.uint16),
        np.empty(size, dtype=np.uint32),
        np.zeros((size + 63) // 64, dtype=np.uint64),
        np.zeros(len(index.extra_signals)),
        np.zeros(len(index.directions)),
        np.zeros(len(index.directions)),
        np.empty(size, dtype=np.int32),
        np.empty(size),
        np.empty(size, dtype=np.bool_),
        np.empty(k),
        np.empty(k, dtype=np.int64),
    )


@compiled
def best_of(
    index: Index, who: Ints, k: int, include_partners: bool, slack: float, lift: float
) -> tuple[Ints, Ints, Floats]:
    """Return for each of ``who`` those who may be among its ``k`` best: starts, ids and parts.

    Parts are found × signals: points, but for logarithmic products the sum under the logarithm.
    Nobody is missing whom other points could bring among the best, if these add at most ``lift``
    and tell two pairs apart by at most ``slack``.
    """
    room = _room(index, k)
    starts = np.zeros(len(who) + 1, dtype=np.int64)
    ids = np.empty(len(who) * (k + 8), dtype=np.int64)
    parts = np.empty((len(ids), len(index.directions)))
    count = 0
    for at in range(len(who)):
        i = who[at]
        unit = _unit(index, i) if index.is_open[i] else 0.0
        if unit > 0:
            _add(index, room, i, unit)
            _leave_out(index, room, i, include_partners)
            _mark_steps(index, room, i)
            floor = max(_sift(index, room, i, k) - slack, -lift) - _TOLERANCE
            found = _chosen(room, _score(index, room, i, unit, floor), k, slack)
            while count + found > len(ids):
                ids = np.concatenate((ids, np.empty_like(ids)))
                parts = np.concatenate((parts, np.empty_like(parts)))
            for place in range(found):
                j = room.found[place]
                ids[count] = j
                _total(index, room, i, j)
                parts[count] = np.where(index.is_logarithmic, room.sums, room.points)
                count += 1
            for entry in range(index.left_starts[i], index.left_starts[i + 1]):
                room.query[index.left[entry]] = 0
                room.asked[index.left[entry] >> 6] = 0
        starts[at + 1] = count
    return starts, ids[:count], parts[:count]


@compiled
def _unit(index: Index, i: int) -> float:
    """Return how many units of a bound a point is, so that no bound overflows; 0 without points."""
    most, things = 0.0, 0
    for entry in range(index.left_starts[i], index.left_starts[i + 1]):
        thing, signal = index.left[entry], index.signal_of[index.left[entry]]
        if index.lists_of[thing] < index.lists_of[thing + 1]:
            # For a logarithm too: ln(1 + x) is at most x.
            points = index.left_values[entry] * index.list_most[index.lists_of[thing]]
            most += max(index.lows[signal], index.highs[signal]) * points
            things += 1
    if things > _MOST_THINGS:
        return _BLUNT
    # Each thing is rounded up once, twice under a logarithm.
    return (_FULL - len(index.scales) - 4 * things) / most if most > 0 else 0.0


@compiled
def _both(low: float, high: float) -> np.uint32:
    """Return two bounds in one number: if we get the more, and if we give the more."""
    return np.uint32(math.ceil(low) + (math.ceil(high) << 16))


@compiled
def _add(index: Index, room: _Room, i: int, unit: float) -> None:
    """Add up the bounds of everybody, and keep what exact scores need of ``i``."""
    for entry in range(index.left_starts[i], index.left_starts[i + 1]):
        thing = index.left[entry]
        room.query[thing] = index.left_values[entry]
        room.asked[thing >> 6] |= np.uint64(1) << np.uint64(thing & 63)
    size = len(index.is_open)
    if unit == _BLUNT:
        room.bounds[:size] = _both(1, 1)
        return
    room.bounds[:size] = _fill(index, i, unit)
    bounds, members = room.bounds, index.members
    for entry in range(index.left_starts[i], index.left_starts[i + 1]):
        thing, worth = index.left[entry], index.left_values[entry]
        signal = index.signal_of[thing]
        if index.is_logarithmic[signal]:
            continue
        low, high = worth * index.lows[signal] * unit, worth * index.highs[signal] * unit
        for each in range(index.lists_of[thing], index.lists_of[thing + 1]):
            step = _both(low * index.list_most[each], high * index.list_most[each])
            if index.is_rest[each]:
                for place in range(index.list_starts[each], index.list_starts[each + 1]):
                    bounds[members[place]] -= step
            else:
                for place in range(index.list_starts[each], index.list_starts[each + 1]):
                    bounds[members[place]] += step
    for signal in range(len(index.is_logarithmic)):
        if index.is_logarithmic[signal]:
            _add_logarithms(index, room, i, signal, unit)


@compiled
def _fill(index: Index, i: int, unit: float) -> np.uint32:
    """Return the bounds of whoever is in no list of those who lack a thing."""
    fill = np.uint32(0)
    for entry in range(index.left_starts[i], index.left_starts[i + 1]):
        thing, worth = index.left[entry], index.left_values[entry]
        signal = index.signal_of[thing]
        low, high = worth * index.lows[signal] * unit, worth * index.highs[signal] * unit
        for each in range(index.lists_of[thing], index.lists_of[thing + 1]):
            if index.is_rest[each]:
                most = index.list_most[each]
                fill = np.uint32(fill + _both(low * most, high * most))
    return fill


@compiled
def _add_logarithms(index: Index, room: _Room, i: int, signal: int, unit: float) -> None:
    """Add up what stands under the logarithm of one signal, then its bounds."""
    counts, touched, members = room.counts, room.touched, index.members
    most, things = 0.0, 0
    for entry in range(index.left_starts[i], index.left_starts[i + 1]):
        thing = index.left[entry]
        if index.signal_of[thing] == signal and index.lists_of[thing] < index.lists_of[thing + 1]:
            most += index.left_values[entry] * index.list_most[index.lists_of[thing]]
            things += 1
    if most == 0:
        return
    fine = (_FULL - things) / most
    count = 0
    for entry in range(index.left_starts[i], index.left_starts[i + 1]):
        thing = index.left[entry]
        if index.signal_of[thing] != signal:
            continue
        for each in range(index.lists_of[thing], index.lists_of[thing + 1]):
            step = math.ceil(index.left_values[entry] * index.list_most[each] * fine)
            for place in range(index.list_starts[each], index.list_starts[each + 1]):
                j = members[place]
                if counts[j] == 0:
                    touched[count] = j
                    count += 1
                counts[j] += step
    low, high = index.lows[signal] * unit, index.highs[signal] * unit
    for place in range(count):
        j = touched[place]
        sum_ = counts[j] / fine
        counts[j] = 0
        cell = int(sum_ * index.logarithm_steps)
        is_known = cell < len(index.logarithms)
        points = min(sum_, index.logarithms[cell] if is_known else math.log1p(sum_))
        room.bounds[j] += _both(low * points, high * points)


@compiled
def _leave_out(index: Index, room: _Room, i: int, include_partners: bool) -> None:
    room.bounds[i] = 0
    row = i if include_partners else len(index.is_open) + i
    for entry in range(index.apart_starts[row], index.apart_starts[row + 1]):
        room.bounds[index.apart[entry]] = 0
    for place in range(len(index.closed)):
        room.bounds[index.closed[place]] = 0


@compiled
def _mark_steps(index: Index, room: _Room, i: int) -> None:
    """Mark whom ``i`` reaches in two steps."""
    if index.steps_signal < 0:
        return
    room.near[:] = 0
    for entry in range(index.tie_starts[i], index.tie_starts[i + 1]):
        z = index.ties[entry]
        for further in range(index.tie_starts[z], index.tie_starts[z + 1]):
            j = index.ties[further]
            room.near[j >> 6] |= np.uint64(1) << np.uint64(j & 63)


@compiled
def _is_set(bits: npt.NDArray[np.uint64], j: int) -> bool:
    return bool(bits[j >> 6] >> np.uint64(j & 63) & np.uint64(1))


@compiled
def _is_three_steps(index: Index, room: _Room, i: int, j: int) -> bool:
    if index.steps_signal < 0 or _is_set(room.near, j):
        return False
    for entry in range(index.tie_starts[j], index.tie_starts[j + 1]):
        if _is_set(room.near, index.ties[entry]):
            # Three steps at most; of nearer ones, partners are left.
            mine = index.ties[index.tie_starts[i] : index.tie_starts[i + 1]]
            place = np.searchsorted(mine, j)
            return bool(place == len(mine) or mine[place] != j)
    return False


@compiled
def _smaller(both: np.uint32) -> np.uint32:
    low, high = np.uint32(both & _LOW), np.uint32(both >> _HALF)
    return low if low < high else high


@compiled
def _sift(index: Index, room: _Room, i: int, k: int) -> float:
    """Return a score that at least ``k`` reach, by the largest bounds; -inf if fewer are found."""
    bounds, tops = room.bounds, room.tops
    for chunk in range(len(room.peaks)):
        base, out = chunk * _CHUNK, chunk * _LANES
        # Side by side, so that the machine compares many at once.
        for lane in range(_LANES):
            tops[out + lane] = 0
        for row in range(_ROWS):
            for lane in range(_LANES):
                smaller = _smaller(bounds[base + row * _LANES + lane])
                known = tops[out + lane]
                tops[out + lane] = smaller if smaller > known else known
        peak = np.uint32(0)
        for lane in range(_LANES):
            peak = tops[out + lane] if tops[out + lane] > peak else peak
        room.peaks[chunk] = peak
    count = 0
    for chunk in range(len(room.peaks)):
        if room.peaks[chunk] > 0 and (count < k or room.peaks[chunk] > room.heap[0]):
            for group in range(chunk * _LANES, (chunk + 1) * _LANES):
                if tops[group] > 0:
                    count = _keep(room, count, k, float(tops[group]), group)
    least = int(room.heap[0]) if count == k else 1
    count = 0
    for place in range(_reach(room, least)):
        j = room.found[place]
        total = _total(index, room, i, j)
        if total > -np.inf:
            count = _keep(room, count, k, total, j)
    return room.heap[0] if count == k else -np.inf


@compiled
def _reach(room: _Room, least: int) -> int:
    """Find everybody whose bound is at least ``least``; return how many."""
    count = 0
    for chunk in range(len(room.peaks)):
        if room.peaks[chunk] < least:
            continue
        for lane in range(_LANES):
            if room.tops[chunk * _LANES + lane] >= least:
                for row in range(_ROWS):
                    j = chunk * _CHUNK + row * _LANES + lane
                    if _smaller(room.bounds[j]) >= least:
                        room.found[count] = j
                        count += 1
    return count


@compiled
def _score(index: Index, room: _Room, i: int, unit: float, floor: float) -> int:
    """Find everybody who scores at least ``floor``; return how many."""
    steps = 0.0
    if index.steps_signal >= 0:
        steps = max(index.lows[index.steps_signal], index.highs[index.steps_signal])
    most = steps
    for extra in range(len(index.extra_signals)):
        room.most[extra] = _worth(index, extra) * _most_share(index, extra, i)
        most += room.most[extra]
    count = 0
    for place in range(_reach(room, max(1, math.floor((floor - most) * unit)))):
        j = room.found[place]
        # The cheapest tests first: most fail them, and an exact score costs ten times as much.
        bound, left = _smaller(room.bounds[j]) / unit, most
        for extra in range(len(index.extra_signals)):
            if room.most[extra] > 0 and bound + left >= floor:
                left -= room.most[extra]
                bound += _worth(index, extra) * _share(index, extra, i, j)
        if bound + left < floor:
            continue
        if bound < floor and not _is_three_steps(index, room, i, j):
            continue
        total = _total(index, room, i, j)
        if total >= floor:
            room.found[count] = j
            room.totals[count] = total
            room.is_logged[count] = False
            for signal in range(len(index.is_logarithmic)):
                room.is_logged[count] |= index.is_logarithmic[signal] and room.sums[signal] > 0
            count += 1
    return count


@compiled
def _worth(index: Index, extra: int) -> float:
    signal = index.extra_signals[extra]
    return float(max(index.lows[signal], index.highs[signal]))


@compiled
def _share(index: Index, extra: int, i: int, j: int) -> float:
    """Return the points of a gap, a bridge or a bilinear form, before they are scaled."""
    first, last = index.extra_starts[extra], index.extra_starts[extra + 1]
    ours, theirs = index.extra_left[i], index.extra_right[j]
    kind = index.extra_kinds[extra]
    if kind == _GAP:
        difference = abs(theirs[first] - ours[first])
        known = not math.isnan(difference)
        return min(1.0, difference / index.extra_widths[extra]) if known else 0.0
    if kind == _BRIDGE:
        label, other = ours[first + 1], theirs[first + 1]
        is_apart = label != other and label >= 0 and other >= 0
        return float((ours[first] + theirs[first]) / 2) if is_apart else 0.0
    total = 0.0
    for column in range(first, last):
        total += ours[column] * theirs[column]
    return total


@compiled
def _most_share(index: Index, extra: int, i: int) -> float:
    """Return the most that :func:`_share` gives for ``i``."""
    first, last = index.extra_starts[extra], index.extra_starts[extra + 1]
    ours, most = index.extra_left[i], index.extra_most
    kind = index.extra_kinds[extra]
    if kind == _GAP:
        return 1.0
    if kind == _BRIDGE:
        return float((ours[first] + most[first]) / 2) if ours[first + 1] >= 0 else 0.0
    total = 0.0
    for column in range(first, last):
        total += ours[column] * most[column]
    return total


@compiled
def _total(index: Index, room: _Room, i: int, j: int) -> float:
    """Return the score of ``j`` for ``i`` and leave its points; -inf if no ground speaks for it."""
    points, sums = room.points, room.sums
    sums[:] = 0
    for entry in range(index.right_starts[j], index.right_starts[j + 1]):
        thing = index.right[entry]
        if _is_set(room.asked, thing):
            sums[index.signal_of[thing]] += room.query[thing] * index.right_values[entry]
    is_grounded = False
    for signal in range(len(points)):
        sum_ = math.log1p(sums[signal]) if index.is_logarithmic[signal] else sums[signal]
        points[signal] = index.scales[signal] * sum_
        is_grounded |= index.grounds[signal] and points[signal] > 0
    if not is_grounded:
        return -np.inf
    for extra in range(len(index.extra_signals)):
        signal = index.extra_signals[extra]
        points[signal] = index.scales[signal] * _share(index, extra, i, j)
    for at in range(len(index.against_signals)):
        signal, row = index.against_signals[at], at * len(index.is_open) + i
        for entry in range(index.against_starts[row], index.against_starts[row + 1]):
            if index.against[entry] == j:
                points[signal] = index.scales[signal] * index.against_values[entry]
    if _is_three_steps(index, room, i, j):
        points[index.steps_signal] = index.scales[index.steps_signal]
    return _summed(index, points)


@compiled
def _summed(index: Index, points: Floats) -> float:
    """Return the score that points add up to, signal after signal."""
    gets = gives = shared = 0.0
    for signal in range(len(points)):
        direction = index.directions[signal]
        if direction == _SHARED:
            shared += points[signal]
        elif direction == _GIVES:
            gives += points[signal]
        else:
            gets += points[signal]
    return float(gets + gives + shared - index.one_sidedness * abs(gets - gives))


@compiled
def _keep(room: _Room, count: int, k: int, value: float, j: int) -> int:
    """Keep a value if it is among the ``k`` largest, the lower number first; return how many are.

    ``heap[0]`` is the smallest value kept, or of several the one with the highest number.
    """
    heap, ids = room.heap, room.heap_ids
    if count < k:
        at = count
        while at > 0 and not _is_before(value, j, heap[(at - 1) // 2], ids[(at - 1) // 2]):
            heap[at], ids[at] = heap[(at - 1) // 2], ids[(at - 1) // 2]
            at = (at - 1) // 2
        heap[at], ids[at] = value, j
        return count + 1
    if not _is_before(value, j, heap[0], ids[0]):
        return count
    at = 0
    while 2 * at + 1 < k:
        below = 2 * at + 1
        if below + 1 < k and _is_before(heap[below], ids[below], heap[below + 1], ids[below + 1]):
            below += 1
        if not _is_before(value, j, heap[below], ids[below]):
            break
        heap[at], ids[at] = heap[below], ids[below]
        at = below
    heap[at], ids[at] = value, j
    return count


@compiled
def _is_before(one: float, one_id: int, other: float, other_id: int) -> bool:
    return one > other or (one == other and one_id < other_id)


@compiled
def _chosen(room: _Room, found: int, k: int, slack: float) -> int:
    """Leave those who may be among the ``k`` best however logarithms are rounded; return how many.

    Scores without one are the same bits everywhere: of many equal ones the first ``k`` suffice.
    """
    count = 0
    for place in range(found):
        count = _keep(room, count, k, room.totals[place], room.found[place])
    least = (room.heap[0] if count == k else -np.inf) - slack - _TOLERANCE
    count = 0
    for place in range(found):
        if slack == 0 and not room.is_logged[place]:
            count = _keep(room, count, k, room.totals[place], room.found[place])
    kept = 0
    for place in range(found):
        total, j = room.totals[place], room.found[place]
        is_out = total < least
        if count == k and not room.is_logged[place]:
            is_out |= _is_before(room.heap[0], room.heap_ids[0], total, j)
        if not is_out:
            room.found[kept] = j
            kept += 1
    return kept
