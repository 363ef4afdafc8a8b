"""Possible duplicates: new organisations whose names are those of known ones, nearly or quite.

Only reported, never merged: two bodies may well have one name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from graph.model import Organisation
from seeds.names import normalised

__all__ = ["Duplicate", "NameIndex"]

_LIKENESS = 92
_BLOCK = 4
_LONGEST_BLOCK = 3_000
_REGISTERS = ("GB-CHC-", "GB-SC-", "GB-NIC-")


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A record about to be added, and the organisation it may be. ``likeness`` is 0 to 100."""

    id: str
    name: str
    other_id: str
    other_name: str
    likeness: int

    def to_json(self) -> dict[str, object]:
        """Return the pair as plain values."""
        return {
            "id": self.id,
            "name": self.name,
            "other_id": self.other_id,
            "other_name": self.other_name,
            "likeness": self.likeness,
        }


class NameIndex:
    """Names in blocks that share their beginning, so that few pairs have to be compared.

    Names that differ in their numbers are different: "1st" and "2nd Scouts", numbered sites. With
    ``is_register`` those to be compared come from a register itself, so that two numbers on it are
    two bodies however alike their names are; elsewhere one of the numbers may be mistyped.
    """

    def __init__(
        self, organisations: Iterable[Organisation] = (), *, is_register: bool = False
    ) -> None:
        self._is_register = is_register
        self._parts: dict[str, _Part] = {}
        for organisation in organisations:
            self.add(organisation)

    def add(self, organisation: Organisation) -> None:
        """Make an organisation known by all its names."""
        register = _register_of(organisation)
        part = self._parts.setdefault(register, _Part())
        for name in (organisation.name, *organisation.other_names):
            part.add(normalised(name), organisation)

    def like(self, organisations: Sequence[Organisation]) -> list[Duplicate]:
        """Return each of these that is like a known one, with the likest; then know them too."""
        found: list[Duplicate] = []
        for organisation in organisations:
            hit = self._likest(organisation)
            if hit is not None:
                found.append(hit)
            self.add(organisation)
        return found

    def _likest(self, organisation: Organisation) -> Duplicate | None:
        own = _register_of(organisation)
        best: Duplicate | None = None
        for register, part in self._parts.items():
            if self._is_register and own and register == own:
                continue
            hit = part.likest(organisation)
            if hit is not None and (best is None or hit.likeness > best.likeness):
                best = hit
        return best


class _Part:
    """The bodies of one register, or those of none."""

    def __init__(self) -> None:
        self._blocks: dict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
        self._exact: dict[str, tuple[str, str]] = {}

    def add(self, plain: str, organisation: Organisation) -> None:
        """Make an organisation known by one of its names, normalised."""
        self._exact.setdefault(plain, (organisation.id, organisation.name))
        entry = (plain, organisation.id, organisation.name)
        for key in _keys(plain):
            block = self._blocks[key]
            if len(block) < _LONGEST_BLOCK:
                block.append(entry)

    def likest(self, organisation: Organisation) -> Duplicate | None:
        """Return the pair of an organisation and whoever has the likest name, None if nobody."""
        plain = normalised(organisation.name)
        exact = self._exact.get(plain)
        if exact is not None:
            known, name = exact
            if known == organisation.id:
                return None
            return Duplicate(organisation.id, organisation.name, known, name, 100)
        best: Duplicate | None = None
        for key in _keys(plain):
            block = self._blocks.get(key, [])
            names = [other for other, _, _ in block]
            hit = process.extractOne(plain, names, scorer=fuzz.ratio, score_cutoff=_LIKENESS)
            if hit is not None and (best is None or hit[1] > best.likeness):
                _, known, name = block[hit[2]]
                if known != organisation.id:
                    best = Duplicate(organisation.id, organisation.name, known, name, int(hit[1]))
        return best


def _register_of(organisation: Organisation) -> str:
    """Return the register that an organisation has a number on, '' if it has none."""
    return next(
        (name for name in _REGISTERS if any(x.startswith(name) for x in organisation.external_ids)),
        "",
    )


def _keys(plain: str) -> list[tuple[str, str]]:
    """Return the blocks of a name: by how it begins, and by how its words in order begin."""
    digits = "".join(character for character in plain if character.isdigit())
    in_order = "".join(sorted(plain.split()))
    return list({(plain[:_BLOCK], digits), ("~" + in_order[:_BLOCK], digits)})
