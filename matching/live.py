"""The network of the moment, compiled again when the store has moved on, and those of the past."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import date

from graph.access import Audience, redact, redact_past
from graph.snapshot import Snapshot
from graph.vetoes import barred_in_past, barred_pairs
from matching.network import Network
from matching.view import TODAY, View

__all__ = ["LiveNetwork"]

_MOST_PAST = 4


class LiveNetwork:
    """One compiled :class:`Network` an audience and view, for a web worker that lives long.

    It is given callables and so knows no store; ``has_moved`` says whether any fact changed between
    two versions, as most versions of a store that sends letters are book-keeping. While one thread
    recompiles, the others are served the network they had. Of past days only the last few asked
    for are kept.
    """

    def __init__(
        self,
        version: Callable[[], int],
        snapshot: Callable[[], Snapshot],
        today: Callable[[], date],
        past: Callable[[date], Snapshot],
        has_moved: Callable[[int, int], bool],
    ) -> None:
        self._version = version
        self._snapshot = snapshot
        self._today = today
        self._past = past
        self._has_moved = has_moved
        self._still: dict[int, int] = {}
        self._lock = threading.Lock()
        self._whole: Snapshot | None = None
        self._now: dict[tuple[Audience, bool], Network] = {}
        self._then: OrderedDict[tuple[Audience, View, int], Network] = OrderedDict()

    def for_audience(self, audience: Audience, view: View = TODAY) -> Network:
        """Return the network as ``audience`` may see it, at the store's version or newer."""
        if view.as_of is not None and view.as_of < self._today():
            return self._of_the_past(audience, view)
        known = self._now.get((audience, view.with_inferred))
        if known is not None and self._is_current(known):
            return known
        if known is None:
            with self._lock:
                return self._compiled(audience, with_inferred=view.with_inferred)
        if self._lock.acquire(blocking=False):
            try:
                return self._compiled(audience, with_inferred=view.with_inferred)
            finally:
                self._lock.release()
        return known

    def _is_current(self, network: Network) -> bool:
        is_same_day = network.as_of == self._today()
        return is_same_day and self._is_still(network.snapshot)

    def _is_still(self, snapshot: Snapshot) -> bool:
        """Say whether the facts of a snapshot are those of the store, whatever else was written."""
        version = self._version()
        known = self._still.get(snapshot.version, snapshot.version)
        if known >= version:
            return True
        if self._has_moved(known, version):
            return False
        self._still[snapshot.version] = version
        return True

    def _refreshed(self) -> Snapshot:
        if self._whole is None or not self._is_still(self._whole):
            self._whole = self._snapshot()
            self._still = {}
        return self._whole

    def _compiled(self, audience: Audience, *, with_inferred: bool) -> Network:
        key = (audience, with_inferred)
        known = self._now.get(key)
        if known is not None and self._is_current(known):
            return known
        whole, today = self._refreshed(), self._today()
        made = Network.compile(
            redact(whole, audience),
            as_of=today,
            with_inferred=with_inferred,
            barred=barred_pairs(whole, today),
        )
        self._now[key] = made
        return made

    def _of_the_past(self, audience: Audience, view: View) -> Network:
        """Return the network of a day that is over, less what has been made private since."""
        assert view.as_of is not None
        with self._lock:
            whole = self._refreshed()
            key = (audience, view, whole.version)
            known = self._then.get(key)
            if known is None:
                past = self._past(view.as_of)
                barred = barred_in_past(past, view.as_of, whole, self._today())
                known = Network.compile(
                    redact_past(past, whole, audience),
                    as_of=view.as_of,
                    with_inferred=view.with_inferred,
                    barred=barred,
                )
                self._then[key] = known
            self._then.move_to_end(key)
            while len(self._then) > _MOST_PAST:
                self._then.popitem(last=False)
            return known
