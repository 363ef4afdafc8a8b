"""Gaps as rows of a table and of a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from graph.model import Fact, Need, Offer
from matching import Gap
from matching.gaps.capability import Filler, Fillers, Standing
from web.gap_words import STANDINGS, basis_of, filler_sentence, gap_sentence
from web.gaps.forms import GapQuery, Providers
from web.wording import LEVELS, URGENCIES, NameOf

__all__ = ["FILE_COLUMNS", "MOST_NAMED", "FillerRow", "Row", "chosen", "file_rows", "rows"]

Named = tuple[str, str]
FactsOf = Callable[[Iterable[str]], Mapping[str, Fact]]

MOST_NAMED = 50
"""Organisations that are named in one row; all of them are in the file."""
_STANDINGS = {
    Providers.NONE: Standing.NOBODY,
    Providers.ONE: Standing.ONE,
    Providers.FAR: Standing.OUT_OF_REACH,
}
FILE_COLUMNS = (
    "gap",
    "standing",
    "skill_id",
    "place_id",
    "theme_id",
    "community_id",
    "role",
    "organisation_id",
    "organisation",
    "skill",
    "how",
    "in_reach",
    "fact_id",
)


@dataclass(frozen=True, slots=True)
class FillerRow:
    """One organisation that could fill a gap, as (id, name), and what speaks for it."""

    who: Named
    sentence: str
    is_inside: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One gap; organisations as (id, name). ``fillers`` is None where they aren't shown."""

    gap: Gap
    tag: Named
    sentence: str
    basis: str
    needed_by: tuple[Named, ...]
    unmet_by: tuple[Named, ...]
    offered_by: tuple[Named, ...]
    fillers: tuple[FillerRow, ...] | None


def chosen(gaps: Iterable[Gap], query: GapQuery) -> list[Gap]:
    """Return the gaps that the words and the number of providers in a query pick."""
    wanted = query.skill.casefold()
    standing = _STANDINGS.get(query.providers) if query.providers else None
    return [
        gap for gap in gaps if wanted in gap.name.casefold() and standing in (None, gap.standing)
    ]


def rows(
    gaps: Iterable[Gap], name_of: NameOf, fillers_of: Callable[[Gap], Fillers] | None
) -> list[Row]:
    """Return gaps with names in place of ids, in the order given."""

    def named(ids: Iterable[str]) -> tuple[Named, ...]:
        return tuple((key, name_of(key)) for key in ids)

    return [
        Row(
            gap=gap,
            tag=STANDINGS[gap.standing],
            sentence=gap_sentence(gap, name_of),
            basis=basis_of(gap),
            needed_by=named(gap.needed_by[:MOST_NAMED]),
            unmet_by=named(gap.unmet_by[:MOST_NAMED]),
            offered_by=named(gap.offered_by[:MOST_NAMED]),
            fillers=tuple(_filler_rows(fillers_of(gap), name_of))
            if fillers_of and gap.skill_id
            else None,
        )
        for gap in gaps
    ]


def _filler_rows(fillers: Fillers, name_of: NameOf) -> Iterator[FillerRow]:
    sides: tuple[tuple[bool, tuple[Filler, ...]], ...] = (
        (True, fillers.inside),
        (False, fillers.outside),
    )
    for is_inside, found in sides:
        for filler in found:
            yield FillerRow(
                who=(filler.organisation_id, name_of(filler.organisation_id)),
                sentence=filler_sentence(filler, name_of, is_inside=is_inside),
                is_inside=is_inside,
            )


def file_rows(gaps: Iterable[Gap], facts_of: FactsOf, name_of: NameOf) -> Iterator[tuple[str, ...]]:
    """Yield the needs and offers behind gaps: one line for each fact in each gap.

    ``in_reach`` says of a need whether somebody in reach could meet it, of an offer whether anybody
    in need has it in reach.
    """
    for gap in gaps:
        ids = (gap.skill_id, gap.place_id, gap.theme_id, gap.community_id)
        cell = (gap.name, STANDINGS[gap.standing][0], *(key or "" for key in ids))
        unmet, accessible = frozenset(gap.unmet_facts), frozenset(gap.accessible)
        for fact_id, fact in facts_of(gap.evidence).items():
            if isinstance(fact, Need):
                said = ("needs", URGENCIES[fact.urgency], fact_id not in unmet)
            elif isinstance(fact, Offer):
                said = ("offers", LEVELS[fact.level], fact.from_id in accessible)
            else:
                continue
            role, how, is_near = said
            ends = (fact.from_id, name_of(fact.from_id), name_of(fact.to_id))
            yield (*cell, role, *ends, how, "yes" if is_near else "no", fact_id)
