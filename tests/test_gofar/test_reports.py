"""gofar reports at the prompt, with the real reports over a small network."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from openpyxl import load_workbook

from gofar.reporting import mail_goes_to, maker, postman_of
from gofar.settings import Settings, read_settings
from graph.errors import ConfigurationError, Conflict, InputError, InvalidRecord, UnknownTerm
from graph.model import Message, ReportContent, ReportSchedule, StoredReport
from graph.stores import open_store
from graph.testing.samples import write
from reports.delivery import FolderPostman, SMTPPostman
from reports.errors import ReportChanged, UnknownReport, UnknownSchedule
from reports.keeping import content_of, stored_reports

Run = Callable[..., Result]
MAIL = {"GOFAR_MAIL_FOLDER": "mail"}


@pytest.fixture(autouse=True)
def _here(filled_store: str) -> None:
    """Every test has the small network, in an empty working folder."""


@pytest.fixture
def report_id(run: Run) -> str:
    return made(run)


def made(run: Run, *options: str) -> str:
    said = run("reports", "make", "--title", "For the board", *options, catch=False).output
    found = re.search(r"report-[0-9a-f]{24}", said)
    assert found, said
    return found[0]


def told(run: Run, *arguments: str) -> Any:
    return json.loads(run(*arguments, "--json", catch=False).stdout)


@pytest.fixture
def run(run: Callable[..., Result]) -> Run:
    def invoke(*arguments: str, catch: bool = True) -> Result:
        done = run(*arguments)
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        assert catch or done.exit_code == 0, done.output
        return done

    return invoke


def test_a_report_goes_from_draft_to_files(run: Run, report_id: str) -> None:
    (row,) = told(run, "reports", "list")
    assert (row["id"], row["state"], row["title"]) == (report_id, "draft", "For the board")
    assert "For the board, " in run("reports", "show", report_id).output
    for form, start in (("pdf", b"%PDF"), ("html", b"<!DOCTYPE html>"), ("json", b"{")):
        out = Path(f"report.{form}")
        run("reports", "get", report_id, "--as", form, "-o", str(out), catch=False)
        assert out.read_bytes().startswith(start)
    run("reports", "get", report_id, "--as", "xlsx", "-o", "report.xlsx", catch=False)
    assert load_workbook("report.xlsx").sheetnames
    assert b"Mill Lane Kitchen" in Path("report.html").read_bytes()
    run("reports", "get", report_id, "--as", "html", "--public", "-o", "public.html", catch=False)
    # Nothing in this network is public.
    assert b"Mill Lane Kitchen" not in Path("public.html").read_bytes()


def test_words_are_written_locked_and_published(
    run: Run, report_id: str, filled_store: str
) -> None:
    blocks = json.loads(run("reports", "words", report_id).stdout)
    assert "report.title" in blocks
    run("reports", "words", report_id, "--set", "report.title=Our own = words", catch=False)
    Path("words.json").write_text(json.dumps({"report.introduction": "Read this."}))
    run("reports", "words", report_id, "--from", "words.json", catch=False)
    assert told(run, "reports", "show", report_id)["words"] == {
        "report.introduction": "Read this.",
        "report.title": "Our own = words",
    }
    with pytest.raises(ReportChanged):
        run("reports", "publish", report_id)
    run("reports", "lock", report_id, catch=False)
    with pytest.raises(ReportChanged):
        run("reports", "words", report_id, "--set", "report.title=x")
    run("reports", "unlock", report_id, catch=False)
    run("reports", "lock", report_id, catch=False)
    said = run("reports", "publish", report_id, "--to", "board@example.org", catch=False).output
    assert "E-mails queued: 1" in said
    run("reports", "get", report_id, "--as", "html", "--public", "-o", "it.html", catch=False)
    assert "Our own = words" in Path("it.html").read_text()
    with open_store(filled_store) as store:
        (message,) = store.records(Message)
        (report,) = store.records(StoredReport)
    assert message.recipient == "board@example.org"
    assert report.published_by == "ada"


@pytest.mark.parametrize("given", ["report.title", "nowhere=x", "report.title=" + "x" * 10_000])
def test_words_that_do_not_fit_are_refused(run: Run, report_id: str, given: str) -> None:
    with pytest.raises(InputError):
        run("reports", "words", report_id, "--set", given)


@pytest.mark.parametrize("text", ["", "[]", '{"report.title": 7}', "\udcff"])
def test_a_file_of_words_that_is_none_is_refused(run: Run, report_id: str, text: str) -> None:
    Path("words.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(InputError, match="words"):
        run("reports", "words", report_id, "--from", "words.json")


def test_any_two_are_compared_and_each_is_checked(
    run: Run, report_id: str, filled_store: str
) -> None:
    other = made(run, "--replaces", report_id)
    found = told(run, "reports", "compare", report_id, other)
    assert found["figures"]
    assert {each["difference"] for each in found["figures"]} <= {0, None}
    assert "→" in run("reports", "compare", report_id, other).output
    proofs = told(run, "reports", "check")
    assert [set(each.values()) - {report_id, other} for each in proofs] == [{True}] * 2
    with open_store(filled_store) as store:
        content = store.record(ReportContent, stored_reports(store)[0].content_id)
        assert content is not None
        write(store, ReportContent(id=content.id, content='{"forged": true}'))
    done = run("reports", "check")
    assert done.exit_code == 1
    assert "does NOT hold" in done.output


def test_a_report_can_be_about_a_part(run: Run, filled_store: str) -> None:
    with pytest.raises(UnknownTerm):
        run("reports", "make", "--place", "Atlantis")
    with pytest.raises(UnknownReport):
        run("reports", "make", "--compare-with", "report-none")
    with pytest.raises(InputError, match="is not a period"):
        run("reports", "make", "--period", "soon")


def test_reports_are_planned_made_once_and_mailed(
    run: Run, filled_store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOFAR_MAIL_FOLDER", "mail")
    assert "Nothing is planned" in run("reports", "schedule", "list").output
    start = ["reports", "schedule", "add", "Weekly news", "--every", "weekly"]
    planned = run(*start, "--starts-on", "2020-01-06", "--to", "r@example.org", "--publish")
    schedule_id = re.search(r"schedule-[0-9a-f]{24}", planned.output)[0]  # type: ignore[index]
    # The network was empty last week: the run fails, and says so by its exit code.
    failed = run("reports", "run-due")
    assert failed.exit_code == 1
    assert "FAILED" in failed.output
    assert "nothing was known" in failed.output
    (row,) = told(run, "reports", "schedule", "list")
    assert row["failed_period"]
    run("reports", "schedule", "pause", schedule_id, catch=False)
    assert told(run, "reports", "run-due") == {
        "runs": [],
        "emails": {"sent": 0, "delayed": 0, "failed": 0},
    }
    run("reports", "schedule", "resume", schedule_id, catch=False)
    made = run("reports", "make", "--schedule", schedule_id, "--period", "this-week", catch=False)
    report_id = re.search(r"report-[0-9a-f]{24}", made.output)[0]  # type: ignore[index]
    with pytest.raises(Conflict, match=report_id):
        run("reports", "make", "--schedule", schedule_id, "--period", "this-week")
    run("reports", "lock", report_id, catch=False)
    run("reports", "publish", report_id, catch=False)
    assert "1 sent" in run("reports", "run-due").output
    (letter,) = Path("mail").glob("*.eml")
    assert b"application/pdf" in letter.read_bytes()
    (row,) = told(run, "reports", "outbox")
    assert (row["recipient"], row["state"]) == ("r@example.org", "sent")
    assert "0 will be tried again" in run("reports", "outbox", "--retry").output
    run("reports", "schedule", "remove", schedule_id, catch=False)
    with open_store(filled_store) as store:
        assert list(store.records(ReportSchedule)) == []
        assert len(list(store.records(StoredReport))) == 1


@pytest.mark.parametrize(
    ("options", "error"),
    [
        (["--at", "01:30"], InvalidRecord),
        (["--zone", "Europe/Londn"], InvalidRecord),
        (["--to", "a@b, c@d"], InputError),
        (["--theme", "nothing"], UnknownTerm),
    ],
)
def test_a_plan_that_can_not_be_kept_is_refused(
    run: Run, options: list[str], error: type[Exception]
) -> None:
    with pytest.raises(error):
        run("reports", "schedule", "add", "Board", *options)


@pytest.mark.parametrize(
    ("command", "error"),
    [
        (["show"], UnknownReport),
        (["lock"], UnknownReport),
        (["get", "-o", "x.pdf"], UnknownReport),
        (["words"], UnknownReport),
        (["schedule", "pause"], UnknownSchedule),
        (["schedule", "remove"], UnknownSchedule),
    ],
)
def test_what_is_not_there_is_said(run: Run, command: list[str], error: type[Exception]) -> None:
    with pytest.raises(error):
        run("reports", *command, "nothing-here")


def test_a_folder_that_is_not_there_is_said_before_any_work(run: Run, report_id: str) -> None:
    with pytest.raises(InputError, match="no such folder"):
        run("reports", "get", report_id, "-o", "nowhere/x.pdf")
    with pytest.raises(InputError, match="no name"):
        run("reports", "get", report_id, "-o", "")


# --- settings ----------------------------------------------------------------------------


def test_without_a_server_letters_go_into_a_folder() -> None:
    postman = postman_of(Settings())
    assert isinstance(postman, FolderPostman)
    assert "Nobody gets them" in mail_goes_to(Settings())


def test_a_server_is_used_as_it_is_set() -> None:
    told = Settings(smtp_host="mail.example.org", smtp_from="G@Example.org", smtp_port=25)
    postman = postman_of(told)
    assert isinstance(postman, SMTPPostman)
    assert (postman.host, postman.port, postman.sender) == ("mail.example.org", 25, "G@example.org")
    assert mail_goes_to(told) == "E-mails go through mail.example.org."
    with pytest.raises(ConfigurationError, match="GOFAR_SMTP_FROM"):
        postman_of(Settings(smtp_host="mail.example.org"))
    plain = {"smtp_security": "none", "smtp_user": "u", "smtp_from": "g@example.org"}
    with pytest.raises(ConfigurationError, match="GOFAR_SMTP_SECURITY"):
        postman_of(Settings(smtp_host="mail.example.org", **plain))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BASE_URL", "gofar.example.org"),
        ("BASE_URL", "javascript:alert(1)"),
        ("BASE_URL", "https://gofar.example.org/?x=1"),
        ("SMTP_SECURITY", "ssl"),
        ("SMTP_PORT", "0"),
        ("SMTP_FROM", "Gofar <g@example.org>"),
        ("WORKER", "maybe"),
    ],
)
def test_a_setting_that_is_wrong_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"GOFAR_{name}", value)
    with pytest.raises(ConfigurationError) as refused:
        read_settings()
    assert refused.value.setting == f"GOFAR_{name}"


def test_what_the_maker_builds_is_read_back(run: Run, report_id: str, filled_store: str) -> None:
    parts = maker()
    with open_store(filled_store) as store:
        (report,) = store.records(StoredReport)
        for public in (False, True):
            content = content_of(store, report, parts, public=public)
            assert parts.from_json(parts.to_json(content)) == content
            assert content.settings.is_public is public
    assert parts.style()
