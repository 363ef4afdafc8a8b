"""A few organisations with told and worked-out ties, for tests of what waits and is answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from graph.model import (
    BasedIn,
    Collaboration,
    Fact,
    Funding,
    Need,
    Offer,
    Organisation,
    Place,
    Project,
    Provenance,
    Skill,
    TakesPartIn,
    Theme,
    WorksOn,
)

TODAY = date(2026, 11, 2)
OLD = date(2023, 3, 4)
ADA, BEA = "ada@example.org", "bea@example.org"

TOLD = Provenance(
    source="list: members.csv", asserted_by="cy", first_seen=OLD, last_confirmed=date(2026, 6, 1)
)
STALE = replace(TOLD, last_confirmed=OLD)
GUESSED = replace(TOLD, inferred=True, confidence=0.8, basis='words: "choir"')

SINGERS = Organisation(id="org-s", name="Singers", provenance=TOLD)
KITCHEN = Organisation(id="org-k", name="Kitchen", provenance=TOLD)
GONE = Organisation(id="org-g", name="Gone", closed_on=date(2026, 5, 3), provenance=TOLD)
MUSIC = Theme(id="theme-m", name="Music", provenance=TOLD)
COOKING = Skill(id="cap-c", name="Cooking", provenance=TOLD)
SALE = Place(id="place-sale", name="Sale", provenance=TOLD)
PARADE = Project(id="project-p", name="Parade", provenance=TOLD)

GUESS = WorksOn(from_id=SINGERS.id, to_id=MUSIC.id, provenance=GUESSED)
GUESSED_OFFER = Offer(
    from_id=SINGERS.id, to_id=COOKING.id, provenance=replace(GUESSED, confidence=0.801)
)
SURE_GUESS = WorksOn(
    from_id=KITCHEN.id, to_id=MUSIC.id, provenance=replace(GUESSED, confidence=0.93)
)
OFFER = Offer(from_id=KITCHEN.id, to_id=COOKING.id, provenance=STALE)
PARTNERS = Collaboration(from_id=KITCHEN.id, to_id=SINGERS.id, provenance=STALE)
OFFICE = BasedIn(from_id=KITCHEN.id, to_id=SALE.id, provenance=TOLD)
LEFT = Collaboration(from_id=GONE.id, to_id=KITCHEN.id, provenance=STALE)
PART = TakesPartIn(from_id=GONE.id, to_id=PARADE.id, role="lead", provenance=STALE)
GRANT = Funding(from_id=KITCHEN.id, to_id=SINGERS.id, grant_id="g", provenance=STALE)
OVER = Need(from_id=KITCHEN.id, to_id=COOKING.id, until=date(2024, 1, 1), provenance=STALE)

WORLD: tuple[Fact, ...] = (
    *(SINGERS, KITCHEN, GONE, MUSIC, COOKING, SALE, PARADE),
    *(GUESS, GUESSED_OFFER, SURE_GUESS, OFFER, PARTNERS, OFFICE, LEFT, PART, GRANT, OVER),
)
