"""What is worth doing next, from the counts of the network."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for

from web.directory import Standing
from web.door import Counts
from web.wording import count, number

__all__ = ["Step", "next_steps"]


@dataclass(frozen=True, slots=True)
class Step:
    """Something to look into, and where."""

    text: str
    link_text: str
    href: str


def next_steps(counts: Counts, waits: Iterable[tuple[str, str, str]] = ()) -> list[Step]:
    """Return the steps that the network calls for; none where nothing is amiss.

    ``waits`` says what waits for an answer, each with the text and address of a link.
    """
    steps = [Step(*each) for each in waits]
    if counts.needs_nobody_meets:
        skills = count(counts.needs_nobody_meets, "skill is", "skills are")
        steps.append(
            Step(
                f"{number(counts.needs_nobody_meets)} {skills} needed and offered by nobody.",
                "See the gaps",
                url_for("gaps.index", providers="none"),
            )
        )
    if counts.without_partners:
        bodies = count(counts.without_partners, "organisation has", "organisations have")
        steps.append(
            Step(
                f"{number(counts.without_partners)} {bodies} no partners yet.",
                "See who is on their own",
                url_for("organisations.index", standing=Standing.NO_PARTNERS),
            )
        )
    if counts.without_offers_or_needs:
        bodies = count(counts.without_offers_or_needs, "organisation has", "organisations have")
        steps.append(
            Step(
                f"{number(counts.without_offers_or_needs)} {bodies} told neither an offer "
                "nor a need, so matches for them are weaker.",
                "See whom to ask",
                url_for("organisations.index", standing=Standing.NOTHING_TOLD),
            )
        )
    return steps
