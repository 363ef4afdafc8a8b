"""``python -m bench.words CHARITIES.csv``: how good the guesses from words are.

The file has a charity a row: ``org_id``, ``activities``, ``objects``, and what others have said of
it: ``ukcat_codes``, parted by semicolons, and ``icnptso_code``. Rules are tuned on one half of the
charities only; the figures to quote are those of the other half.
"""

from __future__ import annotations

import argparse
import csv
import functools
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

from graph.vocabulary import Vocabulary, communities, themes
from graph.vocabulary.vocabulary import Term
from seeds.terms import Inference, infer

__all__ = ["Charity", "Figures", "Half", "Scores", "charities", "figures_of"]

Half = Literal["tuned", "unseen"]

# Sections of ICNP/TSO, and the broad themes of which a charity in one should have at least one.
_SECTIONS: dict[str, frozenset[str]] = {
    "A": frozenset({"theme-AR", "theme-LE", "theme-HR", "theme-AS", "theme-FA"}),
    "B": frozenset({"theme-ED", "theme-CC", "theme-RS"}),
    "C": frozenset({"theme-HE", "theme-SC"}),
    "D": frozenset({"theme-SW", "theme-SC", "theme-CC", "theme-SL", "theme-AS", "theme-HE"}),
    "E": frozenset({"theme-EN", "theme-AN"}),
    "F": frozenset({"theme-EC", "theme-HO", "theme-FA", "theme-AS"}),
    "G": frozenset({"theme-SO", "theme-CJ", "theme-CA", "theme-AS"}),
    "H": frozenset({"theme-CA", "theme-CV", "theme-SW"}),
    "I": frozenset({"theme-RL"}),
    "J": frozenset({"theme-PR", "theme-AF", "theme-AS"}),
}


@dataclass(frozen=True, slots=True)
class Charity:
    """A charity's own words, and the codes that others have given it."""

    org_id: str
    text: str
    codes: tuple[str, ...]
    section: str

    @property
    def half(self) -> Half:
        """Which half it is in: by a hash of its id, so that it never changes."""
        return "tuned" if sha256(self.org_id.encode()).digest()[0] % 2 else "unseen"


def charities(path: Path) -> list[Charity]:
    """Read the charities of a file that have words and codes."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [
            Charity(
                row["org_id"],
                # As imports do: objects are lawyers' words, read where there are no others.
                row["activities"] or row["objects"],
                tuple(filter(None, row["ukcat_codes"].split(";"))),
                row["icnptso_code"][:1],
            )
            for row in csv.DictReader(file)
            if row["ukcat_codes"] and (row["activities"] or row["objects"])
        ]


@dataclass(frozen=True, slots=True)
class Scores:
    """Counts by term: guessed and right, guessed but wrong, missed."""

    right: Counter[str]
    wrong: Counter[str]
    missed: Counter[str]

    @property
    def micro(self) -> tuple[float, float, float]:
        """Precision, recall and F1, every guess counting the same."""
        return _rates(self.right.total(), self.wrong.total(), self.missed.total())

    @property
    def macro(self) -> tuple[float, float, float]:
        """Means over the terms that some charity has, every term counting the same."""
        terms = [term for term in {*self.right, *self.missed}]
        each = [_rates(self.right[term], self.wrong[term], self.missed[term]) for term in terms]
        return (
            sum(rates[0] for rates in each) / len(each),
            sum(rates[1] for rates in each) / len(each),
            sum(rates[2] for rates in each) / len(each),
        )


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured on one half."""

    texts: int
    themes: Scores
    communities: Scores
    section_agrees: float
    """Share of charities with a guess of a theme whose section allows one of them."""
    with_theme: float
    with_community: float
    with_skill: float
    seconds_per_text: float


def figures_of(many: Iterable[Charity]) -> Figures:
    """Guess from the words of charities, and compare that with their codes."""
    many = list(many)
    started = time.process_time()
    guesses = [infer(charity.text) for charity in many]
    seconds = time.process_time() - started
    read = list(zip(many, guesses, strict=True))
    sections = [
        bool(_SECTIONS[charity.section] & set(map(_broadest, _ids(made, "theme"))))
        for charity, made in read
        if charity.section in _SECTIONS and _ids(made, "theme")
    ]

    def share(kind: str) -> float:
        return sum(any(guess.kind == kind for guess in made) for made in guesses) / len(many)

    return Figures(
        texts=len(many),
        themes=_scored(themes(), "theme", read),
        communities=_scored(communities(), "community", read),
        section_agrees=sum(sections) / max(1, len(sections)),
        with_theme=share("theme"),
        with_community=share("community"),
        with_skill=share("skill"),
        seconds_per_text=seconds / max(1, len(many)),
    )


def _ids(made: Iterable[Inference], kind: str) -> set[str]:
    return {guess.term_id for guess in made if guess.kind == kind}


def _broadest(theme_id: str) -> str:
    above = themes().ancestors(theme_id)
    return above[-1].id if above else theme_id


def _scored(
    words: Vocabulary[Term],
    kind: str,
    read: Iterable[tuple[Charity, tuple[Inference, ...]]],
) -> Scores:
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    known = _coded(kind)
    for charity, made in read:
        true = _upwards(words, filter(None, (_nearest(words, code) for code in charity.codes)))
        # Only UKCAT's terms: of what it has no code for, it can't say right or wrong.
        guessed = _upwards(words, _ids(made, kind)) & known
        true &= known
        right.update(guessed & true)
        wrong.update(guessed - true)
        missed.update(true - guessed)
    return Scores(right, wrong, missed)


@functools.cache
def _coded(kind: str) -> frozenset[str]:
    words = themes() if kind == "theme" else communities()
    return frozenset(
        term.id
        for term in words
        if kind == "theme" or any(name[:2] == "BE" and name[2:].isdigit() for name in term.synonyms)
    )


def _upwards(words: Vocabulary[Term], ids: Iterable[str]) -> set[str]:
    """Return ids with those of all broader terms: who has Choirs has Music."""
    return {
        each for term_id in ids for each in (term_id, *(up.id for up in words.ancestors(term_id)))
    }


@functools.cache
def _nearest_id(kind_of_words: str, code: str) -> str:
    """Return the term that is the code, or stands for the group above it, or ''."""
    words = themes() if kind_of_words == "theme" else communities()
    group = f"{code[:3]}00"  # AR303 is in AR300
    for each in (code, group, code[:2]):
        for spelled in (f"theme-{each}", each):
            if spelled in words:
                return spelled
            found = words.find(spelled)
            if found:
                return found.id
    return ""


def _nearest(words: Vocabulary[Term], code: str) -> str:
    if (words is communities()) != code.startswith("BE"):
        return ""
    return _nearest_id("community" if code.startswith("BE") else "theme", code)


def _rates(right: int, wrong: int, missed: int) -> tuple[float, float, float]:
    precision = right / max(1, right + wrong)
    recall = right / max(1, right + missed)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def _lines(figures: Figures) -> Iterator[str]:
    yield f"{figures.texts:,} texts, {figures.seconds_per_text * 1e6:.0f} microseconds each"
    for name, scores in (("themes", figures.themes), ("communities", figures.communities)):
        for kind, rates in (("micro", scores.micro), ("macro", scores.macro)):
            yield (
                f"{name:12} {kind}: precision {rates[0]:.2f}, recall {rates[1]:.2f}, "
                f"F1 {rates[2]:.2f}"
            )
    yield f"theme in the charity's section of ICNP/TSO: {figures.section_agrees:.0%}"
    yield (
        f"at least one theme {figures.with_theme:.0%}, community {figures.with_community:.0%}, "
        f"skill {figures.with_skill:.0%}"
    )


def _worst(scores: Scores, most: int) -> Iterator[str]:
    terms = {*scores.right, *scores.wrong, *scores.missed}
    ranked = sorted(terms, key=lambda term: -(scores.wrong[term] + scores.missed[term]))
    for term in ranked[:most]:
        yield (
            f"  {term:20} right {scores.right[term]:5} wrong {scores.wrong[term]:5} "
            f"missed {scores.missed[term]:5}"
        )


def main() -> int:
    """Print the figures of both halves; with ``--worst N`` also where most is lost."""
    parser = argparse.ArgumentParser(prog="python -m bench.words", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--worst", type=int, default=0, help="terms to list, of the tuned half")
    given = parser.parse_args()
    many = charities(given.file)
    infer("")  # builds the index, which takes a moment
    halves: tuple[Half, Half] = ("tuned", "unseen")
    for half in halves:
        figures = figures_of(charity for charity in many if charity.half == half)
        print(f"Half {half}:", *_lines(figures), sep="\n")
        if half == "tuned" and given.worst:
            print(*_worst(figures.themes, given.worst), sep="\n")
            print(*_worst(figures.communities, given.worst), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
