"""The options that describe a brief at the prompt, and the brief that they make."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import click

from matching import Network, find_organisation
from matching.coalitions import Brief, LeadTerms, Wanted
from matching.coalitions.terms import term_named

__all__ = ["brief_of", "brief_options"]

F = TypeVar("F", bound=Callable[..., Any])

_OPTIONS = (
    click.option(
        "--need",
        "needs",
        multiple=True,
        metavar="SKILL[:LEVEL]",
        help="A skill that somebody must bring; 1 can help, 2 experienced, 3 strong.",
    ),
    click.option("--place", "places", multiple=True, help="Where the work is; may be given again."),
    click.option(
        "--within",
        "within_km",
        default=10.0,
        show_default=True,
        type=click.FloatRange(0, 2_000),
        help="Also who works so many km around the area.",
    ),
    click.option("--theme", "themes", multiple=True, help="Prefer who works on this."),
    click.option("--community", "communities", multiple=True, help="Prefer who serves them."),
    click.option("--min-members", default=2, show_default=True, help="Fewest members."),
    click.option("--max-members", default=8, show_default=True, help="Most members."),
    click.option(
        "--each",
        "skills_each",
        default=3,
        show_default=True,
        help="Most skills that one member answers for.",
    ),
    click.option("--member-min-income", type=float, help="Members’ least income, £ a year."),
    click.option("--member-max-income", type=float, help="Members’ largest income, £ a year."),
    click.option("--lead-min-income", type=float, help="The lead’s least income, £ a year."),
    click.option("--lead-max-income", type=float, help="The lead’s largest income, £ a year."),
    click.option(
        "--lead-type", "lead_types", multiple=True, help="A lead of this kind, such as charity."
    ),
    click.option(
        "--lead-register", "registers", multiple=True, help="A lead on a register, such as GB-CHC."
    ),
    click.option(
        "--lead-projects",
        default=0,
        type=click.IntRange(0, 1_000),
        help="A lead that took part in so many projects.",
    ),
    click.option(
        "--lead-led",
        default=0,
        type=click.IntRange(0, 1_000),
        help="A lead that has led so many projects.",
    ),
    click.option("--must", multiple=True, help="An organisation that has to be in."),
    click.option("--not", "must_not", multiple=True, help="An organisation that must not be in."),
    click.option("--budget", type=float, help="The money to be shared, £."),
)


def brief_options(command: F) -> F:
    """Add the options that describe a brief; :func:`brief_of` reads them."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def brief_of(network: Network, needs: Sequence[str], asked: Mapping[str, Any]) -> Brief:
    """Return the brief that the options describe; raises as the names in it are unknown."""

    def terms(kind: str, names: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(term_named(network, kind, name) for name in names))

    def organisations(names: Sequence[str]) -> tuple[str, ...]:
        rows = [find_organisation(network, name) for name in names]
        return tuple(dict.fromkeys(network.organisation_ids[row] for row in rows))

    return Brief(
        needs=tuple(_wanted(network, need) for need in needs),
        places=terms("place", asked["places"]),
        within_km=asked["within_km"],
        themes=terms("theme", asked["themes"]),
        communities=terms("community", asked["communities"]),
        min_members=asked["min_members"],
        max_members=asked["max_members"],
        skills_each=asked["skills_each"],
        min_income=asked["member_min_income"],
        max_income=asked["member_max_income"],
        lead=LeadTerms(
            min_income=asked["lead_min_income"],
            max_income=asked["lead_max_income"],
            types=asked["lead_types"],
            registers=asked["registers"],
            min_projects=asked["lead_projects"],
            min_led=asked["lead_led"],
        ),
        must=organisations(asked["must"]),
        must_not=organisations(asked["must_not"]),
        budget=asked["budget"],
    )


def _wanted(network: Network, text: str) -> Wanted:
    name, colon, level = text.rpartition(":")
    if not (colon and level.strip().isdecimal()):
        name, level = text, "1"
    return Wanted(term_named(network, "skill", name), int(level))
