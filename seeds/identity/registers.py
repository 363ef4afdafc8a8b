"""External ids as they can be compared: by register, and without what writing them did."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from seeds.identifiers import charity_id, company_id, tidy_id

__all__ = ["REGISTERS", "Number", "are_two_bodies", "number_of", "register_numbers"]

REGISTERS = (
    *("GB-CHC", "GB-SC", "GB-NIC", "GB-COH", "GB-MPR", "GB-EDU", "GB-UKPRN", "GB-NHS", "GB-LAE"),
    *("GB-LAS", "GB-PLA", "GB-LANI", "GB-SHPE", "GB-REV", "GB-CASC", "GB-SCOTEDU", "GB-WALEDU"),
)
"""Lists in which a number is one body and a body has one number, after org-id.guide."""

_READ = {
    "GB-CHC": charity_id,
    "GB-SC": charity_id,
    "GB-NIC": charity_id,
    "GB-COH": company_id,
}
_LINKED = re.compile(r"GB-CHC-\d{6,7}-\d{1,3}")
_BY_LENGTH = sorted(REGISTERS, key=len, reverse=True)


@dataclass(frozen=True, slots=True)
class Number:
    """One external id: its register and the number as the register writes it.

    ``is_sure`` is False where it had to be guessed at: a company number that lacks two digits,
    say.
    """

    register: str
    number: str
    is_sure: bool = True

    @property
    def external_id(self) -> str:
        """Return the id as it should be written."""
        return f"{self.register}-{self.number}"


@lru_cache(maxsize=500_000)
def number_of(external_id: str) -> Number | None:
    """Return the number in a register that an external id means; None if it means none."""
    text = tidy_id(external_id).upper()
    register = next((name for name in _BY_LENGTH if text.startswith(f"{name}-")), None)
    if register is None or _LINKED.fullmatch(text):
        return None
    read = _READ.get(register)
    number = text.removeprefix(f"{register}-")
    if read is None:
        return Number(register, number) if number else None
    # Bare, a Northern Irish number reads like an English one.
    found = read(f"NIC{number}" if register == "GB-NIC" and number.isdigit() else number)
    if not found.external_id.startswith(f"{register}-"):
        return None  # a number of one register under the name of another, or none at all
    return Number(register, found.external_id.removeprefix(f"{register}-"), not found.why)


def register_numbers(external_ids: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """Return the numbers among external ids, by register."""
    found: dict[str, set[str]] = defaultdict(set)
    for external_id in external_ids:
        number = number_of(external_id)
        if number is not None:
            found[number.register].add(number.number)
    return {register: frozenset(numbers) for register, numbers in found.items()}


def are_two_bodies(one: Mapping[str, frozenset[str]], other: Mapping[str, frozenset[str]]) -> bool:
    """Whether a register knows the two by different numbers: see :func:`register_numbers`."""
    return any(
        register in other and numbers.isdisjoint(other[register])
        for register, numbers in one.items()
    )
