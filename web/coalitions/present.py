"""Coalitions as the pages show them: cards side by side, and the partnership note."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from graph.model import Fact, Provenance
from matching.coalitions import Brief, Coalition, PartnershipNote, Plan, Swap
from matching.coalitions.note import Brings, Role
from matching.coalitions.terms import name_of_term
from web.coalitions import wording
from web.coalitions.forms import BriefQuery
from web.door import Door
from web.wording import LEVELS, NameOf, doubt, points, statement

__all__ = ["Card", "SwapRow", "cards", "names_for", "note_rows", "swap_rows"]

_FACTS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Cell:
    """Whether and how a member could do a skill; ``answers``: it is the one who does."""

    level: str
    answers: bool
    doubt: str
    facts: tuple[tuple[str, Provenance], ...]


@dataclass(frozen=True, slots=True)
class SkillRow:
    """One skill: who answers for it, who stands by, and a cell for each member."""

    name: str
    who: str
    level: str
    doubt: str
    backups: tuple[str, ...]
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class SeatRow:
    """One member: what it answers for, whether only it can, and where to swap it."""

    id: str
    name: str
    answers_for: tuple[str, ...]
    only_here: tuple[str, ...]
    is_must: bool
    is_lead: bool
    swap_href: str
    burden: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One coalition, as a page shows it."""

    number: int
    found: Coalition
    proof: str
    lead: str
    lead_because: str
    form: str
    form_because: str
    money: str
    weakest: str
    seats: tuple[SeatRow, ...]
    skills: tuple[SkillRow, ...]
    introductions: tuple[str, ...]
    note_href: str


@dataclass(frozen=True, slots=True)
class SwapRow:
    """Somebody who could take a seat, and what that changes."""

    id: str
    name: str
    difference: str
    answers_for: tuple[str, ...]
    has_tie: bool
    href: str


def names_for(door: Door) -> NameOf:
    """Return a way to name organisations and terms, those included that nobody has yet."""
    network = door.network()

    def name_of(node_id: str) -> str:
        shown = network.name_of(node_id)
        for kind in ("skill", "theme", "community", "place"):
            if shown == node_id:
                shown = name_of_term(network, kind, node_id)
        return shown

    return name_of


def cards(plan: Plan, query: BriefQuery, door: Door) -> list[Card]:
    """Return a card for each coalition, in the order given."""
    return [
        card(found, query, door, number, is_whole=plan.is_whole)
        for number, found in enumerate(plan.coalitions, start=1)
    ]


def card(
    found: Coalition, query: BriefQuery, door: Door, number: int, *, is_whole: bool = True
) -> Card:
    """Return one coalition as a card; ``is_whole`` as in :func:`web.coalitions.wording.proof`."""
    name_of = names_for(door)
    facts = door.facts(_cited(found))
    return Card(
        number=number,
        found=found,
        proof=wording.proof(found, is_first=number == 1, is_whole=is_whole),
        lead=name_of(found.lead.organisation_id),
        lead_because=wording.lead_because(found.lead),
        form=wording.FORMS[found.form],
        form_because=wording.form_because(found.form_rule),
        money=wording.money_says(found.money, len(found.seats)),
        weakest=wording.link_says(found.weakest, name_of) if found.weakest else "",
        seats=tuple(_seats(found, query, name_of)),
        skills=tuple(_skills(found, facts, name_of)),
        introductions=tuple(
            wording.link_says(link, name_of) for link in found.links if not link.facts
        ),
        note_href=url_for("coalitions.note", **query.address(), member=list(found.member_ids)),
    )


def _cited(found: Coalition) -> list[str]:
    ids: list[str] = []
    for cover in found.covers:
        for facts in (cover.facts, *(backup.facts for backup in cover.backups)):
            ids += facts[:_FACTS_SHOWN]
    return ids


def _seats(found: Coalition, query: BriefQuery, name_of: NameOf) -> Iterable[SeatRow]:
    for seat in found.seats:
        yield SeatRow(
            id=seat.organisation_id,
            name=seat.name,
            answers_for=tuple(name_of(skill) for skill in seat.answers_for),
            only_here=tuple(name_of(skill) for skill in seat.only_here),
            is_must=seat.is_must,
            is_lead=seat.organisation_id == found.lead.organisation_id,
            swap_href=url_for(
                "coalitions.swap",
                **query.address(),
                member=list(found.member_ids),
                leaving=seat.organisation_id,
            ),
            burden=tuple(
                (wording.PARTS[part], points(cost)) for part, cost in seat.burden if cost > 0
            ),
        )


def _skills(found: Coalition, facts: Mapping[str, Fact], name_of: NameOf) -> Iterable[SkillRow]:
    for cover in found.covers:
        can = {cover.organisation_id: (cover.level, cover.facts)}
        can |= {each.organisation_id: (each.level, each.facts) for each in cover.backups}
        cells: list[Cell | None] = []
        for member in found.member_ids:
            if member not in can:
                cells.append(None)
                continue
            level, cited = can[member]
            shown = [facts[key] for key in cited[:_FACTS_SHOWN] if key in facts]
            cells.append(
                Cell(
                    level=LEVELS[level],
                    answers=member == cover.organisation_id,
                    doubt=doubt([fact.provenance for fact in shown]),
                    facts=tuple((statement(fact, name_of), fact.provenance) for fact in shown),
                )
            )
        answering = next(cell for cell in cells if cell is not None and cell.answers)
        yield SkillRow(
            name=name_of(cover.skill_id),
            who=name_of(cover.organisation_id),
            level=LEVELS[cover.level],
            doubt=answering.doubt,
            backups=tuple(name_of(each.organisation_id) for each in cover.backups),
            cells=tuple(cells),
        )


def swap_rows(
    swaps: Sequence[Swap], query: BriefQuery, staying: Sequence[str], name_of: NameOf
) -> list[SwapRow]:
    """Return who could take a seat, with the way to the coalition that this makes."""
    return [
        SwapRow(
            id=each.organisation_id,
            name=each.name,
            difference=points(each.difference),
            answers_for=tuple(name_of(skill) for skill in each.answers_for),
            has_tie=each.has_tie,
            href=url_for(
                "coalitions.show", **query.address(), member=[*staying, each.organisation_id]
            ),
        )
        for each in swaps
    ]


@dataclass(frozen=True, slots=True)
class BringsRow:
    """One thing that a partner brings, with where that is known from."""

    text: str
    facts: tuple[tuple[str, Provenance], ...]
    doubt: str


@dataclass(frozen=True, slots=True)
class RoleRow:
    """One partner in the note: what it answers for, stands by for, and knows."""

    role: Role
    answers_for: tuple[BringsRow, ...]
    stands_by_for: tuple[BringsRow, ...]
    knows: tuple[BringsRow, ...]


@dataclass(frozen=True, slots=True)
class NoteRows:
    """The note in sentences."""

    roles: tuple[RoleRow, ...]
    ties: tuple[str, ...]
    concerns: tuple[str, ...]
    next_steps: tuple[str, ...]
    form: str
    form_because: str
    money: str


def note_rows(note: PartnershipNote, brief: Brief, door: Door) -> NoteRows:
    """Return the partnership note in sentences."""
    del brief
    name_of = names_for(door)
    facts = door.facts(note.evidence)

    def row(brings: Brings) -> BringsRow:
        shown = [facts[key] for key in brings.facts[:_FACTS_SHOWN] if key in facts]
        level = f", {LEVELS[brings.level]}" if brings.level else ""
        return BringsRow(
            text=f"{brings.name}{level}",
            facts=tuple((statement(fact, name_of), fact.provenance) for fact in shown),
            doubt=doubt([fact.provenance for fact in shown]),
        )

    return NoteRows(
        roles=tuple(
            RoleRow(
                role=role,
                answers_for=tuple(
                    row(each) for each in role.brings if each.kind == "skill" and not each.is_backup
                ),
                stands_by_for=tuple(row(each) for each in role.brings if each.is_backup),
                knows=tuple(row(each) for each in role.brings if each.kind != "skill"),
            )
            for role in note.roles
        ),
        ties=tuple(wording.link_says(link, name_of) for link in note.ties),
        concerns=tuple(wording.concern(each, name_of) for each in note.concerns),
        next_steps=tuple(wording.next_step(each, name_of) for each in note.next_steps),
        form=wording.FORMS[note.form],
        form_because=wording.form_because(note.form_rule),
        money=wording.money_says(note.money, len(note.roles)),
    )
