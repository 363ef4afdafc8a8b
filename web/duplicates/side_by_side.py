"""Two records side by side, as a person compares them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from graph.model import Organisation
from web.door import Door, Profile
from web.wording import day, isolated, money, number

if TYPE_CHECKING:
    from seeds.identity import Candidate

__all__ = ["Agreement", "Line", "PairCard", "pair_card"]

_NAMED = 6
_REGISTERS = ("GB-CHC-", "GB-SC-", "GB-NIC-", "GB-COH-")
_LEVELS = {
    "certain": "Certain: one number, or a register says so",
    "likely": "Likely one",
    "possible": "Perhaps one",
}


class Agreement(StrEnum):
    """How what two records say goes together, in words; NONE where that says nothing."""

    SAME = "the same"
    PARTLY = "the same in part"
    DIFFERENT = "different"
    NONE = ""

    @property
    def sign(self) -> str:
        """Return the sign that stands for the words, "" for NONE."""
        return {"the same": "=", "the same in part": "≈", "different": "≠"}.get(self.value, "")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is known of both, or of one."""

    label: str
    first: str
    second: str
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class PairCard:
    """A pair with all that is known of both; ``keep`` is the one that it is better to keep."""

    first: Organisation
    second: Organisation
    level: str
    is_certain: bool
    lines: tuple[Line, ...]
    keep: str
    why: str

    @property
    def keeps_first(self) -> bool:
        """Say whether it is better to keep the first one."""
        return self.keep == self.first.id

    @property
    def in_order(self) -> str:
        """Return the ids as the form for several sends them: the one to keep first."""
        return f"{self.keep} {self.second.id if self.keeps_first else self.first.id}"


def pair_card(pair: Candidate, door: Door) -> PairCard:
    """Return two organisations side by side, with advice on which of them to keep."""
    first, second = door.organisation(pair.first_id), door.organisation(pair.second_id)
    keep, why = _better(first, second)
    return PairCard(
        first=first.organisation,
        second=second.organisation,
        level=_LEVELS[pair.certainty.value],
        is_certain=_is_certain(pair),
        lines=tuple(_lines(pair, first, second, door)),
        keep=keep,
        why=why,
    )


def _is_certain(pair: Candidate) -> bool:
    return pair.certainty.value == "certain"


def _better(first: Profile, second: Profile) -> tuple[str, str]:
    """Return the id of the one to keep and why: a number in a register, then more ties."""
    if len({_registered(first), _registered(second)}) > 1:
        better, why = max((first, second), key=_registered), "it has a number in a register"
    elif len({_ties(first), _ties(second)}) > 1:
        better, why = max((first, second), key=_ties), "more is known of it"
    else:
        better, why = first, "of both the same is known"
    return better.organisation.id, why


def _registered(profile: Profile) -> bool:
    return any(text.upper().startswith(_REGISTERS) for text in profile.organisation.external_ids)


def _ties(profile: Profile) -> int:
    return sum(map(len, (*profile.outgoing.values(), *profile.incoming.values())))


@dataclass(frozen=True, slots=True)
class _Value:
    """What one record says: as it is shown, and the parts that are compared."""

    text: str
    parts: frozenset[str] = frozenset()


_Read = Callable[[Profile, Door], _Value]


def _lines(pair: Candidate, first: Profile, second: Profile, door: Door) -> Iterable[Line]:
    told = {each.field: each.agrees for each in pair.agreements}
    for label, read, field, is_evidence in _COMPARED:
        one, other = read(first, door), read(second, door)
        if one.text or other.text:
            agreement = _agreement(one, other, is_evidence=is_evidence)
            if one.text and other.text and told.get(field):
                # Spelt in two ways, perhaps, but meaning one thing.
                agreement = Agreement.SAME
            elif label == "Name" and agreement is Agreement.DIFFERENT and not _is_certain(pair):
                # Without a number in common, it is their names that brought them here.
                agreement = Agreement.PARTLY
            yield Line(label, one.text, other.text, agreement)
    if any(each.organisation.closed_on for each in (first, second)):
        one_end, other_end = (door.closure(each.organisation) or "No" for each in (first, second))
        is_same = first.organisation.closed_on == second.organisation.closed_on
        yield Line("Closed", one_end, other_end, Agreement.SAME if is_same else Agreement.DIFFERENT)


def _agreement(one: _Value, other: _Value, *, is_evidence: bool) -> Agreement:
    if not one.parts or not other.parts:
        return Agreement.NONE
    if one.parts == other.parts:
        return Agreement.SAME
    if one.parts & other.parts:
        return Agreement.PARTLY
    return Agreement.DIFFERENT if is_evidence else Agreement.NONE


def _field(name: str) -> _Read:
    def read(profile: Profile, _: Door) -> _Value:
        text = getattr(profile.organisation, name)
        return _Value(text, _parts([text]))

    return read


def _ends(kind: str, *, incoming: bool = False) -> _Read:
    def read(profile: Profile, door: Door) -> _Value:
        ties = (profile.incoming if incoming else profile.outgoing)[kind]
        is_told: dict[str, bool] = {}
        for tie in ties:
            name = door.name_of(tie.from_id if incoming else tie.to_id)
            is_told[name] = is_told.get(name, False) or not tie.provenance.inferred
        named = [
            f"{isolated(name)}{'' if is_told[name] else ' (worked out)'}"
            for name in sorted(is_told)
        ]
        more = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
        return _Value(", ".join(named[:_NAMED]) + more, _parts(is_told))

    return read


def _parts(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(text.casefold() for text in texts if text)


def _other_names(profile: Profile, _: Door) -> _Value:
    return _Value(", ".join(map(isolated, profile.organisation.other_names)))


def _identifiers(profile: Profile, _: Door) -> _Value:
    texts = profile.organisation.external_ids
    return _Value(", ".join(texts), _parts(texts))


def _income(profile: Profile, _: Door) -> _Value:
    income = profile.organisation.income
    text = "" if income is None else f"{money(income)} a year"
    return _Value(text, _parts([text]))


def _count_of(count: Callable[[Profile], int]) -> _Read:
    def read(profile: Profile, _: Door) -> _Value:
        found = count(profile)
        return _Value(number(found) if found else "")

    return read


def _told(text: Callable[[Organisation], str]) -> _Read:
    return lambda profile, _: _Value(text(profile.organisation))


# (label, how to read it, what the comparison calls it, whether a difference speaks against one).
_COMPARED: tuple[tuple[str, _Read, str, bool], ...] = (
    ("Name", _field("name"), "name", True),
    ("Other names", _other_names, "", False),
    ("Identifiers", _identifiers, "identifier", False),
    ("Kind", _field("organisation_type"), "", True),
    ("Postcode", _field("postcode"), "postcode", True),
    ("Office", _ends("based_in"), "", True),
    ("Works in", _ends("works_in"), "", True),
    ("Website", _field("website"), "website", True),
    ("Income", _income, "", True),
    ("Works on", _ends("works_on"), "", False),
    ("Serves", _ends("serves"), "", False),
    ("Funded by", _ends("funds", incoming=True), "", False),
    ("Projects", _ends("takes_part_in"), "", False),
    ("Partners", _count_of(lambda profile: len(profile.partner_ids)), "", False),
    ("Known from", _told(lambda it: isolated(it.provenance.source)), "", False),
    ("First seen", _told(lambda it: day(it.provenance.first_seen)), "", False),
    ("Last confirmed", _told(lambda it: day(it.provenance.last_confirmed)), "", False),
)
