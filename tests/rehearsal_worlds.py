"""Random networks with all that can hang on one organisation, and plain counts of what hangs."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import networkx as nx
import numpy as np
from scipy import sparse

from builders import TOLD, collaboration, organisation, snapshot_of
from graph.hypothetical import with_changes
from graph.model import BackboneOf, Fact, Organisation, Project, TakesPartIn
from matching import Network
from matching.leading import running_roles
from matching.network import row_of
from random_worlds import random_world

DAY = date(2026, 6, 1)
_ROLES = ("lead", "partner", "", "funder", "host", "lead partner")


def network_with(seed: int, *, more: int = 6) -> Network:
    """A random world, and some more organisations on the edge of it that hang on few."""
    dice = random.Random(seed)
    facts = facts_with(dice, seed, more=more)
    return Network.compile(snapshot_of(*facts), as_of=dice.choice((None, DAY, DAY)))


def facts_with(dice: random.Random, seed: int, *, more: int = 6) -> list[Fact]:
    """The facts of such a network."""
    facts: list[Fact] = list(random_world(seed, size=dice.choice((1, 4, 6))))
    facts += [organisation(f"edge-{number}") for number in range(more)]
    names = [fact.id.removeprefix("org-") for fact in facts if isinstance(fact, Organisation)]
    for number in range(more):
        ends = dice.sample(names, 2) if dice.random() < 0.4 else [f"edge-{number}", names[0]]
        if ends[0] != ends[1]:
            facts.append(collaboration(*ends))
    facts += [
        Project(
            id=f"running-{number}",
            name="works",
            ends_on=dice.choice((None, date(2026, 1, 1), date(2027, 1, 1))),
            provenance=TOLD,
        )
        for number in range(3)
    ]
    for name in names:
        for number in range(3):
            if dice.random() < 0.25:
                ends_on = dice.choice((None, None, date(2026, 5, 1)))
                role = dice.choice(_ROLES)
                values = {"role": role, "ends_on": ends_on, "provenance": TOLD}
                facts.append(
                    TakesPartIn(from_id=f"org-{name}", to_id=f"running-{number}", **values)  # type: ignore[arg-type]
                )
        other = dice.choice(names)
        if other != name and dice.random() < 0.5:
            until = dice.choice((None, date(2026, 5, 1)))
            facts.append(
                BackboneOf(
                    from_id=f"org-{other}", to_id=f"org-{name}", until=until, provenance=TOLD
                )
            )
    return facts


def closed(network: Network, organisation_id: str) -> Network:
    """The network in which one organisation has really closed, compiled from its facts."""
    record = network.snapshot.record(Organisation, organisation_id)
    assert record is not None
    shut = replace(record, closed_on=DAY)
    snapshot = with_changes(network.snapshot, added=[shut])
    return Network.compile(snapshot, as_of=network.as_of)


def graph_of(network: Network) -> nx.Graph[int]:
    """The ties of those that are open."""
    found: nx.Graph[int] = nx.Graph()
    found.add_nodes_from(np.flatnonzero(network.is_open).tolist())
    ends = sparse.triu(network.ties, k=1).tocoo()
    pairs = zip(ends.row.tolist(), ends.col.tolist(), strict=True)
    found.add_edges_from(pair for pair in pairs if network.is_open[list(pair)].all())
    return found


def needs_of(network: Network) -> Iterator[tuple[int, int, set[int]]]:
    """Yield each need: who, which skill, and who else offers it."""
    for who in np.flatnonzero(network.is_open).tolist():
        for skill in row_of(network.needs, who).tolist():
            yield who, skill, providers_of(network, skill) - {who}


def providers_of(network: Network, skill: int) -> set[int]:
    """Return who is part of the network and offers a skill or a narrower one."""
    ids = network.thing_ids("skill")
    parents = dict(zip(ids, network.snapshot.tables["skill"]["parent_id"].tolist(), strict=True))

    def counts(offered: int) -> bool:
        known, seen = ids[offered], set[str]()
        while known and known not in seen and known != ids[skill]:
            seen.add(known)
            known = parents.get(known, "")
        return known == ids[skill]

    return {
        one
        for one in np.flatnonzero(network.is_open).tolist()
        if (network.has_told[one] or len(row_of(network.agreed, one)))
        and any(map(counts, row_of(network.offers, one).tolist()))
    }


def met_near(network: Network) -> set[tuple[str, str]]:
    """Return the needs with a provider within two steps, by ids."""
    found = graph_of(network)
    skills = network.thing_ids("skill")
    return {
        (network.organisation_ids[who], skills[skill])
        for who, skill, providers in needs_of(network)
        if providers & nx.single_source_shortest_path_length(found, who, cutoff=2).keys()
    }


def unmet(network: Network) -> set[tuple[str, str]]:
    """Return the needs that nobody else meets, by ids."""
    skills = network.thing_ids("skill")
    return {
        (network.organisation_ids[who], skills[skill])
        for who, skill, providers in needs_of(network)
        if not providers
    }


def held(network: Network, *, leading: bool = False) -> set[str]:
    """Return the projects that go on and have anybody in them, or a lead."""
    projects = network.thing_ids("project")
    columns = np.unique(running_roles(network, leading=leading).indices).tolist()
    return {projects[column] for column in columns}


def supported(network: Network) -> set[str]:
    """Return the open organisations that an open backbone supports."""
    open_ids = {
        one
        for one, is_open in zip(network.organisation_ids, network.is_open, strict=True)
        if is_open
    }
    return {
        tie.to_id
        for tie in network.snapshot.records(BackboneOf)
        if {tie.from_id, tie.to_id} <= open_ids
        and (network.as_of is None or tie.until is None or tie.until >= network.as_of)
    }


def local_gaps(network: Network) -> set[tuple[str, str, str]]:
    """Return (place, skill, who needs it) where nobody else who works there offers it."""
    places, skills = network.thing_ids("place"), network.thing_ids("skill")
    ids = network.organisation_ids
    return {
        (places[place], skills[skill], ids[who])
        for who, skill, _ in needs_of(network)
        for place in row_of(network.places, who).tolist()
        if not any(place in row_of(network.places, one) for one in providers_of(network, skill))
    }
