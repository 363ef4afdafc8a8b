"""What a run measures: named figures with a unit, for one size and one store."""

from __future__ import annotations

import json
import resource
import sys
from dataclasses import asdict, dataclass, field
from typing import Any

__all__ = ["FIGURES", "Case", "peak_mebibytes"]

FIGURES: dict[str, tuple[str, str]] = {
    "records": ("records in all", "count"),
    "import": ("import of all", "s"),
    "making": ("… of which making the records", "s"),
    "import_rate": ("… records a second", "count"),
    "import_peak": ("… peak memory", "MiB"),
    "stored": ("size on disk", "MiB"),
    "snapshot": ("snapshot", "s"),
    "compile": ("compile", "s"),
    "snapshot_and_compile": ("snapshot + compile", "s"),
    "compiled_peak": ("… peak memory", "MiB"),
    "hashing": ("hashing the content", "s"),
    "first_match": ("first match, explained", "ms"),
    "match_p50": ("a match, explained: p50", "ms"),
    "match_p95": ("a match, explained: p95", "ms"),
    "all_matches": ("all matches", "s"),
    "matching_peak": ("… peak memory", "MiB"),
}
"""Every figure in the order of the table: how it is called, and its unit."""


@dataclass(slots=True)
class Case:
    """The figures of one size on one store; ``note`` says what was not measured as asked."""

    size: int
    store: str
    figures: dict[str, float] = field(default_factory=dict)
    content_hash: str = ""
    sampled: int = 0
    """How many organisations "all matches" was measured on, 0 if on all."""
    note: str = ""

    def to_json(self) -> str:
        """Return the case as one line of JSON."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Case:
        """Make the case again from what :meth:`to_json` gave."""
        values: dict[str, Any] = json.loads(text)
        return cls(**values)

    def merge(self, other: Case) -> None:
        """Take over what another process measured of the same case."""
        self.figures |= other.figures
        self.content_hash = other.content_hash or self.content_hash
        self.sampled = other.sampled or self.sampled
        self.note = " ".join(filter(None, (self.note, other.note)))


def peak_mebibytes() -> float:
    """Return the most memory that this process has held, in MiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Kibibytes on Linux, bytes on macOS.
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10
