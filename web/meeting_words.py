"""Sentences about rounds, introductions and routes: a part of :mod:`web.wording`."""

from __future__ import annotations

from matching.introductions import MOST_INTRODUCERS, ProposedIntroduction, Route, Routes
from matching.rounds import MatchingRound
from web.wording import NameOf, isolated

__all__ = ["DIALS", "apart", "no_route", "price_of_fairness", "route_heading"]

DIALS = {
    "match": "The best matches, whatever they join",
    "both": "Match and distance alike",
    "distance": "What lies farthest apart",
}


def price_of_fairness(found: MatchingRound) -> tuple[str, str]:
    """Return what limits and floors cost, and how good the round is at that."""
    price = found.price
    return (
        f"The price of fairness: limits take {price.of_limits:.1%} of the score that there would "
        "be if everybody met its own favourites, and places for the small and new take "
        f"{price.of_floors:.1%} of the rest.",
        f"No round within these limits can score more than {found.gap:.2%} higher.",
    )


def apart(introduction: ProposedIntroduction) -> str:
    """Return how far apart two organisations are today."""
    if introduction.is_first_tie:
        return "A first partner for one of them"
    if introduction.steps_before is None:
        return "No way leads from one to the other"
    return f"{introduction.steps_before} steps apart"


def route_heading(route: Route, name_of: NameOf) -> str:
    """Return by way of whom a route leads."""
    names = ", then ".join(isolated(name_of(key)) for key in route.introducers)
    return f"By way of {names}"


def no_route(found: Routes) -> str:
    """Return why there is no route to show."""
    if found.are_partners:
        return "They work together already, so nobody has to introduce them."
    return f"No way leads there with {MOST_INTRODUCERS} introducers or fewer."
