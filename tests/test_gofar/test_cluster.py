"""gofar match --all --cluster: the same suggestions from several processes, also if one dies."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from click.testing import Result

from bench.columns import snapshot_of
from bench.world import generate
from gofar.cluster import connected, rank_on, suggest_on_cluster
from graph.errors import ConfigurationError, UnknownOrganisation
from matching import Network, suggest_all
from matching.engine.search import engine_of

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def network() -> Network:
    return Network.compile(snapshot_of(generate(900)))


@pytest.fixture(scope="module")
def client() -> Iterator[object]:
    with connected("local:2") as made:
        yield made


@pytest.mark.parametrize("processes", [1, 2])
def test_processes_give_what_one_gives_though_one_of_them_is_killed(network, processes):
    engine = engine_of(network)
    who = np.arange(len(network))
    blocks = [who[start : start + 5] for start in range(0, len(who), 5)]
    whole = engine.rank(who, 10)
    killed = []

    def kill_once(done, total, what):
        if not killed and done > total // 4:
            killed.extend(client.run(os.getpid).values())
            os.kill(killed[0], signal.SIGKILL)

    with connected(f"local:{processes}") as client:
        found = list(rank_on(client, engine, blocks, 10, kill_once))

    assert len(killed) == processes
    assert [block.tolist() for block, _ in found] == [block.tolist() for block in blocks]
    for name in ("partners", "scores", "gets", "gives"):
        parts = [getattr(ranking, name) for _, ranking in found]
        assert np.concatenate(parts).tolist() == getattr(whole, name).tolist()


def test_the_command_writes_the_same_file_on_a_cluster(run: Run, filled_store, tmp_path: Path):
    files = [tmp_path / name for name in ("here.csv", "there.csv")]
    assert run("match", "--all", "--out", str(files[0])).exit_code == 0
    result = run("match", "--all", "--out", str(files[1]), "--cluster", "local:1")
    assert result.exit_code == 0, result.output
    assert files[0].read_bytes() == files[1].read_bytes()


def test_some_organisations_can_be_asked_for(network, client):
    some = list(network.organisation_ids[::90])
    address = client.scheduler.address
    told = []
    rows = suggest_on_cluster(
        network, address, lambda *step: told.append(step), k=3, organisation_ids=some
    )
    assert list(rows) == list(suggest_all(network, k=3, organisation_ids=some))
    assert told[-1] == (len(some), len(some), "Matching")


def test_an_unknown_organisation_is_refused_before_anything_starts(network):
    with pytest.raises(UnknownOrganisation):
        list(suggest_on_cluster(network, "local:1", print, organisation_ids=["nobody"]))


@pytest.mark.parametrize("address", ["local:", "local:0", "local:many", "local:1000"])
def test_a_number_of_processes_that_is_none_is_refused(address):
    with pytest.raises(ConfigurationError, match="local:N"), connected(address):
        pass


def test_an_address_where_nobody_answers_is_named(monkeypatch):
    monkeypatch.setattr("gofar.cluster._CONNECT_WITHIN_S", 0.5)
    with (
        pytest.raises(ConfigurationError, match=r"127\.0\.0\.1:9' doesn't answer"),
        connected("tcp://127.0.0.1:9"),
    ):
        pass


def test_without_dask_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ConfigurationError, match=r"gofar\[cluster\]"), connected("local:2"):
        pass


def test_a_cluster_is_for_all(run: Run):
    assert run("match", "org-mill", "--cluster", "local:2").exit_code == 2
