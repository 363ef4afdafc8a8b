"""A generated world in arrays: as many organisations as asked for, the same for the same seed.

500 skills (Zipf 1), about 4.6 offers and 2.5 needs an organisation, none needing what it offers;
3 of 30 themes, mixed differently in each of 400 places (Zipf 0.7); ties 55 % within the place,
20 % within a theme, 15 % between partners of a partner, 10 % anywhere, by lognormal activity; and
eight words of description, because words are matched too.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["PLACES", "SKILLS", "THEMES", "WORDS", "Pairs", "Weights", "World", "generate"]

Ints = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float64]

SKILLS, THEMES, PLACES, WORDS = 500, 30, 400, 5_000
_OFFERS, _NEEDS, _THEMES, _WORDS = 4.6, 2.5, 3, 8
_SHARES = {"place": 0.55, "theme": 0.20, "closure": 0.15, "anywhere": 0.10}
# Ties drawn twice fall together, so somewhat more are drawn than are wanted.
_SURPLUS = 1.15
_MOST_ROUNDS = 8


@dataclass(frozen=True, slots=True)
class Pairs:
    """Ties as two arrays of equal length: where each starts and where it ends."""

    starts: Ints
    ends: Ints

    def __len__(self) -> int:
        return len(self.starts)


@dataclass(frozen=True, slots=True)
class World:
    """Organisations are 0 … size-1; skills, themes and places are numbered likewise."""

    size: int
    place: Ints
    income: Weights
    words: npt.NDArray[np.int64]
    """size × 8: numbers of words."""
    coordinates: Weights
    """places × 2: latitude and longitude."""
    offers: Pairs
    needs: Pairs
    themes: Pairs
    collaborations: Pairs

    @property
    def works_in(self) -> Pairs:
        """Return who works where: each organisation in its one place."""
        return Pairs(np.arange(self.size), self.place)

    @property
    def tie_count(self) -> int:
        """Return the number of ties in all; each organisation works in one place."""
        pairs = (self.offers, self.needs, self.themes, self.collaborations)
        return self.size + sum(map(len, pairs))

    @property
    def record_count(self) -> int:
        """Return the number of records in all."""
        return self.tie_count + self.size + SKILLS + THEMES + PLACES


def generate(
    size: int, *, partners: float = 10, seed: int = 2026, one_place: bool = False
) -> World:
    """Generate a world; ``partners`` is the mean number of partners an organisation has.

    ``one_place`` puts everybody into the same place: the worst case for whoever looks nearby first.
    """
    rng = np.random.default_rng(seed)
    place = rng.choice(PLACES, size, p=_zipf(PLACES, 0.7))
    place = np.zeros_like(place) if one_place else place
    theme = _themes_of(rng, place)
    offers, needs = _skills_of(rng, size)
    return World(
        size=size,
        place=place,
        income=np.asarray(np.minimum(rng.lognormal(11, 1.4, size), 1e9).round(2), dtype=np.float64),
        words=rng.choice(WORDS, (size, _WORDS), p=_zipf(WORDS, 1)),
        coordinates=np.column_stack((rng.uniform(50, 57, PLACES), rng.uniform(-5, 1.5, PLACES))),
        offers=offers,
        needs=needs,
        themes=Pairs(np.repeat(np.arange(size), _THEMES), theme.ravel()),
        collaborations=_collaborations(rng, place, theme, round(size * partners / 2)),
    )


def _zipf(count: int, exponent: float) -> Weights:
    weights = 1 / np.arange(1, count + 1) ** exponent
    return np.asarray(weights / weights.sum())


def _themes_of(rng: np.random.Generator, place: Ints) -> Ints:
    """Return size × 3 different themes, drawn from the mix of each organisation's place."""
    mix = rng.dirichlet(np.full(THEMES, 0.5), PLACES)
    # Gumbel's trick: the largest of log-weights plus noise are a draw without replacement.
    noisy = np.log(mix + 1e-12)[place] + rng.gumbel(size=(len(place), THEMES))
    return np.sort(np.argpartition(-noisy, _THEMES, axis=1)[:, :_THEMES], axis=1)


def _skills_of(rng: np.random.Generator, size: int) -> tuple[Pairs, Pairs]:
    offered = _drawn_skills(rng, size, _OFFERS, np.empty(0, dtype=np.int64))
    needed = _drawn_skills(rng, size, _NEEDS, offered)
    return _unpacked(offered, SKILLS), _unpacked(needed, SKILLS)


def _drawn_skills(rng: np.random.Generator, size: int, mean: float, taken: Ints) -> Ints:
    """Return packed pairs (organisation, skill), ``mean`` an organisation, none in ``taken``."""
    wanted = round(size * mean)
    count = round(wanted * 1.6)
    packed = rng.integers(0, size, count) * SKILLS + rng.choice(SKILLS, count, p=_zipf(SKILLS, 1))
    fresh = np.setdiff1d(packed, taken)
    return np.sort(rng.permutation(fresh)[:wanted])


def _unpacked(packed: Ints, base: int) -> Pairs:
    return Pairs(packed // base, packed % base)


def _collaborations(rng: np.random.Generator, place: Ints, theme: Ints, wanted: int) -> Pairs:
    size = len(place)
    if size < 2 or wanted < 1:
        return Pairs(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64))
    activity = rng.lognormal(0, 1, size)
    packed = np.empty(0, dtype=np.int64)
    for _ in range(_MOST_ROUNDS):
        packed = np.union1d(packed, _drawn_ties(rng, place, theme, activity, wanted))
        if len(packed) >= wanted:
            break
    return _unpacked(np.sort(rng.permutation(packed)[:wanted]), size)


def _drawn_ties(
    rng: np.random.Generator, place: Ints, theme: Ints, activity: Weights, wanted: int
) -> Ints:
    """Return packed pairs, the lower number first: about ``wanted``, those drawn twice once."""
    size = len(place)
    share = {name: round(wanted * _SURPLUS * part) for name, part in _SHARES.items()}
    drawn = [
        _within(rng, place, activity, share["place"]),
        _within(
            rng, theme[np.arange(size), rng.integers(0, _THEMES, size)], activity, share["theme"]
        ),
        _within(rng, np.zeros(size, dtype=np.int64), activity, share["anywhere"]),
    ]
    starts, ends = (np.concatenate(side) for side in zip(*drawn, strict=True))
    closing = _closed(rng, starts, ends, share["closure"])
    starts, ends = np.concatenate((starts, closing[0])), np.concatenate((ends, closing[1]))
    low, high = np.minimum(starts, ends), np.maximum(starts, ends)
    return np.unique((low * size + high)[low != high])


def _within(
    rng: np.random.Generator, group: Ints, activity: Weights, count: int
) -> tuple[Ints, Ints]:
    """Draw pairs whose two ends are in one group, both by activity."""
    order = np.argsort(group, kind="stable")
    reached = np.concatenate(([0.0], np.cumsum(activity[order])))
    bounds = np.searchsorted(group[order], np.arange(group.max() + 2))
    first = order[_drawn(rng, reached, np.zeros(count), np.full(count, reached[-1]))]
    low, high = reached[bounds[group[first]]], reached[bounds[group[first] + 1]]
    return first, order[_drawn(rng, reached, low, high)]


def _drawn(rng: np.random.Generator, reached: Weights, low: Weights, high: Weights) -> Ints:
    found = np.searchsorted(reached, rng.uniform(low, high), side="right") - 1
    return np.clip(found, 0, len(reached) - 2)


def _closed(rng: np.random.Generator, starts: Ints, ends: Ints, count: int) -> tuple[Ints, Ints]:
    """Draw pairs that share a partner: the far end of a tie and of another at its near end."""
    near, far = np.concatenate((starts, ends)), np.concatenate((ends, starts))
    order = np.argsort(near, kind="stable")
    near, far = near[order], far[order]
    picked = rng.integers(0, len(near), count)
    low = np.searchsorted(near, near[picked], "left")
    high = np.searchsorted(near, near[picked], "right")
    return far[picked], far[rng.integers(low, high)]
