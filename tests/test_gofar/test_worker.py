"""The worker, beside the app and on its own, with a real queue and real signals."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gofar.worker import working_beside
from graph.contract import GraphStore
from graph.errors import StoreUnavailable
from graph.model import StoredReport
from graph.stores import open_store
from graph.testing.samples import a_message, a_schedule, write
from needs import ROOT
from reporting_world import MAKER, Clock, grow
from reports.delivery import FolderPostman
from reports.office import Office


def until(happened: Callable[[], bool], what: str) -> None:
    for _ in range(300):
        if happened():
            return
        time.sleep(0.1)
    pytest.fail(f"{what} didn't happen in half a minute")


def office_over(store: GraphStore, folder: Path) -> Office:
    now = Clock(datetime(2026, 4, 1, 12, tzinfo=UTC))
    return Office(store, MAKER, FolderPostman(folder), now)


def test_beside_the_app_it_begins_at_once_and_ends_with_it(store_url: str, tmp_path: Path) -> None:
    with open_store(store_url) as store:
        grow(store, "one", datetime(2026, 1, 1, tzinfo=UTC))
        write(store, a_schedule(publishes=True, recipients=("r@example.org",)))
        before = signal.getsignal(signal.SIGINT)
        with working_beside(office_over(store, tmp_path / "mail")):
            # Whoever serves pages stops by its own signals.
            assert signal.getsignal(signal.SIGINT) is before
            until((tmp_path / "mail").is_dir, "the letter")
            until(lambda: any((tmp_path / "mail").glob("*.eml")), "the letter")
        assert len(list(store.records(StoredReport))) == 1


def test_a_store_that_is_away_for_a_while_does_not_end_the_work(
    store_url: str, tmp_path: Path
) -> None:
    calls = []

    class Away(Office):
        def work(self) -> None:  # type: ignore[override]
            calls.append(1)
            raise StoreUnavailable("away")

    with open_store(store_url) as store:
        given = office_over(store, tmp_path)
        away = Away(given.store, given.maker, given.postman, given.clock)
        with working_beside(away):
            until(lambda: bool(calls), "the work")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_worker_stops_cleanly(store_url: str, tmp_path: Path, number: signal.Signals) -> None:
    with open_store(store_url) as store:
        write(store, a_message(next_try_at=""))
    settings = {"GOFAR_STORE": store_url, "GOFAR_MAIL_FOLDER": str(tmp_path / "mail")}
    command = [sys.executable, "-m", "gofar", "worker"]
    child = subprocess.Popen(
        command,
        env={**os.environ, **settings, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=tmp_path,
    )
    try:
        until((tmp_path / "mail" / "message-1.eml").exists, "the letter")
        child.send_signal(number)
        said, _ = child.communicate(timeout=30)
    finally:
        child.kill()
    assert child.returncode == 0, said
    assert "Stopped." in said
    assert "Traceback" not in said
