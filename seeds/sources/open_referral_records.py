"""The records that the objects of Open Referral become."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Iterator
from functools import cached_property
from typing import Any

from graph.model import (
    BasedIn,
    Organisation,
    Project,
    Relationship,
    Serves,
    TakesPartIn,
    Visibility,
    WorksIn,
    WorksOn,
)
from graph.vocabulary import Term
from seeds.identifiers import Reading, charity_id, company_id, organisation_ids, own_id
from seeds.interchange.hsds import COMMUNITIES, GOFAR, PLACES, PROVIDER, THEMES, schemed
from seeds.postcodes import place_of
from seeds.problems import Skipped
from seeds.reading.values import plain_text, prose
from seeds.sources.base import Context, Item, attempt
from seeds.sources.gathering import Gathering, Mention
from seeds.sources.open_referral_tables import Entry, Objects
from seeds.terms import TermKind

__all__ = ["OpenReferralRecords"]

_ENDED = frozenset({"inactive", "defunct"})
_STATUSES = frozenset({"active", "temporarily closed", ""}) | _ENDED
_ABOUT: tuple[tuple[TermKind, type[Relationship]], ...] = (
    ("theme", WorksOn),
    ("community", Serves),
)
_TAXONOMIES: dict[str, TermKind] = {THEMES: "theme", COMMUNITIES: "community"}
_WORDS_NAMED = 30


class OpenReferralRecords:
    """One reading of the objects of a directory."""

    def __init__(self, context: Context, objects: Objects) -> None:
        self._context = context
        self._tables = objects.tables
        self._gathering = Gathering(Organisation, "org")
        self._mentions: dict[str, Mention] = {}
        self._ours: set[str] = set()
        self._terms = {entry["id"]: entry for entry in self._tables["taxonomy_term"]}
        self._attributes = self._by("attribute", "link_id")
        self._areas = self._by("service_area", "service_id")
        self._addresses = self._by("address", "location_id")
        self._locations = self._by("location", "organization_id")
        self._identifiers = self._by("organization_identifier", "organization_id")
        self._named: dict[str, None] = {}

    def _by(self, table: str, column: str) -> dict[str, list[Entry]]:
        found: dict[str, list[Entry]] = defaultdict(list)
        for entry in self._tables[table]:
            found[entry[column]].append(entry)
        return found

    def items(self) -> Iterator[Item]:
        """Yield organisations, then services, each with its ties."""
        for entry in self._organisations():
            yield from self._organisation(entry)
        yield from self._gathering.settle(self._context)
        yield from self._gathering.records(lambda values: Organisation(**values))
        for organisation_id, mention in self._mentions.items():
            own = self._gathering.id_of(mention)
            self._context.where = mention.where
            yield from self._about(organisation_id, own, mention.where.file)
            yield from self._offices(organisation_id, own, mention.where.file)
        seen: set[str] = set()
        for entry in self._tables["service"]:
            self._context.where = entry.where
            if entry["id"] not in seen:
                yield from self._service(entry)
            elif entry["name"]:
                yield entry.where.problem(entry["id"], "is the id of a service above")
            seen.add(entry["id"])

    def _organisations(self) -> Iterator[Entry]:
        """Yield the entry of each organisation that says most, in order of first mention."""
        best: dict[str, Entry] = {}
        for entry in self._tables["organization"]:
            known = best.get(entry["id"])
            if known is None or len(entry.values) > len(known.values):
                best[entry["id"]] = entry
        yield from best.values()

    # --- organisations -----------------------------------------------------------------------

    def _organisation(self, entry: Entry) -> Iterator[Item]:
        name = plain_text(entry["name"])[:500]
        if not name or not entry["id"]:
            yield entry.where.at("name").fault("The organisation has no name or no id.")
            return
        given, readings = self._identifiers_of(entry)
        for reading in readings:
            if reading.why:
                yield entry.where.at("identifier").problem(
                    reading.text, reading.why, remedy=reading.remedy, is_warning=True
                )
        if given:
            self._ours.add(entry["id"])
        if entry["parent_organization_id"]:
            yield Skipped("a parent organisation, which has no place in gofar", entry.where)
        external_ids = (reading.external_id[:300] for reading in readings if reading.external_id)
        mention = Mention(
            name=name,
            where=entry.where.at("name"),
            provenance=self._told(entry.where.file),
            external_ids=tuple(dict.fromkeys(external_ids)),
            given_id=given[:300],
            fields={
                "other_names": tuple(filter(None, [plain_text(entry["alternate_name"])[:500]])),
                "description": prose(entry["description"])[:20_000].strip(),
                "organisation_type": plain_text(entry["legal_status"])[:500],
                "website": plain_text(entry["website"] or entry["url"])[:500],
                "postcode": self._postcode(entry["id"]),
            },
        )
        yield from self._gathering.add(mention)
        self._mentions[entry["id"]] = mention

    def _told(self, file: str) -> Any:
        return self._context.provenance(file, visibility=self._visibility)

    @cached_property
    def _visibility(self) -> Visibility:
        """Return who may see it: what we wrote ourselves may have been for members only."""
        is_ours = any(
            each["identifier_scheme"].strip() == GOFAR
            for of_one in self._identifiers.values()
            for each in of_one
        )
        return Visibility.MEMBERS if is_ours else Visibility.PUBLIC

    def _identifiers_of(self, entry: Entry) -> tuple[str, list[Reading]]:
        """Return our own id, if the file has it, and what is read of all other identifiers."""
        given = ""
        readings: list[Reading] = []
        for each in self._identifiers.get(entry["id"], []):
            scheme, number = each["identifier_scheme"].strip(), each["identifier"].strip()
            if scheme == GOFAR:
                given = number
            elif number:
                readings += _reading(scheme, each["identifier_type"], number)
        tax_id = entry["tax_id"].strip()
        if tax_id and schemed(tax_id)[0]:
            readings += organisation_ids(tax_id)
        unique = {reading.external_id or reading.text: reading for reading in reversed(readings)}
        return given, [reading for reading in readings if reading in unique.values()]

    def _postcode(self, organisation_id: str) -> str:
        for location in self._locations.get(organisation_id, []):
            for address in self._addresses.get(location["id"], []):
                postcode = plain_text(address["postal_code"])[:500]
                if postcode:
                    return postcode
        return ""

    def _offices(self, organisation_id: str, own: str, file: str) -> Iterator[Item]:
        for location in self._locations.get(organisation_id, []):
            if location["external_identifier_type"] == PLACES:
                term = self._context.find("place", location["external_identifier"])
                if term is not None:
                    yield from self._tie("place", term, BasedIn, own, file)
        if organisation_id in self._ours:
            return
        place = place_of(self._postcode(organisation_id))
        if place is not None:
            yield from self._tie("place", place, BasedIn, own, file)

    # --- services ----------------------------------------------------------------------------

    def _service(self, entry: Entry) -> Iterator[Item]:
        status = entry["status"].strip().casefold()
        name = plain_text(entry["name"])[:500]
        if status in _ENDED:
            yield Skipped(f"a service that is {status}", entry.where)
            return
        if status not in _STATUSES:
            yield entry.where.at("status").problem(
                entry["status"],
                "is no status of the standard; it is taken for active",
                is_warning=True,
            )
        if not name or not entry["id"]:
            yield entry.where.at("name").fault("The service has no name or no id.")
            return
        provider = yield from self._provider(entry)
        if not provider:
            return
        given = self._given_id(entry["id"])
        file = entry.where.file
        own = given[:300] or own_id("prj", self._context.source, entry["id"])
        made = attempt(
            entry.where.at("name"),
            lambda: Project(
                id=own,
                name=name,
                description=prose(entry["description"])[:20_000].strip(),
                provenance=self._told(file),
            ),
        )
        yield made
        if not isinstance(made, Project):
            return
        yield TakesPartIn(from_id=provider, to_id=own, role=PROVIDER, provenance=self._told(file))
        subjects = [own] if given else [own, provider]
        for subject in subjects:
            yield from self._about(entry["id"], subject, file, is_counted=subject == own)
            yield from self._work_areas(entry["id"], subject, file, is_counted=subject == own)

    def _provider(self, entry: Entry) -> Generator[Item, None, str]:
        mention = self._mentions.get(entry["organization_id"])
        if mention is not None:
            return self._gathering.id_of(mention)
        yield entry.where.at("organization_id").problem(
            entry["organization_id"],
            "is the id of no organisation, so the service is left out",
            remedy="Add the organisation, or correct the id.",
        )
        return ""

    def _given_id(self, service_id: str) -> str:
        for attribute in self._attributes.get(service_id, []):
            term = self._terms.get(attribute["taxonomy_term_id"])
            if term is not None and term["taxonomy"] == GOFAR:
                return term["code"].strip()
        return ""

    def _work_areas(
        self, service_id: str, own: str, file: str, *, is_counted: bool
    ) -> Iterator[Item]:
        for area in self._areas.get(service_id, []):
            texts = (area["uri"].removeprefix(f"{GOFAR}:"), area["uri"].rpartition("/")[2])
            found = (
                term
                for text in (*texts, area["name"], area["extent"])
                if text and (term := self._context.find("place", text)) is not None
            )
            term = next(found, None)
            if term is not None:
                yield from self._tie("place", term, WorksIn, own, file)
            elif is_counted:
                yield area.where.at("name").problem(
                    area["name"], "is no place that gofar knows, so it is left out", is_warning=True
                )

    def _about(
        self, linked_id: str, own: str, file: str, *, is_counted: bool = True
    ) -> Iterator[Item]:
        """Yield the themes and communities that the attributes of an object name."""
        for attribute in self._attributes.get(linked_id, []):
            entry = self._terms.get(attribute["taxonomy_term_id"])
            if entry is None or entry["taxonomy"] == GOFAR:
                continue
            kinds = [
                pair for pair in _ABOUT if _TAXONOMIES.get(entry["taxonomy"]) in {None, pair[0]}
            ]
            for kind, tie_class in kinds:
                is_ours = entry["taxonomy"] in _TAXONOMIES
                texts = (entry["code"],) if is_ours else (entry["name"], entry["code"])
                found = (self._context.find(kind, text) for text in texts if text)
                term = next(filter(None, found), None)
                if term is not None:
                    yield from self._tie(kind, term, tie_class, own, file)
                    break
            else:
                if is_counted:
                    yield self._unmapped(entry, attribute)

    def _unmapped(self, entry: Entry, attribute: Entry) -> Skipped:
        name = plain_text(entry["name"])[:60]
        if name in self._named or len(self._named) < _WORDS_NAMED:
            self._named[name] = None
            return Skipped(f"{name!r}, which is no theme or community of gofar", attribute.where)
        return Skipped("other terms that are no theme or community of gofar", attribute.where)

    def _tie(
        self, kind: TermKind, term: Term, tie_class: type[Relationship], own: str, file: str
    ) -> Iterator[Item]:
        yield from self._context.nodes_of(kind, term)
        yield tie_class(from_id=own, to_id=term.id, provenance=self._told(file))


def _reading(scheme: str, kind: str, number: str) -> list[Reading]:
    """Read an identifier by its scheme, else by what its type says that it is."""
    if scheme:
        whole = number if number.startswith(f"{scheme}-") else f"{scheme}-{number}"
        return organisation_ids(whole)
    words = kind.casefold()
    if "charity" in words:
        return [charity_id(number)]
    if "company" in words:
        return [company_id(number)]
    if schemed(number)[0] or words == "other":
        return organisation_ids(number)
    return [
        Reading("id", number, "", "has no scheme, so it is left out", "Name its list, as GB-CHC.")
    ]
