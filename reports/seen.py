"""One network as a report sees it: redacted for its reader, compiled for its day."""

from __future__ import annotations

from datetime import date

from graph.access import Role, Viewer, redact, redact_past
from graph.snapshot import Snapshot
from graph.vetoes import barred_in_past, barred_pairs
from matching import Network
from reports.report import Settings

__all__ = ["network_seen", "past_seen"]

_COORDINATOR = Viewer("the report", Role.COORDINATOR)
_PUBLIC = Viewer("the report", Role.PUBLIC)


def network_seen(
    snapshot: Snapshot,
    settings: Settings,
    as_of: date,
    barred: frozenset[tuple[str, str]] = frozenset(),
) -> Network:
    """Return the network on a day, with nothing in it that the report's readers may not see."""
    return Network.compile(
        redact(snapshot, _viewer(settings).audience),
        as_of=as_of,
        barred=barred_pairs(snapshot, as_of) | barred,
    )


def past_seen(
    past: Snapshot, then: date, snapshot: Snapshot, as_of: date, settings: Settings
) -> Network:
    """Return the network of the report before, less what has been made private since."""
    return Network.compile(
        redact_past(past, snapshot, _viewer(settings).audience),
        as_of=then,
        barred=barred_in_past(past, then, snapshot, as_of),
    )


def _viewer(settings: Settings) -> Viewer:
    return _PUBLIC if settings.is_public else _COORDINATOR
