"""Ties that nobody told, but that follow from what two organisations have in common.

They are a layer of their own, which can be switched off: having a funder or a field in common is
not working together, and makes nobody a partner.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from matching.network import Ints, Network, row_of

__all__ = ["LARGEST_GROUP", "Common", "InferredTie", "inferred_ties"]

LARGEST_GROUP = 20
"""What more organisations than this have in common makes no tie between any two of them."""

Groups = dict[tuple[str, ...], Ints]


class Common(StrEnum):
    """What two organisations have in common."""

    PROGRAMME = "same funder and programme"
    PLACE_AND_THEME = "same place and theme"


@dataclass(frozen=True, slots=True)
class InferredTie:
    """One thing that two organisations have in common.

    ``about`` are the ids of the funder, or of place and theme, in ``names`` as people call them
    (a programme has a name only). ``strength`` in (0, 1] is 1 / (n - 1) for n organisations that
    share it. ``facts`` are what it follows from.
    """

    partner_id: str
    common: Common
    about: tuple[str, ...]
    names: tuple[str, ...]
    strength: float
    facts: tuple[str, ...]


def inferred_ties(network: Network, organisation_id: str) -> tuple[InferredTie, ...]:
    """Return the inferred ties of an organisation, the strongest first; none where switched off.

    Partners are left out: of them more is known. Raises UnknownOrganisation.
    """
    i = network.index_of(organisation_id)
    if not network.with_inferred:
        return ()
    known = {i, *row_of(network.agreed, i).tolist()}
    found = [*_by_programme(network, i, known), *_by_place_and_theme(network, i, known)]
    return tuple(sorted(found, key=lambda tie: (-tie.strength, tie.partner_id, tie.names)))


def _others(network: Network, members: Ints, known: set[int]) -> list[int]:
    return [j for j in members.tolist() if j not in known and network.is_open[j]]


def _by_programme(network: Network, i: int, known: set[int]) -> Iterator[InferredTie]:
    groups: Groups = network.remembered("inferred_ties.programmes", lambda: _programmes(network))
    table = network.snapshot.tables["funds"]
    for (funder_id, programme), members in groups.items():
        if i not in members:
            continue
        funder = network.index_of(funder_id)
        for j in _others(network, members, known | {funder}):
            facts = [
                fact
                for end in (i, j)
                for fact in network.facts("funds", funder, end)
                if table["programme"][_row(network, "funds", fact)] == programme
            ]
            yield InferredTie(
                partner_id=network.organisation_ids[j],
                common=Common.PROGRAMME,
                about=(funder_id,),
                names=(network.names[funder], programme),
                strength=1 / (len(members) - 1),
                facts=tuple(facts),
            )


def _programmes(network: Network) -> Groups:
    """Return the recipients of each programme of each funder that has a few."""
    table = network.snapshot.tables["funds"]
    members: dict[tuple[str, ...], set[int]] = defaultdict(set)
    programmes = table["programme"]
    for start, end, code in zip(
        table["from_id"].tolist(), table["to_id"].tolist(), programmes.codes.tolist(), strict=True
    ):
        if programmes.labels[code]:
            members[network.organisation_ids[start], programmes.labels[code]].add(end)
    return _few(members)


def _by_place_and_theme(network: Network, i: int, known: set[int]) -> Iterator[InferredTie]:
    groups: Groups = network.remembered("inferred_ties.local", lambda: _local(network))
    places, themes = network.thing_ids("place"), network.thing_ids("theme")
    for place in row_of(network.places, i).tolist():
        for theme in row_of(network.themes, i).tolist():
            about = (places[place], themes[theme])
            members = groups.get(about)
            if members is None:
                continue
            for j in _others(network, members, known):
                yield InferredTie(
                    partner_id=network.organisation_ids[j],
                    common=Common.PLACE_AND_THEME,
                    about=about,
                    names=tuple(map(network.name_of, about)),
                    strength=1 / (len(members) - 1),
                    facts=tuple(
                        fact
                        for end in (i, j)
                        for fact in (
                            *network.thing_facts("works_in", end, "place", place),
                            *network.thing_facts("works_on", end, "theme", theme),
                        )
                    ),
                )


def _local(network: Network) -> Groups:
    """Return who works in each place on each theme, where few do."""
    places, themes = network.thing_ids("place"), network.thing_ids("theme")
    # Of each place at once: members × themes, so that nothing as large as places × themes is made.
    by_place = network.places.T.tocsr()
    members: dict[tuple[str, ...], set[int]] = {}
    for place in range(len(places)):
        inside = row_of(by_place, place)
        by_theme = network.themes[inside].T.tocsr()
        for theme in np.flatnonzero(np.diff(by_theme.indptr)).tolist():
            group = inside[row_of(by_theme, theme)]
            members[places[place], themes[theme]] = set(group.tolist())
    return _few(members)


def _few(members: dict[tuple[str, ...], set[int]]) -> Groups:
    return {
        about: np.array(sorted(group), dtype=np.int64)
        for about, group in members.items()
        if 1 < len(group) <= LARGEST_GROUP
    }


def _row(network: Network, kind: str, fact: str) -> int:
    row = network.snapshot.row_of(kind, fact)
    assert row is not None, fact
    return row
