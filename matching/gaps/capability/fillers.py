"""Who could fill a gap: in the network, and nearest outside it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.gaps.capability.gap import Filler, Fillers, Fit, Gap
from matching.gaps.capability.reach import near_places, working_places
from matching.gaps.capability.sides import Supply, inside, supply_of
from matching.hierarchy import narrower, parents_of
from matching.network import Floats, Ints, Network
from matching.scoring import explain, score

__all__ = ["find_fillers"]

Bools = npt.NDArray[np.bool_]
_ELSEWHERE = 2
_MOST_SEEKERS = 12
"""Those in need for whom candidates are scored: the most urgent."""
_MOST_CANDIDATES = 60
"""Candidates that are scored for them: the best by what they offer and how near they are."""


@dataclass(frozen=True, slots=True, eq=False)
class _Candidates:
    rows: Ints
    fit: Ints
    steps_away: Ints

    def only(self, kept: npt.NDArray[np.bool_] | Ints) -> _Candidates:
        return _Candidates(self.rows[kept], self.fit[kept], self.steps_away[kept])


def find_fillers(network: Network, gap: Gap, *, limit: int = 3) -> Fillers:
    """Return up to ``limit`` organisations inside the network and as many outside it.

    For a cell of one skill; there are none for others. Asked for are those who have no provider in
    reach, or all in need where everybody has. Inside, those that offer the skill and are out of
    their reach come first, then those that offer the next broader skill, then another skill of the
    same field; each in order of the match score with whom they suit best, then of id. Outside (who
    has told no offer or need and has no partner) the order is the same, and those that work on a
    theme of those in need, near them, come last; of equal fit the nearest come first.

    Nobody is proposed who may be brought together with none of those in need.
    """
    if gap.skill_id is None:
        return Fillers((), ())
    search = _Search(network, gap)
    return Fillers(search.inside(limit), search.outside(limit))


class _Search:
    """For those of one gap who have nobody in reach, or else for all in need."""

    def __init__(self, network: Network, gap: Gap) -> None:
        self._network = network
        assert gap.skill_id is not None
        row = network.snapshot.row_of("skill", gap.skill_id)
        assert row is not None
        self._skill = row
        self._skills = _skills_by_fit(network, gap.skill_id)
        self._seekers = network.numbers_of(gap.unmet_by or gap.needed_by)
        self._accessible = network.numbers_of(() if gap.unmet_by else gap.accessible)
        self._in_network = inside(network)

    def inside(self, limit: int) -> tuple[Filler, ...]:
        supply = supply_of(self._network)
        found = self._by_skill(supply)
        # Whom they can reach anyway needs no introduction.
        found = found.only(~np.isin(found.rows, self._accessible))
        return self._best(found, supply, limit, nearest_first=False)

    def outside(self, limit: int) -> tuple[Filler, ...]:
        supply = supply_of(self._network, from_outside=True)
        found = self._by_skill(supply)
        if len(found.rows) < limit:
            found = self._with_alike(found)
        return self._best(found, supply, limit, nearest_first=True)

    def _by_skill(self, supply: Supply) -> _Candidates:
        found, fits = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
        skills, holders, _ = supply.own
        for fit, wanted in self._skills.items():
            fresh = np.setdiff1d(holders[np.isin(skills, wanted)], np.concatenate(found))
            found.append(fresh)
            fits.append(np.full(len(fresh), fit))
        rows = np.concatenate(found)
        return _Candidates(rows, np.concatenate(fits), self._steps_away(rows))

    def _with_alike(self, found: _Candidates) -> _Candidates:
        """Return candidates and those outside who share a theme and are near."""
        themes = self._network.themes
        wanted = np.zeros(themes.shape[1])
        wanted[themes[self._seekers].indices] = 1
        alike = np.flatnonzero(((themes @ wanted) > 0) & self._network.is_open & ~self._in_network)
        alike = np.setdiff1d(alike, found.rows)
        away = self._steps_away(alike)
        alike, away = alike[away < _ELSEWHERE], away[away < _ELSEWHERE]
        return _Candidates(
            np.concatenate((found.rows, alike)),
            np.concatenate((found.fit, np.full(len(alike), Fit.LIKE))),
            np.concatenate((found.steps_away, away)),
        )

    def _steps_away(self, rows: Ints) -> Ints:
        """Return 0 for who works in a place of those in need, 1 near one, 2 elsewhere."""
        places = working_places(self._network)
        theirs = np.zeros(places.shape[1])
        theirs[places[self._seekers].indices] = 1
        around = near_places(self._network) @ theirs
        away = np.full(len(rows), _ELSEWHERE)
        away[(places[rows] @ around) > 0] = 1
        away[(places[rows] @ theirs) > 0] = 0
        return away

    def _best(
        self, found: _Candidates, supply: Supply, limit: int, *, nearest_first: bool
    ) -> tuple[Filler, ...]:
        helped = self._could_help(found.rows)
        kept = np.flatnonzero(helped > 0)
        found, helped = found.only(kept), helped[kept]
        order = np.lexsort((found.rows, -helped, found.steps_away, found.fit))[:_MOST_CANDIDATES]
        found, helped = found.only(order), helped[order]
        best_for, scores = self._scored(found.rows)
        able = np.flatnonzero(best_for >= 0)
        found, helped, best_for, scores = (
            found.only(able),
            helped[able],
            best_for[able],
            scores[able],
        )
        away = found.steps_away if nearest_first else np.zeros_like(found.steps_away)
        order = np.lexsort((found.rows, -scores, away, found.fit))[:limit]
        return tuple(
            self._filler(
                supply,
                found.only(np.array([at])),
                int(best_for[at]),
                float(scores[at]),
                int(helped[at]),
            )
            for at in order.tolist()
        )

    def _filler(
        self, supply: Supply, one: _Candidates, best_for: int, score: float, helped: int
    ) -> Filler:
        row, fit = int(one.rows[0]), Fit(int(one.fit[0]))
        skills, facts = self._offers(supply, row, fit)
        ids = self._network.organisation_ids
        return Filler(
            organisation_id=ids[row],
            fit=fit,
            skills=skills,
            steps_away=int(one.steps_away[0]),
            best_for=ids[best_for],
            could_help=helped,
            score=score,
            reasons=explain(self._network, best_for, row),
            facts=facts,
        )

    def _could_help(self, rows: Ints) -> Ints:
        """Return how many of those in need each may be brought together with, itself left out."""
        is_seeker = np.zeros(len(self._network))
        is_seeker[self._seekers] = 1
        barred = self._network.barred[rows] @ is_seeker
        return np.asarray(len(self._seekers) - barred - is_seeker[rows]).astype(np.int64)

    def _scored(self, rows: Ints) -> tuple[Ints, Floats]:
        """Return whom of those in need each suits best, -1 for nobody, and the score."""
        best_for, best = np.full(len(rows), -1), np.full(len(rows), -np.inf)
        if not len(rows):
            return best_for, best
        pool = np.sort(rows)
        at = np.searchsorted(pool, rows)
        for seeker in self._asked(rows).tolist():
            barred = self._network.barred[[seeker]].indices
            able = (rows != seeker) & ~np.isin(rows, barred)
            scores = score(self._network, seeker, pool).total[at]
            better = able & (scores > best)
            best_for[better], best[better] = seeker, scores[better]
        return best_for, best

    def _asked(self, rows: Ints) -> Ints:
        """Return the most urgent of those in need, and those whom no other could be asked for."""
        needs = self._network.needs
        weight = needs[self._seekers].tocsc()[:, [self._skill]].toarray().ravel()
        order = self._seekers[np.lexsort((self._seekers, -weight.round(9)))]
        asked = order[:_MOST_SEEKERS]
        barred = sparse.csr_array(self._network.barred[rows])
        for at, row in enumerate(rows.tolist()):
            ruled_out = barred.indices[barred.indptr[at] : barred.indptr[at + 1]]
            if np.isin(asked, ruled_out).sum() + (asked == row).sum() == len(asked):
                free = order[(order != row) & ~np.isin(order, ruled_out)]
                asked = np.append(asked, free[:1])
        return asked

    def _offers(
        self, supply: Supply, row: int, fit: Fit
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return what one offers that fits, as ids of skills, and the ids of these offers."""
        skills, holders, rows = supply.own
        mine = np.flatnonzero(holders == row)
        mine = mine[np.isin(skills[mine], self._skills.get(fit, ()))]
        ids, table = self._network.thing_ids("skill"), self._network.snapshot.tables["offers"]
        return (
            tuple(ids[skill] for skill in skills[mine].tolist()),
            tuple(table.id_at(at) for at in rows[mine].tolist() if at >= 0),
        )


def _skills_by_fit(network: Network, skill_id: str) -> dict[Fit, list[int]]:
    """Return the skills that fit a needed one, by how well: each exactly as offered."""
    numbers = {key: number for number, key in enumerate(network.thing_ids("skill"))}
    broader = parents_of(network, "skill").get(skill_id, "")
    same = narrower(network, "skill", (skill_id,))
    field = narrower(network, "skill", (broader,)) if broader in numbers else frozenset[str]()
    chosen = {
        Fit.OFFERS: same,
        Fit.BROADER: field & {broader},
        Fit.SAME_FIELD: field - same - {broader},
    }
    return {fit: sorted(numbers[key] for key in found) for fit, found in chosen.items()}
