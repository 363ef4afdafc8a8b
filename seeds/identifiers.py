"""Identifiers after org-id.guide, made from what people write: charity and company numbers."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

__all__ = ["Reading", "charity_id", "company_id", "organisation_ids", "own_id", "tidy_id"]

_SPACE = re.compile(r"\s+")
_CHARITY = re.compile(r"\d{6,7}")
_CHARITY_LINKED = re.compile(r"(\d{6,7})-\d{1,3}")
_SCOTTISH = re.compile(r"SC0?(\d{5,6})", re.IGNORECASE)
_NORTHERN_IRISH = re.compile(r"(?:NIC?)(\d{6})", re.IGNORECASE)
_COMPANY = re.compile(r"\d{8}")
_COMPANY_LETTERS = re.compile(r"[A-Z]{2}\d{6}|[A-Z]{2}\d{5}[A-Z]|[A-Z]\d{7}")
_SHORT_COMPANY = re.compile(r"\d{5,7}")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a number was read as. ``external_id`` is '' if it is none; ``why`` says what is odd."""

    external_id: str
    why: str = ""
    remedy: str = ""


def tidy_id(text: str) -> str:
    """Return an identifier without the spaces and line breaks that copying leaves in it."""
    return _SPACE.sub("", text)


def charity_id(text: str) -> Reading:
    """Read a charity number: England and Wales, Scotland (SC…) or Northern Ireland (NI…)."""
    number = tidy_id(text).upper()
    number = number.removeprefix("GB-CHC-").removeprefix("GB-").lstrip("#")
    linked = _CHARITY_LINKED.fullmatch(number)
    if linked:
        number = linked[1]
    if _CHARITY.fullmatch(number):
        return Reading(f"GB-CHC-{number}")
    scottish = _SCOTTISH.fullmatch(number.removeprefix("SC-"))
    if scottish:
        return Reading(f"GB-SC-SC{scottish[1].zfill(6)}")
    northern = _NORTHERN_IRISH.fullmatch(number.replace("-", ""))
    if northern:
        return Reading(f"GB-NIC-{northern[1]}")
    return Reading(
        "",
        "is not a charity number",
        "Charity numbers have 6 or 7 digits (England and Wales), SC and 6 (Scotland), "
        "or NI and 6 (Northern Ireland).",
    )


def company_id(text: str) -> Reading:
    """Read a company number; zeros that a spreadsheet dropped are put back."""
    number = tidy_id(text).upper().removeprefix("GB-COH-")
    if _COMPANY.fullmatch(number) or _COMPANY_LETTERS.fullmatch(number):
        return Reading(f"GB-COH-{number}")
    if _SHORT_COMPANY.fullmatch(number):
        return Reading(f"GB-COH-{number.zfill(8)}")
    return Reading(
        "", "is not a company number", "Company numbers have 8 digits, or 2 letters and 6 digits."
    )


def organisation_ids(identifier: str, charity: str = "", company: str = "") -> list[Reading]:
    """Return all identifiers of one organisation, the given one first, each once.

    A charity number that contradicts the identifier is left out and said so.
    """
    readings = [_given(tidy_id(identifier))] if identifier.strip() else []
    first = readings[0].external_id if readings else ""
    for text, read in ((charity, charity_id), (company, company_id)):
        if not text.strip():
            continue
        found = read(text)
        scheme = found.external_id.rpartition("-")[0]
        if found.external_id and first.startswith(f"{scheme}-") and found.external_id != first:
            found = Reading("", f"contradicts the identifier {first}", "Correct one of the two.")
        if found.external_id != first or not first:
            readings.append(found)
    return readings


def _given(identifier: str) -> Reading:
    if identifier.upper().startswith("GB-COH-"):
        number = identifier[len("GB-COH-") :]
        read = company_id(number)
        if read.external_id and read.external_id != identifier:
            return Reading(
                read.external_id,
                f"has {len(number)} digits; company numbers have 8",
                f"Read as {read.external_id}.",
            )
    return Reading(identifier)


def own_id(prefix: str, *parts: str) -> str:
    """Return an id of ours that follows from ``parts``: the prefix and 16 hex digits."""
    digest = hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=8)
    return f"{prefix}-{digest.hexdigest()}"
