"""Organisations as a list and as a page: facts in sections, each fact with where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from flask import url_for

from graph.model import Fact, Organisation, Provenance, Relationship
from web.directory import Listing, Standing
from web.door import Door, Profile
from web.organisations.forms import ListQuery
from web.wording import claim, detail, money, statement

__all__ = ["STANDINGS", "Guess", "Item", "ProfilePage", "Section", "page_links", "profile_page"]

STANDINGS = (
    (Standing.NO_PARTNERS, "No partners yet"),
    (Standing.NOTHING_TOLD, "No offer or need told"),
)

_SHOWN_AT_FIRST = 20
_NEIGHBOURS = 2

# Which ties make which section, in the order of the page: (title, kind, ends). A kind of tie that
# isn't here gets a section of its own at the end.
_SECTIONS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("Offers", "offers", ("to_id",)),
    ("Needs", "needs", ("to_id",)),
    ("Works on", "works_on", ("to_id",)),
    ("Serves", "serves", ("to_id",)),
    ("Active in", "works_in", ("to_id",)),
    ("Offices", "based_in", ("to_id",)),
    ("Projects", "takes_part_in", ("to_id",)),
    ("Supports", "backbone_of", ("to_id",)),
    ("Supported by", "backbone_of", ("from_id",)),
    ("Funded by", "funds", ("from_id",)),
    ("Has funded", "funds", ("to_id",)),
    ("Works towards", "advances", ("to_id",)),
    ("Has signed", "signed", ("to_id",)),
    ("Has measured", "measured", ("to_id",)),
    ("In touch with", "in_touch_with", ("to_id", "from_id")),
    ("Introductions", "introduced_to", ("to_id",)),
    ("Not to be brought together with", "not_with", ("to_id",)),
)
_SHOWN_AS_PARTNERS = "collaborates_with"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a section: what it says, and the facts that say so."""

    name: str
    href: str
    detail: str
    sources: tuple[Provenance, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Facts of one sort: those shown, of ``total``."""

    title: str
    items: tuple[Item, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Guess:
    """Something worked out that nobody has confirmed: what it says, and where it comes from."""

    id: str
    says: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class ProfilePage:
    """One organisation as its page shows it; of all ``guess_count`` guesses, the surest."""

    organisation: Organisation
    details: tuple[tuple[str, str], ...]
    website: str
    partners: Section
    guesses: tuple[Guess, ...]
    guess_count: int
    sections: tuple[Section, ...] = field(default=())

    @property
    def hidden(self) -> int:
        """Return how many lines are left out of long sections."""
        every = (self.partners, *self.sections)
        left_out = sum(section.total - len(section.items) for section in every)
        return left_out + self.guess_count - len(self.guesses)


def profile_page(profile: Profile, door: Door, *, show_all: bool) -> ProfilePage:
    """Return the page of an organisation; long sections are cut unless ``show_all``."""
    limit = None if show_all else _SHOWN_AT_FIRST
    known = {(kind, end) for _, kind, ends in _SECTIONS for end in ends}
    others = tuple(
        (kind.replace("_", " ").capitalize(), kind, ("to_id",))
        for kind in profile.outgoing
        if (kind, "to_id") not in known and kind != _SHOWN_AS_PARTNERS
    )
    sections = (
        _section(title, tuple(_ties(profile, kind, ends)), door, limit)
        for title, kind, ends in (*_SECTIONS, *others)
    )
    guesses = _guesses(profile, door)
    return ProfilePage(
        organisation=profile.organisation,
        guesses=tuple(guesses[:limit]),
        guess_count=len(guesses),
        details=tuple(_details(profile.organisation)),
        website=_safe_address(profile.organisation.website),
        partners=_partners(profile, door, limit),
        sections=tuple(section for section in sections if section.total),
    )


def _ties(
    profile: Profile, kind: str, far_ends: tuple[str, ...]
) -> Iterator[tuple[str, Relationship]]:
    """Yield the told ties of a kind, each after its far end; what was worked out is apart."""
    for far_end in far_ends:
        ties = (profile.outgoing if far_end == "to_id" else profile.incoming).get(kind, ())
        for tie in ties:
            if not tie.provenance.inferred:
                yield getattr(tie, far_end), tie


def _guesses(profile: Profile, door: Door) -> list[Guess]:
    """Return everything that was worked out of an organisation, the surest first."""
    out = [tie for ties in profile.outgoing.values() for tie in ties if tie.provenance.inferred]
    back = [tie for ties in profile.incoming.values() for tie in ties if tie.provenance.inferred]
    said = [(tie, _capital(claim(tie, door.name_of))) for tie in out]
    said += [(tie, statement(tie, door.name_of)) for tie in back]
    surest = sorted(said, key=lambda pair: (-pair[0].provenance.confidence, pair[1].casefold()))
    return [Guess(tie.id, text, tie.provenance) for tie, text in surest]


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _section(
    title: str, ties: tuple[tuple[str, Relationship], ...], door: Door, limit: int | None
) -> Section:
    named = sorted(
        ((door.name_of(end), end, tie) for end, tie in ties),
        key=lambda each: (each[0].casefold(), each[2].id),
    )
    items = tuple(
        Item(
            name=name,
            href=_link(end, door),
            detail=detail(tie),
            sources=(tie.provenance,),
        )
        for name, end, tie in named[:limit]
    )
    return Section(title, items, len(ties))


def _partners(profile: Profile, door: Door, limit: int | None) -> Section:
    mine = profile.organisation.id
    named = sorted((door.name_of(key).casefold(), key) for key in profile.partner_ids)
    items = []
    for _, partner_id in named[:limit]:
        facts = door.partnership(mine, partner_id)
        items.append(
            Item(
                name=door.name_of(partner_id),
                href=url_for("organisations.show", id=partner_id),
                detail=_how(facts, door),
                sources=_distinct(fact.provenance for fact in facts),
            )
        )
    return Section("Partners", tuple(items), len(named))


def _how(facts: Iterable[Fact], door: Door) -> str:
    """Return how two organisations work together: told ties first, then joint projects."""
    told: list[str] = []
    for fact in facts:
        if not isinstance(fact, Relationship):
            continue
        says = (
            detail(fact)
            if fact.kind == _SHOWN_AS_PARTNERS
            else f"both in {door.name_of(fact.to_id)}"
        )
        if says and says not in told:
            told.append(says)
    return "; ".join(told)


def _distinct(sources: Iterable[Provenance]) -> tuple[Provenance, ...]:
    return tuple(dict.fromkeys(sources))


def _link(node_id: str, door: Door) -> str:
    if door.node(Organisation, node_id) is None:
        return ""
    return url_for("organisations.show", id=node_id)


def _details(organisation: Organisation) -> Iterable[tuple[str, str]]:
    if organisation.other_names:
        yield "Also known as", ", ".join(organisation.other_names)
    if organisation.organisation_type:
        yield "Kind", organisation.organisation_type
    if organisation.income is not None:
        yield "Income a year", money(organisation.income)
    if organisation.postcode:
        yield "Postcode", organisation.postcode
    if organisation.external_ids:
        yield "Identifiers", ", ".join(organisation.external_ids)


def _safe_address(website: str) -> str:
    """Return an address that is safe to link to, or ""."""
    address = website if "://" in website else f"https://{website}"
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    is_safe = parts.scheme in {"http", "https"} and "." in parts.netloc and "@" not in parts.netloc
    return address if website and is_safe else ""


def page_links(query: ListQuery, listing: Listing) -> dict[str, object]:
    """Return the addresses of the pages around the one shown, for the pagination."""
    if listing.pages == 1:
        return {"links": []}
    last, page = listing.pages, listing.page
    near = {1, last, *range(page - _NEIGHBOURS, page + _NEIGHBOURS + 1)}
    shown = sorted(number for number in near if 1 <= number <= last)
    links: list[tuple[int, str, bool] | None] = []
    for before, number in zip((0, *shown), shown, strict=False):
        if number - before > 1:
            links.append(None)
        links.append((number, _address(query, number), number == page))
    return {
        "links": links,
        "previous": _address(query, page - 1) if page > 1 else "",
        "next": _address(query, page + 1) if page < last else "",
    }


def _address(query: ListQuery, page: int) -> str:
    given = query.model_dump(exclude_defaults=True, exclude={"page"}, mode="json")
    return url_for("organisations.index", **given, page=page)
