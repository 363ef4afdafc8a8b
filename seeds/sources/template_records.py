"""The records that rows of the template become."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from graph.errors import UnknownTerm
from graph.model import (
    BackboneOf,
    BasedIn,
    Collaboration,
    Funding,
    Need,
    Offer,
    Organisation,
    Project,
    Provenance,
    Relationship,
    Requires,
    Serves,
    TakesPartIn,
    WorksIn,
    WorksOn,
)
from graph.vocabulary import Term
from seeds.identifiers import organisation_ids, tidy_id
from seeds.names import slug
from seeds.postcodes import place_of, why_no_postcode
from seeds.problems import Problem
from seeds.reading.values import plain_text, prose
from seeds.sources.base import Context, Item, attempt
from seeds.sources.gathering import Gathering, Mention
from seeds.sources.organisation_names import OrganisationNames
from seeds.sources.template_words import LEVELS, SIDES, TIES, URGENCIES, Cells
from seeds.terms import TermKind, vocabulary

__all__ = ["TemplateRecords"]

_ABOUT: tuple[tuple[str, TermKind, type[WorksIn | WorksOn | Serves]], ...] = (
    ("places", "place", WorksIn),
    ("themes", "theme", WorksOn),
    ("communities", "community", Serves),
)
_NUMBERS = {"charity": "charity_number", "company": "company_number", "id": "external_ids"}


class TemplateRecords:
    """Gathers who is named, then makes records row by row."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._organisations = Gathering(Organisation, "org")
        self._projects = Gathering(Project, "prj")
        self._names = OrganisationNames(context, self._organisations)

    def gather(self, kind: str, cells: Cells, told: Provenance) -> Iterator[Item]:
        """Take in an organisation or project that a row describes; yield what is wrong with it."""
        if kind == "organisations":
            if not plain_text(cells.text("name")):
                yield cells.at("name").fault("The organisation has no name.")
                return
            mention = self._organisation(cells, told)
            yield from cells.problems
            yield from self._organisations.add(mention)
            self._names.add(mention)
        elif kind == "projects":
            if not plain_text(cells.text("title")):
                yield cells.at("title").fault("The project has no title.")
                return
            mention = self._project(cells, told)
            yield from cells.problems
            yield from self._projects.add(mention)

    def settle(self) -> Iterator[Item]:
        """Yield the organisations and projects, now that all rows are known."""
        yield from self._organisations.settle(self._context)
        yield from self._organisations.records(lambda values: Organisation(**values))
        yield from self._projects.settle(self._context)
        yield from self._projects.records(lambda values: Project(**values))
        self._names.settle()

    def of(self, kind: str, cells: Cells, told: Provenance) -> Iterator[Item]:
        """Yield the ties of one row, and the terms they need."""
        make = {
            "organisations": self._about_organisation,
            "projects": self._about_project,
            "offers_and_needs": self._offer_or_need,
            "relationships": self._relationship,
        }[kind]
        self._context.where = cells.where
        yield from make(cells, told)

    def _organisation(self, cells: Cells, told: Provenance) -> Mention:
        given = cells.list("external_ids")
        readings = [reading for text in given[1:] for reading in organisation_ids(text)]
        readings = (
            organisation_ids(
                given[0] if given else "",
                cells.text("charity_number"),
                cells.text("company_number"),
            )
            + readings
        )
        for reading in readings:
            if reading.why:
                cells.problems.append(
                    cells.at(_NUMBERS[reading.field]).problem(
                        reading.text, reading.why, remedy=reading.remedy, is_warning=True
                    )
                )
        fields: dict[str, Any] = {
            "other_names": tuple(plain_text(name)[:500] for name in cells.list("other_names")),
            "description": prose(cells.text("description"))[:20_000],
            "organisation_type": plain_text(cells.text("type"))[:500],
            "income": cells.number("income"),
            "website": plain_text(cells.text("website"))[:500],
            "postcode": plain_text(cells.text("postcode"))[:500],
        }
        external_ids = (reading.external_id[:300] for reading in readings if reading.external_id)
        return Mention(
            name=plain_text(cells.text("name"))[:500],
            where=cells.at("name"),
            provenance=told,
            external_ids=tuple(dict.fromkeys(external_ids)),
            given_id=tidy_id(cells.text("id"))[:300],
            fields=fields,
        )

    def _project(self, cells: Cells, told: Provenance) -> Mention:
        starts_on, ends_on = cells.date("starts"), cells.date("ends")
        if starts_on and ends_on and ends_on < starts_on:
            cells.problems.append(
                cells.at("ends").problem(cells.text("ends"), "is before the start; it is left out")
            )
            ends_on = None
        return Mention(
            name=plain_text(cells.text("title"))[:500],
            where=cells.at("title"),
            provenance=told,
            given_id=tidy_id(cells.text("id"))[:300],
            fields={
                "description": prose(cells.text("description"))[:20_000],
                "starts_on": starts_on,
                "ends_on": ends_on,
            },
        )

    def _about_organisation(self, cells: Cells, told: Provenance) -> Iterator[Item]:
        if not plain_text(cells.text("name")):
            return
        own = self._organisations.id_of(self._organisation(cells, told))
        yield from self._about(cells, own, told)
        postcode = plain_text(cells.text("postcode"))
        if postcode and (why := why_no_postcode(postcode)):
            yield cells.at("postcode").problem(
                postcode,
                f"{why}, so it isn't known where the office is",
                remedy="Write it as M1 1AE, or at least its first half.",
                is_warning=True,
            )
        place = place_of(postcode)
        if place is not None:
            yield from self._context.nodes_of("place", place)
            yield BasedIn(from_id=own, to_id=place.id, provenance=told)
        for name in cells.list("backbone"):
            backbone = yield from self._names.resolve(name, cells.at("backbone"))
            if backbone:
                yield self._tie(cells, BackboneOf, backbone, own, told)

    def _about_project(self, cells: Cells, told: Provenance) -> Iterator[Item]:
        if not plain_text(cells.text("title")):
            return
        own = self._projects.id_of(self._project(cells, told))
        yield from self._about(cells, own, told)
        for term in self._terms(cells, "skills", "skill"):
            if isinstance(term, Problem):
                yield term
            else:
                yield from self._context.nodes_of("skill", term)
                yield self._tie(cells, Requires, own, term.id, told)
        for text in cells.list("participants"):
            found = yield from self._names.participant(text, cells.at("participants"))
            if found:
                organisation_id, role = found
                yield self._tie(cells, TakesPartIn, organisation_id, own, told, role=role)

    def _about(self, cells: Cells, own: str, told: Provenance) -> Iterator[Item]:
        for column, kind, tie_class in _ABOUT:
            for term in self._terms(cells, column, kind):
                if isinstance(term, Problem):
                    yield term
                else:
                    yield from self._context.nodes_of(kind, term)
                    yield self._tie(cells, tie_class, own, term.id, told)

    def _terms(self, cells: Cells, column: str, kind: TermKind) -> Iterator[Term | Problem]:
        for text in cells.list(column):
            # A label may hold a comma itself, so the whole comes first.
            parts = [text] if self._context.find(kind, text) else text.split(",")
            for part in filter(None, map(str.strip, parts)):
                term = self._context.find(kind, part)
                yield term or self._unknown(cells, column, kind, part)

    def _unknown(self, cells: Cells, column: str, kind: TermKind, text: str) -> Problem:
        try:
            vocabulary(kind).require(text)
            remedy = ""
        except UnknownTerm as error:
            remedy = error.remedy
        return cells.at(column).problem(
            text, f"is not in the {kind} vocabulary", remedy=remedy or "See the list of words."
        )

    def _offer_or_need(self, cells: Cells, told: Provenance) -> Iterator[Item]:
        side = SIDES.get(slug(cells.text("side")))
        if side is None:
            yield cells.at("side").problem(
                cells.text("side"), "is neither offers nor needs", remedy="Write offers or needs."
            )
            return
        own = yield from self._names.resolve(cells.text("organisation"), cells.at("organisation"))
        if not own:
            return
        for term in self._terms(cells, "skill", "skill"):
            if isinstance(term, Problem):
                yield term
                continue
            yield from self._context.nodes_of("skill", term)
            if side == "offers":
                values: dict[str, Any] = {
                    "level": cells.word("level", LEVELS, 2),
                    "capacity": cells.number("capacity"),
                }
                yield self._tie(cells, Offer, own, term.id, told, **values)
            else:
                values = {
                    "urgency": cells.word("urgency", URGENCIES, 2),
                    "until": cells.date("until"),
                }
                yield self._tie(cells, Need, own, term.id, told, **values)
        yield from cells.problems

    def _relationship(self, cells: Cells, told: Provenance) -> Iterator[Item]:
        one = yield from self._names.resolve(cells.text("organisation"), cells.at("organisation"))
        two = yield from self._names.resolve(cells.text("other"), cells.at("other"))
        if not one or not two:
            return
        how = plain_text(cells.text("kind"))[:500]
        known = TIES.get(slug(how), "")
        since = cells.date("since")
        if known in {"funded by", "member of"}:
            one, two = two, one
        if known in {"funds", "funded by"}:
            yield self._tie(cells, Funding, one, two, told, awarded_on=since)
        elif known:
            until = cells.date("until")
            yield self._tie(cells, BackboneOf, one, two, told, since=since, until=until)
        else:
            values: dict[str, Any] = {"how": how, "since": since, "until": cells.date("until")}
            strength = cells.number("strength", at_most=1)
            if strength is not None:
                values["strength"] = strength
            yield self._tie(cells, Collaboration, one, two, told, **values)
        yield from cells.problems

    def _tie(
        self,
        cells: Cells,
        tie_class: type[Relationship],
        from_id: str,
        to_id: str,
        told: Provenance,
        **values: Any,
    ) -> Item:
        build = partial(tie_class, from_id=from_id, to_id=to_id, provenance=told, **values)
        return attempt(cells.where, build)
