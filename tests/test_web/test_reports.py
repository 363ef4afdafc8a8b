"""The pages of reports, for each role, from the first draft to the letters that bring it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from graph.access import Role
from graph.contract import GraphStore
from graph.model import Message, MessageState, ReportSchedule, ReportState, StoredReport
from graph.testing.samples import a_message, a_schedule, write
from reporting_world import MAKER
from reports import steps
from reports.keeping import keep, stored_report, words_of
from reports.making import Order, make
from reports.periods import Period, period_said
from web import create_app
from web_app import IMAGE, LEFT, SECRET, TODAY, workspace_over

Token = Callable[[], str]
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
LEAD = "text.section.opening.lead"


def as_role(store: GraphStore, folder: Path, role: Role) -> FlaskClient:
    return create_app(workspace_over(store, folder, role=role)).test_client()


@pytest.fixture(autouse=True)
def _clock(empty_store: GraphStore) -> None:
    empty_store.clock = lambda: NOW


@pytest.fixture
def report(store: GraphStore) -> StoredReport:
    order = Order(f"Board {IMAGE}", period_said("this-quarter", TODAY))
    made = make(store, MAKER, order, actor="ada", now=NOW)
    keep(store, made, actor="ada")
    return made.report


@pytest.fixture
def published(store: GraphStore, report: StoredReport) -> StoredReport:
    steps.lock(store, report.id, actor="ada", today=TODAY)
    return steps.publish(store, report.id, actor="ada", now=NOW)


def seen_on(page: str) -> str:
    found = re.search(r'name="seen" value="([^"]+)"', page)
    assert found
    return found[1]


def test_before_the_first_report_the_page_says_how_to_make_one(client: FlaskClient) -> None:
    page = client.get("/reports").text
    assert "There is no report yet" in page
    assert "Make a draft" in page
    assert "Nothing is planned yet" in page


def test_the_way_from_a_draft_to_its_readers(
    client: FlaskClient, token: Token, store: GraphStore
) -> None:
    made = client.post("/reports/make", data={"csrf_token": token(), "title": "For the board"})
    assert made.status_code == 303
    (report,) = store.records(StoredReport)
    assert (report.made_by, report.as_of) == ("tester", TODAY)
    address = f"/reports/report?id={report.id}"
    assert made.headers["Location"] == address
    assert "12 organisations" in client.get(address).text
    assert SECRET not in client.get(address).text

    page = client.get(f"/reports/words?id={report.id}").text
    told = {LEAD: f"Mine. {IMAGE}", "seen": seen_on(page), "csrf_token": token()}
    assert client.post(f"/reports/words?id={report.id}", data=told).status_code == 303
    assert html.escape(f"Mine. {IMAGE}", quote=False) in client.get(address).text
    assert IMAGE not in client.get(address).text

    for step in ("lock", "unlock", "lock", "publish"):
        page = client.get(f"/reports/step?id={report.id}&step={step}").text
        told = {"id": report.id, "step": step, "seen": seen_on(page), "csrf_token": token()}
        told["recipients"] = "board@example.org\r\n\r\nfunder@example.org"
        assert client.post("/reports/step", data=told).status_code == 303
    kept = stored_report(store, report.id)
    assert (kept.state, kept.published_by) == (ReportState.PUBLISHED, "tester")
    assert words_of(kept) == {"section.opening.lead": f"Mine. {IMAGE}"}
    letters = sorted(message.recipient for message in store.records(Message))
    assert letters == ["board@example.org", "funder@example.org"]
    assert "Change the words" not in client.get(address).text


@pytest.mark.parametrize("role", [Role.PARTNER, Role.VIEWER, Role.PUBLIC])
def test_a_draft_is_there_for_nobody_else(
    store: GraphStore, tmp_path: Path, report: StoredReport, role: Role
) -> None:
    reader = as_role(store, tmp_path, role)
    page = reader.get("/reports").text
    assert report.id not in page
    assert "Make a draft" not in page
    none = reader.get("/reports/report?id=report-none")
    for path in ("report?", "download?", "rows.csv?table=bodies&"):
        answer = reader.get(f"/reports/{path}id={report.id}")
        assert answer.status_code == none.status_code == 404
        assert answer.text.replace(report.id, "report-none") == none.text
    steps.lock(store, report.id, actor="ada", today=TODAY)
    assert reader.get(f"/reports/report?id={report.id}").status_code == 404


@pytest.mark.parametrize("role", [Role.PARTNER, Role.VIEWER, Role.PUBLIC])
def test_everybody_else_reads_the_public_version_of_a_published_report(
    store: GraphStore, tmp_path: Path, published: StoredReport, role: Role
) -> None:
    reader = as_role(store, tmp_path, role)
    assert published.id in reader.get("/reports").text
    # Nothing in this world is public: whatever the address says, nothing is told.
    for version in ("public", "full"):
        query = f"?id={published.id}&version={version}"
        page = reader.get(f"/reports/report{query}").text
        assert "0 organisations" in page
        assert "ada" not in page
        for form in ("pdf", "xlsx", "html", "json"):
            answer = reader.get(f"/reports/download{query}&form={form}")
            assert answer.status_code == 200
            assert LEFT.encode() not in answer.data
    compared = reader.get(f"/reports/compare?before={published.id}&after={published.id}")
    assert compared.status_code == 200
    assert ">12<" not in compared.text


@pytest.mark.parametrize("role", [Role.PARTNER, Role.VIEWER, Role.PUBLIC])
@pytest.mark.parametrize(
    "path",
    [
        "/reports/words?id=x",
        "/reports/step?id=x&step=lock",
        "/reports/schedules",
        "/reports/outbox",
    ],
)
def test_only_coordinators_make_plan_and_send(
    store: GraphStore, tmp_path: Path, role: Role, path: str
) -> None:
    assert as_role(store, tmp_path, role).get(path).status_code == 403


def test_a_report_can_be_had_in_every_form(client: FlaskClient, report: StoredReport) -> None:
    for form, start in (("pdf", b"%PDF"), ("xlsx", b"PK"), ("html", b"<!doc"), ("json", b"{")):
        answer = client.get(f"/reports/download?id={report.id}&form={form}")
        assert answer.data.startswith(start)
        assert answer.headers["Content-Disposition"].startswith("attachment; filename=2026-12-31-")
    assert client.get(f"/reports/download?id={report.id}&form=doc").status_code == 400


def test_the_rows_behind_a_number_can_be_had_by_its_link(
    client: FlaskClient, report: StoredReport
) -> None:
    page = client.get(f"/reports/report?id={report.id}").text
    (link,) = re.findall(r'href="(/reports/rows\.csv[^"]+)"', page)
    answer = client.get(html.unescape(link))
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"] == "attachment; filename=2026-12-31-bodies.csv"
    assert answer.text.splitlines()[0].endswith("bodies")
    none = client.get(f"/reports/rows.csv?id={report.id}&table={IMAGE}")
    assert none.status_code == 400
    assert "it has no table" in none.text


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"period": "days"}, "The days are missing"),
        ({"period": "days", "start": "2026-02-02", "end": "2026-02-01"}, "before the first"),
        ({"period": "days", "start": "2027-01-01", "end": "2027-02-01"}, "yet to come"),
        ({"period": "days", "start": "2020-01-01", "end": "2020-02-01"}, "nothing was known"),
        ({"period": "never"}, "is not a period"),
        ({"place": IMAGE}, "There is no place"),
        ({"compare": "report-none"}, "There is no report"),
        ({"replaces": "report-none"}, "There is no report"),
    ],
)
def test_a_report_that_can_not_be_made_says_why(
    client: FlaskClient, token: Token, store: GraphStore, told: dict[str, str], why: str
) -> None:
    answer = client.post("/reports/make", data={"csrf_token": token(), **told})
    assert answer.status_code == 400
    assert why in html.unescape(answer.text)
    assert IMAGE not in answer.text
    assert list(store.records(StoredReport)) == []


def test_a_report_can_be_about_a_place_and_put_another_right(
    client: FlaskClient, token: Token, store: GraphStore, published: StoredReport
) -> None:
    told = {"place": "camden", "replaces": published.id, "compare": "none"}
    answer = client.post("/reports/make", data={"csrf_token": token(), **told})
    assert answer.status_code == 303
    made = next(each for each in store.records(StoredReport) if each.id != published.id)
    assert '"place_id": "place-camden"' in made.settings
    assert (made.replaces_id, made.previous_id) == (published.id, "")
    address = f"/reports/report?id={published.id}"
    assert "puts this report right" not in client.get(address).text
    steps.lock(store, made.id, actor="ada", today=TODAY)
    steps.publish(store, made.id, actor="ada", now=NOW)
    assert "puts this report right" in client.get(address).text


def test_who_acts_on_what_has_changed_is_told(
    client: FlaskClient, token: Token, store: GraphStore, report: StoredReport
) -> None:
    seen = seen_on(client.get(f"/reports/step?id={report.id}&step=lock").text)
    steps.edit_words(store, MAKER, report.id, {"section.opening.lead": "New."}, actor="bob")
    told = {"id": report.id, "step": "lock", "seen": seen, "csrf_token": token()}
    answer = client.post("/reports/step", data=told)
    assert answer.status_code == 409
    assert "changed it since you looked" in answer.text
    told = {LEAD: "Mine.", "seen": seen, "csrf_token": token()}
    assert client.post(f"/reports/words?id={report.id}", data=told).status_code == 409
    assert words_of(stored_report(store, report.id)) == {"section.opening.lead": "New."}


def test_words_that_do_not_fit_are_shown_again(
    client: FlaskClient, token: Token, report: StoredReport
) -> None:
    told = {LEAD: "x" * 6_000, "csrf_token": token()}
    answer = client.post(f"/reports/words?id={report.id}", data=told)
    assert answer.status_code == 400
    assert "There is a problem" in answer.text
    assert "x" * 6_000 in answer.text


def test_an_address_that_is_none_publishes_nothing(
    client: FlaskClient, token: Token, store: GraphStore, report: StoredReport
) -> None:
    steps.lock(store, report.id, actor="ada", today=TODAY)
    told = {"id": report.id, "step": "publish", "recipients": "a@b, c@d", "csrf_token": token()}
    answer = client.post("/reports/step", data=told)
    assert answer.status_code == 400
    assert "is not an e-mail address" in answer.text
    assert stored_report(store, report.id).state is ReportState.LOCKED


def test_two_reports_stand_side_by_side(
    client: FlaskClient, store: GraphStore, report: StoredReport
) -> None:
    write(store, a_schedule())
    order = Order("Other", Period(TODAY, TODAY))
    other = make(store, MAKER, order, actor="ada", now=NOW)
    keep(store, other, actor="ada")
    page = client.get(f"/reports/compare?before={report.id}&after={other.report.id}").text
    assert "Organisations" in page
    assert ">+0<" in page
    assert client.get("/reports/compare?before=x&after=y").status_code == 404


def test_reports_are_planned_paused_and_removed(
    client: FlaskClient, token: Token, store: GraphStore
) -> None:
    told = {
        "title": f"For the board {IMAGE}",
        "frequency": "monthly",
        "day": "3",
        "at": "08:15",
        "theme": "Sport",
        "recipients": "board@example.org\r\nboard@example.org",
        "coordinators": "boss@example.org",
        "publishes": "true",
        "csrf_token": token(),
    }
    assert client.post("/reports/schedules/add", data=told).status_code == 303
    (planned,) = store.records(ReportSchedule)
    assert (planned.starts_on, planned.publishes) == (TODAY, True)
    assert planned.recipients == ("board@example.org",)
    assert '"theme_id": "theme-sport"' in planned.settings
    page = client.get("/reports/schedules").text
    assert "Next: 3 December 2026, 08:15" in page
    assert IMAGE not in page

    def change(what: str) -> None:
        told = {"id": planned.id, "change": what, "csrf_token": token()}
        assert client.post("/reports/schedules/change", data=told).status_code == 303

    change("pause")
    assert "Next: Paused" in client.get("/reports").text
    change("resume")
    assert "Next: 3 December" in client.get("/reports").text
    assert "Remove this plan?" in client.get(f"/reports/schedules?remove={planned.id}").text
    change("remove")
    assert list(store.records(ReportSchedule)) == []
    assert client.get(f"/reports/schedules?remove={planned.id}").status_code == 404


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("at", "01:30", "comes twice or not at all"),
        ("at", "noon", "is not a time of day"),
        ("title", "", "The title is missing"),
        ("recipients", "nobody", "is not an e-mail address"),
        ("place", "Atlantis", "There is no place"),
    ],
)
def test_a_plan_that_can_not_be_kept_says_why(
    client: FlaskClient, token: Token, store: GraphStore, field: str, value: str, why: str
) -> None:
    told = {"title": "Board", "csrf_token": token(), field: value}
    answer = client.post("/reports/schedules/add", data=told)
    assert answer.status_code == 400
    assert why in html.unescape(answer.text)
    assert list(store.records(ReportSchedule)) == []


def test_a_failed_run_shows_on_the_page(client: FlaskClient, store: GraphStore) -> None:
    write(store, a_schedule(failed_period="2026-07-01", failure=f"It broke. {IMAGE}"))
    page = client.get("/reports").text
    assert "A report could not be made" in page
    assert "It broke." in page
    assert IMAGE not in page


def test_letters_that_failed_come_first_and_can_be_sent_again(
    client: FlaskClient, token: Token, store: GraphStore
) -> None:
    assert "There is none yet" in client.get("/reports/outbox").text
    sent = {"state": MessageState.SENT, "sent_at": "2026-11-01T06:00:00+00:00", "attempts": 1}
    write(store, a_message("sent", **sent), a_message("waiting", subject="Soon"))
    failed = {"state": MessageState.FAILED, "attempts": 3, "failure": "550 gone"}
    write(store, a_message("failed", subject=f"Lost {IMAGE}", **failed))
    page = client.get("/reports/outbox").text
    assert page.index("Lost") < page.index("Soon")
    assert "550 gone" in page
    assert "E-mails go nowhere here." in page
    assert IMAGE not in page
    answer = client.post("/reports/outbox/again", data={"csrf_token": token()})
    assert answer.headers["Location"] == "/reports/outbox?again=1"
    assert "1 e-mail goes out again" in client.get("/reports/outbox?again=1").text
    again = store.record(Message, "failed")
    assert again is not None
    assert again.state is MessageState.WAITING
