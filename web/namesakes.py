"""Organisations that share a name, each with what tells it from the others."""

from __future__ import annotations

from dataclasses import dataclass

from graph.errors import UnknownOrganisation
from graph.model import Organisation
from web.door import Door
from web.wording import isolated

__all__ = ["Namesake", "namesakes"]

_LOOKED_THROUGH = 50


@dataclass(frozen=True, slots=True)
class Namesake:
    """One of several organisations with the same name."""

    id: str
    name: str
    told_apart_by: str


def namesakes(error: UnknownOrganisation, door: Door) -> tuple[Namesake, ...]:
    """Return the organisations that all have the name looked for; () if it isn't that.

    Where a name is shared, the lookup names organisations by their ids: as many as it proposes.
    Those that are spelt alike to the letter come with them, however many they are.
    """
    if len(error.nearest) < 2 or any(door.node(Organisation, key) is None for key in error.nearest):
        return ()
    wanted = error.query.strip().casefold()
    alike = (
        key
        for key in door.nearest(error.query, _LOOKED_THROUGH)
        if door.name_of(key).casefold() == wanted
    )
    return tuple(_namesake(key, door) for key in dict.fromkeys((*error.nearest, *alike)))


def _namesake(organisation_id: str, door: Door) -> Namesake:
    profile = door.organisation(organisation_id)
    organisation: Organisation = profile.organisation
    ties = (*profile.outgoing["based_in"], *profile.outgoing["works_in"])
    places = dict.fromkeys(isolated(door.name_of(tie.to_id)) for tie in ties)
    parts = (
        ", ".join([*places][:3]) or organisation.postcode,
        ", ".join(organisation.external_ids) or organisation_id,
        f"from {isolated(organisation.provenance.source)}",
    )
    return Namesake(organisation_id, organisation.name, " · ".join(part for part in parts if part))
