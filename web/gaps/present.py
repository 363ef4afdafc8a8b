"""Gaps as rows of a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from matching import Gap
from web.gaps.forms import GapQuery, Providers
from web.wording import NameOf, gap_sentence

__all__ = ["Row", "chosen", "rows"]

Named = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One gap: the skill, who needs it and who offers it, each as (id, name)."""

    skill_id: str
    skill_name: str
    needed_by: tuple[Named, ...]
    offered_by: tuple[Named, ...]
    sentence: str


def chosen(gaps: Iterable[Gap], query: GapQuery, local_ids: frozenset[str] | None) -> list[Gap]:
    """Return the gaps that a query picks; ``local_ids`` are the organisations of its place."""
    wanted = query.skill.casefold()
    providers = {None: (0, 1), Providers.NONE: (0,), Providers.ONE: (1,)}[query.providers]
    return [
        gap
        for gap in gaps
        if wanted in gap.skill_name.casefold()
        and len(gap.offered_by) in providers
        and (local_ids is None or not local_ids.isdisjoint(gap.needed_by))
    ]


def rows(gaps: Iterable[Gap], name_of: NameOf) -> list[Row]:
    """Return gaps with names in place of ids, in the order given."""
    return [
        Row(
            skill_id=gap.skill_id,
            skill_name=gap.skill_name,
            needed_by=tuple((key, name_of(key)) for key in gap.needed_by),
            offered_by=tuple((key, name_of(key)) for key in gap.offered_by),
            sentence=gap_sentence(gap, name_of),
        )
        for gap in gaps
    ]
