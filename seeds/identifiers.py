"""Identifiers after org-id.guide, made from what people write: charity and company numbers."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace

__all__ = ["Reading", "charity_id", "company_id", "organisation_ids", "own_id", "tidy_id"]

_SPACE = re.compile(r"\s+")
_CHARITY = re.compile(r"(\d{6,7})(?:-\d{1,3})?")  # the suffix numbers a linked charity
_BARE = re.compile(r"\d{5,6}")
_SCOTTISH = re.compile(r"SC-?(\d{5,6})")
_NORTHERN_IRISH = re.compile(r"NIC?-?(\d{6})")
_COMPANY = re.compile(r"\d{8}|[A-Z]{2}\d{6}|[A-Z]{2}\d{5}[A-Z]|[A-Z]\d{7}")
_SHORT_COMPANY = re.compile(r"\d{6,7}")
_SHORTER_COMPANY = re.compile(r"\d{1,5}")
_SHORT_LETTERED = re.compile(r"([A-Z]{2})(\d{1,5})")
_AS_NUMBER = re.compile(r"(\d+)\.0+")  # what a spreadsheet makes of digits
_NONE = frozenset({"", "0", "0.0", "-", "n/a", "N/A", "none", "None"})
_CHARITY_FORMS = (
    "Charity numbers have 6 or 7 digits (England and Wales), SC and 6 digits (Scotland), "
    "or NIC and 6 digits (Northern Ireland)."
)
_COMPANY_FORMS = "Company numbers have 8 digits, or 2 letters and 6 digits."


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read as an identifier; ``external_id`` is '' if it is none, ``why`` what is odd.

    ``field`` says which of the given texts it was: ``id``, ``charity`` or ``company``.
    """

    field: str
    text: str
    external_id: str
    why: str = ""
    remedy: str = ""


def tidy_id(text: str) -> str:
    """Return an identifier without the spaces and line breaks that copying leaves in it."""
    return _SPACE.sub("", text)


def charity_id(text: str) -> Reading:
    """Read a charity number: England and Wales, Scotland (SC…) or Northern Ireland (NIC…)."""
    number = _AS_NUMBER.sub(r"\1", tidy_id(text).upper())
    for scheme, letters in (("GB-CHC-", ""), ("GB-SC-", "SC"), ("GB-NIC-", "NIC")):
        if number.startswith(scheme):
            number = number.removeprefix(scheme)
            # Under its own scheme a number may go without the letters of the register.
            is_bare = letters and _BARE.fullmatch(number)
            number = f"{letters}{number}" if is_bare else number
            break
    english = _CHARITY.fullmatch(number)
    if english:
        return Reading("charity", text, f"GB-CHC-{english[1]}")
    scottish = _SCOTTISH.fullmatch(number)
    if scottish:
        return Reading("charity", text, f"GB-SC-SC{scottish[1].zfill(6)}")
    northern = _NORTHERN_IRISH.fullmatch(number)
    if northern:
        return Reading("charity", text, f"GB-NIC-{northern[1]}")
    return Reading("charity", text, "", "is not a charity number", _CHARITY_FORMS)


def company_id(text: str) -> Reading:
    """Read a company number; zeros that a spreadsheet dropped are put back."""
    number = tidy_id(text).upper().removeprefix("GB-COH-")
    number = _AS_NUMBER.sub(r"\1", number)
    if _COMPANY.fullmatch(number):
        return Reading("company", text, f"GB-COH-{number}")
    if _SHORT_COMPANY.fullmatch(number):
        full = f"GB-COH-{number.zfill(8)}"
        if len(number) == 7 and tidy_id(text)[:1].isdigit():
            return Reading("company", text, full)  # a spreadsheet dropped the leading zero
        # Shorter still may be a Scottish or Northern Irish number without its letters.
        return Reading(
            "company",
            text,
            full,
            f"has {len(number)} digits; company numbers have 8",
            f"Did you mean {full}? It was read so.",
        )
    lettered = _SHORT_LETTERED.fullmatch(number)
    if lettered:
        full = f"GB-COH-{lettered[1]}{lettered[2].zfill(6)}"
        why = f"has {len(lettered[2])} digits after its letters; company numbers have 6"
        return Reading("company", text, full, why, f"Did you mean {full}? It was read so.")
    remedy = _COMPANY_FORMS
    if _SHORTER_COMPANY.fullmatch(number):
        # So few digits are as often somebody's own number, so this isn't read as one.
        remedy = f"Did you mean GB-COH-{number.zfill(8)}? {_COMPANY_FORMS}"
    return Reading("company", text, "", "is not a company number", remedy)


def organisation_ids(identifier: str, charity: str = "", company: str = "") -> list[Reading]:
    """Return all identifiers of one organisation, the given one first, each once.

    A number that contradicts the identifier is left out and said so.
    """
    readings: list[Reading] = []
    if tidy_id(identifier):
        readings.append(_given(identifier))
    for text, read in ((charity, charity_id), (company, company_id)):
        if tidy_id(text) not in _NONE:
            readings.append(_unless_contradicting(read(text), readings))
    plain = {reading.external_id: reading for reading in reversed(readings) if not reading.why}
    return [reading for reading in readings if reading.why or plain[reading.external_id] is reading]


def _unless_contradicting(found: Reading, before: list[Reading]) -> Reading:
    first = before[0].external_id if before else ""
    scheme = found.external_id.rpartition("-")[0]
    is_rival = scheme and first.startswith(f"{scheme}-") and found.external_id != first
    if not is_rival:
        return found
    return Reading(
        found.field,
        found.text,
        "",
        f"contradicts the identifier {first}, so it is left out",
        "Correct one of the two.",
    )


_SCHEMES = {
    "GB-CHC-": (charity_id, "England and Wales"),
    "GB-SC-": (charity_id, "Scotland"),
    "GB-NIC-": (charity_id, "Northern Ireland"),
    "GB-COH-": (company_id, "companies"),
}


def _given(text: str) -> Reading:
    identifier = tidy_id(text)
    for scheme, (read, whose) in _SCHEMES.items():
        if identifier.upper().startswith(scheme):
            found = read(identifier)
            if not found.external_id:
                # Perhaps odd, but what the publisher calls them: two rows with it are still one.
                return _suggesting(Reading("id", text, identifier, found.why, found.remedy))
            if not found.external_id.startswith(scheme):
                right = found.external_id
                why = f"is no number of {whose}, which {scheme.rstrip('-')} stands for"
                return Reading("id", text, right, why, f"It was read as {right}.")
            if found.external_id != identifier:
                why = found.why or f"should read {found.external_id}"
                return Reading("id", text, found.external_id, why, found.remedy)
    if identifier != text.strip():
        why = "holds spaces or line breaks"
        return Reading("id", text, identifier, why, f"It was read as {identifier}.")
    return Reading("id", text, identifier)


def _suggesting(odd: Reading) -> Reading:
    """Say what an odd identifier would be under another scheme, if it fits there."""
    number = odd.external_id.upper().rpartition("-")[2]
    if odd.external_id.upper().startswith("GB-COH-"):
        return odd
    if _COMPANY.fullmatch(number):
        right = f"GB-COH-{number}"
        why = "is not a charity number, but looks like a company's"
        return replace(odd, why=why, remedy=f"Did you mean {right}?")
    return odd


def own_id(prefix: str, *parts: str) -> str:
    """Return an id of ours that follows from ``parts``: the prefix and 16 hex digits."""
    digest = hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=8)
    return f"{prefix}-{digest.hexdigest()}"
