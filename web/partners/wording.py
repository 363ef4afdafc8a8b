"""Sentences about scores: how sure they are, and what would make a match stronger."""

from __future__ import annotations

from matching import Change, Stronger
from web.wording import isolated

__all__ = ["PRIOR", "change", "rank_before"]

PRIOR = "The weights are prior, not learned: set by hand, and no chance of success."
"""How sure a score is where no outcome has been learned from."""

_CHANGES = {
    (Change.OFFER, True): "You say that you offer {}, which they need.",
    (Change.OFFER, False): "They offer {}, which you need.",
    (Change.GOAL, True): "You work towards {}, as they do.",
    (Change.GOAL, False): "They work towards {}, as you do.",
    (Change.PLACE, True): "You are active in {}, where they are.",
    (Change.PLACE, False): "They are active in {}, where you are.",
    (Change.INTRODUCTION, True): "You get to know {}, a partner of theirs, who introduces you.",
    (Change.INTRODUCTION, False): "They get to know {}, your partner, who introduces them.",
}


def change(found: Stronger, organisation_id: str) -> str:
    """Return what somebody could make true, as a sentence to the organisation that looks."""
    says = _CHANGES[found.change, found.by_id == organisation_id]
    return says.format(isolated(found.about_name))


def rank_before(rank: int | None) -> str:
    """Return where a partner stands in the list now."""
    return (
        "It isn’t in your list now." if rank is None else f"Now it is number {rank:,} in your list."
    )
