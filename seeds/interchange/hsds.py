"""The words of Open Referral (HSDS 3.0) that both the import and the export use."""

from __future__ import annotations

import re

__all__ = [
    "COMMUNITIES",
    "GOFAR",
    "PLACES",
    "PROVIDER",
    "TABLES",
    "THEMES",
    "schemed",
    "table_named",
]

GOFAR = "gofar"
"""The scheme of identifiers that are ids of ours."""
THEMES = "gofar themes"
COMMUNITIES = "gofar communities"
PLACES = "gofar places"
"""The taxonomies, and the type of a location's identifier, that are vocabularies of ours."""
PROVIDER = "provider"
"""The role of the organisation whose service a project is."""

TABLES = (
    "organization",
    "organization_identifier",
    "service",
    "service_area",
    "service_at_location",
    "location",
    "address",
    "attribute",
    "taxonomy_term",
)
"""The objects of the standard that are read and written; a table is named after its objects."""

_PLURALS = {
    **{name: name for name in TABLES},
    **{f"{name}s": name for name in TABLES},
    "addresses": "address",
    "contents": "service",
    "services_at_location": "service_at_location",
}
_SCHEMED = re.compile(r"((?:XI|[A-Z]{2})-[A-Z0-9]+|360G)-(.+)", re.DOTALL)


def table_named(text: str) -> str:
    """Return the object that a file or a list holds by its name, '' if none that we know."""
    return _PLURALS.get(text.strip().casefold().replace("organisation", "organization"), "")


def schemed(external_id: str) -> tuple[str, str]:
    """Return the scheme and the number of an identifier; the scheme is '' where it has none."""
    match = _SCHEMED.fullmatch(external_id)
    return (match[1], match[2]) if match else ("", external_id)
