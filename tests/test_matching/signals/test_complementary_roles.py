"""Who convenes, who delivers and who knows funders."""

from __future__ import annotations

import numpy as np
import pytest

from builders import TOLD, network_of, organisation
from graph.model import BackboneOf, Fact, Funding, Project, TakesPartIn
from matching.signals.complementary_roles import ComplementaryRoles

ENDS = (
    organisation("a"),
    organisation("b"),
    organisation("c"),
    Project(id="p", name="p", provenance=TOLD),
    Project(id="q", name="q", provenance=TOLD),
)


def part(one: str, project: str, role: str = "") -> TakesPartIn:
    return TakesPartIn(from_id=f"org-{one}", to_id=project, role=role, provenance=TOLD)


def points(*facts: Fact) -> float:
    network = network_of(*ENDS, *facts)
    there, back = (
        float(ComplementaryRoles().points(network, i, np.array([j]))[0])
        for i, j in ((0, 1), (1, 0))
    )
    assert there == back
    return there


@pytest.mark.parametrize("role", ["lead", "Coordinator", " lead  partner "])
def test_one_who_leads_and_one_who_delivers_complement_each_other(role: str) -> None:
    assert points(part("a", "p", role), part("b", "q")) == pytest.approx(0.2 / 4 / 3 / 3)


def test_two_leaders_or_two_who_deliver_do_not() -> None:
    assert points(part("a", "p", "lead"), part("b", "q", "lead")) == 0
    assert points(part("a", "p"), part("b", "q")) == 0


def test_a_backbone_convenes_and_paying_is_not_delivering() -> None:
    backbone = BackboneOf(from_id="org-a", to_id="org-c", provenance=TOLD)
    assert points(backbone, part("b", "q")) == pytest.approx(0.2 / 4 / 9)
    assert points(backbone, part("b", "q", "Funder")) == 0


def test_who_has_found_money_complements_who_delivers() -> None:
    grant = Funding(from_id="org-c", to_id="org-a", provenance=TOLD)
    assert points(grant, part("b", "q")) == pytest.approx(0.2 / 4 / 9)
    network = network_of(*ENDS, grant, part("b", "q"))
    (reason,) = ComplementaryRoles().evidence(network, 1, 0)
    assert (reason.about, reason.facts) == ("org-a", (grant.id, part("b", "q").id))


def test_more_projects_count_for_more_but_never_without_end() -> None:
    few = points(part("a", "p", "lead"), part("b", "q"))
    more = points(part("a", "p", "lead"), part("a", "q", "lead"), part("b", "q"))
    assert few < more < 0.2
