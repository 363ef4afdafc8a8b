"""Sentences: the only place that makes prose out of data, for a reader who coordinates people.

A reason reads "Bid writing: they offer it and you need it." The name comes first, so that a list
can be scanned and capitals stay as they were written. "You" is the organisation that looks.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from graph.model import (
    BackboneOf,
    Collaboration,
    Contact,
    DeclineReason,
    Fact,
    Funding,
    Introduction,
    Measurement,
    Need,
    Node,
    NotWith,
    Offer,
    Organisation,
    Provenance,
    Relationship,
    SignOff,
    TakesPartIn,
)
from graph.waiting import MONTHS_UNTIL_ASKED, months_before
from matching import SIGNALS, Direction, Reason, Suggestion
from matching.inferred_ties import Common, InferredTie

__all__ = [
    "DIRECTIONS",
    "LEVELS",
    "MISSING",
    "URGENCIES",
    "basis",
    "claim",
    "closure",
    "count",
    "day",
    "detail",
    "doubt",
    "fiction",
    "freshness",
    "in_common",
    "isolated",
    "money",
    "number",
    "points",
    "sentence",
    "source_of",
    "statement",
    "sureness",
    "verdict",
]

_LONGEST_QUOTE = 240
_LONGEST_BASIS = 120
# A word for each step of confidence, from the surest down.
_SURENESS = ((0.9, "Very likely"), (0.75, "Likely"), (0.5, "Perhaps"), (0.0, "A weak guess"))
_FICTIONAL = "demo: fictional"

NameOf = Callable[[str], str]

DIRECTIONS: dict[Direction, str] = {
    Direction.GETS: "What you get",
    Direction.GIVES: "What you give",
    Direction.SHARED: "What you share",
    Direction.AGAINST: "What counts against",
}

LEVELS = {1: "can help", 2: "experienced", 3: "strong"}
URGENCIES = {1: "some day", 2: "this year", 3: "now"}

# What follows the name of the thing that a reason is about. A signal that isn't here is worded by
# its own label, so that a new signal needs no line.
_REASONS = {
    "needs_met": "they offer it and you need it.",
    "offers_taken": "you offer it and they need it.",
    "shared_goals": "you both work towards it.",
    "shared_themes": "you both work on it.",
    "shared_communities": "you both serve them.",
    "shared_places": "you are both active there.",
    "place_reach": "near where you are active.",
    "shared_offices": "you both have an office there.",
    "shared_funders": "it has funded you both.",
    "common_partners": "a partner of both of you, who could introduce you.",
    "short_path": "your partner, who works with a partner of theirs.",
    "complementary_roles": "has led projects or found money, where the other of you has delivered.",
}
_WHOLE_REASONS = {
    ("size_balance", ""): "You are of different sizes: one brings capacity, the other is closer to "
    "people.",
    ("bridging", ""): "You belong to different circles, which a tie would join.",
    ("track_record", ""): "Something came of introducing one of you before.",
    ("declined_before", ""): "An introduction of you two came to nothing before.",
    ("balance", Direction.GETS.value): "You would get more than you give.",
    ("balance", Direction.GIVES.value): "You would give more than you get.",
}
_LABELS = {signal.name: signal.label for signal in SIGNALS}

MISSING = {
    "needs": "what they need from others",
    "offers": "what they can offer to others",
    "themes": "which themes they work on",
    "communities": "whom they serve",
    "places": "where they are active",
    "ties": "whom they work with",
}

_RIGHT_TO_LEFT = {"R", "AL", "RLE", "RLO", "RLI", "LRO", "LRE", "LRI", "FSI", "PDF", "PDI"}


def sentence(reason: Reason) -> str:
    """Return one reason as a sentence, without its points."""
    whole = _WHOLE_REASONS.get((reason.signal, reason.about))
    if whole:
        return whole
    if reason.signal == "similar_activity":
        return f"You use the same words about your work: {isolated(reason.about_name)}."
    if reason.signal == "common_partners" and reason.count > 1:
        others = f"{number(reason.count - 1)} other {count(reason.count - 1, 'partner')}"
        return f"{isolated(reason.about_name)} and {others} of both of you could introduce you."
    ending = _REASONS.get(reason.signal)
    if ending is None:
        label = _LABELS.get(reason.signal, reason.signal.replace("_", " "))
        if not reason.about_name:
            return f"{label[:1].upper()}{label[1:]}."
        return f"{isolated(reason.about_name)}: {label}."
    return f"{isolated(reason.about_name)}: {ending}"


def verdict(suggestion: Suggestion) -> str:
    """Return in a few words which way a match points."""
    if suggestion.gets > 0 and suggestion.gives > 0:
        return "Both sides gain"
    if suggestion.gets > 0:
        return "They can help you"
    if suggestion.gives > 0:
        return "You can help them"
    return "Common ground"


def fiction(sources: Collection[str]) -> str:
    """Return a remark that organisations are made up, or "" where every source is a real one."""
    made_up = sum(source.startswith(_FICTIONAL) for source in sources)
    if not made_up:
        return ""
    what = "This network is" if made_up == len(sources) else "Some of these organisations are"
    return f"{what} made up, for trying gofar out."


def claim(tie: Relationship, name_of: NameOf) -> str:
    """Return what a tie says of its first end: "works on Music"."""
    verb = _VERBS.get(tie.kind) or tie.kind.replace("_", " ")
    details = detail(tie)
    return f"{verb} {isolated(name_of(tie.to_id))}{f' ({details})' if details else ''}"


def statement(fact: Fact, name_of: NameOf, signal: str = "") -> str:
    """Return a fact as a statement: who, does what, with what or whom, and its details.

    ``signal`` names the signal that rests on the fact: it tells which part of a node counts.
    """
    if not isinstance(fact, Relationship):
        return _node_statement(fact, signal)
    return f"{isolated(name_of(fact.from_id))} {claim(fact, name_of)}"


_VERBS = {
    "offers": "offers",
    "needs": "needs",
    "works_in": "is active in",
    "based_in": "has an office in",
    "works_on": "works on",
    "serves": "serves",
    "takes_part_in": "takes part in",
    "requires": "requires",
    "collaborates_with": "works with",
    "funds": "funds",
    "backbone_of": "supports",
    "advances": "works towards",
    "not_with": "is not to be brought together with",
    "introduced_to": "was introduced to",
    "signed": "has signed",
    "measured": "has measured",
    "in_touch_with": "was in touch with",
}


def _node_statement(fact: Fact, signal: str) -> str:
    if not isinstance(fact, Node):
        return fact.id
    name = isolated(fact.name)
    if isinstance(fact, Organisation):
        if signal == "size_balance" and fact.income is not None:
            return f"{name} has an income of {money(fact.income)} a year"
        if fact.description:
            return f"{name} says of itself: “{isolated(_shortened(fact.description))}”"
    return f"{name} is {_with_article(type(fact).kind)} of this network"


def _shortened(text: str, longest: int = _LONGEST_QUOTE) -> str:
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    return f"{line[:longest].rsplit(' ', maxsplit=1)[0]} …"


def _with_article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def detail(fact: Relationship) -> str:
    """Return what a tie says besides its ends, or ""."""
    parts = _DETAILS.get(fact.kind, _no_details)(fact)
    return ", ".join(part for part in parts if part)


def _no_details(fact: Any) -> tuple[str, ...]:
    del fact
    return ()


def _offer(fact: Offer) -> tuple[str, ...]:
    days = fact.capacity
    return LEVELS[fact.level], f"{days:g} {count(days, 'day')} a month" if days else ""


def _need(fact: Need) -> tuple[str, ...]:
    return URGENCIES[fact.urgency], f"until {day(fact.until)}" if fact.until else ""


def _collaboration(fact: Collaboration) -> tuple[str, ...]:
    return fact.how, _span(fact.since, fact.until)


def _funding(fact: Funding) -> tuple[str, ...]:
    amount = "" if fact.amount is None else money(fact.amount, fact.currency)
    return amount, fact.programme, day(fact.awarded_on) if fact.awarded_on else ""


def _part(fact: TakesPartIn) -> tuple[str, ...]:
    return fact.role, _span(fact.starts_on, fact.ends_on)


def _backbone(fact: BackboneOf) -> tuple[str, ...]:
    return (_span(fact.since, fact.until),)


def _veto(fact: NotWith) -> tuple[str, ...]:
    return fact.why, f"until {day(fact.until)}" if fact.until else ""


def _introduction(fact: Introduction) -> tuple[str, ...]:
    again = fact.cools_until
    return (
        fact.state.value,
        "" if fact.reason is DeclineReason.NOT_SAID else fact.reason.value,
        fact.words,
        day(fact.decided_on) if fact.decided_on else "",
        f"not again before {day(again)}" if again else "",
    )


def _signature(fact: SignOff) -> tuple[str, ...]:
    return fact.role, day(fact.signed_on) if fact.signed_on else ""


def _value(fact: Measurement) -> tuple[str, ...]:
    return f"{fact.value:,g} on {day(fact.measured_on)}", fact.note


def _contact(fact: Contact) -> tuple[str, ...]:
    return fact.how, day(fact.happened_on), fact.note


_DETAILS: dict[str, Callable[[Any], tuple[str, ...]]] = {
    Offer.kind: _offer,
    Need.kind: _need,
    Collaboration.kind: _collaboration,
    Funding.kind: _funding,
    TakesPartIn.kind: _part,
    BackboneOf.kind: _backbone,
    NotWith.kind: _veto,
    Introduction.kind: _introduction,
    SignOff.kind: _signature,
    Measurement.kind: _value,
    Contact.kind: _contact,
}


def _span(start: date | None, end: date | None) -> str:
    if start and end:
        return f"{day(start)} to {day(end)}"
    if start:
        return f"since {day(start)}"
    return f"until {day(end)}" if end else ""


def source_of(provenance: Provenance) -> str:
    """Return where a fact comes from and how sure it is."""
    told = f"{isolated(provenance.source)}, put in by {isolated(provenance.asserted_by)}"
    return f"{told} (worked out, {provenance.confidence:.0%} sure)" if provenance.inferred else told


def sureness(confidence: float) -> str:
    """Return how sure a guess is, in words."""
    return next(words for least, words in _SURENESS if confidence >= least)


def basis(provenance: Provenance) -> str:
    """Return what a guess rests on, in a few words, or ""."""
    told = " ".join(provenance.basis.split())
    told = f"the {told}".replace("the words: ", "the words ") if told.startswith("words:") else told
    return isolated(_shortened(told, _LONGEST_BASIS))


def doubt(provenances: Collection[Provenance]) -> str:
    """Return the remark that facts behind a reason were worked out, or ""."""
    guesses = [told for told in provenances if told.inferred]
    if not guesses:
        return ""
    first = basis(min(guesses, key=lambda told: told.confidence))
    return f"Worked out{f' from {first}' if first else ''}, not confirmed."


def freshness(last_confirmed: date, today: date) -> str:
    """Return when a fact was last confirmed: to the day, or for stale ones to the month."""
    if last_confirmed >= months_before(today, MONTHS_UNTIL_ASKED):
        return f"Confirmed {day(last_confirmed)}"
    return f"Not confirmed since {last_confirmed:%B %Y}"


def closure(closed_on: date, *, is_from_register: bool) -> str:
    """Return that an organisation is closed, and since when."""
    how = "Removed from the register" if is_from_register else "Closed"
    return f"{how} on {day(closed_on)}"


def day(value: date) -> str:
    """Return a date as "1 November 2026"."""
    return f"{value.day} {value:%B %Y}"


def number(value: float) -> str:
    """Return a number with thousands separated."""
    return f"{value:,.0f}"


def count(value: float, noun: str, plural: str = "") -> str:
    """Return the noun in the form that goes with a number: "day" or "days"."""
    return noun if value == 1 else plural or f"{noun}s"


def money(amount: float, currency: str = "GBP") -> str:
    """Return an amount as "£12,500", or with the code of another currency."""
    return f"£{amount:,.0f}" if currency == "GBP" else f"{amount:,.0f} {currency}"


def points(value: float) -> str:
    """Return points with their sign, to two places: "+1.20", with a true minus sign."""
    shown = f"{abs(value):.2f}"
    return f"\N{MINUS SIGN}{shown}" if value < 0 and float(shown) else f"+{shown}"


def in_common(tie: InferredTie) -> str:
    """Say what two organisations have in common: a funder's programme, or a field in a place."""
    first, second = map(isolated, tie.names)
    if tie.common is Common.PROGRAMME:
        return f"Both were funded by {first}, under {second}"
    return f"Both work in {first} on {second}"


def isolated(name: str) -> str:
    """Wrap a name that runs right to left in Unicode isolates, so that it can't turn its sentence.

    U+2068 FIRST STRONG ISOLATE … U+2069 POP DIRECTIONAL ISOLATE. Embeddings and overrides that the
    name itself opens are closed with it.
    """
    if not any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in name):
        return name
    return f"\u2068{name}\u2069"
