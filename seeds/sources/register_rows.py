"""From a row of a list of charities to a listed body."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from graph.vocabulary import Place, places
from seeds.areas import area_place
from seeds.columns import ColumnMap
from seeds.identifiers import organisation_ids
from seeds.problems import Skipped, Where
from seeds.reading.sheets import Row, Sheet
from seeds.reading.values import DATE_FORMS, as_date, as_flag, as_number, plain_text, prose
from seeds.sources.base import Context, Item
from seeds.sources.register import LONGEST_NAME, LONGEST_PROSE, Listed, Offices, Register
from seeds.sources.register_codes import Offered
from seeds.sources.register_columns import (
    BENEFICIARIES,
    MEANS,
    PURPOSES,
    SPREADS,
    items_of,
    meant,
)
from seeds.sources.selection import Selection
from seeds.terms import TermKind

__all__ = ["RegisterRows"]

_CODE = re.compile(r"\b[EKNSW]\d{8}\b")
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\s*$", re.IGNORECASE)
_NORTHERN_IRISH = "reg charity number"
_GONE = frozenset({"removed", "inactive", "ceased", "deregistered", "closed", "dissolved"})
_FORMS = ("it makes grants", "it carries out", "it does none")
_REGISTERS = ("GB-CHC-", "GB-SC-", "GB-NIC-")
_FIELDS = {"id": "org_id", "charity": "charity_number", "company": "company_number"}
_LINKED = "it is a linked charity: part of a main one"


@dataclass(frozen=True, slots=True)
class _Entry:
    """One row with its columns."""

    sheet: Sheet
    columns: ColumnMap
    row: Row

    def text(self, name: str) -> str:
        return self.columns.value(self.row.cells, name)

    def at(self, name: str) -> Where:
        return self.sheet.where(self.row, self.columns.title(name))


class RegisterRows:
    """One reading of all rows of all files."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._selection = Selection.of(context.options)
        self._register = Register(context)
        self._offices = Offices()
        self._first: dict[str, Where] = {}
        self._areas: dict[str, list[Place]] = {}
        self._unplaced: Counter[tuple[str, str]] = Counter()
        self._unmapped: Counter[tuple[str, str, str]] = Counter()
        self._file = ""

    def of(self, sheet: Sheet, columns: ColumnMap, row: Row) -> Iterator[Item]:
        """Yield what a row and those before it make ready."""
        entry = _Entry(sheet, columns, row)
        self._file = sheet.file
        if entry.text("sub_number") not in ("", "0"):
            yield Skipped(_LINKED, entry.at("sub_number"))
            return
        ids = yield from self._ids(entry)
        name = plain_text(entry.text("name"))[:LONGEST_NAME]
        if not ids:
            yield entry.at("charity_number").fault(
                "The row has no charity number or other identifier, so it is left out.",
                remedy="Add the number, or use the template for groups without one.",
            )
            return
        if not name:
            yield entry.at("name").fault(
                f"{ids[0]} has no name, so it is left out.",
                remedy="Look it up on its register and write the name.",
            )
            return
        first = self._first.setdefault(ids[0], entry.at("name"))
        if first != entry.at("name"):
            yield entry.at("charity_number").problem(
                ids[0],
                f"is the number of another row, {first}, which is kept",
                remedy="Two charities can't have one number: correct the one that is wrong.",
            )
            return
        yield from self._taken(entry, ids, name)

    def _taken(self, entry: _Entry, ids: tuple[str, ...], name: str) -> Iterator[Item]:
        is_gone = _is_gone(entry)
        areas = self._places(entry)
        postcode = _postcode(entry)
        office = self._offices.of(postcode or entry.text("outcode"))
        if is_gone:
            why = self._selection.why_not(ids, (), "") if self._selection.ids else ""
        else:
            self._register.note_alive(ids[0])
            why = self._selection.why_not(
                ids, [area.id for area in areas], office.id if office else ""
            )
        if why:
            yield Skipped(why, entry.at("name"))
            return
        if not is_gone:
            self._offices.note(postcode, office)
            self._note_unplaced(entry, areas)
        description, means = _said(entry)
        listed = Listed(
            where=entry.at("name"),
            name=name,
            external_ids=ids,
            other_names=_other_names(entry, name),
            description=description[:LONGEST_PROSE],
            organisation_type=plain_text(entry.text("type"))[:LONGEST_NAME],
            income=(yield from self._income(entry)),
            website=plain_text(entry.text("website"))[:LONGEST_NAME],
            postcode=postcode[:LONGEST_NAME],
            closed_on=(yield from self._closed_on(entry)) if is_gone else None,
            office=office,
            areas=areas,
            themes=self._terms(entry, "theme", "purposes", PURPOSES),
            communities=self._terms(entry, "community", "beneficiaries", BENEFICIARIES),
            offers=_offers(means),
        )
        yield from self._register.add(listed)

    def finish(self) -> Iterator[Item]:
        """Yield what is left, and what concerns no single row."""
        yield from self._register.finish()
        for (file, text), count in self._unplaced.most_common():
            yield Where(file, column="area_of_operation").problem(
                text,
                f"is not a place that gofar knows, so where they work isn't recorded for {count:,} "
                "of the charities",
                remedy="Use the names or codes of local authorities, regions or nations.",
                is_warning=True,
            )
        for (file, column, text), count in self._unmapped.most_common():
            yield Where(file, column=column).problem(
                text, f"means nothing to gofar; {count:,} of the charities have it", is_warning=True
            )
        if self._file:
            yield from self._offices.summary(self._file)
        for external_id in self._selection.missing:
            yield Where(self._file).problem(
                external_id,
                "is on the list of ids, but not in these files",
                remedy="Check the number, or add the register that it is from.",
                is_warning=True,
            )

    def _ids(self, entry: _Entry) -> Generator[Item, None, tuple[str, ...]]:
        number = entry.text("charity_number")
        if _NORTHERN_IRISH in entry.columns.title("charity_number").casefold():
            # The register writes six digits, which elsewhere would be an English number.
            number = f"NIC{number}" if number.isdigit() else number
        readings = organisation_ids(entry.text("org_id"), number, entry.text("company_number"))
        for reading in readings:
            if reading.why:
                yield entry.at(_FIELDS[reading.field]).problem(
                    reading.text, reading.why, remedy=reading.remedy, is_warning=True
                )
        ids = dict.fromkeys(reading.external_id[:300] for reading in readings)
        # The number on a register is the surest.
        return tuple(
            sorted(filter(None, ids), key=lambda external: not external.startswith(_REGISTERS))
        )

    def _income(self, entry: _Entry) -> Generator[Item, None, float | None]:
        text = entry.text("income")
        income = as_number(text)
        if text and (income is None or income < 0):
            yield entry.at("income").problem(
                text, "is not an income, so it is left out", remedy="Write it as 12345."
            )
            return None
        return income

    def _closed_on(self, entry: _Entry) -> Generator[Item, None, date]:
        text = entry.text("removed_on")
        found = as_date(text)
        if text and found is None:
            yield entry.at("removed_on").problem(
                text, "is not a date, so today is taken", remedy=DATE_FORMS, is_warning=True
            )
        return found or self._context.asserted_on

    def _places(self, entry: _Entry) -> list[Place]:
        """Return where a charity works, never where its office is."""
        text = entry.text("area_of_operation")
        spread = entry.text("spread")
        known = self._areas.get(f"{text}\x1f{spread}")
        if known is None:
            codes = _CODE.findall(text)
            found = [places().find(code) for code in codes] if codes else _named(text)
            found += [places().find(SPREADS[phrase]) for phrase in meant(spread, SPREADS)]
            known = [place for place in dict.fromkeys(found) if place is not None]
            self._areas[f"{text}\x1f{spread}"] = known
        return known

    def _note_unplaced(self, entry: _Entry, areas: list[Place]) -> None:
        text = entry.text("area_of_operation")
        if text and not areas:
            self._unplaced[entry.sheet.file, text[:200]] += 1

    def _terms(
        self, entry: _Entry, kind: TermKind, column: str, phrases: Mapping[str, tuple[str, ...]]
    ) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for item in items_of(entry.text(column)):
            terms = [term for phrase in meant(item, phrases) for term in phrases[phrase]]
            if not terms:
                term = self._context.find(kind, item)
                terms = [term.id] if term is not None else []
            if not terms:
                self._unmapped[entry.sheet.file, entry.columns.title(column), item[:200]] += 1
            found.update(dict.fromkeys(terms))
        return tuple(found)


def _named(text: str) -> list[Place | None]:
    whole = area_place("", text) if text else None
    return [whole] if whole else [area_place("", item) for item in items_of(text)]


def _is_gone(entry: _Entry) -> bool:
    status = entry.text("status").casefold()
    if status:
        return status in _GONE
    is_active = as_flag(entry.text("active")) if entry.text("active") else None
    return is_active is False or (is_active is None and bool(entry.text("removed_on")))


def _postcode(entry: _Entry) -> str:
    given = plain_text(entry.text("postcode"))
    if given:
        return given
    found = _POSTCODE.search(entry.text("address"))
    return " ".join(found[0].upper().split()) if found else ""


def _other_names(entry: _Entry, name: str) -> tuple[str, ...]:
    names = (
        plain_text(item)[:LONGEST_NAME]
        for cell in entry.columns.values(entry.row.cells, "other_names")
        for item in re.split(r"[;|]", cell)
    )
    return tuple(dict.fromkeys(other for other in names if other and other != name))


def _said(entry: _Entry) -> tuple[str, str]:
    """Return what a charity does in its own words, and the boxes it ticked for how it works."""
    activities = entry.text("activities")
    # The Scottish register calls its boxes "Activities".
    is_boxes = any(form in activities.casefold() for form in _FORMS)
    own = "" if is_boxes else activities
    return prose(own or entry.text("objects")), activities if is_boxes else entry.text("means")


def _offers(means: str) -> tuple[Offered, ...]:
    found: dict[str, Offered] = {}
    for item in items_of(means):
        for phrase in meant(item, MEANS):
            found.setdefault(MEANS[phrase].skill_id, MEANS[phrase])
    return tuple(found.values())
