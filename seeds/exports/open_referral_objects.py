"""Facts as objects of Open Referral, and an exact account of those that have no place there.

A project is a service where an organisation takes part in it as its provider and it has no end.
Themes and communities become attributes, areas of work service areas, offices locations.
"""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar, cast

from graph.model import (
    NODE_KINDS,
    RELATIONSHIP_KINDS,
    BasedIn,
    Node,
    Organisation,
    Project,
    Relationship,
    Serves,
    TakesPartIn,
    WorksIn,
    WorksOn,
    fields_of,
)
from graph.snapshot import Snapshot
from graph.vocabulary import Term
from seeds.identifiers import organisation_ids
from seeds.interchange.hsds import COMMUNITIES, GOFAR, PLACES, PROVIDER, THEMES, schemed
from seeds.reading.values import plain_text, prose
from seeds.terms import TermKind, vocabulary

__all__ = ["COLUMNS", "Objects"]

F = TypeVar("F", bound=Node | Relationship)

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "organization": ("id", "name", "alternate_name", "description", "website", "legal_status"),
    "organization_identifier": (
        *("id", "organization_id", "identifier_scheme", "identifier_type", "identifier"),
    ),
    "location": (
        *("id", "organization_id", "location_type", "name"),
        *("external_identifier", "external_identifier_type"),
    ),
    "address": (
        *("id", "location_id", "address_1", "city", "state_province", "postal_code", "country"),
        "address_type",
    ),
    "service": ("id", "organization_id", "name", "description", "status"),
    "service_area": ("id", "service_id", "name", "uri"),
    "attribute": ("id", "link_id", "taxonomy_term_id", "link_type", "link_entity"),
    "taxonomy_term": ("id", "name", "description", "code", "taxonomy"),
}
"""The tables of the package, and which columns of the standard are filled."""

# Any constant will do: ids have to be UUIDs, and the same thing has to have the same one.
_SPACE = uuid.UUID("5f0f1d4e-7f0b-4a7e-9d53-3a4c8f6f2b11")
_HELD = {
    "organisation": frozenset(
        {"id", "name", "external_ids", "description", "organisation_type", "website", "postcode"}
    ),
    "project": frozenset({"id", "name", "description"}),
}
_PROSE = frozenset({"description"})


def _uuid(*parts: str) -> str:
    return str(uuid.uuid5(_SPACE, "\x1f".join(parts)))


def _attribute(
    own: str, link: str, entity: str, name: str, description: str, code: str, taxonomy: str
) -> dict[str, Any]:
    term = _uuid("term", taxonomy, code)
    return {
        "id": own,
        "link_id": link,
        "taxonomy_term_id": term,
        "link_type": "taxonomy_term",
        "link_entity": entity,
        "taxonomy_term": {
            "id": term,
            "name": name,
            "description": description,
            "code": code,
            "taxonomy": taxonomy,
        },
    }


def _other_name(organisation: Organisation) -> str:
    """Return the one other name that the standard has room for: the first that comes back whole."""
    name = plain_text(organisation.name)
    fitting = (n for n in organisation.other_names if n not in ("", name) and plain_text(n) == n)
    return next(fitting, "")


class Objects:
    """The objects of one network; ``left_out`` is complete once both lists have been gone through.

    Every fact is either in an object or counted once, by its kind. So is every value of a written
    organisation or project that has no place, and every text that comes back more tidily.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self.left_out: Counter[str] = Counter()
        self._written = 0
        self._providers = self._find_providers()
        self._ties: dict[str, list[tuple[Relationship, Term]]] = defaultdict(list)
        self._terms: set[str] = set()
        self._sort_ties()
        self._count_the_rest()

    def _all(self, record_class: type[F]) -> Iterator[F]:
        return cast("Iterator[F]", self._snapshot.records(record_class))

    def _find_providers(self) -> dict[str, TakesPartIn]:
        """Return the tie to the one provider of each project that is a service."""
        open_ended = {project.id for project in self._all(Project) if project.ends_on is None}
        found: dict[str, TakesPartIn] = {}
        for tie in self._all(TakesPartIn):
            if tie.role == PROVIDER and tie.to_id in open_ended:
                found.setdefault(tie.to_id, tie)
        return found

    def _sort_ties(self) -> None:
        kinds: tuple[tuple[type[Relationship], TermKind], ...] = (
            (WorksOn, "theme"),
            (Serves, "community"),
            (WorksIn, "place"),
            (BasedIn, "place"),
        )
        organisations = self._snapshot.positions
        first_of_others = len(self._snapshot.tables["organisation"])
        for tie_class, kind in kinds:
            words = vocabulary(kind)
            for tie in self._snapshot.records(tie_class):
                is_service = tie.from_id in self._providers
                is_organisation = organisations[tie.from_id] < first_of_others
                has_place = is_service or (is_organisation and tie_class is not WorksIn)
                if has_place and tie.to_id in words:
                    term = words.term(tie.to_id)
                    self._ties[tie.from_id].append((tie, term))
                    self._terms.add(term.id)
                    self._terms.update(above.id for above in words.ancestors(term.id))

    def _count_the_rest(self) -> None:
        """Count what is not written at all, by kind."""
        held = Counter(tie.kind for ties in self._ties.values() for tie, _ in ties)
        held["organisation"] = len(self._snapshot.tables["organisation"])
        held["project"] = len(self._providers)
        held["takes_part_in"] = len(self._providers)
        for kind in (*NODE_KINDS, *RELATIONSHIP_KINDS):
            table = self._snapshot.tables[kind.kind]
            known = held[kind.kind] or sum(node_id in self._terms for node_id in table.ids.tolist())
            missing = len(table) - known
            if missing:
                self.left_out[f"{kind.kind.replace('_', ' ')}: no place for it"] += missing
        self.left_out["source and dates of a fact"] = sum(
            held[kind.kind] for kind in (*NODE_KINDS, *RELATIONSHIP_KINDS)
        )

    # --- objects -----------------------------------------------------------------------------

    def organisations(self) -> Iterator[dict[str, Any]]:
        """Yield every organisation as an object."""
        for organisation in self._all(Organisation):
            self._account(organisation, _HELD["organisation"])
            own = _uuid(organisation.id)
            made: dict[str, Any] = {
                "id": own,
                "name": organisation.name,
                "description": organisation.description,
            }
            other = _other_name(organisation)
            if other:
                made["alternate_name"] = other
            self._leave_out(
                organisation, "other_names", len(organisation.other_names) - bool(other)
            )
            if organisation.website:
                made["website"] = organisation.website
            if organisation.organisation_type:
                made["legal_status"] = organisation.organisation_type
            made["organization_identifiers"] = self._identifiers(organisation, own)
            made["locations"] = self._locations(organisation, own)
            made["attributes"] = self._attributes(organisation.id, own, "organization")
            yield {name: value for name, value in made.items() if value != []}

    def services(self) -> Iterator[dict[str, Any]]:
        """Yield every project that is somebody's service as an object."""
        for project in self._all(Project):
            tie = self._providers.get(project.id)
            if tie is None:
                continue
            self._account(project, _HELD["project"])
            provider = cast("Organisation | None", self._snapshot.record(Organisation, tie.from_id))
            assert provider is not None
            self._account(tie, frozenset({"id", "from_id", "to_id", "role"}))
            own = _uuid(project.id)
            made: dict[str, Any] = {
                "id": own,
                "organization_id": _uuid(provider.id),
                "name": project.name,
                "description": project.description,
                "status": "active",
                "organization": {
                    "id": _uuid(provider.id),
                    "name": provider.name,
                    "description": provider.description,
                },
                "attributes": [
                    # The standard gives services no identifiers besides their own.
                    _attribute(
                        _uuid("id", own), own, "service", "Id in gofar", "", project.id, GOFAR
                    ),
                    *self._attributes(project.id, own, "service"),
                ],
                "service_areas": [
                    {
                        "id": _uuid("service_area", area.id),
                        "service_id": own,
                        "name": term.label,
                        "uri": f"{GOFAR}:{term.id}",
                    }
                    for area, term in self._ties[project.id]
                    if isinstance(area, WorksIn)
                ],
            }
            yield {name: value for name, value in made.items() if value != []}

    def _identifiers(self, organisation: Organisation, own: str) -> list[dict[str, str]]:
        found = [(GOFAR, organisation.id)]
        for external_id in organisation.external_ids:
            readings = organisation_ids(external_id)
            if [reading.external_id for reading in readings] == [external_id]:
                found.append(schemed(external_id))
            else:
                self.left_out["organisation.external_ids: not in the form of org-id.guide"] += 1
        return [
            {
                "id": _uuid("identifier", organisation.id, scheme, number),
                "organization_id": own,
                "identifier_scheme": scheme,
                "identifier_type": scheme or "other",
                "identifier": number,
            }
            for scheme, number in found
        ]

    def _locations(self, organisation: Organisation, own: str) -> list[dict[str, Any]]:
        offices = [tie for tie in self._ties[organisation.id] if isinstance(tie[0], BasedIn)]
        made: list[dict[str, Any]] = [
            {
                "id": _uuid("location", tie.id),
                "organization_id": own,
                "location_type": "postal",
                "name": term.label,
                "external_identifier": term.id,
                "external_identifier_type": PLACES,
            }
            for tie, term in offices
        ]
        if organisation.postcode:
            location = _uuid("location", organisation.id)
            address = {
                "id": _uuid("address", organisation.id),
                "location_id": location,
                "address_1": "",
                "city": "",
                "state_province": "",
                "postal_code": organisation.postcode,
                "country": "GB",
                "address_type": "postal",
            }
            made.append(
                {
                    "id": location,
                    "organization_id": own,
                    "location_type": "postal",
                    "addresses": [address],
                }
            )
        return made

    def _attributes(self, node_id: str, own: str, entity: str) -> list[dict[str, Any]]:
        return [
            _attribute(
                _uuid("attribute", tie.id),
                own,
                entity,
                term.label,
                term.description,
                term.id,
                THEMES if isinstance(tie, WorksOn) else COMMUNITIES,
            )
            for tie, term in self._ties[node_id]
            if isinstance(tie, (WorksOn, Serves))
        ]

    # --- the account -------------------------------------------------------------------------

    def _account(self, fact: Organisation | Project | TakesPartIn, held: frozenset[str]) -> None:
        """Count the values that have no place, and the texts that come back more tidily."""
        for spec in fields_of(type(fact)):
            value = getattr(fact, spec.name)
            if spec.name == "other_names":
                continue
            if spec.name not in held:
                count = len(value) if isinstance(value, tuple) else value not in (None, "")
                self._leave_out(fact, spec.name, count)
            elif isinstance(value, str) and spec.name not in {"id", "from_id", "to_id", "role"}:
                tidy = prose(value).strip() if spec.name in _PROSE else plain_text(value)
                if tidy != value:
                    self.left_out["spaces and line ends of a text"] += 1

    def _leave_out(self, fact: Any, name: str, count: int) -> None:
        if count:
            self.left_out[f"{fact.kind.replace('_', ' ')}.{name}"] += int(count)
