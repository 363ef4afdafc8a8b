"""What the words in drawn networks mean: types of nodes, kinds of ties, titles of columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from seeds.columns import plain_title
from seeds.names import slug
from seeds.sources.template_words import SIDES, TIES

__all__ = ["COLUMNS", "PERSON", "TYPES", "field_named", "kind_of_type", "side_of", "tie_of"]

PERSON = "person"

TYPES: Mapping[str, Sequence[str]] = {
    "organisation": (
        *("organisation", "organization", "org", "orgs", "organisations", "organizations"),
        *("charity", "group", "company", "partner", "member", "funder", "actor", "stakeholder"),
        *("agency", "council", "network", "trust", "foundation", "business", "club", "society"),
    ),
    "skill": ("skill", "skills", "capability", "capabilities", "expertise", "resource"),
    "project": (
        *("project", "projects", "programme", "program", "initiative", "activity", "event"),
        *("service", "campaign"),
    ),
    "theme": ("theme", "themes", "topic", "topics", "cause", "issue", "subject", "sector"),
    "place": (
        *("place", "places", "location", "area", "borough", "district", "ward", "region"),
        *("town", "city", "county", "country", "neighbourhood", "local-authority"),
    ),
    "community": (
        *("community", "communities", "beneficiary", "beneficiaries", "population"),
        *("beneficiary-group", "client-group"),
    ),
    "goal": ("goal", "goals", "outcome", "aim", "objective", "target"),
    "measure": ("measure", "measures", "indicator", "metric", "kpi"),
    PERSON: ("person", "people", "individual", "individuals", "contact", "staff", "trustee"),
}
"""Types of nodes that are a kind of ours. Any other type is an organisation of that type."""

_KINDS = {word: kind for kind, words in TYPES.items() for word in words}
# Types that say no more than that it is an organisation.
_BARE = frozenset(TYPES["organisation"][:6])

COLUMNS: Mapping[str, Sequence[str]] = {
    "description": ("about", "summary", "notes", "activities"),
    "website": ("url", "web", "link", "web address"),
    "postcode": ("post code", "postal code", "zip"),
    "income": ("annual income", "turnover"),
    "identifier": ("org id", "org-id", "organisation id", "external id", "external ids"),
    "charity_number": ("charity no", "registered charity number"),
    "company_number": ("company no", "companies house number"),
    "other_names": ("also known as", "aka", "other name", "acronym"),
    "place": ("location", "area", "borough", "address", "works in", "places"),
    "tags": ("tag", "themes", "theme", "communities", "topics"),
    "latitude": ("lat",),
    "longitude": ("lon", "lng", "long"),
    "since": ("start", "start date", "from date", "starts on", "started"),
    "until": ("end", "end date", "to date", "ends on", "ended"),
    "strength": ("closeness",),
    "amount": ("amount awarded", "value", "grant amount"),
    "currency": (),
    "label": ("name", "relationship", "relation"),
}
"""Columns beside id, label, type and the ends; a column with another title is left out."""

_FIELDS = {plain_title(word): name for name, others in COLUMNS.items() for word in (name, *others)}
_FUNDS = frozenset(
    {"funds", "funder", "funder-of", "funding", "funded", "grant", "grants", "grant-to"}
    | {"gives-grant-to", "gives-money-to", "commissions", "donates-to", "finances"}
)
_FUNDED_BY = frozenset(
    {"funded-by", "receives-funding-from", "grant-from", "commissioned-by", "grantee-of"}
)
_BACKBONE = frozenset({"backbone", "backbone-of", "umbrella", "umbrella-of", "infrastructure-for"})
_MEMBER = frozenset({"member", "member-of", "membership", "belongs-to", "affiliated-to"})
_OFFERS = frozenset(
    {"offers", "offering", "provides", "can", "can-do", "skilled-in", "expert-in", "shares"}
    | {"lends", "teaches", "has-skill"}
)
_NEEDS = frozenset(
    {"needs-help-with", "needing", "requires", "seeks", "looking-for", "missing", "wants-to-learn"}
)
OFFICE = frozenset(
    {"based-in", "based-at", "office", "office-in", "located-in", "located-at", "headquarters"}
    | {"headquartered-in", "registered-in", "address"}
)
"""Words for a tie to a place that speak of an office, and not of where the work is."""


def kind_of_type(text: str) -> tuple[str, str]:
    """Return the kind that a type means, and what an organisation of it is called, '' if plain."""
    word = slug(text)
    kind = _KINDS.get(word) or _KINDS.get(word.rpartition("-")[2]) or "organisation"
    return kind, "" if kind != "organisation" or not word or word in _BARE else text


def side_of(text: str) -> str:
    """Return whether words between an organisation and a skill say offers or needs, or ''."""
    word = slug(text)
    if word in _OFFERS:
        return "offers"
    return "needs" if word in _NEEDS else SIDES.get(word, "")


def tie_of(text: str) -> str:
    """Return what words between two organisations say: as in the template, or '' if neither."""
    word = slug(text)
    for words, meaning in (
        (_FUNDS, "funds"),
        (_FUNDED_BY, "funded by"),
        (_BACKBONE, "backbone of"),
        (_MEMBER, "member of"),
    ):
        if word in words:
            return meaning
    return TIES.get(word, "")


@lru_cache(maxsize=10_000)
def field_named(title: str) -> str:
    """Return which of :data:`COLUMNS` a title means, '' if none."""
    return _FIELDS.get(plain_title(title), "")
