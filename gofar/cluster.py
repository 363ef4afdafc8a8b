"""All suggestions of a large network on several processes or machines, by Dask.

The engine's arrays are sent once; then each worker ranks block after block of organisations. What
comes out is what :func:`matching.suggest_all` gives on one machine, bit for bit.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from graph.errors import ConfigurationError, GofarError
from matching import Network, suggest_all
from matching.engine.search import Engine, Ranking, blocks_of, engine_of
from matching.network import Ints
from matching.suggest import named

if TYPE_CHECKING:
    from distributed import Client, Future

__all__ = ["connected", "rank_on", "suggest_on_cluster"]

Rows = Iterator[tuple[str, list[tuple[str, float]]]]
Report = Callable[[int, int | None, str], None]

_OPTION = "--cluster"
_LOCAL = "local:"
_MOST_LOCAL = 64
_CONNECT_WITHIN_S = 15
# A worker that dies takes its results along, and if it was the only one the network too.
_ATTEMPTS = 5


def suggest_on_cluster(
    network: Network,
    address: str,
    report: Report,
    *,
    k: int = 10,
    organisation_ids: Iterable[str] | None = None,
) -> Rows:
    """Yield what ``suggest_all`` does, worked out at ``address`` (see :func:`connected`).

    Raises UnknownOrganisation, and ConfigurationError where there is no such cluster.
    """
    who = network.numbers_of(organisation_ids)
    with connected(address) as client:
        engine = engine_of(network)
        if engine is None:  # some signal can't be put into arrays
            ids = network.organisation_ids
            yield from suggest_all(network, k=k, organisation_ids=[ids[i] for i in who.tolist()])
            return
        # Whatever is to be compiled is kept on disk, for workers on this machine too.
        engine.rank(who[:1], k)
        for block, found in rank_on(client, engine, blocks_of(who), k, report):
            yield from named(network, block, found)


@contextmanager
def connected(address: str) -> Iterator[Client]:
    """Connect to a Dask scheduler, or for ``local:N`` start N processes of this machine.

    Raises ConfigurationError where nobody answers, or Dask isn't installed.
    """
    try:
        from distributed import Client, LocalCluster  # noqa: PLC0415
    except ImportError:
        raise ConfigurationError(
            _OPTION,
            address,
            "needs Dask, which isn't installed",
            remedy="Install it with the extra: pip install 'gofar[cluster]'.",
        ) from None
    if address.startswith(_LOCAL):
        with (
            LocalCluster(
                n_workers=_processes(address),
                threads_per_worker=1,
                # Nobody else is to reach it, and any number of them may run side by side.
                host="127.0.0.1",
                dashboard_address="127.0.0.1:0",
                silence_logs=logging.CRITICAL,
            ) as cluster,
            Client(cluster) as client,
        ):
            yield client
        return
    try:
        client = Client(address, timeout=_CONNECT_WITHIN_S)
    except (OSError, ValueError) as error:
        raise ConfigurationError(
            _OPTION,
            address,
            f"doesn't answer: {error}",
            remedy="Start a scheduler with `dask scheduler` and give its address, such as "
            "tcp://10.0.0.5:8786, or use local:4 for four processes here.",
        ) from error
    with client:
        yield client


def rank_on(
    client: Client, engine: Engine, blocks: list[Ints], k: int, report: Report
) -> Iterator[tuple[Ints, Ranking]]:
    """Yield block after block with its ranking, whichever worker it came from.

    Raises GofarError if the cluster loses its workers again and again.
    """
    from distributed import KilledWorker, as_completed  # noqa: PLC0415

    done: dict[int, Ranking] = {}
    for _ in range(_ATTEMPTS):
        client.wait_for_workers(1)
        sent = client.scatter(engine, broadcast=True, hash=False)
        asked: dict[Future[Any], int] = {
            client.submit(_ranked, sent, block, k, pure=False): at
            for at, block in enumerate(blocks)
            if at not in done
        }
        with suppress(KilledWorker):
            for answer, found in as_completed(asked, with_results=True):
                # What hung on arrays that are lost comes back as an error, not as a ranking.
                if isinstance(found, Ranking):
                    done[asked[answer]] = found
                    told = sum(len(blocks[at]) for at in done)
                    report(told, sum(map(len, blocks)), "Matching")
        if len(done) == len(blocks):
            for at, block in enumerate(blocks):
                yield block, done[at]
            return
    raise GofarError(
        f"The cluster lost its workers {_ATTEMPTS} times.",
        remedy="Look at their logs; often each needs more memory. Without --cluster, all is worked "
        "out here.",
    )


def _ranked(engine: Engine, block: Ints, k: int) -> Ranking:
    return engine.rank(block, k)


def _processes(address: str) -> int:
    number = address.removeprefix(_LOCAL)
    if number.isdecimal() and 1 <= int(number) <= _MOST_LOCAL:
        return int(number)
    raise ConfigurationError(
        _OPTION,
        address,
        "names no number of processes",
        remedy=f"Write local:N with N from 1 to {_MOST_LOCAL}.",
    )
