"""How the network hangs together, in words: for reports, pages and the prompt.

Names come in by ``name_of``, so that each reader's door says what they may be called.
"""

from __future__ import annotations

from matching.gaps.coverage import CAUTION_BELOW, WITHHELD_BELOW, Naming
from matching.gaps.structure import CorePeriphery, Ranking, Role, Silo, Structure
from reports.part import count, per_cent
from reports.report import Definition

__all__ = [
    "ROLE_NAMES",
    "ROLE_RULES",
    "STRUCTURE_DEFINITIONS",
    "circle_ties",
    "circles_kept",
    "core_fit",
    "coverage_told",
    "nobody_named",
    "ranking_basis",
    "said_first",
    "structure_lead",
]

ROLE_NAMES = {
    Role.BROKER: "Brokers",
    Role.BRIDGE: "Bridges",
    Role.WELL_CONNECTED: "Well connected",
    Role.ON_THE_EDGE: "On the edge",
}

ROLE_RULES = {
    Role.BROKER: "Others depend on it. Without it five or more would be cut off, or a closed "
    "circle would lose its only way out; it is among the 5% that most shortest ways lead through; "
    "and at least half of its partners open a way of their own.",
    Role.BRIDGE: "Without it somebody would be cut off, be it one organisation, and it is no "
    "broker.",
    Role.WELL_CONNECTED: "Among the 5% with most partners.",
    Role.ON_THE_EDGE: "It hangs on the network by one thread: it goes when those with one partner "
    "are taken away, again and again.",
}
"""The rule of each role, as anybody could check it."""

STRUCTURE_DEFINITIONS = (
    Definition(
        "isolates",
        "Organisations without a partner",
        "Organisations of which no collaboration and no joint project with an open organisation is "
        "known.",
        formula="organisations with no open partner",
    ),
    Definition(
        "largest-part",
        "In the largest part",
        "The share of organisations in the largest part of the network in which everybody can "
        "reach everybody by way of partners.",
        formula="organisations in the largest part ÷ organisations",
        example="Of 160 organisations 157 are in the largest part: 157 ÷ 160 = 98%.",
    ),
    Definition(
        "silos",
        "Closed circles",
        "Groups that keep to themselves, though some tie leads out: each member has more ties "
        "inside than outside, and at most one in ten of the ends of their ties lies outside. That "
        "is also at most half of what groups of such a size show where ties are dealt out by lot.",
        formula="ends of ties outside ÷ all ends of the members’ ties ≤ 10%, in groups found by "
        "the Louvain method",
        example="Of a group’s ties 38 are inside and 2 lead out: 2 ÷ (2 × 38 + 2) = 3%.",
        source="Blondel and others, Fast unfolding of communities in large networks, 2008; "
        "Krackhardt and Stern, Informal networks and organizational crises, 1988",
    ),
    Definition(
        "roles",
        "Roles",
        "Broker: others depend on it to reach each other, and those it joins do not know each "
        "other. Bridge: without it somebody would be cut off. Well connected: among the 5% with "
        "most partners. On the edge: it hangs on the network by one thread.",
        source="Freeman 1977 (betweenness); Burt 1992 (constraint); Seidman 1983 (cores)",
    ),
    Definition(
        "between",
        "Ways that lead through it",
        "Of all pairs of other organisations in its part of the network, the share whose shortest "
        "ways lead through it. The rank lies between the two ranks given, since not everybody has "
        "been heard.",
        formula="betweenness ÷ its largest possible value",
        source="Freeman, A set of measures of centrality based on betweenness, 1977",
    ),
    Definition(
        "constraint",
        "Constraint",
        "How much the partners of an organisation know each other: near 0 where they don’t, near 1 "
        "where they all do.",
        source="Burt, Structural Holes, 1992",
    ),
    Definition(
        "effective-size",
        "Partners that open a way of their own",
        "Partners, less what those among them who work with each other have in common. Its other "
        "name is effective size.",
        formula="partners - (2 × ties among them ÷ partners)",
        source="Burt, Structural Holes, 1992",
    ),
    Definition(
        "cut-points",
        "Cut points and bridging ties",
        "An organisation, or a tie, without which a part of the network would fall into pieces. "
        "All but the largest piece count as cut off.",
        source="Hopcroft and Tarjan, Algorithm 447: efficient algorithms for graph manipulation, "
        "1973",
    ),
    Definition(
        "core",
        "Core, middle and edge",
        "Core: those with most partners, as many as fit best to “all of the core work together, "
        "none of the others do”. Edge: those that hang on the network by one thread. Middle: all "
        "others with partners. The fit says how well the words about the core describe the "
        "network, from -1 to 1; near 0 it has no core to speak of.",
        source="Borgatti and Everett, Models of core/periphery structures, 1999; Seidman, Network "
        "structure and minimum degree, 1983",
    ),
)


def coverage_told(found: Structure) -> str:
    """Return of how many organisations anything has been told: what all else rests on."""
    coverage = found.coverage
    return (
        f"An offer, a need, a partner or a project has been told of {coverage.told_count:,} of "
        f"{count(coverage.open_count, 'organisation')} ({per_cent(coverage.share)}). What gofar "
        "worked out by itself doesn’t count."
    )


def nobody_named(found: Structure) -> str:
    """Return why no ranking names anybody."""
    return (
        f"No ranking names organisations: only {per_cent(found.coverage.share)} of them have told "
        f"anything, and below {WITHHELD_BELOW:.0%} it would mislead about single ones."
    )


def said_first(found: Structure) -> tuple[str, ...]:
    """Return what to know before any name is read: why there is none, a caution, or nothing."""
    match found.naming:
        case Naming.WITHHELD:
            return (nobody_named(found),)
        case Naming.CAUTION:
            return (
                f"Read names with caution: only {per_cent(found.coverage.share)} of organisations "
                f"have told anything, and from {CAUTION_BELOW:.0%} on a network can be trusted to "
                "show single ones rightly.",
            )
        case _:
            return ()


def structure_lead(found: Structure) -> str:
    """Return how all hang together, in three numbers."""
    if not found.tie_count:
        return "No partnership is known yet, so there is nothing to say of how all hang together."
    alone = len(found.isolate_ids)
    without = count(alone, "has no partner", "have no partner") if alone else "all have a partner"
    return (
        f"{found.largest_part_count:,} of {count(found.open_count, 'organisation')} can reach each "
        f"other by way of partners; {without}. {circles_kept(found)}."
    )


def circles_kept(found: Structure) -> str:
    """Return how many circles keep to themselves."""
    if not found.silos:
        return "No circle keeps to itself"
    themselves = "itself" if len(found.silos) == 1 else "themselves"
    return f"{count(len(found.silos), 'circle keeps', 'circles keep')} to {themselves}"


def circle_ties(silo: Silo) -> str:
    """Return how closed a circle is, and what chance would have made of its ties."""
    ties = count(silo.inner_ties, "tie")
    chance = (
        "ties dealt out by lot made no group of its size"
        if silo.chance_outward_share is None
        else f"no group of its size was below {silo.chance_outward_share:.1%} when ties were dealt "
        "out by lot"
    )
    return (
        f"{ties} inside and {silo.outer_ties:,} outside; chance would have led "
        f"{silo.expected_outer_ties:,.1f} outside. {silo.outward_share:.1%} of the ends of its "
        f"members’ ties lie outside; {chance}."
    )


def ranking_basis(ranking: Ranking) -> str:
    """Return what a ranking and its ranges rest on."""
    of = f"{len(ranking.rows):,} of {count(ranking.ranked_count, 'organisation')} with partners."
    ways = (
        "All shortest ways were counted."
        if ranking.is_exact
        else f"Shortest ways were counted from {ranking.source_count:,} organisations drawn by "
        "lot, so each number has its standard error."
    )
    if ranking.deletions:
        ranges = (
            f"Ranks lie between the best and the worst that {ranking.deletions:,} networks with as "
            "many organisations missing as have told nothing show."
        )
    elif not ranking.is_exact:
        ranges = "Ranks lie between the best and the worst that halves of these show."
    else:
        ranges = "Hardly anybody is missing, so only equals have a best and a worst rank."
    return f"{of} {ways} {ranges}"


def core_fit(core: CorePeriphery) -> str:
    """Return whether the network has a core to speak of, and its deepest circle."""
    fit = (
        "How well a core describes this network can’t be said."
        if core.core_fit is None
        else f"The fit of the core is {core.core_fit:.2f} on a scale from -1 to 1; near 0 there is "
        "no core to speak of."
    )
    if not core.deepest_core:
        return fit
    return (
        f"{fit} The closest {count(core.deepest_core_count, 'organisation')} each have "
        f"{count(core.deepest_core, 'partner')} or more among themselves."
    )
