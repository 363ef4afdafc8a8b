"""The network as the engine reads it: every form in flat arrays, and who has each thing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.network import Floats, Ints, Network
from matching.pool import ruled_out
from matching.scoring import ONE_SIDEDNESS
from matching.signals import SIGNALS, Signal
from matching.signals.forms import (
    Against,
    Bilinear,
    Bridge,
    Form,
    Gap,
    Pairwise,
    Product,
    ThreeSteps,
)
from matching.suggestion import Direction

__all__ = ["DIRECTIONS", "Index", "compile_index", "is_fit"]

DIRECTIONS = (Direction.GETS, Direction.GIVES, Direction.SHARED)
"""Directions by their number in :attr:`Index.directions`."""
# Entries of one list differ by at most this factor, so one bound serves them all.
_STEP = 1.2
_MOST_LISTS = 12
# Bounds of so many are added up together: they fit into the first cache of a core.
_PAGE = 4_096
# A list of so many a page or more is walked page by page, a shorter one at once.
_LONG = 8
_EXTRAS = (Gap, Bridge, Bilinear)
_LOGARITHM_STEPS, _LOGARITHMS = 64, 2_048
# What a point that we get, give or share is worth in a pair in which we get more, or give more.
_IF_MORE = (1 - ONE_SIDEDNESS, 1 + ONE_SIDEDNESS, 1.0)
_IF_LESS = (1 + ONE_SIDEDNESS, 1 - ONE_SIDEDNESS, 1.0)

Small = npt.NDArray[np.int32]


class Index(NamedTuple):
    """Flat arrays: n organisations, S signals in the order of SIGNALS, T things of all products.

    Organisations are numbered anew by place, so that those who are compared most lie together.
    Things are numbered through all signals. A *list* holds the open organisations that have one
    thing in about the same measure, in order of number.
    """

    originals: Ints
    """n: the number in the network of each organisation."""
    numbers: Ints
    """n: the other way round."""
    is_open: npt.NDArray[np.bool_]
    closed: Ints
    apart_starts: Ints
    """2n + 1: row ``i`` is whoever may not be suggested to ``i``, row n + i partners too."""
    apart: Small
    one_sidedness: float
    directions: Ints
    grounds: npt.NDArray[np.bool_]
    scales: Floats
    lows: Floats
    """S: what a signal's sum adds to the score of a pair in which we get more than we give."""
    highs: Floats
    """S: the same where we give more; the score itself is the smaller."""
    is_logarithmic: npt.NDArray[np.bool_]
    logarithm_steps: int
    logarithms: Floats
    """ln(1 + x) for x = 1/steps, 2/steps …"""
    signal_of: Small
    """T: the signal of each thing."""
    left_starts: Ints
    left: Small
    left_values: Floats
    right_starts: Ints
    right: Small
    right_values: Floats
    lists_of: Ints
    """T + 1: where the lists of each thing begin, the one of the largest values first."""
    list_starts: Ints
    """Where the members of each short list begin; a long one has none here."""
    list_cuts: Ints
    """Where the cuts of each long list begin, -1 for a short one."""
    list_most: Floats
    """The largest value in each list."""
    is_rest: npt.NDArray[np.bool_]
    """Whether a list holds the organisations that are *not* in it, being the fewer."""
    members: npt.NDArray[np.uint32]
    page_length: int
    """A multiple of 1,024."""
    cuts: npt.NDArray[np.uint64]
    """Pages + 1 for each long list: where in ``paged`` its members of each page begin."""
    paged: npt.NDArray[np.uint16]
    """Members of long lists, numbered within their page."""
    extra_signals: Ints
    extra_kinds: Ints
    """Extras: 0 gap, 1 bridge, 2 bilinear."""
    extra_starts: Ints
    """Where the columns of each extra begin: the number of a gap, value and label of a bridge."""
    extra_left: Floats
    """n × columns."""
    extra_right: Floats
    extra_most: Floats
    """The largest in each column of the right."""
    extra_widths: Floats
    extra_worths: Floats
    """Extras: what one of its points adds to a score at most."""
    against_signals: Ints
    against_starts: Ints
    """Row a · n + i is whom the ``a``-th of these signals holds against ``i``."""
    against: Small
    against_values: Floats
    steps_signal: int
    """The signal that counts steps, -1 if none does."""
    tie_starts: Ints
    ties: Small


class _Rows(NamedTuple):
    """A CSR matrix in the types that the kernels are compiled for."""

    starts: Ints
    columns: Small
    values: Floats


def is_fit(signals: Sequence[Signal], forms: Sequence[Form | None]) -> bool:
    """Say whether the engine can rank by these signals, whose forms are given in their order."""
    if sum(isinstance(form, ThreeSteps) for form in forms) > 1:
        return False
    for signal, form in zip(signals, forms, strict=True):
        if signal.is_ground and not isinstance(form, Product):
            return False
        if form is None:
            return False
        if isinstance(form, Against) and form.scale > 0:
            return False
        if not isinstance(form, Pairwise | Against) and _scale(form) < 0:
            return False
        if not isinstance(form, Product):
            continue
        matrices = (form.left, form.right)
        if any(matrix.data.min(initial=0) < 0 for matrix in matrices):
            return False
    return True


def compile_index(network: Network, forms: Sequence[Form]) -> Index:
    """Return the arrays for forms that are fit, given in the order of SIGNALS."""
    size = len(network)
    originals = _by_place(network)
    numbers = np.argsort(originals)
    products = [form for form in forms if isinstance(form, Product)]
    extras = [form for form in forms if isinstance(form, _EXTRAS)]
    against = [form for form in forms if isinstance(form, Against)]
    steps = [form for form in forms if isinstance(form, ThreeSteps)]
    directions = np.array([DIRECTIONS.index(each.direction) for each in SIGNALS], dtype=np.int64)
    scales = np.array([0.0 if isinstance(form, Pairwise) else _scale(form) for form in forms])
    lows, highs = (scales * np.array(each)[directions] for each in (_IF_MORE, _IF_LESS))
    signal_of = np.repeat(_places(forms, products), [form.left.shape[1] for form in products])
    is_logarithmic = np.array([isinstance(f, Product) and f.is_logarithmic for f in forms])
    left = _rows(_beside([form.left for form in products], size)[originals])
    right = _rows(_beside([form.right for form in products], size)[originals])
    is_open = network.is_open[originals]
    lists = _lists(right, ~is_logarithmic[signal_of], is_open)
    ties = _rows(_renumbered(steps[0].ties, originals) if steps else sparse.csr_array((size, size)))
    columns = [_numbers(extra) for extra in extras]
    theirs = _columns([right for _, right in columns], size)[originals]
    held_against = _rows(_below([_renumbered(form.pairs, originals) for form in against], size))
    left_out = [ruled_out(network, include_partners=each) for each in (True, False)]
    apart = _rows(_below([_renumbered(each, originals) for each in left_out], size))
    return Index(
        originals=originals,
        numbers=numbers,
        is_open=is_open,
        closed=np.flatnonzero(~is_open),
        apart_starts=apart.starts,
        apart=apart.columns,
        one_sidedness=ONE_SIDEDNESS,
        directions=directions,
        grounds=np.array([each.is_ground for each in SIGNALS], dtype=np.bool_),
        scales=scales,
        lows=lows,
        highs=highs,
        is_logarithmic=is_logarithmic,
        logarithm_steps=_LOGARITHM_STEPS,
        logarithms=np.log1p(np.arange(1, _LOGARITHMS + 1) / _LOGARITHM_STEPS),
        signal_of=signal_of.astype(np.int32),
        left_starts=left.starts,
        left=left.columns,
        left_values=left.values,
        right_starts=right.starts,
        right=right.columns,
        right_values=right.values,
        lists_of=lists.of_thing,
        list_starts=lists.starts,
        list_cuts=lists.cuts_of,
        list_most=lists.most,
        is_rest=lists.is_rest,
        members=lists.members,
        page_length=_PAGE,
        cuts=lists.cuts,
        paged=lists.paged,
        extra_signals=_places(forms, extras),
        extra_kinds=np.array([_EXTRAS.index(type(each)) for each in extras], dtype=np.int64),
        extra_starts=np.cumsum([0, *(len(left) for left, _ in columns)]),
        extra_left=_columns([left for left, _ in columns], size)[originals],
        extra_right=theirs,
        extra_most=np.fmax.reduce(theirs, axis=0, initial=0),
        extra_widths=np.array([f.width if isinstance(f, Gap) else 1 for f in extras], np.float64),
        extra_worths=np.maximum(lows, highs)[_places(forms, extras)],
        against_signals=_places(forms, against),
        against_starts=held_against.starts,
        against=held_against.columns,
        against_values=held_against.values,
        steps_signal=forms.index(steps[0]) if steps else -1,
        tie_starts=ties.starts,
        ties=ties.columns,
    )


def _by_place(network: Network) -> Ints:
    """Return everybody in order of the place that fewest share with them, then of number."""
    places = network.places
    size, count = places.shape
    if places.nnz == 0:
        return np.arange(size)
    held_by = np.bincount(places.indices, minlength=count)
    rarest = np.full(size, count * (size + 1), dtype=np.int64)
    owners = np.repeat(np.arange(size), np.diff(places.indptr))
    np.minimum.at(rarest, owners, held_by[places.indices] * count + places.indices)
    return np.argsort(rarest, kind="stable")


def _renumbered(matrix: sparse.csr_array, originals: Ints) -> sparse.csr_array:
    made = sparse.csr_array(matrix[originals][:, originals])
    made.sort_indices()
    return made


def _scale(form: Form) -> float:
    assert isinstance(form, Product | Gap | Bridge | Bilinear | ThreeSteps | Against)
    return form.scale


def _numbers(extra: Gap | Bridge | Bilinear) -> tuple[list[Floats], list[Floats]]:
    """Return what an extra says of organisations, as ours and as theirs, column by column."""
    match extra:
        case Bilinear(left, right):
            return list(left.T), list(right.T)
        case Bridge(values, labels):
            return [values, labels.astype(np.float64)], [values, labels.astype(np.float64)]
        case Gap(values):
            return [values], [values]


def _columns(numbers: Sequence[Sequence[Floats]], size: int) -> Floats:
    columns = [column for each in numbers for column in each]
    return np.ascontiguousarray(np.array(columns, dtype=np.float64).reshape(len(columns), size).T)


def _places(forms: Sequence[Form], some: Iterable[Form]) -> Ints:
    return np.array([forms.index(form) for form in some], dtype=np.int64)


def _rows(matrix: sparse.csr_array) -> _Rows:
    return _Rows(
        matrix.indptr.astype(np.int64),
        matrix.indices.astype(np.int32),
        np.asarray(matrix.data, dtype=np.float64),
    )


def _beside(matrices: Sequence[sparse.csr_array], size: int) -> sparse.csr_array:
    """Return the matrices side by side, in rows of sorted columns."""
    if not matrices:
        return sparse.csr_array((size, 0))
    made = sparse.csr_array(sparse.hstack(matrices, format="csr"))
    made.sort_indices()
    return made


def _below(matrices: Sequence[sparse.csr_array], columns: int) -> sparse.csr_array:
    """Return the matrices one below the other."""
    if not matrices:
        return sparse.csr_array((0, columns))
    return sparse.csr_array(sparse.vstack(matrices, format="csr"))


class _Lists(NamedTuple):
    of_thing: Ints
    starts: Ints
    cuts_of: Ints
    most: Floats
    is_rest: npt.NDArray[np.bool_]
    members: npt.NDArray[np.uint32]
    cuts: npt.NDArray[np.uint64]
    paged: npt.NDArray[np.uint16]


def _lists(
    right: _Rows, may_be_rest: npt.NDArray[np.bool_], is_open: npt.NDArray[np.bool_]
) -> _Lists:
    """Return who has each thing, and how much of it at most."""
    size, things = len(is_open), len(may_be_rest)
    owners = np.repeat(np.arange(size, dtype=np.uint32), np.diff(right.starts))
    kept = is_open[owners] & (right.values > 0)
    owners, values = owners[kept], right.values[kept]
    columns = right.columns[kept].astype(np.int64)
    most = np.zeros(things)
    np.maximum.at(most, columns, values)
    level = (np.log(most[columns] / values) / np.log(_STEP)).astype(np.int64)
    # Rows come in order of organisation, and a stable sort keeps that order within each list.
    key = columns * _MOST_LISTS + np.minimum(level, _MOST_LISTS - 1)
    order = np.argsort(key, kind="stable")
    first = np.flatnonzero(np.diff(key[order], prepend=-1))
    members = np.split(owners[order], first[1:]) if len(first) else []
    is_rest = np.array([len(each) > size // 2 for each in members], dtype=np.bool_)
    # Only sums are taken from everybody's bound; a logarithm's are added up list by list.
    is_plain = may_be_rest[columns[order][first]]
    is_rest &= is_plain
    for at in np.flatnonzero(is_rest).tolist():
        members[at] = np.setdiff1d(np.arange(size, dtype=np.uint32), members[at])
    pages = np.arange(-(-size // _PAGE) + 1) * _PAGE
    lengths = np.array([len(each) for each in members], dtype=np.int64)
    is_long = (lengths >= _LONG * (len(pages) - 1)) & is_plain
    long = [members[at] for at in np.flatnonzero(is_long).tolist()]
    ends = np.append(0, np.cumsum(lengths[is_long]))
    cuts = [start + np.searchsorted(each, pages) for start, each in zip(ends, long, strict=False)]
    counts = np.bincount(columns[order][first], minlength=things)
    return _Lists(
        of_thing=np.append(0, np.cumsum(counts)).astype(np.int64),
        starts=np.append(0, np.cumsum(np.where(is_long, 0, lengths))).astype(np.int64),
        cuts_of=np.where(is_long, (np.cumsum(is_long) - 1) * len(pages), -1),
        most=np.maximum.reduceat(values[order], first) if len(first) else np.empty(0),
        is_rest=is_rest,
        members=_joined([members[at] for at in np.flatnonzero(~is_long).tolist()]),
        cuts=np.concatenate(cuts).astype(np.uint64) if cuts else np.empty(0, dtype=np.uint64),
        paged=(_joined(long) % _PAGE).astype(np.uint16),
    )


def _joined(lists: Sequence[npt.NDArray[np.uint32]]) -> npt.NDArray[np.uint32]:
    return np.concatenate(lists) if lists else np.empty(0, dtype=np.uint32)
