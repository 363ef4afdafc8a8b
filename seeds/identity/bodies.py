"""An organisation as it is compared with others: tidy names, numbers, and where it is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

import numpy as np

from graph.snapshot import Snapshot
from seeds.identity.registers import number_of
from seeds.names import normalised
from seeds.postcodes import read_postcode

__all__ = ["OPPOSITES", "Body", "bodies_of"]

# Where many have their page, so that a page there says nothing of who they are.
_SHARED_HOSTS = frozenset(
    {"facebook.com", "en-gb.facebook.com", "m.facebook.com", "twitter.com", "x.com"}
    | {"instagram.com", "linkedin.com", "youtube.com", "sites.google.com", "justgiving.com"}
    | {"wordpress.com", "linktr.ee", "eventbrite.co.uk", "google.com"}
)
_NUMBER_WORDS = {
    word: str(number)
    for number, words in enumerate(
        (
            ("first", "one"),
            ("second", "two", "ii"),
            ("third", "three", "iii"),
            ("fourth", "four", "iv"),
            ("fifth", "five"),
            ("sixth", "six", "vi"),
            ("seventh", "seven", "vii"),
            ("eighth", "eight", "viii"),
            ("ninth", "nine", "ix"),
            ("tenth", "ten"),
        ),
        start=1,
    )
    for word in words
}
OPPOSITES = frozenset(
    frozenset(map(normalised, pair))
    for pair in (
        ("men's", "women's"),
        ("male", "female"),
        ("males", "females"),
        ("paternity", "maternity"),
        ("ability", "disability"),
        ("abilities", "disabilities"),
        ("employment", "unemployment"),
        ("brothers", "mothers"),
    )
)
"""Words that look like spellings of each other, and tell two bodies apart."""

# Words that say what kind of body one is, not which.
_KINDS = frozenset(
    normalised(
        "a of for in on our your local area village town parish neighbourhood community centre hub "
        "hall association society club group groups project trust fund foundation network forum "
        "partnership council committee trustees volunteers voluntary friends residents tenants "
        "parents pta school primary infant junior nursery preschool playgroup church library park "
        "garden gardens allotment youth children children's young people women women's men men's "
        "older lunch social sports football cricket bowling food bank foodbank advice arts music "
        "choir"
    ).split()
)
# What one body is called in several ways, in names as they are normalised.
_SAME_AS = (
    (re.compile(r"\bparents?( teachers?)?( friends)?( staff)? association\b"), "pta"),
    (
        re.compile(r"\b(parochial church council|pcc)( of)?( ecclesiastical parish( of)?)?\b"),
        "church",
    ),
    (re.compile(r"\b(cofe|c of e|church of england)\b"), ""),
)
_ORDINAL = re.compile(r"(\d+)(?:st|[nr]d|th)")


@dataclass(frozen=True)
class Body:
    """One organisation; ``names`` are normalised, ``numbers`` by register, ``places`` of any kind.

    ``guessed`` are the numbers that had to be guessed at: a company number that lacks digits.
    """

    id: str
    name: str
    names: tuple[str, ...]
    external_ids: tuple[str, ...]
    numbers: Mapping[str, frozenset[str]]
    guessed: frozenset[tuple[str, str]]
    postcode: str
    outcode: str
    host: str
    places: frozenset[str]
    place_names: tuple[str, ...]
    closed: str

    @cached_property
    def words(self) -> frozenset[str]:
        """Return the words of all names."""
        return frozenset(word for name in self.names for word in name.split())

    @cached_property
    def spelt(self) -> tuple[tuple[str, str], ...]:
        """Return the names, each with the digits in it in order of size."""
        return tuple((name, "".join(sorted(filter(str.isdigit, name)))) for name in self.names)

    @cached_property
    def is_generic(self) -> bool:
        """Whether all its names only say what kind of body it is, as "Community Centre" does."""
        return self.words <= _KINDS


def bodies_of(snapshot: Snapshot) -> list[Body]:
    """Return the organisations of a snapshot in order of id."""
    table = snapshot.tables["organisation"]
    places = _places(snapshot)
    closed = table["closed_on"]
    return [
        _body(
            table.id_at(row),
            str(table["name"][row]),
            table["other_names"][row],
            table["external_ids"][row],
            str(table["postcode"][row]),
            str(table["website"][row]),
            places[row],
            "" if np.isnat(closed[row]) else str(closed[row]),
        )
        for row in range(len(table))
    ]


def _body(
    body_id: str,
    name: str,
    other_names: tuple[str, ...],
    external_ids: tuple[str, ...],
    postcode: str,
    website: str,
    places: dict[str, str],
    closed: str,
) -> Body:
    read = [number for text in external_ids if (number := number_of(text)) is not None]
    numbers: dict[str, set[str]] = defaultdict(set)
    for number in read:
        numbers[number.register].add(number.number)
    office = read_postcode(postcode)
    return Body(
        id=body_id,
        name=name,
        names=tuple(dict.fromkeys(map(_plain, (name, *other_names)))),
        external_ids=tuple(external_ids),
        numbers={register: frozenset(found) for register, found in numbers.items()},
        guessed=frozenset(
            (number.register, number.number) for number in read if not number.is_sure
        ),
        postcode=str(office) if office and len(office.inward) == _WHOLE else "",
        outcode=office.outcode if office else "",
        host=_host(website),
        places=frozenset(places),
        place_names=tuple(sorted(places.values())),
        closed=closed,
    )


def _plain(name: str) -> str:
    plain = normalised(name)
    for form, word in _SAME_AS:
        plain = form.sub(word, plain)
    words = (_ORDINAL.sub(r"\1", word) for word in plain.split())
    return " ".join(_NUMBER_WORDS.get(word, word) for word in words)


def _host(website: str) -> str:
    text = website.strip().casefold()
    try:
        host = urlsplit(text if "//" in text else f"//{text}").hostname or ""
    except ValueError:
        return ""
    host = host.removeprefix("www.")
    return "" if host in _SHARED_HOSTS or "." not in host else host


def _places(snapshot: Snapshot) -> list[dict[str, str]]:
    """Return, for each organisation, the ids and names of the places it works in or is based in."""
    count = len(snapshot.tables["organisation"])
    found: list[dict[str, str]] = [{} for _ in range(count)]
    start = snapshot.offsets["place"]
    names, types = snapshot.tables["place"]["name"], snapshot.tables["place"]["place_type"]
    for kind in ("works_in", "based_in"):
        table = snapshot.tables[kind]
        for organisation, place in zip(
            table["from_id"].tolist(), (table["to_id"] - start).tolist(), strict=True
        ):
            # That two work in one country says nothing of whether they are one.
            if organisation < count and types[place] not in _WIDE:
                place_id = snapshot.node_ids[start + place]
                found[organisation][place_id] = str(names[place])
    return found


_WIDE = frozenset({"area", "country", "nation", "region", "continent"})
_WHOLE = 3  # characters of the inward half of a postcode
