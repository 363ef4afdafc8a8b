"""kill -9 in the middle of an import: repeating it finishes it, undoing it leaves nothing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import seeds
from graph.audit import Action
from graph.contract import GraphStore
from graph.model import KINDS, RELATIONSHIP_KINDS, ImportRecord, ImportState
from graph.stores import open_store
from import_files import ACTOR, bring_in, content, write

# Dies between two commits, or a few milliseconds into one.
CHILD = """
import os, signal, sys, threading
from datetime import date
import seeds
from graph.stores import open_store

url, path, commits, delay = sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
store = open_store(url)
type(store).batch_size = 100
commit, left = store.commit, [commits]

def die():
    os.kill(os.getpid(), signal.SIGKILL)

def commit_and_die(unit):
    if left[0] == 0:
        threading.Timer(delay, die).start() if delay else die()
    left[0] -= 1
    return commit(unit)

store.commit = commit_and_die
found = seeds.preview(path, store, actor="ada@example.org", today=date(2026, 11, 2))
seeds.apply(found, store)
"""


@pytest.fixture
def history(tmp_path: Path) -> Path:
    count = 120
    return write(
        tmp_path / "h",
        {
            "organisations.csv": "org_id,name,country\n"
            + "".join(f"{n},Body {n},PT\n" for n in range(count)),
            "projects.csv": "project_id,title,topics\n"
            + "".join(f"{n},Project {n},Kites\n" for n in range(count)),
            "participations.csv": "org_id,project_id,role\n"
            + "".join(f"{n},{(n * 7 + k) % count},x\n" for n in range(count) for k in range(3)),
        },
    )


@pytest.fixture(params=["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "neo4j":
        found: str = request.getfixturevalue("clean_neo4j")
        return found
    return f"sqlite:///{tmp_path / 'network.db'}"


@pytest.fixture
def whole(history: Path) -> Iterator[str]:
    with open_store("sqlite:///:memory:") as store:
        bring_in(history, store)
        yield content(store)


def killed(url: str, history: Path, commits: int, delay: float) -> None:
    open_store(url).close()
    command = [sys.executable, "-c", CHILD, url, str(history), str(commits), str(delay)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == -9, done.stderr


def check_nothing_half_linked(store: GraphStore) -> None:
    nodes = set(map(str, store.snapshot().node_ids))
    for tie_class in RELATIONSHIP_KINDS:
        for tie in store.records(tie_class):
            assert {tie.from_id, tie.to_id} <= nodes


def check_audit_agrees(store: GraphStore) -> None:
    """Play the audit log back: it must end at what is stored."""
    told: dict[tuple[str, str], object] = {}
    for entry in store.audit():
        if entry.action is Action.DELETE:
            del told[entry.kind, entry.record_id]
        else:
            told[entry.kind, entry.record_id] = entry.after
    stored = {
        (kind, record.id): record.to_row()
        for kind, record_class in KINDS.items()
        for record in store.records(record_class)
    }
    assert told == stored


@pytest.mark.parametrize(("commits", "delay"), [(0, 0.0), (2, 0.0), (3, 0.004)])
def test_a_killed_import_is_finished_by_repeating_it(
    url: str, history: Path, whole: str, commits: int, delay: float
) -> None:
    killed(url, history, commits, delay)

    with open_store(url) as store:
        check_nothing_half_linked(store)
        check_audit_agrees(store)
        record = bring_in(history, store)

        assert record.state is ImportState.APPLIED
        assert content(store) == whole
        check_audit_agrees(store)


def test_a_killed_import_can_be_undone(url: str, history: Path, whole: str) -> None:
    killed(url, history, 3, 0.004)

    with open_store(url) as store:
        (halfway,) = store.records(ImportRecord)
        assert halfway.state is ImportState.APPLYING
        assert halfway.added > 0
        result = seeds.undo(store, halfway.id, ACTOR)

        assert result.kept == []
        assert sum(store.health().counts.values()) == 1
        check_audit_agrees(store)
        bring_in(history, store)
        assert content(store) == whole
