"""The records that a grant becomes, once it is known who is who."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, date
from functools import partial
from typing import Any

from graph.model import (
    BasedIn,
    Funding,
    Project,
    Provenance,
    TakesPartIn,
    Visibility,
    WorksIn,
)
from graph.vocabulary import Term
from seeds.identifiers import own_id
from seeds.postcodes import place_of
from seeds.problems import Problem
from seeds.reading.values import DATE_FORMS, as_date, as_number, plain_text, prose
from seeds.sources.base import Context, Item, attempt
from seeds.sources.gathering import Gathering, Mention
from seeds.sources.threesixty_fields import Grant, Group
from seeds.terms import Inference, infer
from seeds.terms.ties import mapped_words, strongest, ties_of

__all__ = ["Facts", "Party", "Places"]

# Where an organisation's funded projects are, it probably works; but nobody has said so.
_INFERRED = 0.6
# A grant's text is about the grant; that it also describes who got it is one guess more.
_OF_RECIPIENT = 0.8
_PAID_BY = re.compile(r"^.{0,60}?\bgrants? (?:awarded )?(?:to|for|towards)\b", re.IGNORECASE)
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation in its role in a grant, and what is odd about its identifiers."""

    mention: Mention
    entry: Group
    problems: tuple[Problem, ...]


class Places:
    """Finds places by code, name or postcode, and says once of each that it isn't known."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._unknown: set[str] = set()

    def find(self, *texts: str) -> Term | None:
        """Return the first place that any of these codes, names or postcodes means."""
        for text in texts:
            if text:
                found = self._context.find("place", text) or place_of(text)
                if found:
                    return found
        return None

    def is_news(self, name: str) -> bool:
        """Whether this unknown name has not been met before."""
        if name in self._unknown:
            return False
        self._unknown.add(name)
        return True


class Facts:
    """Makes records of grants, one grant at a time."""

    def __init__(self, context: Context, organisations: Gathering, places: Places) -> None:
        self._context = context
        self._organisations = organisations
        self._places = places
        self._based: set[str] = set()
        self._words = mapped_words(context.words)
        self._guessed: dict[str, tuple[str, tuple[Inference, ...]]] = {}

    def of(
        self,
        grant: Grant,
        grant_id: str,
        funders: list[Party],
        recipients: list[Party],
        told: Provenance,
    ) -> Iterator[Item]:
        """Yield project, places and ties of one grant."""
        for title, value in grant.misplaced:
            yield grant.where.at(title).problem(
                value, "stands where several fields should be, so it is left out"
            )
        held = self._context.holders(Project.kind, [grant_id]) if grant_id else {}
        project_id = held.get(grant_id) or own_id("prj", grant_id)
        project = yield from self._project(grant, grant_id, project_id, told)
        if project is None:
            return
        yield from self._taking_part(funders, "funder", project_id, told)
        yield from self._taking_part(recipients, "recipient", project_id, told)
        yield from self._funding(grant, grant_id, funders, recipients, project, told)
        yield from self._beneficiaries(grant, recipients, project_id, told)
        funding = {self._id(party) for party in funders}
        paid = [each for each in map(self._id, recipients) if each not in funding]
        yield from self._guesses(grant, paid, project)

    def of_recipients(self) -> Iterator[Item]:
        """Yield what the grants' texts say of those who got them, once all grants are read."""
        for organisation_id, (file, made) in self._guessed.items():
            yield from ties_of(
                self._context,
                organisation_id,
                made,
                file,
                visibility=Visibility.PUBLIC,
                factor=_OF_RECIPIENT,
            )

    def _guesses(self, grant: Grant, paid: list[str], project: Project) -> Iterator[Item]:
        # "Voluntary Sector Grant to …" says what pays, not what for.
        title = _PAID_BY.sub("", project.name)
        made = infer(f"{title}\n{project.description}", extra=self._words)
        file = grant.where.file
        yield from ties_of(
            self._context,
            project.id,
            made,
            file,
            visibility=Visibility.PUBLIC,
            kinds=("theme", "community"),
        )
        for organisation_id in paid:
            first, known = self._guessed.get(organisation_id, (file, ()))
            self._guessed[organisation_id] = first, strongest((*known, *made))

    def _id(self, party: Party) -> str:
        return self._organisations.id_of(party.mention)

    def _project(
        self, grant: Grant, grant_id: str, project_id: str, told: Provenance
    ) -> Generator[Item, None, Project | None]:
        starts_on, ends_on = yield from self._planned(grant)
        programme = grant.first("programme")
        title = plain_text(grant.top.get("title", ""))
        made = attempt(
            grant.at("", "title"),
            lambda: Project(
                id=project_id,
                name=(title or f"Grant {grant_id}")[:500],
                external_ids=(grant_id,),
                description=prose(grant.top.get("description", ""))[:20_000],
                programme=plain_text(programme.get("title") or programme.get("code", ""))[:500],
                starts_on=starts_on,
                ends_on=ends_on,
                provenance=told,
            ),
        )
        yield made
        return made if isinstance(made, Project) else None

    def _planned(self, grant: Grant) -> Generator[Item, None, tuple[date | None, date | None]]:
        planned = grant.first("planned")
        starts_on = yield from self._date(grant, "planned", "startdate")
        ends_on = yield from self._date(grant, "planned", "enddate")
        months = as_number(planned.get("duration", ""))
        if starts_on and not ends_on and months and 0 < months < 100 * _MONTHS:
            ends_on = _months_later(starts_on, round(months))
            if ends_on is None:
                yield grant.at("planned", "duration").problem(
                    planned["duration"],
                    f"months from {starts_on.isoformat()} on is past the last year there is; "
                    "the end is left out",
                    is_warning=True,
                )
        if starts_on and ends_on and ends_on < starts_on:
            yield grant.at("planned", "enddate").problem(
                ends_on.isoformat(), f"is before the start, {starts_on.isoformat()}; it is left out"
            )
            ends_on = None
        return starts_on, ends_on

    def _date(self, grant: Grant, group: str, leaf: str) -> Generator[Item, None, date | None]:
        values = grant.first(group) if group else grant.top
        text = values.get(leaf, "")
        found = as_date(text)
        if text and found is None:
            yield grant.at(group, leaf).problem(text, "is not a date", remedy=DATE_FORMS)
        return found

    def _taking_part(
        self, parties: list[Party], role: str, project_id: str, told: Provenance
    ) -> Iterator[Item]:
        for party in parties:
            organisation_id = self._id(party)
            yield from self._based_in(party, organisation_id, told)
            yield attempt(
                party.mention.where,
                partial(
                    TakesPartIn,
                    from_id=organisation_id,
                    to_id=project_id,
                    role=role,
                    provenance=told,
                ),
            )

    def _based_in(self, party: Party, organisation_id: str, told: Provenance) -> Iterator[Item]:
        if organisation_id in self._based:
            return
        entry = party.entry
        place = self._places.find(
            entry.get("location.geocode", ""),
            entry.get("location.name", ""),
            entry.get("postalcode", ""),
            entry.get("addresslocality", ""),
        )
        if place is not None:
            self._based.add(organisation_id)
            yield from self._context.nodes_of("place", place)
            yield BasedIn(from_id=organisation_id, to_id=place.id, provenance=told)

    def _funding(
        self,
        grant: Grant,
        grant_id: str,
        funders: list[Party],
        recipients: list[Party],
        project: Project,
        told: Provenance,
    ) -> Iterator[Item]:
        amount, currency = yield from self._amount(grant, len(recipients))
        awarded_on = yield from self._date(grant, "", "awarddate")
        values: dict[str, Any] = {
            "grant_id": grant_id,
            "amount": amount,
            "currency": currency,
            "awarded_on": awarded_on,
            "programme": project.programme,
            "project_id": project.id,
            "provenance": told,
        }
        for funder in funders[:1]:
            for recipient in recipients:
                from_id, to_id = self._id(funder), self._id(recipient)
                if from_id == to_id:
                    yield recipient.mention.where.fault(
                        "The funder and the recipient of the grant are one organisation.",
                        remedy="Correct the identifier of one of them.",
                    )
                    continue
                build = partial(Funding, from_id=from_id, to_id=to_id, **values)
                yield attempt(grant.where, build)

    def _amount(
        self, grant: Grant, recipient_count: int
    ) -> Generator[Item, None, tuple[float | None, str]]:
        text = grant.top.get("amountawarded", "")
        amount = as_number(text)
        if text and (amount is None or amount < 0):
            why = "is not an amount of money" if amount is None else "is below nothing"
            yield grant.at("", "amountawarded").problem(text, why, remedy="Write it as 1234.50.")
            amount = None
        currency = grant.top.get("currency", "").upper() or "GBP"
        if not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
            yield grant.at("", "currency").problem(
                grant.top["currency"],
                "is not a currency code, so the amount is left out",
                remedy="Use three letters such as GBP.",
            )
            return None, "GBP"
        if recipient_count > 1 and amount is not None:
            yield grant.at("", "amountawarded").problem(
                text,
                f"is for {recipient_count} recipients together; as their shares aren't said, "
                "no amount is recorded",
                is_warning=True,
            )
            amount = None
        return amount, currency

    def _beneficiaries(
        self, grant: Grant, recipients: list[Party], project_id: str, told: Provenance
    ) -> Iterator[Item]:
        guessed = self._context.provenance(
            grant.where.file, visibility=Visibility.PUBLIC, confidence=_INFERRED
        )
        for entry in grant.each("beneficiary"):
            code, name = entry.get("geocode", ""), plain_text(entry.get("name", ""))
            place = self._places.find(code, name)
            if place is None:
                unknown = name or code
                if unknown and self._places.is_news(unknown):
                    yield grant.at("beneficiary", "name" if name else "geocode").problem(
                        unknown,
                        "is not a place that gofar knows, so it isn't recorded where the work is",
                        remedy="Use the name or code of a local authority, region or nation.",
                        is_warning=True,
                    )
                continue
            yield from self._context.nodes_of("place", place)
            yield WorksIn(from_id=project_id, to_id=place.id, provenance=told)
            for party in recipients:
                yield WorksIn(from_id=self._id(party), to_id=place.id, provenance=guessed)


def _months_later(day: date, months: int) -> date | None:
    """Return the last day of so many months from ``day`` on, None if the calendar ends first."""
    year, month = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    if year > MAXYEAR:
        return None
    # Day 28 exists in every month; a plan in months is no more exact than that.
    return date(year, month + 1, min(day.day, 28))
