"""The lists of things that wait: what each is called, and how much waits in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import url_for

from graph.waiting import Waiting
from web.upkeep.forms import Section
from web.wording import count, number

__all__ = ["Task", "tasks", "waiting_counts"]


@dataclass(frozen=True, slots=True)
class Task:
    """One list of the page: its title, how much waits in it, and what it is in a sentence.

    ``count`` is None where only the list itself can tell.
    """

    section: str
    title: str
    count: int | None
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class _List:
    """A list in words. The start page says "14 ``noun``s ``how``" and links with ``link``."""

    section: Section
    title: str
    text: str
    size: Callable[[Waiting], int] | None = None
    noun: str = ""
    how: str = ""
    link: str = ""


_LISTS = (
    _List(
        Section.INFERRED,
        "Worked out, not confirmed",
        "Facts that gofar read out of descriptions. Say which of them are so.",
        lambda waiting: len(waiting.inferred),
        "fact",
        "worked out and not confirmed",
        "Say which are so",
    ),
    _List(
        Section.UNCONFIRMED,
        "Not confirmed for long",
        "What was told two years ago or more. Say what is still so.",
        lambda waiting: len(waiting.unconfirmed),
        "tie",
        "not confirmed for two years",
        "Say what is still so",
    ),
    _List(
        Section.REMOVED,
        "Removed or closed",
        "They are suggested to nobody. Say whether they have closed.",
        lambda waiting: len(waiting.removed),
        "organisation",
        "removed from a register or closed",
        "Say whether they have closed",
    ),
    _List(
        Section.PLACES,
        "Without a place",
        "Nobody is suggested as a neighbour of theirs. Say where they work.",
        lambda waiting: len(waiting.unlocated),
        "organisation",
        "without a place",
        "Say where they work",
    ),
    # Reading all descriptions takes a while, so their words are counted on their own page only.
    _List(
        Section.WORDS,
        "Words that nothing covers",
        "What descriptions say often and gofar doesn’t know. Say what it means.",
    ),
)


def tasks(waiting: Waiting, pairs: int | None = None) -> list[Task]:
    """Return the lists in the order of the page; ``pairs`` may be one organisation each."""
    lists = [
        Task(
            each.section.value,
            each.title,
            each.size(waiting) if each.size else None,
            each.text,
            url_for("upkeep.index", section=each.section),
        )
        for each in _LISTS
    ]
    who = "Organisations that may be one and the same. Say which are, and which are two."
    return [*lists, Task("duplicates", "Who is who", pairs, who, url_for("duplicates.index"))]


def waiting_counts(waiting: Waiting) -> list[tuple[str, str, str]]:
    """Return what the start page says: how much waits, the text of a link and its address."""
    sizes = ((each, each.size(waiting)) for each in _LISTS if each.size)
    return [
        (
            f"{number(size)} {count(size, each.noun)} {each.how}.",
            each.link,
            url_for("upkeep.index", section=each.section),
        )
        for each, size in sizes
        if size
    ]
