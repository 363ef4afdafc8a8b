"""Grants after the 360Giving Data Standard 1.4, as CSV, workbook or JSON.

A grant becomes a project, in which its recipients and its funder take part, and a FUNDS tie for
each recipient. Grants to individuals are left out: people are no part of the network.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from graph.model import Organisation, Provenance, Visibility
from seeds.identifiers import organisation_ids, own_id, tidy_id
from seeds.names import normalised
from seeds.problems import Skipped, Where
from seeds.reading.reader import Head, Reader
from seeds.reading.values import plain_text, prose
from seeds.sources.base import Context, Item, Recognition, Source
from seeds.sources.gathering import Gathering, Mention
from seeds.sources.threesixty_fields import (
    Grant,
    Group,
    Titles,
    grant_of_json,
    is_grant_key,
)
from seeds.sources.threesixty_records import Facts, Party, Places

__all__ = ["ThreeSixtyGiving"]

_ANONYMOUS = frozenset(
    {"individual", "an individual", "individual recipient", "private individual", "anonymous"}
)
_FIELD_LEAVES = {
    "organisation_type": "organisationtype",
    "website": "url",
    "postcode": "postalcode",
}
_ID_COLUMNS = {"id": "id", "charity": "charitynumber", "company": "companynumber"}


class ThreeSixtyGiving(Source):
    """Grants that funders publish: who funds whom, for what and where."""

    name: ClassVar[str] = "360giving"
    title: ClassVar[str] = "grants after the 360Giving standard"

    def recognises(self, heads: Sequence[Head]) -> Recognition:
        confidence = max(map(_confidence, heads), default=0.0)
        reason = "it has the titles of the 360Giving standard" if confidence else ""
        return Recognition(confidence, reason)

    def records(self, reader: Reader, context: Context) -> Iterator[Item]:
        files: list[str] = []
        for head in reader.heads():
            if _confidence(head):
                files.append(head.file)
            else:
                yield Where(head.file).fault(
                    "The file holds no grants, so it is left out.", is_warning=True
                )
        yield from _Run(reader, context, files).items()


def _confidence(head: Head) -> float:
    if any(key in {"grants", ""} for key in head.keys):
        is_grant = any(map(is_grant_key, head.item_keys))
        return 0.95 if is_grant else (0.6 if "grants" in head.keys else 0.0)
    best = 0.0
    for _, titles in head.sheets:
        found = Titles(titles)
        if found.groups & {"recipient", "funder", "individual"} and "id" in found.leaves:
            best = max(best, 0.95)
        elif found.groups and ("id" in found.leaves or found.is_main):
            best = max(best, 0.6)
    return best


@dataclass(frozen=True, slots=True)
class _Usable:
    """A grant that can come in, with its id and the parties to it."""

    grant: Grant
    grant_id: str
    funders: list[Party]
    recipients: list[Party]


class _Run:
    """One reading: a first pass gathers the organisations, a second makes projects and ties."""

    def __init__(self, reader: Reader, context: Context, files: list[str]) -> None:
        self._reader = reader
        self._context = context
        self._files = files
        self._organisations = Gathering(Organisation, "org")
        self._places = Places(context)

    def items(self) -> Iterator[Item]:
        is_empty = True
        for found in self._usable():
            if not isinstance(found, _Usable):
                yield found
                continue
            is_empty = False
            for party in (*found.funders, *found.recipients):
                yield from party.problems
                yield from self._organisations.add(party.mention)
        if is_empty:
            return
        yield from self._organisations.settle(self._context)
        yield from self._organisations.records(lambda values: Organisation(**values))
        facts = Facts(self._context, self._organisations, self._places)
        for found in self._usable():
            if isinstance(found, _Usable):
                yield from facts.of(
                    found.grant,
                    found.grant_id,
                    found.funders,
                    found.recipients,
                    self._told(found.grant),
                )
        yield from facts.of_recipients()

    def _told(self, grant: Grant) -> Provenance:
        return self._context.provenance(grant.where.file, visibility=Visibility.PUBLIC)

    def _usable(self) -> Iterator[_Usable | Item]:
        """Yield grants that can come in, and what is to be said of the others."""
        seen: set[str] = set()
        for grant in self._grants():
            if isinstance(grant, Grant):
                yield from self._judged(grant, seen)
            else:
                yield grant

    def _judged(self, grant: Grant, seen: set[str]) -> Iterator[_Usable | Item]:
        where = grant.where
        if _is_to_individual(grant):
            yield Skipped("grant to an individual", where)
            return
        grant_id = tidy_id(grant.top.get("id", ""))[:300]
        if grant_id and grant_id in seen:
            yield grant.at("", "id").problem(
                grant_id, "is the identifier of a grant above, so this one is left out"
            )
            return
        seen.add(grant_id)
        scope = _publisher(grant_id) or tidy_id(grant.first("funder").get("id", ""))
        recipients = self._parties(grant, "recipient", scope)
        if not recipients:
            yield grant.at("recipient", "name").fault(
                "The grant has no recipient organisation, so it is left out.",
                remedy="Fill in the recipient's name or identifier.",
            )
            return
        funders = self._parties(grant, "funder", scope)
        if not funders:
            yield grant.at("funder", "name").fault(
                "The grant has no funding organisation; project and recipient come in without it.",
                remedy="Fill in the funder's name or identifier.",
            )
        if not grant_id:
            grant_id = own_id("grant", *_telling(grant, funders, recipients))
            yield grant.at("", "id").fault(
                "The grant has no identifier, so a changed row will come in as another grant.",
                is_warning=True,
            )
        yield _Usable(grant, grant_id, funders, recipients)

    def _parties(self, grant: Grant, group: str, scope: str) -> list[Party]:
        return [
            self._party(grant, group, entry, scope)
            for entry in grant.each(group)
            if entry.get("id") or plain_text(entry.get("name", ""))
        ]

    def _party(self, grant: Grant, group: str, entry: Group, scope: str) -> Party:
        readings = organisation_ids(
            entry.get("id", ""), entry.get("charitynumber", ""), entry.get("companynumber", "")
        )
        problems = tuple(
            grant.at(group, _ID_COLUMNS[reading.field]).problem(
                reading.text, reading.why, remedy=reading.remedy, is_warning=True
            )
            for reading in readings
            if reading.why
        )
        other = plain_text(entry.get("alternatename", ""))[:500]
        fields: dict[str, Any] = {
            "description": prose(entry.get("description", ""))[:20_000],
            "organisation_type": plain_text(entry.get("organisationtype", ""))[:500],
            "website": plain_text(entry.get("url", ""))[:500],
            "postcode": plain_text(entry.get("postalcode", ""))[:500],
            "other_names": (other,) if other else (),
        }
        mention = Mention(
            name=plain_text(entry.get("name", ""))[:500],
            where=grant.at(group, "id" if entry.get("id") else "name"),
            provenance=self._told(grant),
            external_ids=tuple(
                reading.external_id[:300] for reading in readings if reading.external_id
            ),
            scope=scope,
            fields=fields,
            columns=partial(_column, grant, group),
        )
        return Party(mention, entry, problems)

    def _grants(self) -> Iterator[Grant | Item]:
        for file in self._files:
            sheets = self._reader.sheets(file)
            yield from self._of_sheets(file) if sheets else self._of_json(file)

    def _of_json(self, file: str) -> Iterator[Grant | Item]:
        number = 0
        for key, item in self._reader.items(file):
            if key not in {"grants", ""}:
                continue
            number += 1
            where = Where(file, "", number)
            if isinstance(item, dict):
                yield grant_of_json(where, item)
            else:
                yield where.problem(item, "stands where a grant should be")

    def _of_sheets(self, file: str) -> Iterator[Grant | Item]:
        sheets = [(sheet, Titles(sheet.titles)) for sheet in self._reader.sheets(file)]
        grants = [pair for pair in sheets if pair[1].is_main or len(sheets) == 1]
        parts = [pair for pair in sheets if pair not in grants and "id" in pair[1].leaves]
        more: dict[str, list[Grant]] = defaultdict(list)
        problems: list[Item] = []
        for sheet, titles in parts:
            for row in sheet.rows(problems.append):
                part = titles.grant(sheet.where(row), row.cells)
                more[tidy_id(part.top.get("id", ""))].append(part)
        for sheet, titles in grants:
            for row in sheet.rows(problems.append):
                yield from problems
                problems.clear()
                grant = titles.grant(sheet.where(row), row.cells)
                for part in more.get(tidy_id(grant.top.get("id", "")), ()):
                    _extend(grant, part)
                yield grant
        yield from problems


def _column(grant: Grant, group: str, field: str) -> str:
    return grant.at(group, _FIELD_LEAVES.get(field, field)).column


def _extend(grant: Grant, part: Grant) -> None:
    """Add what another sheet says of a grant; an item with a known id goes to its like."""
    for group, items in part.groups.items():
        known = grant.groups.setdefault(group, {})
        for item in items.values():
            like = next(
                (entry for entry in known.values() if entry.get("id", 0) == item.get("id", 1)), None
            )
            if like is None:
                known[max(known, default=-1) + 1] = dict(item)
            else:
                like.update({leaf: text for leaf, text in item.items() if leaf not in like})


def _is_to_individual(grant: Grant) -> bool:
    recipients = grant.each("recipient")
    names = [normalised(entry.get("name", "")) for entry in recipients]
    if any(entry.get("id") for entry in recipients) or any(
        name and name not in _ANONYMOUS for name in names
    ):
        return False
    return bool(grant.each("individual")) or any(name in _ANONYMOUS for name in names)


def _publisher(grant_id: str) -> str:
    """Return the prefix that 360Giving gives a publisher: 360G-name."""
    parts = grant_id.split("-")
    return "-".join(parts[:2]) if len(parts) > 2 and parts[0].upper() == "360G" else ""


def _telling(grant: Grant, funders: list[Party], recipients: list[Party]) -> list[str]:
    """Return what tells a grant without an identifier from others."""
    top = grant.top
    return [
        *(party.mention.keys[0] for party in (*funders, *recipients)),
        *(top.get(leaf, "") for leaf in ("title", "description", "amountawarded", "awarddate")),
    ]
