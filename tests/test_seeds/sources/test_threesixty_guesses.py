"""What grants are about, read out of their texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.contract import GraphStore
from graph.model import Offer, Organisation, Project, Relationship, Serves, WorksOn
from import_files import ACTOR, GRANT_TITLES, TODAY, bring_in, content
from seeds.upkeep import reject

GUESSED = (WorksOn, Serves, Offer)
_PARTIES = "GB-CHC-1164883,Group,,GB-CHC-1000001,Fund,"
GRANTS = f"""{GRANT_TITLES}
360G-a-1,Choir,For older people,GBP,500,2024-03-31,{_PARTIES}
360G-a-2,Choirs and orchestras,We run a food bank,GBP,5,2024-04-01,{_PARTIES}
"""


@pytest.fixture
def grants(tmp_path: Path) -> Path:
    path = tmp_path / "grants.csv"
    path.write_text(GRANTS, encoding="utf-8")
    return path


def guesses(store: GraphStore, name: str) -> dict[str, Relationship]:
    ids = {
        node.id
        for kind in (Organisation, Project)
        for node in store.records(kind)
        if node.name == name
    }
    return {tie.to_id: tie for kind in GUESSED for tie in store.records(kind) if tie.from_id in ids}


def test_a_project_is_about_what_its_title_and_description_say(
    grants: Path, store: GraphStore
) -> None:
    bring_in(grants, store)

    choir = guesses(store, "Choir")
    assert {"theme-AR303", "com-older-people"} <= set(choir)
    told = choir["theme-AR303"].provenance
    assert told.inferred
    assert told.basis == 'words: "Choir"'
    assert not any(
        isinstance(tie, Offer) for tie in guesses(store, "Choirs and orchestras").values()
    )


def test_a_recipient_takes_each_term_once_in_its_surest_words(
    grants: Path, store: GraphStore
) -> None:
    bring_in(grants, store)

    group = guesses(store, "Group")
    assert {"theme-AR303", "com-older-people", "theme-SW301", "cap-food"} <= set(group)
    told = group["theme-AR303"].provenance
    project = guesses(store, "Choirs and orchestras")["theme-AR303"].provenance
    assert told.basis == project.basis == 'words: "Choirs", "orchestras"'
    assert told.confidence == pytest.approx(0.8 * project.confidence, abs=0.001)
    assert len(group) == sum(
        tie.from_id == group["theme-AR303"].from_id
        for kind in GUESSED
        for tie in store.records(kind)
    )


def test_a_grant_says_nothing_of_what_its_funder_does(grants: Path, store: GraphStore) -> None:
    bring_in(grants, store)

    assert guesses(store, "Fund") == {}


def test_importing_the_grants_again_changes_nothing(grants: Path, store: GraphStore) -> None:
    bring_in(grants, store)
    before = content(store)

    bring_in(grants, store)

    assert content(store) == before


def test_a_rejected_guess_does_not_come_back(grants: Path, store: GraphStore) -> None:
    bring_in(grants, store)
    music = guesses(store, "Group")["theme-AR303"]
    reject(store, [music.id], ACTOR, TODAY)

    bring_in(grants, store)

    assert "theme-AR303" not in guesses(store, "Group")
    assert "theme-AR303" in guesses(store, "Choir")
