"""From a row of the extract's main table, and what the side tables add, to a listed body."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from graph.vocabulary import Place
from seeds.identifiers import company_id
from seeds.problems import Problem, Skipped, Where
from seeds.reading.values import DATE_FORMS, as_date, as_number, plain_text, prose
from seeds.sources.base import Context, Item
from seeds.sources.charity_sides import Sides, whole
from seeds.sources.charity_tables import ExtractTable
from seeds.sources.register import LONGEST_NAME, LONGEST_PROSE, Listed, Offices, Register
from seeds.sources.register_codes import COMMUNITIES, OFFERS, THEMES
from seeds.sources.selection import Selection

__all__ = ["CharityRecords"]

_LINKED = "it is a linked charity: part of a main one"
_NO_COMPANY = frozenset({"", "0", "00000000", "n/a", "none"})
_LONGEST_NUMBER = 7
_STATUSES = frozenset({"registered", "removed"})
_AGAIN = "Download the file again."


class CharityRecords:
    """One reading of the main table, the side tables known."""

    def __init__(self, context: Context, tables: Mapping[str, ExtractTable], sides: Sides) -> None:
        self._tables = tables
        self._table = tables["charity"]
        self._sides = sides
        self._selection = Selection.of(context.options)
        self._register = Register(context)
        self._offices = Offices()
        self._unplaced: Counter[int] = Counter()
        self._row_of_key: dict[int, int] = {}
        self._row_of_number: dict[int, int] = {}
        self._extracted_on = self._table.extracted_on() or context.asserted_on

    def items(self) -> Iterator[Item]:
        """Yield the records of all charities that are wanted, and what is to be said of others."""
        problems: list[Problem] = []
        columns = self._table.columns
        for row, values in self._table.rows(problems):
            if problems:
                yield from problems
                problems.clear()
            yield from self._row(row, dict(zip(columns, values, strict=True)))
        yield from problems
        yield from self._register.finish()
        yield from self._summary()

    def _at(self, row: int, column: str = "") -> Where:
        return self._table.where(row, column)

    def _row(self, row: int, entry: Mapping[str, str]) -> Iterator[Item]:
        if entry["linked_charity_number"] not in ("0", ""):
            yield Skipped(_LINKED, self._at(row))
            return
        fault = self._fault(row, entry)
        if fault is not None:
            yield fault
            return
        external_id = _external_id(entry)
        is_removed = entry["charity_registration_status"].casefold() == "removed"
        areas: list[Place] = []
        office: Place | None = None
        numbers: list[int] = []
        if is_removed:
            # Where it worked no longer matters: it comes in only if the network knows it.
            why = self._selection.why_not([external_id], (), "") if self._selection.ids else ""
        else:
            self._register.note_alive(external_id)
            numbers = self._sides.area_pairs.of(whole(entry["organisation_number"]))
            found = dict.fromkeys(self._sides.areas.places[number] for number in numbers)
            areas = [place for place in found if place is not None]
            office = self._offices.of(entry["charity_contact_postcode"])
            why = self._selection.why_not(
                [external_id], [area.id for area in areas], office.id if office else ""
            )
        if why:
            yield Skipped(why, self._at(row))
            return
        self._unplaced.update(n for n in numbers if self._sides.areas.places[n] is None)
        if not is_removed:
            self._offices.note(entry["charity_contact_postcode"], office)
        listed = yield from self._listed(row, entry, is_removed=is_removed)
        yield from self._register.add(replace(listed, areas=areas))

    def _fault(self, row: int, entry: Mapping[str, str]) -> Problem | None:
        """Return why a row can't come in, None if it can; note its numbers."""
        key, number = whole(entry["organisation_number"]), whole(entry["registered_charity_number"])
        if key < 0:
            return self._at(row, "organisation_number").problem(
                entry["organisation_number"], "is no organisation number", remedy=_AGAIN
            )
        if number <= 0 or len(str(number)) > _LONGEST_NUMBER:
            return self._at(row, "registered_charity_number").problem(
                entry["registered_charity_number"],
                "is no charity number",
                remedy="Charity numbers have 6 or 7 digits.",
            )
        status = entry["charity_registration_status"]
        if status.casefold() not in _STATUSES:
            return self._at(row, "charity_registration_status").problem(
                status, "is neither Registered nor Removed, so the row is left out", remedy=_AGAIN
            )
        first = self._row_of_key.setdefault(key, row)
        if first != row:
            return self._at(row, "organisation_number").problem(
                entry["organisation_number"],
                f"is the organisation number of row {first} too; the first row is kept",
                remedy="Leave only one of them in.",
            )
        first = self._row_of_number.setdefault(number, row)
        if first != row:
            return self._at(row, "registered_charity_number").problem(
                entry["registered_charity_number"],
                f"is the number of another charity, in row {first}, which is kept",
                remedy="Two charities can't have one number: correct the one that is wrong.",
            )
        if not plain_text(entry["charity_name"]):
            return self._at(row, "charity_name").fault(
                f"The charity {number} has no name, so it is left out.",
                remedy="Look it up on the register and add it by hand.",
            )
        return None

    def _listed(
        self, row: int, entry: Mapping[str, str], *, is_removed: bool
    ) -> Generator[Item, None, Listed]:
        """Return what the row and the side tables say; yield what is odd about it."""
        key = whole(entry["organisation_number"])
        name = plain_text(entry["charity_name"])[:LONGEST_NAME]
        others = self._sides.names.get(key, ())
        closed_on = (yield from self._removal(row, entry)) if is_removed else None
        description = prose(entry["charity_activities"])
        if len(description) > LONGEST_PROSE:
            yield self._at(row, "charity_activities").fault(
                f"The text has {len(description):,} characters; the first {LONGEST_PROSE:,} "
                "are kept.",
                is_warning=True,
            )
        boxes = self._sides.boxes.of(key)
        return Listed(
            where=self._at(row),
            name=name,
            external_ids=(_external_id(entry), *(yield from self._company(row, entry))),
            other_names=tuple(other for other in others if other != name),
            description=description[:LONGEST_PROSE],
            organisation_type=plain_text(entry["charity_type"])[:LONGEST_NAME],
            income=(yield from self._income(row, key, entry["latest_income"])),
            website=plain_text(entry["charity_contact_web"])[:LONGEST_NAME],
            postcode=plain_text(entry["charity_contact_postcode"])[:LONGEST_NAME],
            closed_on=closed_on,
            office=self._offices.of(entry["charity_contact_postcode"]),
            themes=_each(THEMES, boxes),
            communities=_each(COMMUNITIES, boxes),
            offers=tuple(OFFERS[box] for box in boxes if box in OFFERS),
        )

    def _removal(self, row: int, entry: Mapping[str, str]) -> Generator[Item, None, date]:
        text = entry["date_of_removal"]
        found = as_date(text)
        if text and found is None:
            yield self._at(row, "date_of_removal").problem(
                text,
                f"is not a date, so {self._extracted_on.isoformat()} is taken, the day of the "
                "extract",
                remedy=DATE_FORMS,
                is_warning=True,
            )
        return found or self._extracted_on

    def _company(self, row: int, entry: Mapping[str, str]) -> Generator[Item, None, list[str]]:
        text = entry["charity_company_registration_number"]
        if text.casefold() in _NO_COMPANY:
            return []
        reading = company_id(text)
        if reading.why:
            yield self._at(row, "charity_company_registration_number").problem(
                text, reading.why, remedy=reading.remedy, is_warning=True
            )
        return [reading.external_id] if reading.external_id else []

    def _income(self, row: int, key: int, text: str) -> Generator[Item, None, float | None]:
        income = as_number(text)
        if text and (income is None or income < 0):
            yield self._at(row, "latest_income").problem(
                text,
                "is not an income, so it is left out",
                remedy="Write it as 12345.",
                is_warning=True,
            )
            return None
        return self._sides.incomes.get(key, ("", None))[1] if income is None else income

    def _summary(self) -> Iterator[Problem]:
        """Yield what concerns no single row: places and ids that weren't found."""
        areas = self._sides.areas
        table = self._tables.get("charity_area_of_operation")
        for number, count in self._unplaced.most_common():
            kind, name = areas.names[number]
            assert table is not None
            yield Where(table.file, column="geographic_area_description").problem(
                name,
                f"({kind or 'no type'}) is not a place that gofar knows, so where they work isn't "
                f"recorded for {count:,} of the charities",
                is_warning=True,
            )
        yield from self._offices.summary(self._table.file)
        for external_id in self._selection.missing:
            yield Where(self._table.file).problem(
                external_id,
                "is on the list of ids, but not in this extract",
                remedy="Check the number; Scottish and Northern Irish charities have registers "
                "of their own.",
                is_warning=True,
            )
        yield from self._strangers()

    def _strangers(self) -> Iterator[Problem]:
        """Yield a warning for each side table that speaks of charities the main one lacks."""
        for name, pairs in (
            ("charity_area_of_operation", self._sides.area_pairs),
            ("charity_classification", self._sides.boxes),
        ):
            if name not in self._tables:
                continue
            unknown = sum(int(key) not in self._row_of_key for key in pairs.keys)
            if unknown:
                yield Where(self._tables[name].file).fault(
                    f"It speaks of {unknown:,} charities that {self._table.file} doesn't hold; "
                    "what it says of them is left out.",
                    remedy="Check that both files are whole and of the same day.",
                    is_warning=True,
                )


def _each(meanings: Mapping[int, tuple[str, ...]], boxes: Sequence[int]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(term for box in boxes for term in meanings.get(box, ())))


def _external_id(entry: Mapping[str, str]) -> str:
    return f"GB-CHC-{whole(entry['registered_charity_number'])}"
