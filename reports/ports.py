"""What keeping and sending reports needs from those who work them out and draw them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from graph.snapshot import Snapshot
from reports.report import Report, Settings

__all__ = ["Block", "Builder", "Maker", "Words"]

Words = Mapping[str, str]
"""What people have written in place of ours, by block."""


class Builder(Protocol):
    """Works a report out: a pure function of what it is given."""

    def __call__(
        self,
        snapshot: Snapshot,
        settings: Settings,
        previous: Snapshot | None = None,
        *,
        as_of: date | None = None,
        previous_as_of: date | None = None,
        barred: frozenset[tuple[str, str]] = frozenset(),
    ) -> Report:
        """Return the report on whole snapshots, which it redacts for its readers.

        ``barred`` pairs are not to be brought together, whatever the snapshots know of it.
        """


@dataclass(frozen=True, slots=True)
class Block:
    """A text of a report that people may write anew: its key, what it is, and ours."""

    key: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Maker:
    """Works reports out and gives them their forms; ``gofar`` puts it together.

    ``to_json`` and ``from_json`` are each other's reverse, the same text for the same report.
    """

    build: Builder
    to_json: Callable[[Report], str]
    from_json: Callable[[str], Report]
    blocks: Callable[[Report], tuple[Block, ...]]
    to_html: Callable[[Report, Words], str]
    """A fragment of a page, safe as it is."""
    to_pdf: Callable[[Report, Words], bytes]
    to_xlsx: Callable[[Report, Words], bytes]
