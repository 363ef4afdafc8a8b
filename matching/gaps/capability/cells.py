"""Needs, offers and organisations spread over cells: skill × place × theme × community."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.gaps.capability.entries import entries_of
from matching.gaps.capability.scope import Dimension, Scope, held, wanted_skills
from matching.network import Ints, Network

__all__ = ["Cells", "Spread"]

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """Rows of a list in the cells that they belong to: row ``at[p]`` stands in cell ``key[p]``."""

    at: Ints
    key: Ints


class Cells:
    """How organisations, alone or with a skill, fall into cells.

    A cell's key is one number; :meth:`columns` takes it apart. Without its skill it is the key of
    the organisations that could be in need there.
    """

    def __init__(self, network: Network, by: tuple[Dimension, ...], scope: Scope) -> None:
        self.by = by
        self._sides = {name: held(network, name, scope) for name in by if name != "skill"}
        self._sizes = [self._sides[name].shape[1] for name in by if name != "skill"]
        self._skills = len(network.thing_ids("skill"))
        self._is_wanted = wanted_skills(network, scope)
        self._in_scope = network.is_open.copy()
        for name in ("place", "theme", "community"):
            if scope.wanted(name):
                self._in_scope &= np.diff(held(network, name, scope).indptr) > 0

    @property
    def in_scope(self) -> Bools:
        """Return bool[n]: open organisations within the scope."""
        return self._in_scope

    def counts(self, organisations: Ints, skills: Ints) -> Bools:
        """Say which pairs of organisation and skill are within the scope."""
        return np.asarray(self._in_scope[organisations] & self._is_wanted[skills])

    def of_pairs(self, organisations: Ints, skills: Ints) -> Spread:
        """Return the cells of pairs, which have to be within the scope."""
        spread = self.of_organisations(organisations)
        if "skill" not in self.by:
            return spread
        return Spread(spread.at, spread.key * max(self._skills, 1) + skills[spread.at])

    def of_organisations(self, organisations: Ints) -> Spread:
        """Return the cells of organisations, leaving the skill aside."""
        at = np.arange(len(organisations))
        key = np.zeros(len(organisations), dtype=np.int64)
        for matrix in self._sides.values():
            more, columns = entries_of(matrix, organisations[at])
            at, key = at[more], key[more] * max(matrix.shape[1], 1) + columns
        return Spread(at, key)

    def without_skill(self, keys: Ints) -> Ints:
        """Return the keys of the organisations that could be in need in cells."""
        return keys // max(self._skills, 1) if "skill" in self.by else keys

    def columns(self, keys: Ints) -> dict[Dimension, Ints]:
        """Return the number of each cell's thing, by dimension."""
        found: dict[Dimension, Ints] = {}
        rest = keys
        if "skill" in self.by:
            found["skill"], rest = rest % max(self._skills, 1), rest // max(self._skills, 1)
        for name, size in reversed(list(zip(self._sides, self._sizes, strict=True))):
            found[name], rest = rest % max(size, 1), rest // max(size, 1)
        return found
