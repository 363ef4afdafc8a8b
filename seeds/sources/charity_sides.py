"""The side tables of the public extract, held compactly while the main table is read row by row.

Millions of rows fit in a few megabytes: a pair (organisation number, small number) is eight bytes.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from graph.vocabulary import Place
from seeds.areas import area_place
from seeds.problems import Problem
from seeds.reading.values import as_flag, as_number, plain_text
from seeds.sources.base import Item
from seeds.sources.charity_tables import ExtractTable, Values
from seeds.sources.register import LONGEST_NAME

__all__ = ["Areas", "Pairs", "Sides", "whole"]

Taker = Callable[[int, Values], str]
"""Takes in a row; returns what is wrong with the third of its values, '' if nothing."""

_SHIFT = 16
_MOST = (1 << 40) - 1
_MOST_AREAS = (1 << _SHIFT) - 1
_GRANT_MAKER = 302
"""The box "makes grants to organisations", which the annual return asks about too."""


def whole(text: str) -> int:
    """Return the whole number that a key is, -1 if it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else -1


class Pairs:
    """Small numbers by organisation number; :meth:`settle` before :meth:`of`."""

    def __init__(self) -> None:
        self._packed = array("q")
        self._sorted: npt.NDArray[np.int64] = np.empty(0, dtype=np.int64)

    def __len__(self) -> int:
        return len(self._sorted) or len(self._packed)

    def add(self, key: int, value: int) -> None:
        """Note a value below 65,536."""
        self._packed.append(key << _SHIFT | value)

    def settle(self) -> None:
        """Sort what has been noted; each pair stays once."""
        self._sorted = np.unique(np.frombuffer(self._packed, dtype=np.int64).copy())
        self._packed = array("q")

    def of(self, key: int) -> list[int]:
        """Return the values of a key in rising order."""
        low, high = np.searchsorted(self._sorted, (key << _SHIFT, (key + 1) << _SHIFT))
        return [int(packed) & 0xFFFF for packed in self._sorted[low:high]]

    @property
    def keys(self) -> npt.NDArray[np.int64]:
        """Return the keys, each once."""
        return np.unique(self._sorted >> _SHIFT)


@dataclass(slots=True)
class Areas:
    """The names of areas of operation, each with the place it stands for, if we know one."""

    _index: dict[tuple[str, str], int] = field(default_factory=dict)
    places: list[Place | None] = field(default_factory=list)
    names: list[tuple[str, str]] = field(default_factory=list)

    def number_of(self, kind: str, name: str) -> int:
        """Return the number of an area, a new one for a new name."""
        key = (kind, name)
        known = self._index.get(key)
        if known is None:
            known = self._index[key] = len(self.names)
            self.names.append(key)
            self.places.append(area_place(kind, name))
        return known

    def __len__(self) -> int:
        return len(self.names)


@dataclass(slots=True)
class Sides:
    """All that is known of charities besides the main table, by organisation number."""

    areas: Areas = field(default_factory=Areas)
    area_pairs: Pairs = field(default_factory=Pairs)
    boxes: Pairs = field(default_factory=Pairs)
    names: dict[int, tuple[str, ...]] = field(default_factory=dict)
    incomes: dict[int, tuple[str, float]] = field(default_factory=dict)
    """The latest period (its end, as text) and its income."""

    def read(self, tables: Mapping[str, ExtractTable]) -> Iterator[Item]:
        """Read the side tables that are there; yield what is wrong with them."""
        takers: dict[str, Taker] = {
            "charity_area_of_operation": self._area,
            "charity_classification": self._box,
            "charity_other_names": self._name,
            "charity_annual_return_parta": self._annual_return,
        }
        for name, take in takers.items():
            if name in tables:
                yield from self._table(tables[name], take)
        self.area_pairs.settle()
        self.boxes.settle()

    def _table(self, table: ExtractTable, take: Taker) -> Iterator[Problem]:
        problems: list[Problem] = []
        has_linked = table.columns[1] == "linked_charity_number"
        for number, values in table.rows(problems):
            if problems:
                yield from problems
                problems.clear()
            if has_linked and values[1] not in ("0", ""):
                continue
            key = whole(values[0])
            if not 0 <= key <= _MOST:
                yield table.where(number, table.columns[0]).problem(
                    values[0], "is no organisation number", remedy="Download the file again."
                )
                continue
            why = take(key, values)
            if why:
                column = table.columns[2]
                yield table.where(number, column).problem(values[2], why)
        yield from problems

    def _area(self, key: int, values: Values) -> str:
        number = self.areas.number_of(values[2], values[3]) if values[3] else 0
        if number > _MOST_AREAS:
            return "is one area too many: there are never so many in a register"
        if values[3]:
            self.area_pairs.add(key, number)
        return ""

    def _box(self, key: int, values: Values) -> str:
        code = whole(values[2])
        if not 0 <= code <= _MOST_AREAS:
            return "is no code of a classification"
        self.boxes.add(key, code)
        return ""

    def _name(self, key: int, values: Values) -> str:
        name = plain_text(values[2])[:LONGEST_NAME]
        known = self.names.get(key, ())
        if name and name not in known:
            self.names[key] = (*known, name)
        return ""

    def _annual_return(self, key: int, values: Values) -> str:
        until, income = values[1], as_number(values[2])
        if as_flag(values[3]):
            self.boxes.add(key, _GRANT_MAKER)
        if values[2] and (income is None or income < 0):
            return "is not an income"
        if income is not None and until >= self.incomes.get(key, ("", 0.0))[0]:
            self.incomes[key] = (until, income)
        return ""
