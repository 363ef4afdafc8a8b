"""Open Referral UK and HSDS 3.0: who runs which service, as JSON or as a package of tables.

An organisation comes in with its identifiers. A service is a project that the organisation takes
part in as its provider: it is for the public, and so says nothing about what one organisation
could do for another. Its themes, communities and areas count for the organisation too. Services
that have ended are left out, and so are contacts and phone numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from seeds.interchange.hsds import table_named
from seeds.reading.formats import Format
from seeds.reading.reader import Head, Reader
from seeds.sources.base import Context, Item, Recognition, Source
from seeds.sources.open_referral_records import OpenReferralRecords
from seeds.sources.open_referral_tables import Objects, table_of

__all__ = ["OpenReferral"]

_SERVICE = frozenset({"id", "organization_id", "name", "status"})
_TELLING = frozenset(
    {"alternate_name", "tax_id", "tax_status", "legal_status", "year_incorporated", "uri"}
    | {"parent_organization_id", "organization_id", "location_id", "service_id", "link_id"}
    | {"location_type", "taxonomy", "taxonomy_id", "term_uri"}
)
_LINKS = frozenset({"organization_id", "service_id", "location_id", "service_at_location_id"})
_JSON_TELLING = _TELLING | frozenset(
    {"organization", "organization_identifiers", "service_at_locations", "service_areas"}
    | {"attributes", "status", "taxonomy_term_id"}
)


class OpenReferral(Source):
    """Organisations and their services."""

    name: ClassVar[str] = "open-referral"
    title: ClassVar[str] = "a directory of services (Open Referral UK, HSDS 3.0: JSON or CSV)"

    def recognises(self, heads: Sequence[Head]) -> Recognition:
        sure = max(map(_sureness, heads), default=0.0)
        return Recognition(sure, "it has organizations and services of Open Referral")

    def records(self, reader: Reader, context: Context) -> Iterator[Item]:
        objects = Objects()
        yield from objects.read(reader)
        yield from OpenReferralRecords(context, objects).items()


def _sureness(head: Head) -> float:
    if head.format is Format.JSON:
        is_list = "" in head.keys or any(map(table_named, head.keys))
        found = {"id", "name"} <= set(head.item_keys) and _JSON_TELLING & set(head.item_keys)
        return 0.85 if is_list and found else 0.0
    best = 0.0
    for name, given in head.sheets:
        titles = {title.casefold() for title in given}
        table = table_of(head, name, given)
        if table == "service" and titles >= _SERVICE:
            return 0.98
        if table:
            best = max(best, 0.96 if titles & _TELLING else 0.5)
        elif "id" in titles and titles & _LINKS:
            best = max(best, 0.5)  # a table of the package that isn't read, contacts for instance
    return best
