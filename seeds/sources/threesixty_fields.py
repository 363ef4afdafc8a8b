"""The fields of a 360Giving grant, by whatever name: spreadsheet titles and JSON keys alike.

``Recipient Org:0:Identifier``, ``recipientOrganization/0/id`` and nested JSON all become the leaf
``id`` of item 0 of the group ``recipient``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from seeds.problems import Where
from seeds.reading.values import text_of_json

__all__ = ["Grant", "Group", "Titles", "grant_of_json", "is_grant_key"]

Group = dict[str, str]

_GROUPS = {
    "recipientorg": "recipient",
    "recipientorganization": "recipient",
    "recipientorganisation": "recipient",
    "recipientind": "individual",
    "recipientindividual": "individual",
    "fundingorg": "funder",
    "fundingorganization": "funder",
    "fundingorganisation": "funder",
    "beneficiarylocation": "beneficiary",
    "planneddates": "planned",
    "actualdates": "actual",
    "grantprogramme": "programme",
}
_LEAVES = {
    "identifier": "id",
    "geographiccode": "geocode",
    "postcode": "postalcode",
    "city": "addresslocality",
    "webaddress": "url",
    "durationmonths": "duration",
    "alternatename": "alternatename",
}
_TOP = {
    "identifier": "id",
    "grantidentifier": "id",
    "amount": "amountawarded",
}
_MAIN = frozenset({"title", "amountawarded", "awarddate", "currency", "description"})
_STANDARD = {
    ("", "id"): "Identifier",
    ("recipient", "name"): "Recipient Org:Name",
    ("funder", "name"): "Funding Org:Name",
}
_SEPARATOR = re.compile(r"[:/]")
_NOISE = re.compile(r"[^a-z0-9]+")


@dataclass(slots=True)
class Grant:
    """One grant as it was found. ``misplaced`` are (title, value) where an object should stand.

    ``titles`` says what the file calls a field, for problems to point to.
    """

    where: Where
    top: Group = field(default_factory=dict)
    groups: dict[str, dict[int, Group]] = field(default_factory=dict)
    titles: Mapping[tuple[str, str], str] = field(default_factory=dict)
    misplaced: list[tuple[str, str]] = field(default_factory=list)

    def each(self, group: str) -> list[Group]:
        """Return the items of a group that say anything."""
        found = self.groups.get(group, {})
        return [found[index] for index in sorted(found)]

    def first(self, group: str) -> Group:
        """Return the first item of a group, empty if there is none."""
        return next(iter(self.each(group)), {})

    def at(self, group: str, leaf: str) -> Where:
        """Return the spot of one field, in the standard's words if the file has no such column."""
        return self.where.at(self.titles.get((group, leaf)) or _STANDARD.get((group, leaf), leaf))

    def put(self, group: str, index: int, leaf: str, value: str, title: str) -> None:
        """Take one value in."""
        if not value:
            return
        if not group:
            self.top.setdefault(leaf, value)
        elif not leaf:
            self.misplaced.append((title, value))
        else:
            self.groups.setdefault(group, {}).setdefault(index, {}).setdefault(leaf, value)


class Titles:
    """The titles of one sheet, read once."""

    def __init__(self, titles: Sequence[str]) -> None:
        self.fields: list[tuple[str, int, str] | None] = []
        self.names: dict[tuple[str, str], str] = {}
        counts: dict[tuple[str, int, str], int] = {}
        for title in titles:
            parsed = _parse(title)
            if parsed is not None:
                group, index, leaf = parsed
                # The same title again means the next recipient, location, …
                again = counts.get(parsed, 0)
                counts[parsed] = again + 1
                parsed = (group, index + again, leaf)
                self.names.setdefault((group, leaf), title)
            self.fields.append(parsed)

    @property
    def groups(self) -> set[str]:
        """Return the groups that any title belongs to."""
        return {found[0] for found in self.fields if found and found[0]}

    @property
    def leaves(self) -> set[str]:
        """Return the grant's own fields among the titles."""
        return {found[2] for found in self.fields if found and not found[0]}

    @property
    def is_main(self) -> bool:
        """Whether a row is a grant, rather than one more part of a grant on another sheet."""
        return bool(self.leaves & _MAIN)

    def grant(self, where: Where, cells: Sequence[str]) -> Grant:
        """Return what a row says."""
        made = Grant(where, titles=self.names)
        for cell, found in zip(cells, self.fields, strict=True):
            if cell and found is not None:
                made.put(*found, cell, self.names[found[0], found[2]])
        return made


def _parse(title: str) -> tuple[str, int, str] | None:
    index = 0
    names: list[str] = []
    for part in _SEPARATOR.split(title):
        bare = part.strip()
        if bare.isdecimal():
            index = int(bare[:4]) if not names[1:] else index
        else:
            names.append(_NOISE.sub("", bare.casefold()))
    group = _GROUPS.get(names[0], "") if names else ""
    if not names or not names[0]:
        return None
    if not group:
        return ("", 0, _TOP.get(names[0], names[0])) if len(names) == 1 else None
    return group, index, ".".join(_LEAVES.get(name, name) for name in names[1:])


def is_grant_key(key: str) -> bool:
    """Whether a JSON name is one that only grants have."""
    plain = _NOISE.sub("", key.casefold())
    return plain in _GROUPS or plain in {"amountawarded", "awarddate"}


def grant_of_json(where: Where, item: Mapping[str, Any]) -> Grant:
    """Return what a JSON object says; tolerant of one object where a list should be."""
    made = Grant(where, titles=_Paths())
    for key, value in item.items():
        plain = _NOISE.sub("", key.casefold())
        group = _GROUPS.get(plain)
        if group is None:
            if not isinstance(value, (dict, list)):
                made.put("", 0, _TOP.get(plain, plain), text_of_json(value), key)
            continue
        parts = value if isinstance(value, list) else [value]
        for index, part in enumerate(parts):
            for leaf, text in _leaves(part):
                made.put(group, index, leaf, text, key)
    return made


def _leaves(part: object, before: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(part, list):
        part = next(iter(part), None)
    if not isinstance(part, dict):
        yield before.rstrip("."), text_of_json(part)
        return
    for key, value in part.items():
        plain = _NOISE.sub("", str(key).casefold())
        leaf = f"{before}{_LEAVES.get(plain, plain)}"
        if isinstance(value, (dict, list)):
            # A location within an organisation; anything deeper is none of ours.
            yield from _leaves(value, f"{leaf}.") if not before else ()
        else:
            yield leaf, text_of_json(value)


class _Paths(dict[tuple[str, str], str]):
    """JSON names of fields, in the words of the standard."""

    _NAMES = {
        "recipient": "recipientOrganization",
        "funder": "fundingOrganization",
        "beneficiary": "beneficiaryLocation",
        "planned": "plannedDates",
        "individual": "recipientIndividual",
        "programme": "grantProgramme",
    }
    _LEAF_NAMES = {
        "amountawarded": "amountAwarded",
        "awarddate": "awardDate",
        "startdate": "startDate",
        "enddate": "endDate",
        "postalcode": "postalCode",
        "charity": "charityNumber",
        "charitynumber": "charityNumber",
        "companynumber": "companyNumber",
        "geocode": "geoCode",
    }

    def get(self, key: tuple[str, str], default: Any = None) -> Any:
        group, leaf = key
        name = self._LEAF_NAMES.get(leaf, leaf)
        return f"{self._NAMES.get(group, group)}/0/{name}" if group else name
