"""Two records side by side, as a person compares them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import url_for

from graph.model import Organisation
from web.door import Door, Profile
from web.duplicates.forms import Level, PairsQuery
from web.wording import day, money, number

if TYPE_CHECKING:
    from seeds.identity import Candidate

__all__ = ["PAGE_SIZE", "Line", "PairCard", "PairsPage", "pairs_page", "ties_of"]

PAGE_SIZE = 10
_NAMED = 6
_REGISTERS = ("GB-CHC-", "GB-SC-", "GB-NIC-", "GB-COH-")
LEVELS = {
    "certain": "Certain: one number, or a register says so",
    "likely": "Likely one",
    "possible": "Perhaps one",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that both may have; ``agreement`` is a word: the same, different or ''."""

    label: str
    first: str
    second: str
    agreement: str


@dataclass(frozen=True, slots=True)
class PairCard:
    """A pair with all that is known of both; ``keep`` is the one that it is better to keep."""

    first: Organisation
    second: Organisation
    level: str
    is_certain: bool
    lines: tuple[Line, ...]
    keep: str

    @property
    def in_order(self) -> str:
        """Return the ids as the bulk form sends them: the one to keep first."""
        other = self.second.id if self.keep == self.first.id else self.first.id
        return f"{self.keep} {other}"


@dataclass(frozen=True, slots=True)
class PairsPage:
    """One page of pairs; ``counts`` are (level, text, how many, address, is this one)."""

    cards: tuple[PairCard, ...]
    total: int
    number: int
    counts: tuple[tuple[str, str, int, str, bool], ...]
    links: tuple[tuple[int, str, bool], ...]
    previous: str
    next: str


def pairs_page(query: PairsQuery, door: Door) -> PairsPage:
    """Return a page of pairs; a page past the end is the last one."""
    found = door.identity.candidates()
    wanted = [each for each in found if query.level in {Level.ALL.value, each.certainty.value}]
    last = max(1, -(-len(wanted) // PAGE_SIZE))
    page = min(query.page, last)
    near = range(max(1, page - 3), min(last, page + 3) + 1)

    def address(number: int) -> str:
        return url_for("duplicates.index", level=query.level, page=number)

    return PairsPage(
        cards=tuple(
            _card(each, door) for each in wanted[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
        ),
        total=len(wanted),
        number=page,
        counts=_counts(found, query),
        links=tuple((each, address(each), each == page) for each in near),
        previous=address(page - 1) if page > 1 else "",
        next=address(page + 1) if page < last else "",
    )


def _counts(
    found: Sequence[Candidate], query: PairsQuery
) -> tuple[tuple[str, str, int, str, bool], ...]:
    texts = {"all": "All", "certain": "Certain", "likely": "Likely", "possible": "Possible"}
    return tuple(
        (
            level,
            text,
            sum(level in {"all", each.certainty.value} for each in found),
            url_for("duplicates.index", level=level),
            level == query.level,
        )
        for level, text in texts.items()
    )


def _card(pair: Candidate, door: Door) -> PairCard:
    first, second = door.organisation(pair.first_id), door.organisation(pair.second_id)
    return PairCard(
        first=first.organisation,
        second=second.organisation,
        level=LEVELS[pair.certainty.value],
        is_certain=pair.certainty.value == "certain",
        lines=tuple(_lines(first, second, door)),
        keep=max((first, second), key=_weight).organisation.id,
    )


def _weight(profile: Profile) -> tuple[int, int, str]:
    """Return how much speaks for keeping an organisation: register numbers, then facts."""
    registered = sum(text.startswith(_REGISTERS) for text in profile.organisation.external_ids)
    ties = sum(map(len, (*profile.outgoing.values(), *profile.incoming.values())))
    return registered, ties, profile.organisation.id


def _lines(first: Profile, second: Profile, door: Door) -> list[Line]:
    values = [(label, read(first, door), read(second, door)) for label, read in _COMPARED]
    return [
        Line(label, one, other, _agreement(one, other))
        for label, one, other in values
        if one or other
    ]


def _agreement(one: str, other: str) -> str:
    if not one or not other:
        return ""
    return "the same" if one.casefold() == other.casefold() else "different"


def _names(kind: str, *, incoming: bool = False) -> Callable[[Profile, Door], str]:
    def read(profile: Profile, door: Door) -> str:
        ties = (profile.incoming if incoming else profile.outgoing)[kind]
        ends = (tie.from_id if incoming else tie.to_id for tie in ties)
        names = sorted(dict.fromkeys(map(door.name_of, ends)))
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        return ", ".join(names[:_NAMED]) + more

    return read


_COMPARED: tuple[tuple[str, Callable[[Profile, Door], str]], ...] = (
    ("Other names", lambda profile, _: ", ".join(profile.organisation.other_names)),
    ("Identifiers", lambda profile, _: ", ".join(profile.organisation.external_ids)),
    ("Kind", lambda profile, _: profile.organisation.organisation_type),
    ("Postcode", lambda profile, _: profile.organisation.postcode),
    ("Office", _names("based_in")),
    ("Works in", _names("works_in")),
    ("Website", lambda profile, _: profile.organisation.website),
    (
        "Income",
        lambda profile, _: (
            "" if profile.organisation.income is None else money(profile.organisation.income)
        ),
    ),
    ("Works on", _names("works_on")),
    ("Serves", _names("serves")),
    ("Funded by", _names("funds", incoming=True)),
    ("Projects", lambda profile, _: _many(len(profile.outgoing["takes_part_in"]))),
    ("Partners", lambda profile, _: _many(len(profile.partner_ids))),
    ("Closed", lambda profile, door: door.closure(profile.organisation)),
    ("Known from", lambda profile, _: profile.organisation.provenance.source),
    ("Last confirmed", lambda profile, _: day(profile.organisation.provenance.last_confirmed)),
)


def _many(count: int) -> str:
    return number(count) if count else ""


def ties_of(profile: Profile, door: Door) -> list[tuple[str, str]]:
    """Return the ties of an organisation, to choose those of another body: (id, in words)."""
    found = []
    for ties, is_out in ((profile.outgoing, True), (profile.incoming, False)):
        for of_kind in ties.values():
            for tie in of_kind:
                words = tie.label.lower().replace("_", " ") if is_out else tie.reverse
                found.append(
                    (tie.id, f"{words} {door.name_of(tie.to_id if is_out else tie.from_id)}")
                )
    return list(dict.fromkeys(found))
