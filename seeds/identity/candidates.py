"""Which organisations of a network may be one: pairs for a person to judge, never merged here.

First what shares a number in a register, then names that are nearly the same, together with the
postcode, the place or the website. Names are compared by rapidfuzz, and only within blocks: bodies
that share a rare word, a postcode, or the beginning of their name in one postcode district.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from itertools import combinations

from rapidfuzz import fuzz

from graph.snapshot import Snapshot
from seeds.identity.bodies import OPPOSITES, Body, bodies_of
from seeds.identity.registers import Number, are_two_bodies, number_of

__all__ = ["Agreement", "Candidate", "Certainty", "find_candidates"]

Pair = tuple[int, int]

_LARGEST_BLOCK = 60
_RARE_WORDS = 2
_BEGINNING = 4
_SAME_WORD = 0.8
_HARDLY_ANYBODY = 3
_NEAR = frozenset({"postcode", "website", "outcode", "place"})
_ALIKE, _NEARLY, _LOOSELY = 0.92, 0.85, 0.7


class Certainty(StrEnum):
    """How sure it is that two are one.

    CERTAIN: a register gives both the same number, or says itself that they are one. LIKELY: the
    names agree, and so does where they are. POSSIBLE: worth a look.
    """

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True)
class Agreement:
    """One thing that was compared, as each of the two has it."""

    field: str
    first: str
    second: str
    agrees: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two organisations that may be one, the lower id first; ``likeness`` is in [0, 1]."""

    first_id: str
    second_id: str
    certainty: Certainty
    likeness: float
    agreements: tuple[Agreement, ...]


def find_candidates(
    snapshot: Snapshot,
    *,
    known: Iterable[tuple[str, str]] = (),
    distinct: Collection[tuple[str, str]] = frozenset(),
) -> list[Candidate]:
    """Return the pairs that may be one, the surest first.

    ``known`` are pairs of external ids of which somebody who should know says that they are one
    body: registered mergers, say. ``distinct`` are pairs of our ids, the lower first, that are
    two: they are left out, as are pairs to which one register gives different numbers.
    """
    bodies = bodies_of(snapshot)
    found: dict[Pair, tuple[Certainty, float]] = {}
    for pair in _known(bodies, known):
        found[pair] = (Certainty.CERTAIN, 1.0)
    for pair, is_sure in _numbered(bodies):
        found.setdefault(pair, (Certainty.CERTAIN if is_sure else Certainty.LIKELY, 1.0))
    held_by = Counter(word for body in bodies for word in body.words)
    for pair in _near(bodies, held_by):
        if pair not in found:
            judged = _judged(bodies[pair[0]], bodies[pair[1]], held_by)
            if judged is not None:
                found[pair] = judged
    candidates = (
        _candidate(bodies[first], bodies[second], certainty, likeness)
        for (first, second), (certainty, likeness) in found.items()
        if (bodies[first].id, bodies[second].id) not in distinct
    )
    order = list(Certainty)
    return sorted(
        candidates,
        key=lambda each: (
            order.index(each.certainty),
            -each.likeness,
            each.first_id,
            each.second_id,
        ),
    )


def _known(bodies: list[Body], known: Iterable[tuple[str, str]]) -> Iterator[Pair]:
    holders = {_as_read(text): row for row, body in enumerate(bodies) for text in body.external_ids}
    for pair in known:
        rows = sorted({holders[read] for text in pair if (read := _as_read(text)) in holders})
        if len(rows) == 2:
            yield rows[0], rows[1]


def _as_read(external_id: str) -> Number | str:
    return number_of(external_id) or external_id


def _numbered(bodies: list[Body]) -> Iterator[tuple[Pair, bool]]:
    """Yield pairs with one number in one register, and whether it had not to be guessed at."""
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row, body in enumerate(bodies):
        for register, numbers in body.numbers.items():
            for number in numbers:
                holders[register, number].append(row)
    for key, rows in holders.items():
        for first, second in combinations(rows, 2):
            # One number in common weighs nothing where another register knows them as two.
            if not are_two_bodies(bodies[first].numbers, bodies[second].numbers):
                is_sure = all(key not in bodies[row].guessed for row in (first, second))
                yield (first, second), is_sure


def _near(bodies: list[Body], held_by: Mapping[str, int]) -> Iterator[Pair]:
    """Yield the pairs that are worth comparing, each once."""
    blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for row, body in enumerate(bodies):
        for key in _keys(body, held_by):
            blocks[key].append(row)
    # By body rather than by block, so that no list of all the pairs has to be kept.
    blocks_of: list[list[list[int]]] = [[] for _ in bodies]
    for rows in blocks.values():
        if 1 < len(rows) <= _LARGEST_BLOCK:
            for row in rows[:-1]:
                blocks_of[row].append(rows)
    blocks.clear()
    for row, own in enumerate(blocks_of):
        for other in {other for rows in own for other in rows if other > row}:
            yield row, other


def _keys(body: Body, held_by: Mapping[str, int]) -> set[tuple[str, ...]]:
    keys: set[tuple[str, ...]] = set()
    areas = (body.outcode, *body.places) if body.outcode else tuple(body.places)
    for name in body.names:
        words = sorted(name.split())
        keys.add(("name", " ".join(words)))
        rare = sorted(set(words), key=lambda word: (held_by[word], word))
        told_by = {word for word in rare if held_by[word] <= _HARDLY_ANYBODY}
        told_by.update(rare[:_RARE_WORDS])
        keys |= {("word", word) for word in told_by}
        # Blocks of a word that few have are whole: there is no need of them by area.
        common = [word for word in told_by if held_by[word] > _LARGEST_BLOCK]
        is_common = not rare or held_by[rare[0]] > _LARGEST_BLOCK
        for area in areas:
            if is_common:
                keys.add(("name", " ".join(words), area))
            keys.add(("begins", "".join(words)[:_BEGINNING], area))
            keys |= {("word", word, area) for word in common}
    if body.postcode:
        keys.add(("postcode", body.postcode))
    if body.host:
        keys.add(("host", body.host))
    return keys


def _judged(
    first: Body, second: Body, held_by: Mapping[str, int]
) -> tuple[Certainty, float] | None:
    """Return how sure it is that two bodies without a number in common are one."""
    if are_two_bodies(first.numbers, second.numbers):
        return None
    likeness, words = _likeness(first, second)
    nearness = _nearness(first, second)
    if first.is_generic and second.is_generic and nearness not in {"postcode", "website"}:
        # There is one in every place, so only the same place says anything.
        is_close = words is _Words.SAME and likeness >= _ALIKE and nearness in _NEAR
        return (Certainty.POSSIBLE, likeness * 0.8) if is_close else None
    if likeness < _LOOSELY or words is _Words.OTHER:
        is_part = nearness in _NEAR and _is_telling_part(first, second, held_by)
        return (Certainty.POSSIBLE, 0.6) if is_part else None
    if words is _Words.MORE:
        # One has a word more: a branch, a friends' association or just a longer name.
        is_close = likeness >= _NEARLY and nearness in _NEAR
        return (Certainty.POSSIBLE, likeness * 0.8) if is_close else None
    if likeness >= _ALIKE and nearness in _NEAR:
        return Certainty.LIKELY, likeness
    if likeness >= _NEARLY and nearness in {"postcode", "website"}:
        return Certainty.LIKELY, likeness * 0.95
    if likeness >= _ALIKE and nearness == "unknown":
        return Certainty.POSSIBLE, likeness * 0.8
    if likeness >= _NEARLY and nearness in {"outcode", "place"}:
        return Certainty.POSSIBLE, likeness * 0.8
    if likeness == 1 and len(first.words & second.words) > 1:
        # The same name elsewhere: one that moved, or two that happen to share it.
        return Certainty.POSSIBLE, 0.5
    return None


def _is_telling_part(first: Body, second: Body, held_by: Mapping[str, int]) -> bool:
    """Whether a name is part of the other, and has a word that hardly anybody else has."""
    if all(held_by[word] > _HARDLY_ANYBODY for word in first.words & second.words):
        return False
    for one, digits in first.spelt:
        for other, its_digits in second.spelt:
            mine, theirs = set(one.split()), set(other.split())
            is_part = mine < theirs or theirs < mine
            if is_part and digits == its_digits:
                return any(held_by[word] <= _HARDLY_ANYBODY for word in mine & theirs)
    return False


class _Words(Enum):
    """How the words of two names go together: pair off, some are over on one side, or on both."""

    SAME = auto()
    MORE = auto()
    OTHER = auto()


def _likeness(first: Body, second: Body) -> tuple[float, _Words]:
    """Return how alike the likest names are, and how their words go together."""
    found = (0.0, _Words.OTHER)
    for one, digits in first.spelt:
        for other, its_digits in second.spelt:
            # Names that differ in their numbers are different: "1st" and "2nd Scouts".
            if digits == its_digits and (ratio := _ratio(one, other)):
                words = _paired(one.split(), other.split())
                found = max(found, (ratio, words), key=lambda each: (each[0], -each[1].value))
    return found


def _ratio(one: str, other: str) -> float:
    """Return how alike two names are: in any order of words, or with words run together."""
    least = 100 * _LOOSELY
    in_order = fuzz.token_sort_ratio(one, other, score_cutoff=least)
    run_together = fuzz.ratio(one.replace(" ", ""), other.replace(" ", ""), score_cutoff=least)
    return max(in_order, run_together) / 100


def _paired(one: list[str], other: list[str]) -> _Words:
    """Pair the words of two names off; misspellings and words run together are forgiven."""
    mine, theirs = list(one), list(other)
    for word in one:
        if word in theirs:
            mine.remove(word)
            theirs.remove(word)
    if "".join(mine) == "".join(theirs):
        return _Words.SAME
    for word in list(mine):
        near = next((each for each in theirs if _is_misspelt(word, each)), None)
        if near is not None:
            mine.remove(word)
            theirs.remove(near)
    if not mine and not theirs:
        return _Words.SAME
    return _Words.OTHER if mine and theirs else _Words.MORE


def _is_misspelt(word: str, other: str) -> bool:
    return fuzz.ratio(word, other) >= 100 * _SAME_WORD and {word, other} not in OPPOSITES


def _nearness(first: Body, second: Body) -> str:
    """Return what says that two are in the same place; "apart" or "unknown" where nothing does."""
    if first.postcode and first.postcode == second.postcode:
        return "postcode"
    if first.host and first.host == second.host:
        return "website"
    if first.outcode and first.outcode == second.outcode:
        return "outcode"
    if first.places & second.places:
        return "place"
    is_known = first.places and second.places
    return "apart" if is_known else "unknown"


def _candidate(first: Body, second: Body, certainty: Certainty, likeness: float) -> Candidate:
    compared = (
        ("name", first.name, second.name, bool(set(first.names) & set(second.names))),
        (
            "identifier",
            ", ".join(first.external_ids),
            ", ".join(second.external_ids),
            any(
                first.numbers[key] & second.numbers[key]
                for key in first.numbers.keys() & second.numbers.keys()
            ),
        ),
        ("postcode", first.postcode, second.postcode, first.postcode == second.postcode),
        (
            "place",
            ", ".join(first.place_names),
            ", ".join(second.place_names),
            bool(first.places & second.places),
        ),
        ("website", first.host, second.host, first.host == second.host),
        ("closed", first.closed, second.closed, first.closed == second.closed),
    )
    agreements = tuple(Agreement(*each) for each in compared if each[1] or each[2])
    return Candidate(first.id, second.id, certainty, round(likeness, 4), agreements)
