"""What people write into the cells of the template, as values: levels, kinds of ties, lists."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from seeds.names import slug
from seeds.problems import Problem, Where
from seeds.reading.values import DATE_FORMS, as_date, as_number

__all__ = ["LEVELS", "SIDES", "TIES", "URGENCIES", "Cells", "listed", "role_in"]

LEVELS = {
    "1": 1,
    "can-help": 1,
    "basic": 1,
    "some": 1,
    "2": 2,
    "experienced": 2,
    "good": 2,
    "3": 3,
    "can-teach-it": 3,
    "can-teach": 3,
    "expert": 3,
}
URGENCIES = {
    "1": 1,
    "some-day": 1,
    "low": 1,
    "2": 2,
    "this-year": 2,
    "medium": 2,
    "3": 3,
    "now": 3,
    "high": 3,
    "urgent": 3,
}
SIDES = {
    "offers": "offers",
    "offer": "offers",
    "offered": "offers",
    "can-offer": "offers",
    "has": "offers",
    "needs": "needs",
    "need": "needs",
    "needed": "needs",
    "wants": "needs",
    "lacks": "needs",
}
TIES = {
    "funds": "funds",
    "funder": "funds",
    "funder-of": "funds",
    "funded-by": "funded by",
    "backbone-of": "backbone of",
    "supports": "backbone of",
    "umbrella-of": "backbone of",
    "member-of": "member of",
    "supported-by": "member of",
}
_SEPARATOR = re.compile(r"[;|\n]")
_ROLE = re.compile(r"(?P<name>.+?)\s*\((?P<role>[^()]+)\)")


def listed(text: str) -> list[str]:
    """Split a cell that holds a list: by semicolon, bar or line break."""
    return list(dict.fromkeys(part.strip() for part in _SEPARATOR.split(text) if part.strip()))


def role_in(text: str) -> tuple[str, str]:
    """Split ``Name (role)``; the role is '' where there are no brackets at the end."""
    match = _ROLE.fullmatch(text)
    return (match["name"], match["role"].strip()) if match else (text, "")


class Cells:
    """One row's cells, read as values; what can't be read is noted in ``problems``."""

    def __init__(self, values: Mapping[str, str], titles: Mapping[str, str], where: Where) -> None:
        self._values = values
        self._titles = titles
        self.where = where
        self.problems: list[Problem] = []

    def text(self, name: str) -> str:
        """Return a cell's text."""
        return self._values.get(name, "")

    def at(self, name: str) -> Where:
        """Return the spot of a cell."""
        return self.where.at(self._titles.get(name, name))

    def list(self, name: str) -> list[str]:
        """Return the parts of a cell that holds a list."""
        return listed(self.text(name))

    def date(self, name: str) -> date | None:
        """Return the day in a cell."""
        text = self.text(name)
        found = as_date(text)
        if text and found is None:
            self.problems.append(self.at(name).problem(text, "is not a date", remedy=DATE_FORMS))
        return found

    def number(self, name: str, at_most: float | None = None) -> float | None:
        """Return the number in a cell, which may not be below 0."""
        text = self.text(name)
        is_share = text.endswith("%")
        found = as_number(text.removesuffix("%"))
        if found is not None and is_share:
            found /= 100
        if text and (found is None or found < 0 or (at_most is not None and found > at_most)):
            remedy = f"Write a number from 0 to {at_most:g}." if at_most else "Write it as 1234.50."
            problem = self.at(name).problem(text, "is not a number that fits here", remedy=remedy)
            self.problems.append(problem)
            return None
        return found

    def word(self, name: str, words: Mapping[str, int], default: int) -> int:
        """Return the step on a scale that a cell names, ``default`` where it is empty."""
        text = self.text(name)
        if not text:
            return default
        found = words.get(slug(text))
        if found is None:
            known = ", ".join(word for word in words if not word.isdecimal())
            problem = self.at(name).problem(
                text, "is not on the scale", remedy=f"Write 1, 2, 3 or one of {known}."
            )
            self.problems.append(problem)
            return default
        return found
