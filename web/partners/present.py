"""Suggestions as cards: reasons by direction, each with its points and the facts behind it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup

from graph.model import Fact, Provenance
from matching import Direction, Reason, Stronger, Suggestion
from matching.introductions import Routes
from web.door import Door
from web.meeting_words import route_heading
from web.partners.wording import change
from web.svg.bars import Bar, draw_bars
from web.svg.pair import draw_pair
from web.wording import DIRECTIONS, doubt, sentence, statement, verdict

__all__ = [
    "Card",
    "ChangeLine",
    "Line",
    "RouteCard",
    "Side",
    "cards",
    "changes",
    "doubt_of",
    "route_cards",
]

_FACTS_SHOWN = 12
_REASONS_OPENED = 8


@dataclass(frozen=True, slots=True)
class Line:
    """One reason: its sentence, points, and the facts (statement, provenance) behind it.

    ``doubt`` remarks that some of them were worked out; it is "" where all were told. ``hidden`` of
    its facts are left out, and all of them where a side has very many reasons.
    """

    text: str
    doubt: str
    points: float
    facts: tuple[tuple[str, Provenance], ...]
    hidden: int


@dataclass(frozen=True, slots=True)
class Side:
    """The reasons of one direction and the points that they come to; the first can be opened."""

    direction: Direction
    heading: str
    lines: tuple[Line, ...]
    points: float

    @property
    def opened(self) -> tuple[Line, ...]:
        """Return the strongest reasons, which come with their facts."""
        return self.lines[:_REASONS_OPENED]


@dataclass(frozen=True, slots=True)
class Card:
    """One suggested partner, as the page shows it."""

    rank: int
    partner_id: str
    name: str
    verdict: str
    score: float
    sides: tuple[Side, ...]
    bars: Markup
    drawing: Markup
    is_partner: bool


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """What would make a match stronger: in words, in points, and the place in the list."""

    text: str
    gain: float
    score: float
    rank: int | None


def changes(found: Iterable[Stronger], organisation_id: str) -> list[ChangeLine]:
    """Return a line for each change, in the order given."""
    return [
        ChangeLine(change(each, organisation_id), each.gain, each.score, each.rank)
        for each in found
    ]


def cards(suggestions: Sequence[Suggestion], door: Door) -> list[Card]:
    """Return a card for each suggestion, in the order given."""
    facts = door.facts(
        fact_id
        for suggestion in suggestions
        for direction in DIRECTIONS
        for reason in _pointing(suggestion.reasons, direction)[:_REASONS_OPENED]
        for fact_id in reason.evidence[:_FACTS_SHOWN]
    )
    return [_card(rank, found, facts, door) for rank, found in enumerate(suggestions, start=1)]


@dataclass(frozen=True, slots=True)
class RouteCard:
    """One route: by way of whom, and the facts behind each of its steps."""

    heading: str
    facts: tuple[tuple[str, Provenance], ...]


def route_cards(found: Routes, door: Door) -> list[RouteCard]:
    """Return a card for each route, the strongest first."""
    return [
        RouteCard(
            heading=route_heading(route, door.name_of),
            facts=tuple(
                (statement(fact, door.name_of), fact.provenance)
                for step in route.steps
                for fact in door.facts(step.facts[:_FACTS_SHOWN]).values()
            ),
        )
        for route in found.routes
    ]


def doubt_of(reason: Reason, door: Door) -> str:
    """Return the remark that some facts behind a reason were worked out, or ""."""
    facts = door.facts(reason.evidence[:_FACTS_SHOWN])
    return doubt([fact.provenance for fact in facts.values()])


def _card(rank: int, suggestion: Suggestion, facts: Mapping[str, Fact], door: Door) -> Card:
    sides = tuple(_side(direction, suggestion.reasons, facts, door) for direction in DIRECTIONS)
    return Card(
        rank=rank,
        partner_id=suggestion.partner_id,
        name=suggestion.partner_name,
        verdict=verdict(suggestion),
        score=suggestion.score,
        sides=sides,
        bars=draw_bars(
            [Bar(side.heading, side.points) for side in sides],
            key=f"bars-{rank}",
            title=f"What the score of {suggestion.partner_name} is made of",
        ),
        drawing=draw_pair(
            door.network(),
            suggestion.organisation_id,
            suggestion.partner_id,
            link=_page_of,
            key=f"pair-{rank}",
        ),
        is_partner=door.are_partners(suggestion.organisation_id, suggestion.partner_id),
    )


def _side(
    direction: Direction, reasons: Iterable[Reason], facts: Mapping[str, Fact], door: Door
) -> Side:
    mine = _pointing(reasons, direction)
    return Side(
        direction=direction,
        heading=DIRECTIONS[direction],
        lines=tuple(_line(reason, facts, door) for reason in mine),
        points=math.fsum(reason.points for reason in mine),
    )


def _line(reason: Reason, facts: Mapping[str, Fact], door: Door) -> Line:
    shown = [facts[key] for key in reason.evidence[:_FACTS_SHOWN] if key in facts]
    return Line(
        text=sentence(reason),
        doubt=doubt([fact.provenance for fact in shown]),
        points=reason.points,
        facts=tuple(
            (statement(fact, door.name_of, reason.signal), fact.provenance) for fact in shown
        ),
        hidden=len(reason.evidence) - len(shown),
    )


def _pointing(reasons: Iterable[Reason], direction: Direction) -> list[Reason]:
    return [reason for reason in reasons if reason.direction is direction]


def _page_of(organisation_id: str) -> str:
    return url_for("organisations.show", id=organisation_id)
