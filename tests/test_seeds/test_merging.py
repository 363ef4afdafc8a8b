from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from graph.model import NotWith, Organisation, Provenance, Visibility, WorksIn
from import_files import ACTOR, TODAY
from seeds.merging import Authorities, Change, Outcome, merged

RANKS = Authorities({"template": 2, "360giving": 1})
LATER = date(2026, 12, 1)


def told(source: str, day: date = TODAY, **more: Any) -> Provenance:
    return Provenance(source=source, asserted_by=ACTOR, first_seen=day, last_confirmed=day, **more)


def body(source: str, day: date = TODAY, **values: Any) -> Organisation:
    return Organisation(**{"id": "a", "name": "A", **values}, provenance=told(source, day))


def after(change: Change) -> Organisation:
    assert isinstance(change.after, Organisation)
    return change.after


def test_what_is_known_already_changes_nothing() -> None:
    stored = body("360giving: one.csv", postcode="M1")

    change = merged(stored, body("360giving: two.csv"), RANKS)

    assert (change.outcome, change.after) == (Outcome.NOTHING, stored)


def test_a_later_day_confirms_and_keeps_the_source() -> None:
    change = merged(body("360giving: one.csv"), body("360giving: two.csv", LATER), RANKS)

    assert change.outcome is Outcome.CONFIRM
    assert after(change).provenance.source == "360giving: one.csv"
    assert after(change).provenance.last_confirmed == LATER


def test_a_newer_value_stands_among_equals() -> None:
    stored = body("360giving: one.csv", website="old")

    change = merged(stored, body("360giving: two.csv", website="new"), RANKS)

    assert change.outcome is Outcome.UPDATE
    assert after(change).website == "new"
    assert after(change).provenance.source == "360giving: two.csv"


def test_a_blank_never_erases() -> None:
    assert merged(body("t", website="x"), body("t"), RANKS).outcome is Outcome.NOTHING


def test_a_lower_authority_fills_gaps_only() -> None:
    stored = body("template: t.xlsx", website="ours")
    incoming = body("360giving: g.csv", name="Another", website="theirs", postcode="M1")

    found = after(merged(stored, incoming, RANKS))

    assert (found.name, found.website, found.postcode) == ("A", "ours", "M1")
    assert found.other_names == ("Another",)
    assert found.provenance.source == "template: t.xlsx"


def test_what_a_person_said_outranks_every_file() -> None:
    stored = body("web", website="ours")

    change = merged(stored, body("template: t.xlsx", website="theirs"), RANKS)

    assert change.outcome is Outcome.NOTHING


def test_a_name_that_is_replaced_stays_among_the_other_names() -> None:
    stored = body("360giving: g.csv", name="Old", other_names=("First",))
    incoming = body("template: t.xlsx", name="New", other_names=("Newer",))

    found = after(merged(stored, incoming, RANKS))

    assert (found.name, found.other_names) == ("New", ("First", "Newer", "Old"))
    assert merged(found, incoming, RANKS).outcome is Outcome.NOTHING
    assert merged(found, stored, RANKS).outcome is Outcome.NOTHING


def test_lists_grow() -> None:
    stored = body("t", external_ids=("x",))

    found = after(merged(stored, body("t", external_ids=("y", "x")), RANKS))

    assert found.external_ids == ("x", "y")


def test_an_import_never_widens_who_may_see_a_fact() -> None:
    stored = replace(body("web"), provenance=told("web", visibility=Visibility.PRIVATE))

    change = merged(stored, body("360giving: g.csv", LATER, postcode="M1"), RANKS)

    assert after(change).provenance.visibility is Visibility.PRIVATE


def test_a_merge_shows_nobody_what_only_members_may_see() -> None:
    public = replace(body("g"), provenance=told("360giving: g.csv", visibility=Visibility.PUBLIC))
    ours = body("template: t.xlsx", postcode="M1")

    for stored, incoming in ((public, ours), (ours, replace(public, website="x"))):
        change = merged(stored, incoming, RANKS)
        assert after(change).provenance.visibility is Visibility.MEMBERS


def test_equal_values_leave_a_public_fact_public() -> None:
    public = replace(body("g"), provenance=told("360giving: g.csv", visibility=Visibility.PUBLIC))

    assert merged(public, body("template: t.xlsx"), RANKS).outcome is Outcome.NOTHING
    later = merged(public, body("template: t.xlsx", LATER), RANKS)
    assert after(later).provenance.visibility is Visibility.PUBLIC


def test_a_guess_never_changes_what_was_told_but_gives_way_to_it() -> None:
    tie = {"from_id": "a", "to_id": "b"}
    guess = WorksIn(**tie, provenance=told("360giving: g.csv", inferred=True, confidence=0.6))
    fact = WorksIn(**tie, provenance=told("template: t.xlsx"))

    assert merged(fact, guess, RANKS).outcome is Outcome.NOTHING
    change = merged(guess, fact, RANKS)
    assert change.outcome is Outcome.UPDATE
    assert not change.after.provenance.inferred


def test_a_name_is_no_other_name_of_itself() -> None:
    stored = body("360giving: one.csv", name="Choir", other_names=("Singers",))
    coming = body("360giving: two.csv", name="Singers", other_names=("Choir", "Choristers"))

    change = merged(stored, coming, RANKS, is_alias=True)

    assert (after(change).name, after(change).other_names) == ("Choir", ("Singers", "Choristers"))


def test_the_day_of_a_closure_stays_and_an_alias_brings_none() -> None:
    closed = body("360giving: g.csv", closed_on=date(2026, 10, 1))
    later = merged(closed, body("360giving: h.csv", closed_on=LATER), RANKS)
    assert later.outcome is Outcome.NOTHING
    alias = merged(body("360giving: g.csv"), closed, RANKS, is_alias=True)
    assert after(alias).closed_on is None


def test_no_file_ends_a_veto_early() -> None:
    def veto(until: date | None) -> NotWith:
        return NotWith(from_id="a", to_id="b", until=until, provenance=told("minutes"))

    over, later = date(2025, 1, 1), date(2027, 1, 1)
    for stored, incoming, until in (
        (over, None, None),
        (None, over, None),
        (over, later, later),
        (later, over, later),
    ):
        change = merged(veto(stored), veto(incoming), RANKS)
        assert isinstance(change.after, NotWith)
        assert change.after.until == until
