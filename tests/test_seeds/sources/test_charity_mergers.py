from __future__ import annotations

from datetime import date
from pathlib import Path

from register_files import CHARITIES, NAMES, extract
from seeds.reading.reader import Reader
from seeds.sources.charity_mergers import mergers


def test_registered_mergers_are_named_once_in_their_direction(tmp_path: Path) -> None:
    def event(number: int, kind: str, other: int, **more: object) -> dict[str, object]:
        return {
            "organisation_number": 5_000_000 + number,
            "registered_charity_number": number,
            "event_type": kind,
            "date_of_event": "2020-05-06T00:00:00",
            "assoc_organisation_number": 5_000_000 + other,
            **more,
        }

    events = [
        event(301_004, "Asset transfer out", 301_001),
        event(301_001, "Asset transfer in", 301_004, assoc_registered_charity_number=301_004),
        event(301_002, "Amalgamated", 301_002),
        event(301_003, "Registration", 999),
    ]
    folder = extract(tmp_path / "x", {"charity": CHARITIES, "charity_event_history": events})

    with Reader([folder]) as reader:
        assert list(mergers(reader)) == [("GB-CHC-301004", "GB-CHC-301001", date(2020, 5, 6))]


def test_without_a_table_of_events_there_are_no_mergers(tmp_path: Path) -> None:
    with Reader(
        [extract(tmp_path / "x", {"charity": CHARITIES, "charity_other_names": NAMES})]
    ) as reader:
        assert list(mergers(reader)) == []
