"""A tiny made-up extract of a register, in both of its forms, and lists from other registers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

__all__ = ["AREAS", "BOXES", "CHARITIES", "NAMES", "area", "box", "charity", "extract"]

DAY = "2026-11-01T00:00:00"
Row = Mapping[str, object]


def charity(number: int, name: str | None, **more: object) -> dict[str, object]:
    """Return a row of the main table; the organisation number is the number and 5,000,000."""
    row: dict[str, object] = {
        "date_of_extract": DAY,
        "organisation_number": 5_000_000 + number,
        "registered_charity_number": number,
        "linked_charity_number": 0,
        "charity_name": name,
        "charity_type": "CIO",
        "charity_registration_status": "Registered",
        "date_of_registration": "2001-02-03T00:00:00",
        "date_of_removal": None,
        "latest_income": None,
        "charity_contact_postcode": None,
        "charity_contact_phone": "020 7946 0000",
        "charity_contact_email": "person@example.org",
        "charity_contact_web": None,
        "charity_company_registration_number": None,
        "charity_activities": None,
    }
    assert more.keys() <= row.keys()
    return row | more


def _side(number: int, **more: object) -> dict[str, object]:
    return {
        "date_of_extract": DAY,
        "organisation_number": 5_000_000 + number,
        "registered_charity_number": number,
        "linked_charity_number": 0,
        **more,
    }


def area(number: int, name: str, kind: str = "Local Authority") -> dict[str, object]:
    """Return a row of the table of areas of operation."""
    return _side(
        number,
        geographic_area_type=kind,
        geographic_area_description=name,
        welsh_ind=False,
    )


def box(number: int, code: int) -> dict[str, object]:
    """Return a row of the table of classifications."""
    return _side(number, classification_code=code, classification_type="What")


def other_name(number: int, name: str) -> dict[str, object]:
    """Return a row of the table of other names."""
    return _side(number, charity_name_type="Working name", charity_name=name)


CHARITIES = (
    charity(
        301_001,
        "LANTERN YARD FOOD NETWORK",
        latest_income=52_000,
        charity_contact_postcode="SW1A 1AA",
        charity_contact_web="www.example.org",
        charity_company_registration_number="09506232",
        charity_activities="A weekly food bank.",
    ),
    charity(301_002, "Quarry Hill Carers", charity_contact_postcode="M32 0TH"),
    charity(301_003, "Orchard Row Choir", charity_contact_postcode="SW1A 2AA"),
    charity(
        301_004,
        "Meadow Wharf Fund",
        charity_registration_status="Removed",
        date_of_removal="2020-05-06T00:00:00",
    ),
    charity(301_001, "A part of the network", linked_charity_number=1, organisation_number=1),
)
AREAS = (
    area(301_001, "City Of Westminster"),
    area(301_001, "Trafford"),
    area(301_002, "Throughout London", "Region"),
    area(301_003, "Trafford"),
)
BOXES = (box(301_001, 105), box(301_001, 305), box(301_001, 207), box(301_002, 309))
NAMES = (other_name(301_001, "Lantern Larder"), other_name(301_001, "LANTERN YARD FOOD NETWORK"))


def extract(
    folder: Path, tables: Mapping[str, Sequence[Row]] | None = None, *, as_text: bool = False
) -> Path:
    """Write tables as the register does, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    whole = {
        "charity": CHARITIES,
        "charity_area_of_operation": AREAS,
        "charity_classification": BOXES,
        "charity_other_names": NAMES,
    }
    for name, rows in (whole if tables is None else tables).items():
        if as_text:
            lines = ["\t".join(rows[0])]
            lines += ["\t".join("" if v is None else str(v) for v in row.values()) for row in rows]
            text, path = "\r\n".join(lines), folder / f"publicextract.{name}.txt"
            path.write_text(text, encoding="utf-8", newline="")
        else:
            path = folder / f"publicextract.{name}.json"
            path.write_text(json.dumps(list(rows)), encoding="utf-8-sig")
    return folder
