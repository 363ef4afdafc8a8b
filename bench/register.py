"""A made-up public extract of a register of charities: as many as asked for, oddities included.

``python -m bench.register FOLDER --charities 200000`` writes the tables of
:mod:`seeds.sources.charity_commission`; the same seed gives the same bytes. All names are made up.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from graph.vocabulary import places

__all__ = ["Extract", "write_extract"]

_EXTRACTED = "2026-11-01T00:00:00"
_FIRST_NUMBER = 200_001
_FIRST_KEY = 1_000_001
_KINDS = ("Charitable company", "CIO", "Trust", "Other", "Previously excepted")
_BOXES = (*range(101, 118), *range(201, 208), *range(301, 311))
_SYLLABLES = ("bra", "dun", "fen", "gor", "hal", "ink", "jor", "kel", "lum", "myr", "nev", "oak")
_PLACES = ("Lane", "Street", "Field", "Bridge", "Green", "Hill", "Corner", "Row", "Wharf", "Yard")
_WORK = (
    "Community",
    "Youth",
    "Carers",
    "Music",
    "Advice",
    "Food",
    "Gardening",
    "Housing",
    "Sports",
)
_FORMS = ("Trust", "Association", "Centre", "Project", "Society", "Fund", "Network", "Club")
_SAID = (
    "We run a weekly lunch club for older people and offer welfare benefits advice.",
    "Grants to local groups; training and support for volunteers.",
    "Football coaching and mentoring for young people leaving care.",
    "The charity provides a community hall with rooms for hire.",
    "Befriending, English classes and immigration advice for refugees.",
    "TO RELIEVE POVERTY AND HARDSHIP IN THE PARISH",
    "Concerts, a choir and music lessons.",
    "General charitable purposes.",
)
_OUTCODES = ("N1", "SW1A", "M32", "LS6", "CF10", "BS3", "NE1", "E8", "EC1V", "ZZ9", "W1A", "SK6")
_LONG_TEXT = 5_000_000
_TITLES = {
    "charity": (
        "date_of_extract organisation_number registered_charity_number linked_charity_number "
        "charity_name charity_type charity_registration_status date_of_registration "
        "date_of_removal charity_reporting_status latest_acc_fin_period_start_date "
        "latest_acc_fin_period_end_date latest_income latest_expenditure "
        "charity_contact_address1 charity_contact_address2 charity_contact_address3 "
        "charity_contact_address4 charity_contact_address5 charity_contact_postcode "
        "charity_contact_phone charity_contact_email charity_contact_web "
        "charity_company_registration_number charity_insolvent charity_in_administration "
        "charity_previously_excepted charity_is_cdf_or_cif charity_is_cio cio_is_dissolved "
        "date_cio_dissolution_notice charity_activities charity_gift_aid charity_has_land"
    ),
    "charity_area_of_operation": (
        "date_of_extract organisation_number registered_charity_number linked_charity_number "
        "geographic_area_type geographic_area_description parent_geographic_area_type "
        "parent_geographic_area_description welsh_ind"
    ),
    "charity_classification": (
        "date_of_extract organisation_number registered_charity_number linked_charity_number "
        "classification_code classification_type classification_description"
    ),
    "charity_other_names": (
        "date_of_extract organisation_number registered_charity_number linked_charity_number "
        "charity_name_id charity_name_type charity_name"
    ),
    "charity_event_history": (
        "date_of_extract organisation_number registered_charity_number linked_charity_number "
        "charity_name charity_event_order event_type date_of_event reason "
        "assoc_organisation_number assoc_registered_charity_number assoc_charity_name"
    ),
    "charity_annual_return_parta": (
        "date_of_extract organisation_number registered_charity_number fin_period_end_date "
        "total_gross_income count_volunteers grant_making_is_main_activity"
    ),
}

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Extract:
    """What an extract is to hold. Of ``oddities``, there is one of each kind in ``every`` rows."""

    charities: int
    seed: int = 2026
    every: int = 2_000
    with_long_text: bool = True


def write_extract(folder: Path, wanted: Extract, *, as_text: bool = False) -> list[Path]:
    """Write the tables into ``folder`` as JSON with a byte order mark, or tab-separated."""
    folder.mkdir(parents=True, exist_ok=True)
    ending = "txt" if as_text else "json"
    paths = {name: folder / f"publicextract.{name}.{ending}" for name in _TITLES}
    with ExitStack() as stack:
        put = {
            name: (_text_table if as_text else _json_table)(stack, path, _TITLES[name].split())
            for name, path in paths.items()
        }
        for name, row in _rows(wanted):
            put[name](row)
    return list(paths.values())


def _json_table(stack: ExitStack, path: Path, titles: Sequence[str]) -> Callable[[Row], object]:
    handle = stack.enter_context(path.open("w", encoding="utf-8-sig", newline=""))
    stack.callback(handle.write, "\r\n]")
    handle.write("[")
    separator = "\r\n"

    def put(row: Row) -> None:
        nonlocal separator
        whole = {title: row.get(title) for title in titles}
        handle.write(separator + json.dumps(whole, ensure_ascii=False))
        separator = ",\r\n"

    return put


def _text_table(stack: ExitStack, path: Path, titles: Sequence[str]) -> Callable[[Row], object]:
    handle = stack.enter_context(path.open("w", encoding="utf-8", newline=""))
    writer = csv.DictWriter(handle, titles, delimiter="\t", extrasaction="ignore", restval="")
    writer.writeheader()
    return writer.writerow


def _rows(wanted: Extract) -> Iterator[tuple[str, Row]]:
    rng = random.Random(wanted.seed)
    authorities = [place.label for place in places() if place.kind == "local authority"]
    for number in range(wanted.charities):
        yield from _charity(rng, number, authorities, wanted)


def _charity(
    rng: random.Random, number: int, authorities: Sequence[str], wanted: Extract
) -> Iterator[tuple[str, Row]]:
    key, registered = _FIRST_KEY + number, _FIRST_NUMBER + number
    common: Row = {
        "date_of_extract": _EXTRACTED,
        "organisation_number": key,
        "registered_charity_number": registered,
        "linked_charity_number": 0,
    }
    where = "".join(rng.choices(_SYLLABLES, k=4)).capitalize()
    name = f"{where} {rng.choice(_PLACES)} {rng.choice(_WORK)} {rng.choice(_FORMS)}"
    name = name.upper() if rng.random() < 0.7 else name
    is_removed = rng.random() < 0.1
    is_company = rng.random() < 0.25
    main: Row = {
        **common,
        "charity_name": name,
        "charity_type": _KINDS[0] if is_company else rng.choice(_KINDS),
        "charity_registration_status": "Removed" if is_removed else "Registered",
        "date_of_registration": f"{rng.randint(1961, 2026)}-{rng.randint(1, 12):02}-01T00:00:00",
        "date_of_removal": f"{rng.randint(2015, 2026)}-05-0{rng.randint(1, 9)}T00:00:00"
        if is_removed
        else None,
        "latest_income": None if rng.random() < 0.1 else round(rng.lognormvariate(10, 2)),
        "charity_contact_postcode": f"{rng.choice(_OUTCODES)} {rng.randint(1, 9)}AA",
        "charity_contact_email": f"nobody{number}@example.org",
        "charity_contact_phone": "020 7946 0000",
        "charity_contact_web": f"www.example.org/{number}" if rng.random() < 0.4 else None,
        "charity_company_registration_number": f"{9_000_000 + number:08}" if is_company else None,
        "charity_activities": f"{rng.choice(_SAID)} {rng.choice(_SAID)}",
        "charity_gift_aid": rng.random() < 0.6,
    }
    _make_odd(main, number, wanted)
    yield "charity", main
    if rng.random() < 0.1:
        yield (
            "charity",
            {**main, "organisation_number": key + 5_000_000, "linked_charity_number": 1},
        )
    for kind, area in _areas(rng, authorities):
        yield (
            "charity_area_of_operation",
            {
                **common,
                "geographic_area_type": kind,
                "geographic_area_description": area,
                "welsh_ind": area == "Throughout Wales",
            },
        )
    for code in sorted(rng.sample(_BOXES, rng.randint(2, 8))):
        kind = {1: "What", 2: "Who", 3: "How"}[code // 100]
        yield (
            "charity_classification",
            {**common, "classification_code": code, "classification_type": kind},
        )
    if rng.random() < 0.2:
        kind = rng.choice(("Working name", "Previous name"))
        other = {"charity_name_type": kind, "charity_name": f"{name.title()} ({kind})"}
        yield "charity_other_names", {**common, **other}
    if rng.random() < 0.6:
        income = round(rng.lognormvariate(10, 2))
        yield (
            "charity_annual_return_parta",
            {
                **common,
                "fin_period_end_date": "2026-03-31T00:00:00",
                "total_gross_income": income,
                "count_volunteers": rng.randint(0, 60),
                "grant_making_is_main_activity": rng.random() < 0.1,
            },
        )
    if is_removed and rng.random() < 0.3:
        yield (
            "charity_event_history",
            {
                **common,
                "charity_event_order": 2,
                "event_type": "Asset transfer out",
                "date_of_event": main["date_of_removal"],
                "assoc_organisation_number": _FIRST_KEY + (number * 7) % wanted.charities,
            },
        )


def _areas(rng: random.Random, authorities: Sequence[str]) -> Iterator[tuple[str, str]]:
    drawn = rng.random()
    if drawn < 0.08:
        yield "Region", "Throughout London"
    elif drawn < 0.16:
        yield "Region", rng.choice(("Throughout England And Wales", "Throughout England"))
    elif drawn < 0.18:
        yield "Region", "Throughout Wales"
    else:
        for name in rng.sample(authorities, min(3, 1 + int(rng.expovariate(1.2)))):
            yield "Local Authority", name
    if rng.random() < 0.05:
        yield "Country", rng.choice(("Kenya", "India", "Atlantis"))


def _make_odd(main: Row, number: int, wanted: Extract) -> None:
    """Spoil a row now and then, each time in another way."""
    turn, is_odd = divmod(number, wanted.every)
    if is_odd or not number:
        return
    match turn % 7:
        case 0:
            main["charity_name"] = None
        case 1:
            main["charity_company_registration_number"] = str(950_000 + number)
        case 2:
            main["charity_registration_status"] = "Removed"
            main["date_of_removal"] = "31 Febtober 2020"
        case 3:
            main["organisation_number"] = _FIRST_KEY + number - 1
        case 4:
            main["registered_charity_number"] = _FIRST_NUMBER + number - 1
        case 5:
            main["latest_income"] = "not known"
        case _:
            if wanted.with_long_text:
                main["charity_activities"] = "word " * (_LONG_TEXT // 5)


def main() -> None:
    """Write an extract."""
    parser = argparse.ArgumentParser(prog="python -m bench.register", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--charities", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--text", action="store_true", help="tab-separated instead of JSON")
    given = parser.parse_args()
    wanted = Extract(given.charities, given.seed)
    for path in write_extract(given.folder, wanted, as_text=given.text):
        print(f"{path}: {path.stat().st_size / 1e6:,.1f} MB")


if __name__ == "__main__":
    main()
