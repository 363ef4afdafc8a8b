"""The board as its page shows it: five conditions, each with its numbers and what they mean."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from matching.gaps.conditions import Conditions, Part
from reports.report import Definition
from web.board.forms import Condition
from web.board.terms import TERMS
from web.wording import NameOf, count, number

__all__ = ["BoardCondition", "Signal", "board"]


@dataclass(frozen=True, slots=True)
class Signal:
    """One number: what is shown large, what it is a part of, and its definition."""

    figure: str
    base: str
    definition: Definition


@dataclass(frozen=True, slots=True)
class BoardCondition:
    """One condition; ``missing`` says what to enter first, where nothing can be counted."""

    key: Condition
    title: str
    meaning: str
    signals: tuple[Signal, ...]
    remarks: tuple[str, ...]
    missing: str
    link: tuple[str, str] | None


def board(found: Conditions, name_of: NameOf) -> tuple[BoardCondition, ...]:
    """Return the five conditions in their order."""
    return (
        _agenda(found),
        _measurement(found),
        _activities(found),
        _communication(found),
        _backbone(found, name_of),
    )


def _share(part: Part, noun: str, plural: str = "") -> tuple[str, str]:
    base = f"{number(part.count)} of {number(part.of)} {count(part.of, noun, plural)}"
    return ("–" if part.share is None else f"{part.share:.0%}"), base


def _signal(key: str, figure: str, base: str) -> Signal:
    return Signal(figure, base, TERMS[key])


def _agenda(found: Conditions) -> BoardCondition:
    agenda = found.agenda
    works = agenda.advancing.count
    return BoardCondition(
        Condition.AGENDA,
        "Common agenda",
        "Everybody has agreed on what they want to change, and has put their name to it.",
        (
            _signal("signed", *_share(agenda.signed, "open organisation")),
            _signal("thin-goals", *_share(agenda.thin_goals, "goal")),
        ),
        (
            f"{number(works)} more {count(works, 'works', 'work')} towards a goal without having "
            "signed one.",
        )
        if works
        else (),
        "" if agenda.goals else "There is no goal yet. Add one, and ask who signs it.",
        ("Goals and signatures", url_for("goals.index")),
    )


def _measurement(found: Conditions) -> BoardCondition:
    measuring = found.measurement
    shared = measuring.shared_measures
    remarks = [
        f"{number(shared.count)} of {number(shared.of)} {count(shared.of, 'measure')} "
        f"{count(shared.count, 'is', 'are')} shared.",
    ]
    undated = measuring.dated.of - measuring.dated.count
    if undated:
        remarks.append(
            f"{number(undated)} running {count(undated, 'project has', 'projects have')} neither "
            "a first nor a last day, and may be over."
        )
    missing = ""
    if not shared.of:
        missing = "There is no measure yet. Add one, and report its first value."
    elif not measuring.reporting.of:
        missing = "No project is running, as far as is known. Import projects with who takes part."
    return BoardCondition(
        Condition.MEASUREMENT,
        "Shared measurement",
        "Progress is counted the same way everywhere, so that it can be added up and compared.",
        (
            _signal("reporting", *_share(measuring.reporting, "running project")),
            _signal("fresh-values", *_share(measuring.fresh, "reporting project")),
        ),
        tuple(remarks),
        missing,
        ("Measures and values", url_for("measures.index")),
    )


def _activities(found: Conditions) -> BoardCondition:
    pairs = found.activities
    remarks = [
        f"{number(pairs.duplicating_count)} {count(pairs.duplicating_count, 'pair')} "
        f"{count(pairs.duplicating_count, 'does', 'do')} the same for the same people in the same "
        f"place. {number(pairs.neither_count)} "
        f"{count(pairs.neither_count, 'is', 'are')} neither.",
    ]
    if pairs.unknown_count:
        remarks.append(
            f"Of {number(pairs.unknown_count)} {count(pairs.unknown_count, 'pair')} too little is "
            "told to say."
        )
    return BoardCondition(
        Condition.ACTIVITIES,
        "Mutually reinforcing activities",
        "Each does what it does best, and what they do fits together.",
        (
            _signal(
                "complementary",
                *_share(
                    pairs.complementary,
                    "pair that completes or doubles each other",
                    "pairs that complete or double each other",
                ),
            ),
        ),
        tuple(remarks),
        ""
        if pairs.judged.count
        else "Of no two partners it is known what they offer. Import partnerships and offers.",
        None,
    )


def _communication(found: Conditions) -> BoardCondition:
    talking = found.communication
    median = "–" if talking.median_days is None else f"{talking.median_days:,.0f}"
    silent = talking.with_contact.of - talking.with_contact.count
    remarks = [f"{number(silent)} {count(silent, 'tie has', 'ties have')} no recorded contact."]
    if talking.other_pairs:
        remarks.append(
            f"{number(talking.other_pairs)} {count(talking.other_pairs, 'pair')} in touch "
            f"{count(talking.other_pairs, 'is', 'are')} no partners yet, and not counted here."
        )
    return BoardCondition(
        Condition.COMMUNICATION,
        "Continuous communication",
        "Partners talk often enough to trust each other.",
        (
            _signal(
                "since-contact",
                median,
                f"days; {_share(talking.with_contact, 'tie')[1]} with a contact",
            ),
            _signal("in-touch", *_share(talking.recent, "tie")),
        ),
        tuple(remarks),
        ""
        if talking.contact_count
        else "No contact is recorded yet. Note the next meeting or call.",
        ("Contacts", url_for("contacts.index")),
    )


def _backbone(found: Conditions, name_of: NameOf) -> BoardCondition:
    support = found.backbone
    names = [name_of(key) for key in support.backbone_ids[:3]]
    more = len(support.backbone_ids) - len(names)
    who = ", ".join(names) + (f" and {number(more)} more" if more else "")
    before, after = support.with_backbone.reachable, support.without_backbone.reachable
    dependency = "–" if support.dependency is None else f"{support.dependency:.0%}"
    return BoardCondition(
        Condition.BACKBONE,
        "Backbone support",
        "Somebody has the time to hold it all together; in time, the network holds without them.",
        (
            _signal(
                "dependency",
                dependency,
                f"of {number(before.of)} {count(before.of, 'pair')}: {number(before.count)} reach "
                f"each other with the backbone, {number(after.count)} without",
            ),
            _signal("hanging", *_share(support.hanging, "other organisation")),
        ),
        (
            f"The backbone: {who}.",
            "It should fall with time. To compare, look at the network of an earlier day.",
        ),
        ""
        if support.backbone_ids
        else "Nobody is recorded as the backbone. Import whom it supports.",
        None,
    )
