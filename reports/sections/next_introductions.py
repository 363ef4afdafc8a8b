"""Whom to introduce next for the sake of the whole, and what each introduction would change."""

from __future__ import annotations

from matching import Network, suggest_all
from matching.gaps.rehearsal import TieEffect, tie_effects
from matching.introductions import best_introductions
from matching.lists import MatchLists
from reports.part import Part, count, listed
from reports.report import Cell, Column, ColumnKind, Definition, Section, Settings, Table

__all__ = ["next_introductions"]

_COUNT, _TOP = 10, 10
_MOST_ORGANISATIONS = 20_000
"""In a larger network the match lists take minutes; `gofar introduce` has the time."""
_DEFINITIONS = (
    Definition(
        "next-introductions",
        "Best next introductions",
        "Pairs that suit each other and would bring the network closer together: organisations "
        "without a partner come first, then those whose tie shortens most ways. What each would "
        "change is worked out for that tie alone, and is what really changes if it comes about.",
        formula="fit of the pair × by how much the tie shortens the ways of the network",
        source="Papagelis, Bonchi and Gionis, Suggesting ghost edges for a smaller world, 2011",
    ),
)


def next_introductions(network: Network, before: Network | None, settings: Settings) -> Part:
    """Return the section on whom to introduce next: for coordinators only."""
    del before
    if settings.is_public or len(network) > _MOST_ORGANISATIONS:
        return Part(
            Section(
                id="next",
                title="Whom to introduce next",
                lead="Coordinators find suggestions for the next introductions in their version."
                if settings.is_public
                else "The network is too large to work these out in a report. Use gofar introduce.",
            )
        )
    lists = MatchLists.from_rankings(network, suggest_all(network, k=_TOP))
    chosen = best_introductions(network, lists, count=_COUNT).introductions
    effects = tie_effects(network, ((each.first_id, each.second_id) for each in chosen))
    table = _table(effects, network)
    return Part(
        Section(
            id="next",
            title="Whom to introduce next",
            lead=_lead(effects),
            tables=(table.id,),
        ),
        tables=(table,),
        definitions=_DEFINITIONS,
    )


def _table(effects: tuple[TieEffect, ...], network: Network) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            network.name_of(each.first_id),
            each.first_id,
            network.name_of(each.second_id),
            each.second_id,
            "; ".join(_what_it_does(each, network)),
            each.needs_met_nearby.after - each.needs_met_nearby.before,
            each.reached.after - each.reached.before,
        )
        for each in effects
    ]
    return Table(
        "next-introductions",
        "The best next introductions",
        (
            Column("first", "Introduce"),
            Column("first_id", "Id", ColumnKind.ORGANISATION),
            Column("second", "To"),
            Column("second_id", "Id of the other", ColumnKind.ORGANISATION),
            Column("does", "What it would do"),
            Column("needs", "More needs with help near", ColumnKind.NUMBER),
            Column("reached", "More others reached, on average", ColumnKind.NUMBER),
        ),
        tuple(rows),
        note="Each figure is that of this introduction alone.",
        shown=_COUNT,
        is_of_members=True,
    )


def _what_it_does(each: TieEffect, network: Network) -> list[str]:
    said = []
    if each.links:
        said.append(f"first partner of {listed(network.name_of(key) for key in each.links)}")
    elif each.parts_joined:
        small, large = sorted(each.parts_joined)
        said.append(f"joins {small:,} organisations to {large:,}")
    if each.silos_joined:
        said.append("bridges two circles that keep to themselves")
    skills = sorted({network.name_of(met.skill_id) for met in each.needs_met})
    if skills:
        said.append(f"meets a need for {listed(skills)}")
    if not said and each.groups_joined:
        said.append("first tie between two groups of place and theme")
    return said or ["shortens ways between others"]


def _lead(effects: tuple[TieEffect, ...]) -> str:
    if not effects:
        return "No introduction is known that would suit two organisations."
    linked = sum(len(each.links) for each in effects)
    met = sum(len(each.needs_met) for each in effects)
    gives, meets = ("it gives", "meets") if len(effects) == 1 else ("they give", "meet")
    return (
        f"{count(len(effects), 'introduction')} that would do most: {gives} "
        f"{count(linked, 'organisation')} a first partner and {meets} {count(met, 'need')}."
    )
