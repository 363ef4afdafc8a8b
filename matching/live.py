"""The network of the moment: compiled again when the store has moved on."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date

from graph.access import Audience, redact
from graph.snapshot import Snapshot
from matching.network import Network

__all__ = ["LiveNetwork"]


class LiveNetwork:
    """One compiled :class:`Network` an audience, for a web worker that lives long.

    It is given callables and so knows no store. While one thread recompiles, the others are
    served the network they had.
    """

    def __init__(
        self,
        version: Callable[[], int],
        snapshot: Callable[[], Snapshot],
        today: Callable[[], date],
    ) -> None:
        self._version = version
        self._snapshot = snapshot
        self._today = today
        self._lock = threading.Lock()
        self._whole: Snapshot | None = None
        self._by_audience: dict[Audience, Network] = {}

    def for_audience(self, audience: Audience) -> Network:
        """Return the network as ``audience`` may see it, at the store's version or newer."""
        known = self._by_audience.get(audience)
        if known is not None and self._is_current(known):
            return known
        if known is None:
            with self._lock:
                return self._compiled(audience)
        if self._lock.acquire(blocking=False):
            try:
                return self._compiled(audience)
            finally:
                self._lock.release()
        return known

    def _is_current(self, network: Network) -> bool:
        is_same_day = network.as_of == self._today()
        return is_same_day and network.snapshot.version == self._version()

    def _compiled(self, audience: Audience) -> Network:
        known = self._by_audience.get(audience)
        if known is not None and self._is_current(known):
            return known
        if self._whole is None or self._whole.version != self._version():
            self._whole = self._snapshot()
        made = Network.compile(redact(self._whole, audience), as_of=self._today())
        self._by_audience[audience] = made
        return made
