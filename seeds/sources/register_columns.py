"""The titles of register-like spreadsheets, and what the boxes in their lists mean.

Besides lists made by hand these are the downloads of the Scottish Charity Regulator (OSCR) and of
the Charity Commission for Northern Ireland (CCNI).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from seeds.sources.register_codes import Offered

__all__ = ["BENEFICIARIES", "MEANS", "PURPOSES", "REGISTER", "SPREADS", "items_of", "meant"]

REGISTER: Mapping[str, Sequence[str]] = {
    "org_id": ("org-id", "identifier", "organisation identifier"),
    "charity_number": (
        "reg_number",
        "reg charity number",
        "registered charity number",
        "charity no",
        "registration number",
    ),
    "sub_number": ("sub charity number", "linked charity number"),
    "company_number": ("company no", "companies house number"),
    "name": ("charity name", "organisation name", "organization name"),
    "other_names": ("known as", "other name", "working name", "previous name"),
    "status": ("charity status", "charity registration status"),
    "active": ("is active",),
    "registered_on": (
        "date_registered",
        "date_of_registration",
        "registered date",
        "registration date",
    ),
    "removed_on": ("date_of_removal", "removal date", "date removed", "ceased date"),
    "type": ("charity type", "constitutional form", "legal form"),
    "activities": ("charity activities",),
    "objects": ("objectives", "charitable purposes", "charitable objects"),
    "purposes": ("what the charity does",),
    "beneficiaries": ("who the charity helps",),
    "means": ("how the charity works",),
    "income": ("latest income", "total income", "most recent year income", "annual income"),
    "website": ("web", "url", "web address"),
    "postcode": ("post code", "postal code"),
    "outcode": ("postcode district",),
    "address": ("public address", "principal office/trustees address"),
    "area_of_operation": ("areas of operation", "main operating location", "operating location"),
    "spread": ("geographical spread",),
    "office_authority": ("la_code", "la_name"),
    "regulator": (),
}
"""The last two are known, but not read: a list with them is from a register, and the authority of
an office must not be taken for where a charity works."""

PURPOSES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "poverty": ("theme-SW105",),
        "education": ("theme-ED",),
        "religion": ("theme-RL",),
        "health": ("theme-HE",),
        "community development": ("theme-EC101",),
        "arts": ("theme-AR",),
        "heritage": ("theme-HR",),
        "sport": ("theme-LE106",),
        "recreational": ("theme-LE",),
        "human rights": ("theme-SO105",),
        "conflict resolution": ("theme-SO102",),
        "harmony": ("theme-SO107",),
        "equality and diversity": ("theme-SO104",),
        "environmental": ("theme-EN",),
        "relief of those in need": ("theme-SW",),
        "animal": ("theme-AN",),
    }
)
BENEFICIARIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "children/young people": ("com-children", "com-young-people"),
        "preschool": ("com-young-children",),
        "children": ("com-children",),
        "youth": ("com-young-people",),
        "older people": ("com-older-people",),
        "women": ("com-women",),
        "parents": ("com-parents",),
        "carers": ("com-carers",),
        "physical disabilities": ("com-physical",),
        "learning disabilities": ("com-learning-disability",),
        "sensory disabilities": ("com-deaf", "com-blind"),
        "disabilities": ("com-disability",),
        "mental health": ("com-mental-health",),
        "ethnic or racial": ("com-ethnicity",),
        "ethnic minorities": ("com-ethnicity",),
        "asylum": ("com-refugees",),
        "travellers": ("com-traveller",),
        "homeless": ("com-homeless",),
        "low income": ("com-low-income", "com-unemployed"),
        "offenders": ("com-justice",),
        "victim": ("com-victims",),
        "addictions": ("com-recovery",),
        "sexual orientation": ("com-lgbt",),
        "tenants": ("com-tenants",),
        "other charities": ("com-organisations",),
        "voluntary and community sector": ("com-organisations",),
    }
)
# How a charity works, ticked on a form: what it might share is a guess.
MEANS: Mapping[str, Offered] = MappingProxyType(
    {
        "to organisations": Offered("cap-grant-making", 0.5, "Makes grants to organisations"),
        "grant making": Offered("cap-grant-making", 0.5, "Grant making"),
        "advice": Offered("cap-advice", 0.5, "Advice, advocacy, information"),
        "counselling": Offered("cap-counselling", 0.5, "Counselling, support"),
        "community development": Offered("cap-community-development", 0.5, "Community development"),
        "youth development": Offered("cap-youth-work", 0.5, "Youth development"),
        "playgroup": Offered("cap-childcare", 0.5, "Playgroup, after schools"),
        "volunteer development": Offered("cap-volunteer-management", 0.4, "Volunteer development"),
    }
)
SPREADS: Mapping[str, str] = MappingProxyType(
    {"all or most of scotland": "S92000003", "throughout scotland": "S92000003"}
)
"""Phrases of "Geographical Spread" that name a place; the others only say how wide it is."""

_BETWEEN = re.compile(r"'\s*,\s*'|[;|\n]|,(?=\S)")


def items_of(text: str) -> list[str]:
    """Return the entries of a list: between quotation marks, semicolons, bars or bare commas.

    A comma before a space stands within an entry ("arts, culture, heritage or science").
    """
    parts = (part.strip(" '\u2018\u2019\"") for part in _BETWEEN.split(text))
    return list(dict.fromkeys(part for part in parts if part))


def meant(item: str, phrases: Mapping[str, object]) -> list[str]:
    """Return which of ``phrases`` an entry holds; a longer one hides those within it."""
    folded = item.casefold()
    found = [phrase for phrase in phrases if phrase in folded]
    return [
        phrase
        for phrase in found
        if not any(phrase != other and phrase in other for other in found)
    ]
