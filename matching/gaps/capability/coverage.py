"""Who works on what where: themes by places, with the cells in which nobody works."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from matching.gaps.capability.entries import entries_of
from matching.gaps.capability.reach import near_places
from matching.network import Ints, Network

__all__ = ["Cover", "Coverage", "coverage_table"]

_NOBODY: Ints = np.empty(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Cover:
    """One theme in one place; None for any theme, or any place.

    ``organisation_ids`` work on the theme in the place, as ``projects`` projects do; ``near`` other
    organisations work on it in a place near by. ``present`` organisations work in the place on
    anything, of whom ``in_need`` need something.
    """

    theme_id: str | None
    place_id: str | None
    organisation_ids: tuple[str, ...]
    projects: int
    near: int
    present: int
    in_need: int

    @property
    def organisations(self) -> int:
        """Return how many organisations work on the theme in the place."""
        return len(self.organisation_ids)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Themes by places.

    ``cells`` are those in which anybody works, by theme and place. ``blank`` ones, in which nobody
    does, are of themes and places that somebody works on and in; those with most in need come
    first, then those with most present. ``by_theme`` and ``by_place`` count everybody once a row,
    also whose place or theme isn't known. Of ``organisations`` open ones, ``placeless`` have no
    known place and ``themeless`` no known theme, neither of their own nor by a project.
    ``blank_count`` says how many blank cells there are.
    """

    cells: tuple[Cover, ...]
    blank: tuple[Cover, ...]
    blank_count: int
    by_theme: tuple[Cover, ...]
    by_place: tuple[Cover, ...]
    organisations: int
    themeless: int
    placeless: int


def coverage_table(network: Network, *, blanks: int | None = 100) -> Coverage:
    """Return who works on which theme in which place.

    An organisation works on a theme in a place if it works on the one and in the other, or takes
    part (other than as a funder) in a project that does both. Closed ones don't count. The first
    ``blanks`` blank cells are given, or all.
    """
    return _Counting(network).table(blanks)


class _Counting:
    """Organisations (and projects) × themes, places, and cells: theme · places + place."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._width = max(len(network.thing_ids("place")), 1)
        own = [_of_open(network, matrix) for matrix in (network.themes, network.places)]
        parts = _of_open(network, network.projects)
        self._projects = [
            _of_projects(network, tie, kind)
            for tie, kind in (("works_on", "theme"), ("works_in", "place"))
        ]
        self._projects.append(_joint(*self._projects))
        self._themes, self._places, self._cells = (
            _ones(mine + parts @ theirs)
            for mine, theirs in zip((*own, _joint(*own)), self._projects, strict=True)
        )
        self._by_cell = sparse.csc_array(self._cells)
        self._is_needing = (np.diff(network.needs.indptr) > 0) & network.is_open
        self._present = _sizes(self._places)
        self._in_need = _sizes(self._places[np.flatnonzero(self._is_needing)])

    def table(self, blanks: int | None) -> Coverage:
        is_open = self._network.is_open
        blank = self._blank()
        return Coverage(
            cells=tuple(
                self._cover(key // self._width, key % self._width, who, projects)
                for key, who, projects in _filled(self._cells, self._projects[2])
            ),
            blank=tuple(
                self._cover(key // self._width, key % self._width, _NOBODY, 0)
                for key in blank[:blanks].tolist()
            ),
            blank_count=len(blank),
            by_theme=tuple(
                self._cover(theme, None, who, projects)
                for theme, who, projects in _filled(self._themes, self._projects[0])
            ),
            by_place=tuple(
                self._cover(None, place, who, projects)
                for place, who, projects in _filled(self._places, self._projects[1])
            ),
            organisations=int(is_open.sum()),
            themeless=int((is_open & (np.diff(self._themes.indptr) == 0)).sum()),
            placeless=int((is_open & (np.diff(self._places.indptr) == 0)).sum()),
        )

    def _cover(self, theme: int | None, place: int | None, who: Ints, projects: int) -> Cover:
        network = self._network
        everywhere = place is None
        return Cover(
            theme_id=None if theme is None else network.thing_ids("theme")[theme],
            place_id=None if place is None else network.thing_ids("place")[place],
            organisation_ids=tuple(network.organisation_ids[row] for row in who.tolist()),
            projects=projects,
            near=0 if theme is None or place is None else self._near(theme, place, who),
            present=int(network.is_open.sum()) if everywhere else int(self._present[place]),
            in_need=int(self._is_needing.sum()) if everywhere else int(self._in_need[place]),
        )

    def _near(self, theme: int, place: int, who: Ints) -> int:
        """Return how many others work on a theme in a place near by."""
        near, cells = near_places(self._network), self._by_cell
        around = near.indices[near.indptr[place] : near.indptr[place + 1]]
        found = [
            cells.indices[cells.indptr[key] : cells.indptr[key + 1]]
            for key in (theme * self._width + around.astype(np.int64)).tolist()
        ]
        return len(np.setdiff1d(np.concatenate([_NOBODY, *found]), who))

    def _blank(self) -> Ints:
        """Return the cells in which nobody works, those of places with most in need first."""
        used = [np.flatnonzero(_sizes(side)) for side in (self._themes, self._places)]
        cells = (used[0][:, None] * self._width + used[1][None, :]).ravel()
        filled = np.flatnonzero(_sizes(self._cells) + _sizes(self._projects[2]))
        cells = np.setdiff1d(cells, filled)
        place = cells % self._width
        return cells[np.lexsort((cells, -self._present[place], -self._in_need[place]))]


def _of_open(network: Network, matrix: sparse.csr_array) -> sparse.csr_array:
    is_open = sparse.diags_array(network.is_open.astype(np.float64))
    return _ones(sparse.csr_array(is_open @ matrix))


def _of_projects(network: Network, tie: str, kind: str) -> sparse.csr_array:
    """Return projects × things of a kind that they work on or in: ones."""
    snapshot = network.snapshot
    table = snapshot.tables[tie]
    rows = table["from_id"].astype(np.int64) - snapshot.offsets["project"]
    columns = table["to_id"].astype(np.int64) - snapshot.offsets[kind]
    shape = (len(snapshot.tables["project"]), len(snapshot.tables[kind]))
    mine = (rows >= 0) & (rows < shape[0])
    ends = (rows[mine], columns[mine])
    return _ones(sparse.csr_array(sparse.coo_array((np.ones(len(ends[0])), ends), shape=shape)))


def _joint(themes: sparse.csr_array, places: sparse.csr_array) -> sparse.csr_array:
    """Return rows × cells of the themes and places of each row: ones."""
    width = max(places.shape[1], 1)
    at, theme = entries_of(themes, np.arange(themes.shape[0]))
    more, place = entries_of(places, at)
    ends = (at[more], theme[more] * width + place)
    shape = (themes.shape[0], themes.shape[1] * width)
    return _ones(sparse.csr_array(sparse.coo_array((np.ones(len(more)), ends), shape=shape)))


def _ones(matrix: sparse.csr_array) -> sparse.csr_array:
    made = sparse.csr_array(matrix)
    made.eliminate_zeros()
    made.data = np.ones(made.nnz)
    return made


def _sizes(matrix: sparse.csr_array) -> Ints:
    """Return how many rows each column has."""
    return np.bincount(matrix.indices, minlength=matrix.shape[1]).astype(np.int64)


def _filled(who: sparse.csr_array, projects: sparse.csr_array) -> Iterator[tuple[int, Ints, int]]:
    """Yield each column in which anybody or any project works, with these."""
    by_column, doing = sparse.csc_array(who), _sizes(projects)
    for column in np.flatnonzero(_sizes(who) + doing).tolist():
        start, end = by_column.indptr[column : column + 2]
        yield column, np.sort(by_column.indices[start:end]).astype(np.int64), int(doing[column])
