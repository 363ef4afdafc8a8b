"""From what somebody typed to a brief, with a message for each field that can't be used."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from graph.access import Action, require
from graph.errors import InputError
from matching import Network
from matching.coalitions import Brief, InvalidBrief, LeadTerms, Wanted
from matching.coalitions.terms import term_named
from web.coalitions.forms import BriefQuery
from web.door import Door

__all__ = ["Asked", "asked", "network_for"]

_LEVELS = frozenset("123")
_NO_SKILL = "Name at least one skill that is needed."


@dataclass(frozen=True, slots=True)
class Asked:
    """A brief, or None with the faults: (id of the field, message)."""

    brief: Brief | None
    faults: tuple[tuple[str, str], ...]


def network_for(door: Door) -> Network:
    """Return the network for whoever may plan coalitions; raises AccessDenied for others."""
    require(door.viewer, Action.PLAN)
    return door.network()


def asked(query: BriefQuery, door: Door) -> Asked:
    """Return the brief of a query, or every fault of it."""
    network = network_for(door)
    faults: list[tuple[str, str]] = []

    def read(field: str, texts: Iterable[str], find: Callable[[str], str]) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for text in texts:
            try:
                found[find(text)] = None
            except InputError as error:
                faults.append((field, str(error)))
        return tuple(found)

    def term(kind: str) -> Callable[[str], str]:
        return lambda text: term_named(network, kind, text)

    needs: dict[str, Wanted] = {}
    for text in query.need:
        name, level = _parted(text)
        for skill in read("need", (name,), term("skill")):
            needs[skill] = Wanted(skill, level)
    if not query.need:
        faults.append(("need", _NO_SKILL))
    parts = {
        "places": read("place", query.place, term("place")),
        "themes": read("theme", query.theme, term("theme")),
        "communities": read("community", query.community, term("community")),
        "must": read("must", query.must, door.find),
        "must_not": read("must_not", query.must_not, door.find),
    }
    if faults:
        return Asked(None, tuple(faults))
    try:
        brief = Brief(
            needs=tuple(needs.values()),
            within_km=query.within,
            min_members=query.fewest,
            max_members=query.most,
            skills_each=query.each,
            min_income=query.member_min,
            max_income=query.member_max,
            lead=LeadTerms(
                min_income=query.lead_min,
                max_income=query.lead_max,
                types=query.lead_type,
                registers=(query.lead_register,) if query.lead_register else (),
                min_projects=query.lead_projects,
                min_led=query.lead_led,
            ),
            budget=query.budget,
            **parts,
        )
    except InvalidBrief as error:
        return Asked(None, (("need", str(error)),))
    return Asked(brief, ())


def _parted(text: str) -> tuple[str, int]:
    name, colon, level = text.rpartition(":")
    if colon and level in _LEVELS:
        return name, int(level)
    return text, 1
