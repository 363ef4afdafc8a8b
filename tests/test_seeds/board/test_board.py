"""Goals, signatures, values and contacts: written once, corrected by a new word, taken back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

import seeds
from graph.contract import GraphStore
from graph.errors import InputError, InvalidRecord, UnknownOrganisation
from graph.model import (
    Advances,
    Contact,
    Goal,
    ImportRecord,
    Measure,
    Measurement,
    SignOff,
    Visibility,
)
from graph.testing.samples import write
from import_files import content
from seeds.board import (
    note_contact,
    put_goal,
    put_measure,
    remove_contact,
    remove_value,
    report_value,
    sign,
    withdraw,
)
from seeds.upkeep import is_answer
from upkeep_world import ADA, BEA, KITCHEN, PARADE, SINGERS, TODAY, WORLD

TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def world(store: GraphStore) -> None:
    write(store, *WORLD)


def only(store, kind):
    (found,) = store.records(kind)
    return found


def a_goal(store, name="Nobody goes hungry"):
    put_goal(store, name, ADA, TODAY)
    return next(goal for goal in store.records(Goal) if goal.name == name)


def a_measure(store, name="Meals served", **values):
    put_measure(store, name, ADA, TODAY, **values)
    return next(measure for measure in store.records(Measure) if measure.name == name)


def test_a_goal_is_added_changed_and_taken_back(store):
    before = content(store)
    first = put_goal(store, "Nobody goes hungry", ADA, TODAY, due_on=date(2030, 3, 31))
    goal = only(store, Goal)
    assert (first.what, goal.provenance.asserted_by) == ("Added the goal Nobody goes hungry", ADA)
    second = put_goal(store, "Nobody is hungry", BEA, TOMORROW, goal_id=goal.id)
    assert (only(store, Goal).name, only(store, Goal).due_on) == ("Nobody is hungry", None)
    assert only(store, Goal).provenance.asserted_by == BEA
    assert put_goal(store, "Nobody is hungry", ADA, TOMORROW, goal_id=goal.id).changed == 0

    seeds.undo(store, second.import_id, ADA)
    assert only(store, Goal) == goal
    seeds.undo(store, first.import_id, ADA)
    assert content(store) == before


def test_two_goals_have_two_names_even_where_one_was_renamed(store):
    first = a_goal(store)
    with pytest.raises(InvalidRecord, match="is the name of a goal that is there already"):
        put_goal(store, "nobody goes  HUNGRY", ADA, TODAY)
    put_goal(store, "Everybody eats", ADA, TODAY, goal_id=first.id)

    second = a_goal(store)

    assert {goal.name for goal in store.records(Goal)} == {"Everybody eats", "Nobody goes hungry"}
    assert second.id != first.id


def test_a_signature_is_given_corrected_withdrawn_and_taken_back(store):
    goal = a_goal(store)
    before = content(store)
    first = sign(store, SINGERS.id, goal.id, ADA, TODAY, role="sings")
    signature = only(store, SignOff)
    assert (signature.role, signature.signed_on) == ("sings", TODAY)
    assert signature.provenance.visibility is Visibility.MEMBERS
    assert sign(store, SINGERS.id, goal.id, ADA, TOMORROW, role="sings").changed == 0
    second = sign(store, SINGERS.id, goal.id, BEA, TOMORROW, role="hosts", on=date(2026, 1, 5))
    assert (only(store, SignOff).role, only(store, SignOff).signed_on) == (
        "hosts",
        date(2026, 1, 5),
    )
    third = withdraw(store, SINGERS.id, goal.id, ADA, TOMORROW)
    assert third.what == "Singers withdrew from Nobody goes hungry"
    assert not list(store.records(SignOff))
    assert withdraw(store, SINGERS.id, goal.id, ADA, TOMORROW).changed == 0
    for done in (third, second, first):
        seeds.undo(store, done.import_id, ADA)
    assert content(store) == before


def test_a_measure_serves_its_goal_and_a_value_of_the_same_day_is_a_correction(store):
    goal = a_goal(store)
    measure = a_measure(store, unit="meals", goal_id=goal.id)
    assert (only(store, Advances).from_id, only(store, Advances).to_id) == (measure.id, goal.id)
    before = content(store)
    first = report_value(store, KITCHEN.id, measure.id, TODAY, 120.5, ADA, TODAY, note="counted")
    assert first.what == "Kitchen reported 120.5 for Meals served on 2026-11-02"
    second = report_value(store, KITCHEN.id, measure.id, TODAY, 99, BEA, TOMORROW)
    assert second.what == "Kitchen corrected 99 for Meals served on 2026-11-02"
    assert (only(store, Measurement).value, only(store, Measurement).note) == (99, "")
    report_value(store, PARADE.id, measure.id, TODAY, 5, ADA, TODAY)
    assert len(list(store.records(Measurement))) == 2

    value = next(each for each in store.records(Measurement) if each.from_id == KITCHEN.id)
    third = remove_value(store, value.id, ADA, TODAY)
    assert len(list(store.records(Measurement))) == 1
    seeds.undo(store, third.import_id, ADA)
    seeds.undo(store, second.import_id, ADA)
    assert next(
        each for each in store.records(Measurement) if each.from_id == KITCHEN.id
    ).value == pytest.approx(120.5)
    assert before != content(store)


def test_a_contact_is_noted_once_for_coordinators_and_taken_out(store):
    before = content(store)
    first = note_contact(store, SINGERS.id, KITCHEN.id, TODAY, ADA, TODAY, how="call", note="hall")
    contact = only(store, Contact)
    assert {contact.from_id, contact.to_id} == {SINGERS.id, KITCHEN.id}
    assert contact.provenance.visibility is Visibility.COORDINATORS
    same = note_contact(store, KITCHEN.id, SINGERS.id, TODAY, ADA, TODAY, how="call", note="hall")
    assert same.changed == 0
    second = note_contact(store, KITCHEN.id, SINGERS.id, TODAY, BEA, TODAY, how="call", note="keys")
    assert only(store, Contact).note == "keys"
    third = remove_contact(store, contact.id, ADA, TODAY)
    assert not list(store.records(Contact))
    for done in (third, second, first):
        seeds.undo(store, done.import_id, ADA)
    assert content(store) == before


def test_each_answer_is_one_record_that_no_list_of_imports_shows(store):
    a_goal(store)

    assert is_answer(only(store, ImportRecord))


@pytest.mark.parametrize(
    "refused",
    [
        lambda store, goal, measure: sign(store, KITCHEN.id, goal, ADA, TODAY, on=TOMORROW),
        lambda store, goal, measure: report_value(
            store, KITCHEN.id, measure, TOMORROW, 1, ADA, TODAY
        ),
        lambda store, goal, measure: report_value(
            store, KITCHEN.id, measure, TODAY, float("inf"), ADA, TODAY
        ),
        lambda store, goal, measure: report_value(
            store, KITCHEN.id, measure, TODAY, 1, ADA, TODAY, note="\0"
        ),
        lambda store, goal, measure: note_contact(
            store, KITCHEN.id, SINGERS.id, TOMORROW, ADA, TODAY
        ),
        lambda store, goal, measure: note_contact(store, KITCHEN.id, KITCHEN.id, TODAY, ADA, TODAY),
        lambda store, goal, measure: put_goal(store, " ", ADA, TODAY),
        lambda store, goal, measure: put_measure(store, "x" * 1_000_000, ADA, TODAY),
    ],
)
def test_what_cannot_stand_is_refused_and_nothing_is_written(store, refused):
    goal, measure = a_goal(store).id, a_measure(store).id
    before = content(store)

    with pytest.raises(InvalidRecord):
        refused(store, goal, measure)

    assert content(store) == before


@pytest.mark.parametrize(
    ("unknown", "error"),
    [
        (lambda store: sign(store, "org-nobody", "x", ADA, TODAY), UnknownOrganisation),
        (lambda store: sign(store, KITCHEN.id, "goal-none", ADA, TODAY), InputError),
        (lambda store: withdraw(store, KITCHEN.id, "goal-none", ADA, TODAY), InputError),
        (lambda store: put_goal(store, "x", ADA, TODAY, goal_id="goal-none"), InputError),
        (lambda store: put_measure(store, "x", ADA, TODAY, goal_id="goal-none"), InputError),
        (
            lambda store: report_value(store, "org-nobody", "m", TODAY, 1, ADA, TODAY),
            UnknownOrganisation,
        ),
        (lambda store: remove_value(store, "measured-0", ADA, TODAY), InputError),
        (lambda store: remove_contact(store, "in_touch_with-0", ADA, TODAY), InputError),
        (
            lambda store: note_contact(store, KITCHEN.id, "org-nobody", TODAY, ADA, TODAY),
            UnknownOrganisation,
        ),
    ],
)
def test_what_is_not_there_is_named(store, unknown, error):
    with pytest.raises(error):
        unknown(store)
