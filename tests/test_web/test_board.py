"""The board of five conditions, and the pages where goals, measures and contacts are entered."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import pytest

from builders import TOLD, told
from conditions_world import DAY, contact, twelve
from graph.access import Role
from graph.model import Contact, Goal, Measure, Measurement, Project, SignOff, Visibility
from graph.stores import open_store
from web import create_app
from web_app import IMAGE, LEFT, RIGHT, SCRIPT, SECRET, workspace_over

PAGES = ("/board", "/goals", "/measures", "/contacts")


@pytest.fixture
def post(client, token):
    """Return a way to send a form and follow where it leads."""

    def send(path, **fields):
        data = {"csrf_token": token(), **fields}
        return client.post(path, data=data, follow_redirects=True)

    return send


@pytest.fixture
def goal(store):
    made = Goal(id="goal-1", name=f"Nobody is hungry {IMAGE}", provenance=TOLD)
    with store.transaction("tester") as tx:
        tx.upsert(made)
    return made


@pytest.fixture
def measure(store):
    made = Measure(id="measure-1", name="Meals", unit="meals", provenance=TOLD)
    with store.transaction("tester") as tx:
        tx.upsert(made)
    return made


def only(store, kind):
    (found,) = store.records(kind)
    return found


@pytest.fixture
def board(tmp_path):
    """Return a client over the twelve organisations whose numbers are worked out by hand."""
    with open_store(f"sqlite:///{tmp_path / 'twelve.db'}") as store:
        with store.transaction("tester") as tx:
            tx.upsert(*twelve())
        yield create_app(workspace_over(store, tmp_path)).test_client()


# --- the board -----------------------------------------------------------------------------


def test_the_board_shows_each_number_with_what_it_is_a_part_of(board):
    page = board.get("/board").text

    # On 1 November the signature of 1 July counts: 5 of 11.
    for text in (
        "<strong>45%</strong>",
        "5 of 11 open organisations",
        "Have signed a goal",
        "Formula: ",
        "of 45 pairs: 45 reach each other with the backbone, 7 without",
        "The backbone: L.",
        "<strong>84%</strong>",
    ):
        assert text in page


@pytest.mark.parametrize(
    ("of", "header", "some"),
    [
        ("agenda", "organisation_id", "has signed a goal"),
        ("measurement", "project_id", "reports through a partner"),
        ("activities", "first_id", "do the same"),
        ("communication", "first_id", "none recorded"),
        ("backbone", "organisation_id", "yes"),
    ],
)
def test_the_rows_behind_a_number_are_a_page_and_a_file(board, of, header, some):
    assert some in board.get(f"/board/rows?of={of}").text
    answer = board.get(f"/board/rows.csv?of={of}")
    assert answer.headers["Content-Disposition"] == f"attachment; filename={of}.csv"
    rows = list(csv.reader(answer.text.lstrip("\ufeff").splitlines()))
    assert rows[0][0] == header
    assert any(some in row for row in rows[1:])


def test_there_are_as_many_rows_as_the_number_says(board):
    rows = list(csv.DictReader(board.get("/board/rows.csv?of=agenda").text[1:].splitlines()))

    assert len(rows) == 11
    assert sum(row["standing"] == "has signed a goal" for row in rows) == 5


def test_names_in_a_file_run_nothing(client, store, goal):
    with store.transaction("tester") as tx:
        tx.upsert(SignOff(from_id=f"org-{SCRIPT}", to_id=goal.id, provenance=TOLD))
    assert SCRIPT not in client.get("/board/rows?of=agenda").text


@pytest.mark.parametrize("path", ["/board/rows", "/board/rows?of=x", "/goals?done=" + "x" * 501])
def test_a_value_that_the_page_does_not_know_is_refused(client, path):
    assert client.get(path).status_code == 400


@pytest.mark.parametrize("path", PAGES)
def test_an_empty_network_says_what_to_enter_first(empty_client, path):
    page = empty_client.get(path)

    assert page.status_code == 200
    assert any(text in page.text for text in ("yet.", "is recorded", "is running"))


def test_nothing_is_entered_in_the_past(client, goal):
    assert "Add a signature" in client.get(f"/goals/goal?id={goal.id}").text
    past = client.get("/goals?as_of=2026-10-01").text
    assert "There is no goal yet" in past
    assert "Add a goal" not in past


# --- goals ---------------------------------------------------------------------------------


def test_a_goal_is_added_signed_changed_and_undone(post, client, store):
    page = post(
        "/goals/save", name="Everybody eats", description="With dignity", due_on="2030-03-31"
    )
    goal = only(store, Goal)
    assert "Added the goal Everybody eats" in page.text
    assert (goal.name, goal.due_on.isoformat()) == ("Everybody eats", "2030-03-31")

    page = post("/goals/sign", goal=goal.id, organisation=LEFT, role="cooks")
    assert f"{LEFT} signed Everybody eats" in page.text
    assert only(store, SignOff).role == "cooks"
    assert only(store, SignOff).signed_on.isoformat() == "2026-11-01"
    assert only(store, SignOff).provenance.source == "told by tester"

    done = only(store, SignOff)
    page = post("/goals/withdraw", goal=goal.id, organisation=f"org-{LEFT}")
    assert not list(store.records(SignOff))
    undo = page.text.split('name="undo" value="')[1].split('"')[0]
    post("/upkeep/undo", undo=undo)
    assert only(store, SignOff) == done

    page = post("/goals/save", id=goal.id, name="Everybody eats well")
    assert only(store, Goal).name == "Everybody eats well"
    assert "Has signed" in client.get("/organisation?" + urlencode({"id": f"org-{LEFT}"})).text


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"name": ""}, "Write what is to change."),
        ({"name": "x", "due_on": "soon"}, "Write a day such as 2026-03-31."),
        ({"name": "x\0"}, "This "),
    ],
)
def test_a_goal_that_cannot_stand_is_told_beside_its_field(post, store, fields, says):
    answer = post("/goals/save", **fields)

    assert answer.status_code == 400
    assert "There is a problem" in answer.text
    assert says in answer.text
    assert not list(store.records(Goal))


def test_what_was_typed_stays_in_the_form_and_stays_text(post):
    answer = post("/goals/save", name=IMAGE, due_on="x")

    assert answer.status_code == 400
    assert IMAGE not in answer.text
    assert "&lt;img src=x" in answer.text


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"organisation": ""}, "Write the name of an organisation."),
        ({"organisation": "Riverside Yuth"}, "Did you mean"),
        ({"organisation": LEFT, "signed_on": "2026-11-02"}, "is yet to come"),
        ({"organisation": SECRET}, "We know nobody called"),
    ],
)
def test_a_signature_that_cannot_stand_is_told_beside_its_field(post, store, goal, fields, says):
    answer = post("/goals/sign", goal=goal.id, **fields)

    assert answer.status_code == 400
    assert says in answer.text
    assert not list(store.records(SignOff))


# --- measures ------------------------------------------------------------------------------


def test_a_measure_is_added_and_its_values_are_reported_corrected_and_taken_out(
    post, client, store, goal
):
    post("/measures/save", name="Meals served", unit="meals", goal=goal.id)
    measure = only(store, Measure)
    assert "&lt;img" in client.get(f"/measures/measure?id={measure.id}").text

    said = {"measure": measure.id, "reporter": LEFT, "measured_on": "2026-09-30"}
    assert "reported 1,250.5" in post("/measures/value", value="1,250.5", **said).text
    assert "corrected 1,300" in post("/measures/value", value="1300", note="again", **said).text
    assert (only(store, Measurement).value, only(store, Measurement).note) == (1300, "again")
    page = post("/measures/value", **{**said, "measured_on": "2026-06-30"}, value="900").text
    assert "<svg" in page
    assert "2026-06-30: 900; 2026-09-30: 1,300" in page

    for value in list(store.records(Measurement)):
        post("/measures/remove", measure=measure.id, id=value.id)
    assert not list(store.records(Measurement))


def test_a_project_reports_by_its_name(post, store, measure):
    project = only(store, Project)

    post(
        "/measures/value",
        measure="measure-1",
        reporter=project.name,
        measured_on="2026-09-30",
        value="2",
    )

    assert only(store, Measurement).from_id == project.id


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"value": "many"}, "Write a number such as 120 or 12.5."),
        ({"value": "nan"}, "Write a number"),
        ({"value": "1e999"}, "Write a number"),
        ({"measured_on": ""}, "Write a day"),
        ({"measured_on": "2027-01-01"}, "is yet to come"),
        ({"reporter": "Nobody at all"}, "We know nobody called"),
        ({"note": "\0"}, "This "),
    ],
)
def test_a_value_that_cannot_stand_is_told_beside_its_field(post, store, measure, fields, says):
    given = {"reporter": LEFT, "measured_on": "2026-09-30", "value": "1", **fields}

    answer = post("/measures/value", measure=measure.id, **given)

    assert answer.status_code == 400
    assert says in answer.text
    assert not list(store.records(Measurement))


# --- contacts ------------------------------------------------------------------------------


def test_a_contact_is_noted_listed_by_organisation_and_taken_out(post, client, store):
    page = post(
        "/contacts/note", organisation=LEFT, other=RIGHT, happened_on="2026-10-30", how="call"
    )
    assert "were in touch on 2026-10-30" in page.text
    noted = only(store, Contact)
    assert noted.provenance.visibility is Visibility.COORDINATORS
    assert "call" in client.get("/contacts?" + urlencode({"about": LEFT})).text
    assert "No contact of it is recorded" in client.get("/contacts?about=Alone").text
    profile = client.get("/organisation?" + urlencode({"id": f"org-{RIGHT}"})).text
    assert profile.count("In touch with") == 1

    post("/contacts/remove", id=noted.id)
    assert not list(store.records(Contact))


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"other": LEFT}, "is both ends of the tie"),
        ({"other": ""}, "Write the name of an organisation."),
        ({"happened_on": "2026-11-02"}, "is yet to come"),
        ({"happened_on": "yesterday"}, "Write a day"),
    ],
)
def test_a_contact_that_cannot_stand_is_told_beside_its_field(post, store, fields, says):
    given = {"organisation": LEFT, "other": RIGHT, "happened_on": "2026-10-30", **fields}

    answer = post("/contacts/note", **given)

    assert answer.status_code == 400
    assert says in answer.text
    assert not list(store.records(Contact))


# --- who may -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/goals/sign", {"goal": "goal-none", "organisation": LEFT}),
        ("/goals/save", {"id": "goal-none", "name": "x"}),
        ("/goals/withdraw", {"goal": "goal-1", "organisation": "org-nobody"}),
        ("/measures/value", {"measure": "measure-none"}),
        ("/measures/remove", {"measure": "measure-1", "id": "measured-0"}),
        ("/contacts/remove", {"id": "in_touch_with-0"}),
    ],
)
def test_what_is_not_there_is_not_found(post, goal, measure, path, fields):
    assert post(path, **fields).status_code == 404


def test_text_that_is_far_too_long_is_refused(post):
    assert post("/goals/save", name="x" * 100_000).status_code == 400


def test_partners_see_what_members_may_and_write_nothing(store, goal, measure, tmp_path: Path):
    noted = contact(LEFT, RIGHT, DAY)
    secret = replace(noted, note="the quarrel", provenance=told(Visibility.COORDINATORS))
    with store.transaction("tester") as tx:
        tx.upsert(secret)
    partner = create_app(workspace_over(store, tmp_path, role=Role.PARTNER)).test_client()

    for path in (*PAGES, "/goals/goal?id=goal-1", "/measures/measure?id=measure-1"):
        answer = partner.get(path)
        assert answer.status_code == 200
        assert "quarrel" not in answer.text
        assert '<form method="post"' not in answer.text
    assert "No contact is recorded yet" in partner.get("/board").text
