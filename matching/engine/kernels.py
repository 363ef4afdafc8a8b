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
    """A whole number of pages, and so of chunks."""
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
    steps: npt.NDArray[np.uint32]
    """What each long list at hand adds."""
    step_cuts: Ints
    """Where the cuts of that list begin."""
    touched: npt.NDArray[np.uint32]
    near: npt.NDArray[np.uint64]
    """A bit for each organisation: whether it is two steps away."""
    most: Floats
    """The most that each extra may add."""
    sums: Floats
    points: Floats
    reached: npt.NDArray[np.int32]
    found: npt.NDArray[np.int32]
    totals: Floats
    is_logged: npt.NDArray[np.bool_]
    heap: Floats
    heap_ids: Ints


@compiled
def _room(index: Index, k: int) -> _Room:
    size = len(index.is_open)
    pages = (size + index.page_length - 1) // index.page_length
    chunks = pages * index.page_length // _CHUNK
    long_lists = len(index.cuts) // (pages + 1)
    return _Room(
        np.zeros(chunks * _CHUNK, dtype=np.uint32),
        np.zeros(chunks * _LANES, dtype=np.uint32),
        np.zeros(chunks, dtype=np.uint32),
        np.zeros(len(index.signal_of)),
        np.zeros((len(index.signal_of) + 63) // 64, dtype=np.uint64),
        np.zeros(size, dtype=np.uint16),
        np.empty(long_lists, dtype=np.uint32),
        np.empty(long_lists, dtype=np.int64),
        np.empty(size, dtype=np.uint32),
        np.zeros((size + 63) // 64, dtype=np.uint64),
        np.zeros(len(index.extra_signals)),
        np.zeros(len(index.directions)),
        np.zeros(len(index.directions)),
        np.empty(size, dtype=np.int32),
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
            _add(index, room, i, unit, include_partners)
            _mark_steps(index, room, i)
            least, sifted = _sift(index, room, i, k)
            found = _score(index, room, i, k, unit, least, sifted, slack, lift)
            found = _chosen(index, room, found, k, slack)
            while count + found > len(ids):
                ids = np.concatenate((ids, np.empty_like(ids)))
                parts = np.concatenate((parts, np.empty_like(parts)))
            for place in range(found):
                j = room.found[place]
                ids[count] = j
                _total(index, room, i, j)
                for signal in range(parts.shape[1]):
                    logged = index.is_logarithmic[signal]
                    parts[count, signal] = room.sums[signal] if logged else room.points[signal]
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
def _add(index: Index, room: _Room, i: int, unit: float, include_partners: bool) -> None:
    """Add up the bounds of everybody, and keep what exact scores need of ``i``."""
    for entry in range(index.left_starts[i], index.left_starts[i + 1]):
        thing = index.left[entry]
        room.query[thing] = index.left_values[entry]
        room.asked[thing >> 6] |= np.uint64(1) << np.uint64(thing & 63)
    planned = 0
    if unit == _BLUNT:
        room.bounds[: len(index.is_open)] = _both(1, 1)
    else:
        room.bounds[: len(index.is_open)] = _fill(index, i, unit)
        for signal in range(len(index.is_logarithmic)):
            if index.is_logarithmic[signal]:
                _add_logarithms(index, room, i, signal, unit)
        planned = _add_short(index, room, i, unit)
    _add_long(index, room, planned, i, i if include_partners else len(index.is_open) + i)


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
def _add_short(index: Index, room: _Room, i: int, unit: float) -> int:
    """Add what is in short lists; return how many long ones there are."""
    bounds, members = room.bounds, index.members
    planned = 0
    for entry in range(index.left_starts[i], index.left_starts[i + 1]):
        thing, worth = index.left[entry], index.left_values[entry]
        signal = index.signal_of[thing]
        if index.is_logarithmic[signal]:
            continue
        low, high = worth * index.lows[signal] * unit, worth * index.highs[signal] * unit
        for each in range(index.lists_of[thing], index.lists_of[thing + 1]):
            step = _both(low * index.list_most[each], high * index.list_most[each])
            if index.is_rest[each]:
                # Modulo 2^32: what is taken off was there before.
                step = np.uint32(-step)
            if index.list_cuts[each] >= 0:
                room.steps[planned], room.step_cuts[planned] = step, index.list_cuts[each]
                planned += 1
            else:
                for place in range(index.list_starts[each], index.list_starts[each + 1]):
                    bounds[members[place]] += step
    return planned


@compiled
def _add_long(index: Index, room: _Room, planned: int, i: int, row: int) -> None:
    """Add what is in long lists, leave out whoever is ruled out, and find the largest bounds.

    Page after page, so that bounds stay in the first cache from the first step to the last.
    """
    apart, closed, length = index.apart_starts[row], 0, index.page_length
    for page in range(len(room.bounds) // length):
        start = page * length
        end = min(start + length, len(index.is_open))
        bounds = room.bounds[start:end]
        _add_lists(bounds, index.paged, index.cuts, room.steps, room.step_cuts, planned, page)
        while apart < index.apart_starts[row + 1] and index.apart[apart] < end:
            bounds[index.apart[apart] - start] = 0
            apart += 1
        while closed < len(index.closed) and index.closed[closed] < end:
            bounds[index.closed[closed] - start] = 0
            closed += 1
        if start <= i < end:
            bounds[i - start] = 0
        for chunk in range(start // _CHUNK, (start + length) // _CHUNK):
            _find_tops(room.bounds, room.tops, room.peaks, chunk)


@compiled
def _add_lists(
    bounds: npt.NDArray[np.uint32],
    paged: npt.NDArray[np.uint16],
    cuts: npt.NDArray[np.uint64],
    steps: npt.NDArray[np.uint32],
    step_cuts: Ints,
    planned: int,
    page: int,
) -> None:
    for at in range(planned):
        step, cut = steps[at], step_cuts[at] + page
        for place in range(cuts[cut], cuts[cut + 1]):
            bounds[paged[place]] += step


@compiled
def _find_tops(
    bounds: npt.NDArray[np.uint32],
    tops: npt.NDArray[np.uint32],
    peaks: npt.NDArray[np.uint32],
    chunk: int,
) -> None:
    # Cut out, so that no place can be below 0: then the machine compares many side by side.
    part = bounds[chunk * _CHUNK : (chunk + 1) * _CHUNK]
    top = tops[chunk * _LANES : (chunk + 1) * _LANES]
    for lane in range(_LANES):
        top[lane] = 0
    for row in range(_ROWS):
        for lane in range(_LANES):
            smaller = _smaller(part[row * _LANES + lane])
            top[lane] = smaller if smaller > top[lane] else top[lane]
    peak = np.uint32(0)
    for lane in range(_LANES):
        peak = top[lane] if top[lane] > peak else peak
    peaks[chunk] = peak


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
    last, step = np.uint16(0), np.uint32(0)
    for place in range(count):
        j = touched[place]
        # Whoever lies together is in the same lists as a rule.
        if counts[j] != last:
            last = counts[j]
            sum_ = last / fine
            cell = int(sum_ * index.logarithm_steps)
            is_known = cell < len(index.logarithms)
            points = min(sum_, index.logarithms[cell] if is_known else math.log1p(sum_))
            step = _both(low * points, high * points)
        counts[j] = 0
        room.bounds[j] += step


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
def _is_three_steps(
    tie_starts: Ints,
    ties: npt.NDArray[np.int32],
    near: npt.NDArray[np.uint64],
    i: int,
    j: int,
) -> bool:
    if _is_set(near, j):
        return False
    is_near = False
    for entry in range(tie_starts[j], tie_starts[j + 1]):
        # Three steps at most; of nearer ones, partners are left.
        if ties[entry] == i:
            return False
        is_near |= _is_set(near, ties[entry])
    return is_near


@compiled
def _smaller(both: np.uint32) -> np.uint32:
    low, high = np.uint32(both & _LOW), np.uint32(both >> _HALF)
    return low if low < high else high


@compiled
def _sift(index: Index, room: _Room, i: int, k: int) -> tuple[int, int]:
    """Score whose bounds are the largest; return the least of these bounds, and how many scored.

    Of those found the ``k`` best are kept on the heap.
    """
    tops = room.tops
    count = 0
    for chunk in range(len(room.peaks)):
        if room.peaks[chunk] > 0 and (count < k or room.peaks[chunk] > room.heap[0]):
            for group in range(chunk * _LANES, (chunk + 1) * _LANES):
                if tops[group] > 0:
                    count = _keep(room.heap, room.heap_ids, count, k, float(tops[group]), group)
    least = int(room.heap[0]) if count == k else 1
    found = 0
    for place in range(_reach(room.bounds, room.tops, room.peaks, least, room.reached)):
        j = room.reached[place]
        total = _total(index, room, i, j)
        if total > -np.inf:
            _keep(room.heap, room.heap_ids, min(found, k), k, total, j)
            found = _note(index, room, found, j, total)
    return least, found


@compiled
def _note(index: Index, room: _Room, count: int, j: int, total: float) -> int:
    room.found[count] = j
    room.totals[count] = total
    room.is_logged[count] = False
    for signal in range(len(index.is_logarithmic)):
        room.is_logged[count] |= index.is_logarithmic[signal] and room.sums[signal] > 0
    return count + 1


@compiled
def _reach(
    bounds: npt.NDArray[np.uint32],
    tops: npt.NDArray[np.uint32],
    peaks: npt.NDArray[np.uint32],
    least: int,
    reached: npt.NDArray[np.int32],
) -> int:
    """Find everybody whose bound is at least ``least``; return how many."""
    count = 0
    for chunk in range(len(peaks)):
        if peaks[chunk] < least:
            continue
        for lane in range(_LANES):
            if tops[chunk * _LANES + lane] >= least:
                for row in range(_ROWS):
                    j = chunk * _CHUNK + row * _LANES + lane
                    if _smaller(bounds[j]) >= least:
                        reached[count] = j
                        count += 1
    return count


@compiled
def _score(
    index: Index,
    room: _Room,
    i: int,
    k: int,
    unit: float,
    sifted: int,
    count: int,
    slack: float,
    lift: float,
) -> int:
    """Find everybody who may be among the best; return how many, with those found before."""
    steps = 0.0
    if index.steps_signal >= 0:
        steps = max(index.lows[index.steps_signal], index.highs[index.steps_signal])
    most = steps
    for extra in range(len(index.extra_signals)):
        room.most[extra] = index.extra_worths[extra] * _most_share(index, extra, i)
        most += room.most[extra]
    # Taken out of their tuples once: that is counted, and takes as long as a test does.
    starts, kinds, widths = index.extra_starts, index.extra_kinds, index.extra_widths
    ours, theirs, worths = index.extra_left, index.extra_right, index.extra_worths
    tie_starts, ties, near = index.tie_starts, index.ties, room.near
    mosts, bounds, all_reached = room.most, room.bounds, room.reached
    has_steps, extras = index.steps_signal >= 0, len(worths)
    floor = _floor(room, count, k, slack, lift)
    least = max(1, math.floor((floor - most) * unit))
    reached = _reach(bounds, room.tops, room.peaks, least, all_reached)
    high = floor
    # Those first who need nothing more to reach it: they raise it for the others.
    for is_first in (True, False):
        for place in range(reached):
            j = all_reached[place]
            smaller = _smaller(bounds[j])
            bound, left = smaller / unit, most
            if smaller >= sifted or (bound >= high) != is_first:
                continue
            # The cheapest tests first: most fail them, and an exact score costs ten times as much.
            for extra in range(extras):
                if mosts[extra] > 0 and bound + left >= floor:
                    left -= mosts[extra]
                    bound += worths[extra] * _share(
                        starts, kinds, widths, ours, theirs, extra, i, j
                    )
            if bound + left < floor:
                continue
            if bound < floor and not (has_steps and _is_three_steps(tie_starts, ties, near, i, j)):
                continue
            total = _total(index, room, i, j)
            if total >= floor:
                _keep(room.heap, room.heap_ids, min(count, k), k, total, j)
                count = _note(index, room, count, j, total)
                floor = _floor(room, count, k, slack, lift)
    return count


@compiled
def _floor(room: _Room, count: int, k: int, slack: float, lift: float) -> float:
    """Return what the score of whoever may be among the best is at least."""
    least = room.heap[0] if count >= k else -np.inf
    return float(max(least - slack, -lift) - _TOLERANCE)


@compiled
def _share(
    starts: Ints,
    kinds: Ints,
    widths: Floats,
    left: Floats,
    right: Floats,
    extra: int,
    i: int,
    j: int,
) -> float:
    """Return the points of a gap, a bridge or a bilinear form, before they are scaled."""
    first, last = starts[extra], starts[extra + 1]
    if kinds[extra] == _GAP:
        difference = abs(right[j, first] - left[i, first])
        known = not math.isnan(difference)
        return min(1.0, difference / widths[extra]) if known else 0.0
    if kinds[extra] == _BRIDGE:
        label, other = left[i, first + 1], right[j, first + 1]
        is_apart = label != other and label >= 0 and other >= 0
        return float((left[i, first] + right[j, first]) / 2) if is_apart else 0.0
    total = 0.0
    for column in range(first, last):
        total += left[i, column] * right[j, column]
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
    points, sums, scales = room.points, room.sums, index.scales
    first, last = index.right_starts[j], index.right_starts[j + 1]
    _gather(
        sums, room.asked, room.query, index.right, index.right_values, index.signal_of, first, last
    )
    if not _weigh(points, sums, scales, index.is_logarithmic, index.grounds):
        return -np.inf
    for extra in range(len(index.extra_signals)):
        signal = index.extra_signals[extra]
        points[signal] = scales[signal] * _share(
            index.extra_starts,
            index.extra_kinds,
            index.extra_widths,
            index.extra_left,
            index.extra_right,
            extra,
            i,
            j,
        )
    for at in range(len(index.against_signals)):
        signal, row = index.against_signals[at], at * len(index.is_open) + i
        for entry in range(index.against_starts[row], index.against_starts[row + 1]):
            if index.against[entry] == j:
                points[signal] = scales[signal] * index.against_values[entry]
    if index.steps_signal >= 0 and _is_three_steps(index.tie_starts, index.ties, room.near, i, j):
        points[index.steps_signal] = scales[index.steps_signal]
    return _summed(points, index.directions, index.one_sidedness)


@compiled
def _gather(
    sums: Floats,
    asked: npt.NDArray[np.uint64],
    query: Floats,
    right: npt.NDArray[np.int32],
    values: Floats,
    signal_of: npt.NDArray[np.int32],
    first: int,
    last: int,
) -> None:
    """Sum up for each signal what both have of the same things."""
    for signal in range(len(sums)):
        sums[signal] = 0
    for entry in range(first, last):
        thing = right[entry]
        if _is_set(asked, thing):
            sums[signal_of[thing]] += query[thing] * values[entry]


@compiled
def _weigh(
    points: Floats,
    sums: Floats,
    scales: Floats,
    is_logarithmic: npt.NDArray[np.bool_],
    grounds: npt.NDArray[np.bool_],
) -> bool:
    """Make points of the sums; say whether any ground speaks for the pair."""
    is_grounded = False
    for signal in range(len(points)):
        sum_ = sums[signal]
        if is_logarithmic[signal] and sum_ > 0:
            sum_ = math.log1p(sum_)
        points[signal] = scales[signal] * sum_
        is_grounded |= grounds[signal] and points[signal] > 0
    return is_grounded


@compiled
def _summed(points: Floats, directions: Ints, one_sidedness: float) -> float:
    """Return the score that points add up to, signal after signal."""
    gets = gives = shared = 0.0
    for signal in range(len(points)):
        direction = directions[signal]
        if direction == _SHARED:
            shared += points[signal]
        elif direction == _GIVES:
            gives += points[signal]
        else:
            gets += points[signal]
    return float(gets + gives + shared - one_sidedness * abs(gets - gives))


@compiled
def _keep(heap: Floats, ids: Ints, count: int, k: int, value: float, j: int) -> int:
    """Keep a value if it is among the ``k`` largest, the lower number first; return how many are.

    ``heap[0]`` is the smallest value kept, or of several the one with the highest number.
    """
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
def _chosen(index: Index, room: _Room, found: int, k: int, slack: float) -> int:
    """Leave those who may be among the ``k`` best however logarithms are rounded; return how many.

    Scores without one are the same bits everywhere: of many equal ones the first ``k`` suffice.
    """
    count = 0
    for place in range(found):
        count = _keep(room.heap, room.heap_ids, count, k, room.totals[place], room.found[place])
    least = (room.heap[0] if count == k else -np.inf) - slack - _TOLERANCE
    count = 0
    for place in range(found):
        if slack == 0 and not room.is_logged[place]:
            j = room.found[place]
            count = _keep(
                room.heap, room.heap_ids, count, k, room.totals[place], index.originals[j]
            )
    kept = 0
    for place in range(found):
        total, j = room.totals[place], room.found[place]
        is_out = total < least
        if count == k and not room.is_logged[place]:
            is_out |= _is_before(room.heap[0], room.heap_ids[0], total, index.originals[j])
        if not is_out:
            room.found[kept] = j
            kept += 1
    return kept
