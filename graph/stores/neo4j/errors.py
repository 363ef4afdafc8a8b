"""No exception of the driver leaves this package: each becomes a StoreError with a remedy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from neo4j import exceptions as driver

from graph.errors import StoreCorrupt, StoreError, StoreUnavailable

__all__ = ["translated", "translating"]

# The first class that fits decides, so subclasses stand before their parents.
_REMEDIES: tuple[tuple[type[driver.GqlError], type[StoreError], str], ...] = (
    (driver.AuthError, StoreUnavailable, "Check the user name and password for Neo4j."),
    (
        driver.IncompleteCommit,
        StoreUnavailable,
        "The change may have arrived or not: repeat it, which does no harm if it has.",
    ),
    (
        driver.ConnectionPoolError,
        StoreUnavailable,
        "Every connection is in use. Try again in a minute.",
    ),
    (
        driver.ServiceUnavailable,
        StoreUnavailable,
        "Check that Neo4j is running and that GOFAR_STORE has the right host and port.",
    ),
    (driver.SessionExpired, StoreUnavailable, "The connection was lost. Try again."),
    (
        driver.TransientError,
        StoreUnavailable,
        "Neo4j is busy or short of memory. Try again in a minute, or give it a larger heap.",
    ),
    (driver.BrokenRecordError, StoreCorrupt, "Restore a backup, or check the version of Neo4j."),
    (driver.ConfigurationError, StoreError, "Check GOFAR_STORE; Neo4j 5.26 or newer is needed."),
    (driver.Forbidden, StoreError, "Give the Neo4j user the right to write and to make indexes."),
)
_REMEDY = "Look into the log of Neo4j, then try again."


def translated(name: str, error: driver.GqlError) -> StoreError:
    """Return the error to raise in place of the driver's; whether to retry, the driver knows."""
    for kind, made, remedy in _REMEDIES:
        if isinstance(error, kind):
            found = made(f"{name}: {_first_line(error)}.", remedy=remedy)
            break
    else:
        found = StoreError(f"{name}: {_first_line(error)}.", remedy=_REMEDY)
    found.is_retryable = isinstance(error, _CAN_TELL) and error.is_retryable()
    return found


_CAN_TELL = (driver.Neo4jError, driver.DriverError)


@contextmanager
def translating(name: str) -> Iterator[None]:
    """Turn errors of the driver into ours within the ``with`` block."""
    try:
        yield
    except driver.GqlError as error:
        raise translated(name, error) from error


def _first_line(error: driver.GqlError) -> str:
    text = (getattr(error, "message", None) or str(error) or type(error).__name__).strip()
    return text.splitlines()[0].rstrip(" .:") if text else type(error).__name__
