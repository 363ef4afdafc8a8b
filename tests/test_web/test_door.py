"""The door lets each viewer see and do what they may, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import collaboration, organisation
from graph.access import Action, Role, Viewer
from graph.contract import GraphStore
from graph.errors import AccessDenied, UnknownOrganisation
from graph.model import Organisation
from web.directory import Question
from web.door import Door
from web_app import LEFT, RIGHT, SECRET, workspace_over


def door_of(store: GraphStore, folder: Path, viewer: Viewer) -> Door:
    return Door(viewer, workspace_over(store, folder))


@pytest.fixture
def coordinator(store: GraphStore, tmp_path: Path) -> Door:
    return door_of(store, tmp_path, Viewer("ada", Role.COORDINATOR))


@pytest.fixture
def partner(store: GraphStore, tmp_path: Path) -> Door:
    return door_of(store, tmp_path, Viewer("bo", Role.PARTNER, frozenset({f"org-{LEFT}"})))


def test_a_private_organisation_is_nowhere(coordinator: Door) -> None:
    secret = f"org-{SECRET}"
    assert coordinator.node(Organisation, secret) is None
    assert coordinator.facts([secret]) == {}
    assert coordinator.name_of(secret) == secret
    assert secret not in {
        entry.id
        for entry in coordinator.entries(coordinator.organisations(Question(text="Refuge")))
    }
    with pytest.raises(UnknownOrganisation):
        coordinator.organisation(secret)


def test_a_partner_sees_suggestions_for_their_own_only(partner: Door) -> None:
    assert partner.suggestions(f"org-{LEFT}")
    with pytest.raises(AccessDenied):
        partner.suggestions(f"org-{RIGHT}")


def test_only_who_may_import_reaches_the_importer(partner: Door) -> None:
    for ask in (partner.imports, lambda: partner.import_record("x"), lambda: partner.undo("x")):
        with pytest.raises(AccessDenied, match=Action.IMPORT):
            ask()
    with pytest.raises(AccessDenied):
        partner.preview([Path("x.csv")])


def test_a_door_sees_one_version_throughout(store: GraphStore, tmp_path: Path) -> None:
    viewer = Viewer("ada", Role.COORDINATOR)
    old = door_of(store, tmp_path, viewer)
    before = old.counts().organisations
    with store.transaction("tester") as tx:
        tx.upsert(organisation("Late comer"))
    assert old.counts().organisations == before
    assert door_of(store, tmp_path, viewer).counts().organisations == before + 1


def test_facts_come_in_the_order_asked_for(coordinator: Door) -> None:
    tie = collaboration("Open Door", LEFT, how="referrals").id
    wanted = [f"org-{RIGHT}", tie, "offers-0123", "no such thing", f"org-{LEFT}"]
    assert list(coordinator.facts(wanted)) == [f"org-{RIGHT}", tie, f"org-{LEFT}"]


def test_an_organisation_comes_with_the_ties_on_both_ends(coordinator: Door) -> None:
    profile = coordinator.organisation(f"org-{LEFT}")
    assert [tie.from_id for tie in profile.incoming["funds"]] == ["org-Green Lane Garden"]
    assert [tie.to_id for tie in profile.outgoing["offers"]] == ["cap-Bid writing"]
    assert profile.partner_ids == ("org-Open Door",)


def test_a_name_is_found_however_it_is_typed(coordinator: Door) -> None:
    assert coordinator.find("  riverside YOUTH ") == f"org-{LEFT}"
    assert coordinator.nearest("Riversde Yuth", 3)[0] == f"org-{LEFT}"
