from __future__ import annotations

from datetime import date

import networkx as nx
import pytest

from builders import collaboration, organisation, snapshot_of
from graph.model import Fact
from reports.build import build_report
from reports.report import Report, Settings

QUARTER = Settings("The third quarter", date(2026, 7, 1), date(2026, 9, 30))
PAIR = (organisation("a"), organisation("b"), collaboration("a", "b"))


def report_of(*facts: Fact) -> Report:
    return build_report(snapshot_of(*facts), QUARTER)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (
            (),
            "No partnership is known yet, so there is nothing to say of how all hang together.",
        ),
        (
            PAIR,
            "2 of 2 organisations can reach each other by way of partners; all have a partner. No "
            "circle keeps to itself.",
        ),
        (
            (*PAIR, organisation("c")),
            "2 of 3 organisations can reach each other by way of partners; 1 has no partner. No "
            "circle keeps to itself.",
        ),
    ],
)
def test_how_all_hang_together_is_told_in_a_sentence(facts: tuple[Fact, ...], said: str) -> None:
    found = report_of(*facts)
    assert next(each.lead for each in found.sections if each.id == "structure") == said


def two_circles_and_a_crowd() -> list[Fact]:
    """Two circles of six joined through m, and through z a crowd that is no circle."""
    crowd = nx.random_regular_graph(4, 47, seed=1)
    pairs = [(f"crowd-{one}", f"crowd-{other}") for one, other in crowd.edges]
    pairs += [("m", "z"), ("z", "crowd-0"), ("z", "crowd-1")]
    for circle in ("abcdef", "ghijkl"):
        for step in (1, 2):
            pairs += zip(circle, circle[step:] + circle[:step], strict=True)
        pairs.append((circle[0], "m"))
    everybody = sorted({end for pair in pairs for end in pair})
    return [*map(organisation, everybody), *(collaboration(*pair) for pair in pairs)]


def test_only_who_joins_a_closed_circle_is_said_to() -> None:
    found = report_of(*two_circles_and_a_crowd())
    (roles,) = (table.rows for table in found.tables if table.id == "roles")
    assert roles[0][1:] == (2, 61, "m and z")
    told = next(each for each in found.sections[0].findings if each.id == "silos")
    assert told.headline == "2 circles keep to themselves"
    assert (
        told.detail == "12 organisations work mostly with each other. m joins them to the others."
    )
