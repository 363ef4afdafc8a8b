"""What keeping and sending reports needs from those who work them out and draw them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from graph.snapshot import Snapshot
from reports.report import Report, Settings

__all__ = ["NO_LINKS", "Builder", "Links", "Maker", "Words"]

Words = Mapping[str, str]
"""What people have written in place of ours, by block."""


@dataclass(frozen=True, slots=True)
class Links:
    """Where a page leads: to an organisation by its id, to the rows of a table by its id.

    ``is_titled``: whether the fragment brings its title; the page around it may have one.
    """

    organisation: Callable[[str], str] | None = None
    rows: Callable[[str], str] | None = None
    is_titled: bool = True


NO_LINKS = Links()


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
        published: Report | None = None,
    ) -> Report:
        """Return the report on whole snapshots, which it redacts for its readers.

        ``barred`` pairs are not to be brought together, whatever the snapshots know of it.
        ``published`` is the public version of the report before: what it withheld stays withheld.
        """


@dataclass(frozen=True, slots=True)
class Maker:
    """Works reports out and gives them their forms; ``gofar`` puts it together.

    ``to_json`` and ``from_json`` are each other's reverse, the same text for the same report.
    """

    build: Builder
    to_json: Callable[[Report], str]
    from_json: Callable[[str], Report]
    blocks: Callable[[Report], Words]
    """The texts that people may write anew, as they are without that, by block."""
    check_words: Callable[[Report, Words], Words]
    """Those of the words that change something; raises InputError for words that don't fit."""
    to_html: Callable[[Report, Words, Links], str]
    """A fragment of a page, safe as it is."""
    to_pdf: Callable[[Report, Words], bytes]
    to_xlsx: Callable[[Report, Words], bytes]
    to_csv: Callable[[Report, str], str]
    """Every row of one table; raises InvalidReport if there is none with this id."""
    to_page: Callable[[Report, Words], bytes]
    """A page of its own, for a file."""
    to_file: Callable[[Report, Words], bytes]
    """JSON, for other programs."""
    style: Callable[[], str]
    """The style sheet of the fragment."""

    def form(self, name: str, report: Report, words: Words) -> bytes:
        """Return a report as a file: ``pdf``, ``xlsx``, ``html`` or ``json``."""
        match name:
            case "pdf":
                return self.to_pdf(report, words)
            case "xlsx":
                return self.to_xlsx(report, words)
            case "html":
                return self.to_page(report, words)
            case _:
                return self.to_file(report, words)
