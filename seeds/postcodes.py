"""From a postcode to the local authority around it, roughly: by the outward half alone.

``outcodes.csv`` gives the authority in which the middle of each outcode lies (public domain, CC0).
An outcode may reach over a border, so the answer is good enough for an office, no more.
"""

from __future__ import annotations

import csv
import functools
import re
from importlib import resources

__all__ = ["authority_of"]

_POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})?")


def authority_of(postcode: str) -> str:
    """Return the GSS code of the authority, '' if this is no postcode that we know."""
    match = _POSTCODE.fullmatch(" ".join(postcode.upper().split()))
    return _authorities().get(match[1], "") if match else ""


@functools.cache
def _authorities() -> dict[str, str]:
    text = resources.files("seeds").joinpath("outcodes.csv").read_text(encoding="utf-8")
    return {
        outcode: row["local_authority"]
        for row in csv.DictReader(text.splitlines())
        for outcode in row["outcodes"].split()
    }
