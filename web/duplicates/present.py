"""The pages on who is who: pairs, merges that stand, and what a taking back has left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from flask import url_for

from web.door import Door, Profile
from web.duplicates.forms import Level, PairsQuery
from web.duplicates.side_by_side import PairCard, pair_card
from web.identity import Standing
from web.wording import claim, detail, statement

if TYPE_CHECKING:
    from graph.model import Relationship
    from seeds import UndoResult
    from seeds.identity import Candidate

__all__ = ["Paged", "PairsPage", "kept_lines", "merged_page", "pairs_page", "ties_of"]

S = TypeVar("S")
T = TypeVar("T")

PAGE_SIZE = 10
_MOST_KEPT = 200


@dataclass(frozen=True, slots=True)
class Paged(Generic[T]):
    """One page of a list; ``links`` are (number, address, is this one)."""

    items: tuple[T, ...]
    total: int
    number: int
    links: tuple[tuple[int, str, bool], ...]
    previous: str
    next: str


@dataclass(frozen=True, slots=True)
class PairsPage:
    """One page of pairs; ``counts`` are (level, text, how many, address, is this one)."""

    cards: Paged[PairCard]
    counts: tuple[tuple[str, str, int, str, bool], ...]

    @property
    def certain(self) -> tuple[PairCard, ...]:
        """Return the pairs that can be made one together."""
        return tuple(card for card in self.cards.items if card.is_certain)


def pairs_page(query: PairsQuery, door: Door) -> PairsPage:
    """Return a page of pairs; a page past the end is the last one."""
    found = door.identity.candidates()
    wanted = [each for each in found if query.level in {Level.ALL.value, each.certainty.value}]
    return PairsPage(
        cards=_paged(
            wanted,
            query.page,
            lambda number: url_for("duplicates.index", level=query.level, page=number),
            lambda pair: pair_card(pair, door),
        ),
        counts=_counts(found, query),
    )


def merged_page(page: int, door: Door) -> Paged[Standing]:
    """Return a page of the merges that stand; a page past the end is the last one."""
    return _paged(
        door.identity.merges(),
        page,
        lambda number: url_for("duplicates.merged", page=number),
        lambda each: each,
    )


def _paged(
    found: Sequence[S], page: int, address: Callable[[int], str], shown: Callable[[S], T]
) -> Paged[T]:
    last = max(1, -(-len(found) // PAGE_SIZE))
    page = min(page, last)
    near = range(max(1, page - 3), min(last, page + 3) + 1)
    return Paged(
        items=tuple(map(shown, found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE])),
        total=len(found),
        number=page,
        links=tuple((each, address(each), each == page) for each in near),
        previous=address(page - 1) if page > 1 else "",
        next=address(page + 1) if page < last else "",
    )


def _counts(
    found: Sequence[Candidate], query: PairsQuery
) -> tuple[tuple[str, str, int, str, bool], ...]:
    texts = {"all": "All", "certain": "Certain", "likely": "Likely", "possible": "Possible"}
    return tuple(
        (
            level,
            text,
            sum(level in {"all", each.certainty.value} for each in found),
            url_for("duplicates.index", level=level),
            level == query.level,
        )
        for level, text in texts.items()
    )


def kept_lines(result: UndoResult, door: Door) -> list[tuple[str, str]]:
    """Return what a taking back left as it is, and why; of ties that the viewer may see only."""
    shown = result.kept[:_MOST_KEPT]
    facts = door.facts(kept.id for kept in shown if kept.kind != "organisation")
    lines = []
    for kept in shown:
        if kept.kind == "organisation":
            lines.append((door.name_of(kept.id), kept.reason))
        elif kept.id in facts:
            lines.append((statement(facts[kept.id], door.name_of), kept.reason))
        else:
            lines.append((f"A tie ({kept.kind.replace('_', ' ')})", kept.reason))
    return lines


def ties_of(profile: Profile, door: Door) -> list[tuple[str, str]]:
    """Return the ties of an organisation, to choose those of another body: (id, in words)."""
    found = []
    for ties, is_out in ((profile.outgoing, True), (profile.incoming, False)):
        for of_kind in ties.values():
            found += [(tie.id, _said(tie, door, is_out=is_out)) for tie in of_kind]
    return list(dict.fromkeys(found))


def _said(tie: Relationship, door: Door, *, is_out: bool) -> str:
    if is_out:
        text = claim(tie, door.name_of)
    else:
        more = detail(tie)
        text = f"{tie.reverse} {door.name_of(tie.from_id)}{f' ({more})' if more else ''}"
    return f"{text}, worked out" if tie.provenance.inferred else text
