"""Which roles lead, who has a part in what goes on, and who is a backbone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from builders import TOLD, collaboration, network_of, organisation
from graph.model import BackboneOf, Fact, Project, TakesPartIn
from matching.coalitions.burden import count_of_projects
from matching.gaps.conditions import backbone_support
from matching.gaps.rehearsal import if_closed
from matching.gaps.structure import Role, structure
from matching.leading import leads, running_roles, running_support
from matching.signals.complementary_roles import ComplementaryRoles

LEADING = ("lead", "Lead partner", "lead-applicant", " LEADER ", "coordinator", "Co-ordinator")
CONVENING = ("host", "convenor", "Accountable  Body", "backbone")
OTHERS = ("", "partner", "participant", "funder", "lead funder", "misleading", "leadership", "…")


@pytest.mark.parametrize("role", [*LEADING, *CONVENING])
def test_a_role_that_leads_is_known_however_it_is_written(role: str) -> None:
    assert leads(role)


@pytest.mark.parametrize("role", OTHERS)
def test_any_other_role_does_not_lead(role: str) -> None:
    assert not leads(role)


def part(one: str, role: str, **values: object) -> TakesPartIn:
    ends = {"from_id": f"org-{one}", "to_id": "p", "role": role, "provenance": TOLD}
    return TakesPartIn(**{**ends, **values})  # type: ignore[arg-type]


def roles_of(*facts: Fact, ends_on: date | None = None, leading: bool = False) -> list[str]:
    project = Project(id="p", name="p", ends_on=ends_on, provenance=TOLD)
    closed = organisation("c", closed_on=date(2025, 1, 1))
    network = network_of(
        organisation("a"), organisation("b"), closed, project, *facts, as_of=date(2026, 6, 1)
    )
    found = running_roles(network, leading=leading)
    assert set(found.data.tolist()) <= {1.0}
    return [network.names[row] for row in np.flatnonzero(np.diff(found.indptr)).tolist()]


def test_who_has_closed_or_only_pays_has_no_part() -> None:
    facts = (part("a", "lead"), part("a", "host"), part("b", "Funder"), part("c", "lead"))
    assert roles_of(*facts) == roles_of(*facts, leading=True) == ["a"]


def test_what_is_over_or_yet_to_begin_is_no_part() -> None:
    facts = (
        part("a", "lead", ends_on=date(2026, 5, 31)),
        part("b", "lead", starts_on=date(2026, 6, 2)),
    )
    assert roles_of(*facts, leading=True) == []
    assert roles_of(part("a", "lead", ends_on=date(2026, 6, 1))) == ["a"]
    assert roles_of(part("a", "lead"), ends_on=date(2026, 5, 31)) == []


def test_all_that_ask_who_leads_agree() -> None:
    for role in (*LEADING, *CONVENING, *OTHERS):
        facts = (organisation("a"), organisation("b"), Project(id="p", name="p", provenance=TOLD))
        other = Project(id="q", name="q", provenance=TOLD)
        delivers = TakesPartIn(from_id="org-b", to_id="q", provenance=TOLD)
        network = network_of(*facts, other, part("a", role), delivers)
        led = count_of_projects(network, led=True)[0]
        convened = ComplementaryRoles().points(network, 0, np.array([1]))[0]
        assert (led, convened > 0) == (int(leads(role)), leads(role))


def test_all_that_ask_who_is_a_backbone_agree() -> None:
    def support(one: str, **values: object) -> BackboneOf:
        ends = {"from_id": f"org-{one}", "to_id": "org-a", "provenance": TOLD}
        return BackboneOf(**{**ends, **values})  # type: ignore[arg-type]

    network = network_of(
        *(organisation(name) for name in "abdefg"),
        organisation("c", closed_on=date(2025, 1, 1)),
        support("b", since=date(2026, 6, 1), until=date(2026, 6, 1)),
        support("c"),
        support("d", until=date(2026, 5, 31)),
        support("e", since=date(2026, 6, 2)),
        support("f", provenance=replace(TOLD, inferred=True, confidence=0.5)),
        *(collaboration("b", name) for name in "adefg"),
        as_of=date(2026, 6, 1),
    )
    assert running_support(network).sum() == 1
    assert backbone_support(network).backbone_ids == ("org-b",)
    assert if_closed(network, "org-b").members_without_backbone == ("org-a",)
    bridges = next(each for each in structure(network).roles if each.role is Role.BRIDGE)
    assert bridges.backbone_ids == bridges.organisation_ids == ("org-b",)
