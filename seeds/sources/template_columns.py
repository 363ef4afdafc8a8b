"""The sheets of our own workbook: their columns, other names for these, and what they are for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from seeds.columns import ColumnMap, map_columns, plain_title

__all__ = ["EXAMPLE", "SHEETS", "TemplateSheet", "sheet_for"]

EXAMPLE = "Example:"
"""How the rows begin that show how a sheet is filled in; they are never imported."""


@dataclass(frozen=True, slots=True)
class TemplateSheet:
    """One kind of sheet. ``columns`` are (field, title, other names, what to write there).

    A sheet without all ``needed`` fields can't be of this kind; one that has any of ``telling``
    besides is, whatever it is called.
    """

    kind: str
    title: str
    columns: tuple[tuple[str, str, tuple[str, ...], str], ...]
    needed: tuple[str, ...]
    telling: tuple[str, ...]
    names: tuple[str, ...] = ()

    def synonyms(self) -> Mapping[str, Sequence[str]]:
        """Return each field's titles, for mapping columns."""
        return {field: (title, *others) for field, title, others, _ in self.columns}


_SHARED = (
    ("places", "Places", ("place", "area", "areas", "works in", "where"), "Where the work is"),
    ("themes", "Themes", ("theme", "causes", "works on", "subjects"), "What the work is about"),
    (
        "communities",
        "Communities",
        ("community", "beneficiaries", "serves", "who is served"),
        "Whom the work is for",
    ),
)

SHEETS: tuple[TemplateSheet, ...] = (
    TemplateSheet(
        "offers_and_needs",
        "Offers and needs",
        (
            ("organisation", "Organisation", ("organization", "org", "name"), "Name or id"),
            ("skill", "Skill", ("capability", "skills"), "A word from the sheet 'Skills'"),
            (
                "side",
                "Offers or needs",
                ("offers/needs", "offer or need", "offer/need", "offers and needs", "direction"),
                "offers or needs",
            ),
            ("level", "Level", ("how well",), "Offers: 1 can help, 2 experienced, 3 can teach it"),
            ("capacity", "Capacity", ("days a month", "days per month"), "Offers: days a month"),
            ("urgency", "Urgency", ("how urgent",), "Needs: 1 some day, 2 this year, 3 now"),
            ("until", "Until", ("needed until", "by when"), "Needs: the last day"),
        ),
        needed=("organisation", "skill"),
        telling=("side", "level", "capacity", "urgency"),
        names=("offers and needs", "offers", "needs", "skills"),
    ),
    TemplateSheet(
        "relationships",
        "Relationships",
        (
            ("organisation", "Organisation", ("organization", "org", "from"), "Name or id"),
            (
                "other",
                "Other organisation",
                ("other organization", "partner", "with", "to", "other"),
                "Name or id",
            ),
            (
                "kind",
                "Kind",
                ("relationship", "type", "how"),
                "works with, funds, member of, backbone of, or in your own words",
            ),
            ("since", "Since", ("start", "starts", "from date"), "A day"),
            ("until", "Until", ("end", "ends", "to date"), "A day"),
            ("strength", "Strength", ("weight",), "0 to 1, or a percentage"),
        ),
        needed=("organisation", "other"),
        telling=("organisation", "other"),
        names=("relationships", "ties", "partnerships"),
    ),
    TemplateSheet(
        "projects",
        "Projects",
        (
            ("id", "Id", ("project id", "reference"), "Leave empty, or your own reference"),
            ("title", "Title", ("project title", "project", "name"), "Needed"),
            ("description", "Description", ("summary", "about"), ""),
            ("starts", "Starts", ("start", "start date", "starts on"), "A day"),
            ("ends", "Ends", ("end", "end date", "ends on"), "A day"),
            *_SHARED,
            (
                "skills",
                "Required skills",
                ("requires", "skills", "skills needed"),
                "Words from the sheet 'Skills'",
            ),
            (
                "participants",
                "Participants",
                ("partners", "organisations", "organizations", "who takes part"),
                "Name (role); Name",
            ),
        ),
        needed=("title",),
        telling=("participants", "starts", "skills"),
        names=("projects",),
    ),
    TemplateSheet(
        "organisations",
        "Organisations",
        (
            (
                "id",
                "Id",
                ("organisation id", "our id", "gofar id"),
                "Leave empty, or the id it has in gofar",
            ),
            ("name", "Name", ("organisation", "organization", "organisation name"), "Needed"),
            ("other_names", "Other names", ("also known as", "aka", "other name", "acronym"), ""),
            (
                "external_ids",
                "External ids",
                ("external id", "org id", "org-id", "identifier"),
                "As in org-id.guide: GB-CHC-1164883",
            ),
            ("charity_number", "Charity number", ("charity no", "registered charity number"), ""),
            ("company_number", "Company number", ("company no", "companies house number"), ""),
            ("description", "Description", ("activities", "about", "what they do"), ""),
            ("type", "Type", ("organisation type", "legal form"), ""),
            ("income", "Income", ("annual income", "turnover"), "Pounds a year"),
            ("website", "Website", ("web", "url", "web address"), ""),
            ("postcode", "Postcode", ("post code", "postal code", "outcode"), "Of the office"),
            *_SHARED,
            ("backbone", "Backbone", ("umbrella body", "supported by"), "Who supports it: a name"),
        ),
        needed=("name",),
        telling=(
            "external_ids",
            "charity_number",
            "company_number",
            "description",
            "income",
            "website",
            "postcode",
            "places",
            "themes",
            "communities",
            "backbone",
        ),
        names=("organisations", "organizations", "members", "charities"),
    ),
)


def sheet_for(name: str, titles: Sequence[str]) -> tuple[TemplateSheet, ColumnMap, float] | None:
    """Return what kind of sheet this is, with its columns mapped and how sure that is."""
    best: tuple[TemplateSheet, ColumnMap, float] | None = None
    for sheet in SHEETS:
        columns = map_columns(titles, sheet.synonyms())
        if not all(field in columns for field in sheet.needed):
            continue
        told = sum(field in columns for field in sheet.telling)
        is_named = plain_title(name) in {plain_title(known) for known in sheet.names}
        if not told and not is_named:
            continue
        used = len(columns.positions) / max(1, sum(map(bool, titles)))
        confidence = min(0.95, 0.3 + 0.35 * is_named + 0.1 * min(told, 2) + 0.2 * used)
        if best is None or confidence > best[2]:
            best = sheet, columns, confidence
    return best
