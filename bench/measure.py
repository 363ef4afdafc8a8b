"""Measures one size on one store; run as a process of its own, so that peaks don't mix.

``python -m bench.measure fill|match SIZE STORE …`` prints the figures as the last line, in JSON.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

import numpy as np

from bench.figures import Case, peak_mebibytes
from bench.records import batches, organisation_id
from bench.world import generate
from graph.contract import GraphStore
from graph.stores import open_store
from matching import Network, suggest_all, suggest_partners

__all__ = ["STORE_VARIABLE", "fill", "match"]

STORE_VARIABLE = "GOFAR_BENCH_STORE"
"""Tells a measuring process the store's URL: no argument, for it may hold a password."""

_SINGLE_MATCHES = 100
_TOLD_EVERY = 10
_TOP = 10


def fill(store: GraphStore, case: Case, *, partners: float, seed: int) -> None:
    """Measure the import of a generated world into an empty store."""
    world = generate(case.size, partners=partners, seed=seed)
    total, done, making, told = world.record_count, 0, 0.0, 0
    started = time.perf_counter()
    stream = batches(world, store.batch_size)
    while True:
        before = time.perf_counter()
        batch = next(stream, None)
        making += time.perf_counter() - before
        if batch is None:
            break
        with store.transaction("bench") as tx:
            tx.upsert(*batch)
        done += len(batch)
        if done * _TOLD_EVERY // total > told:
            told = done * _TOLD_EVERY // total
            _tell(f"  {done:,} of {total:,} records in {time.perf_counter() - started:,.0f} s")
    took = time.perf_counter() - started
    case.figures |= {
        "records": total,
        "import": took,
        "making": making,
        "import_rate": total / took,
        "import_peak": peak_mebibytes(),
    }


def match(store: GraphStore, case: Case, *, sample: int, seed: int) -> None:
    """Measure snapshot, compile and matching; ``sample`` 0 means all matches of all."""
    started = time.perf_counter()
    snapshot = store.snapshot()
    read = time.perf_counter()
    network = Network.compile(snapshot)
    compiled = time.perf_counter()
    figures = case.figures
    figures["snapshot"], figures["compile"] = read - started, compiled - read
    figures["snapshot_and_compile"] = compiled - started
    figures["compiled_peak"] = peak_mebibytes()
    rng = np.random.default_rng(seed)
    drawn = [organisation_id(n) for n in rng.permutation(case.size)[: _SINGLE_MATCHES + 1].tolist()]
    times = [_single_match(network, organisation) for organisation in drawn]
    figures["first_match"] = times[0]
    figures["match_p50"], figures["match_p95"] = np.percentile(times[1:], (50, 95)).tolist()
    _match_all(network, case, sample, rng)
    figures["matching_peak"] = peak_mebibytes()
    before = time.perf_counter()
    case.content_hash = snapshot.content_hash
    figures["hashing"] = time.perf_counter() - before


def _single_match(network: Network, organisation: str) -> float:
    """Return milliseconds."""
    before = time.perf_counter()
    suggest_partners(network, organisation, k=_TOP)
    return 1000 * (time.perf_counter() - before)


def _match_all(network: Network, case: Case, sample: int, rng: np.random.Generator) -> None:
    count = sample if 0 < sample < case.size else case.size
    case.sampled = count if count < case.size else 0
    drawn = np.sort(rng.permutation(case.size)[:count]).tolist()
    _tell(f"  matching {count:,} of {case.size:,} organisations")
    before = time.perf_counter()
    for _ in suggest_all(network, k=_TOP, organisation_ids=map(organisation_id, drawn)):
        pass
    took = time.perf_counter() - before
    case.figures["all_matches"] = took * case.size / count


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _stored_mebibytes(url: str) -> float:
    file = Path(url.removeprefix("sqlite:///"))
    parts = (file.with_name(file.name + end) for end in ("", "-wal", "-shm"))
    return sum(part.stat().st_size for part in parts if part.exists()) / 2**20


def _main() -> None:
    parser = argparse.ArgumentParser(description="Measure one size on one store.")
    parser.add_argument("step", choices=("fill", "match"))
    parser.add_argument("size", type=int)
    parser.add_argument("store")
    parser.add_argument("--partners", type=float, required=True)
    parser.add_argument("--sample", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    given = parser.parse_args()
    case = Case(given.size, given.store)
    url = os.environ[STORE_VARIABLE]
    with open_store(url) as store:
        if given.step == "fill":
            fill(store, case, partners=given.partners, seed=given.seed)
            if given.store == "sqlite":
                case.figures["stored"] = _stored_mebibytes(url)
        else:
            match(store, case, sample=given.sample, seed=given.seed)
    print(case.to_json())


if __name__ == "__main__":
    _main()
