"""Draft, locked, published: only the allowed steps, by whom, and who hears of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from graph.contract import GraphStore
from graph.errors import InputError
from graph.model import Message, ReportState, StoredReport
from graph.testing.samples import a_schedule, organisation, write
from reporting_world import MAKER, Clock
from reports import steps
from reports.errors import ReportChanged
from reports.keeping import keep, stored_report, words_of
from reports.letters import published
from reports.making import Order, make
from reports.periods import Period

LEAD = "section.opening.lead"
TODAY = date(2026, 4, 1)


@pytest.fixture
def report(store: GraphStore, clock: Clock) -> StoredReport:
    write(store, a_schedule(recipients=("a@example.org", "b@example.org")))
    order = Order("Board", Period(date(2026, 1, 1), date(2026, 3, 31)), schedule_id="schedule-1")
    made = make(store, MAKER, order, actor="ada", now=clock())
    keep(store, made, actor="ada")
    return made.report


def lock(store: GraphStore, report: StoredReport) -> StoredReport:
    return steps.lock(store, report.id, actor="bob", today=TODAY)


def test_the_way_from_draft_to_published_is_recorded(
    store: GraphStore, clock: Clock, report: StoredReport
) -> None:
    lock(store, report)
    done = steps.publish(store, report.id, actor="cem", now=clock())
    assert done == stored_report(store, report.id)
    assert (done.locked_by, done.locked_on) == ("bob", TODAY)
    assert (done.published_by, done.published_on) == ("cem", TODAY)
    actors = [entry.actor for entry in store.audit() if entry.record_id == report.id]
    assert actors == ["ada", "bob", "cem"]


@pytest.mark.parametrize("state", ReportState)
def test_no_other_step_is_allowed(
    store: GraphStore, clock: Clock, report: StoredReport, state: ReportState
) -> None:
    if state is not ReportState.DRAFT:
        lock(store, report)
    if state is ReportState.PUBLISHED:
        steps.publish(store, report.id, actor="cem", now=clock())
    taken = {
        "lock": lambda: lock(store, report),
        "unlock": lambda: steps.unlock(store, report.id, actor="bob"),
        "publish": lambda: steps.publish(store, report.id, actor="cem", now=clock()),
        "write": lambda: steps.edit_words(store, MAKER, report.id, {LEAD: "x"}, actor="dee"),
    }
    allowed = {
        ReportState.DRAFT: {"lock", "write"},
        ReportState.LOCKED: {"unlock", "publish"},
        ReportState.PUBLISHED: set(),
    }[state]
    version = store.version()
    for name in taken.keys() - allowed:
        with pytest.raises(ReportChanged) as refused:
            taken[name]()
        assert refused.value.remedy
    assert store.version() == version


def test_a_locked_report_can_be_opened_again(store: GraphStore, report: StoredReport) -> None:
    lock(store, report)
    draft = steps.unlock(store, report.id, actor="bob")
    assert (draft.state, draft.locked_by, draft.locked_on) == (ReportState.DRAFT, "", None)


def test_words_stand_in_place_of_ours_until_they_are_blank(
    store: GraphStore, report: StoredReport
) -> None:
    def write_words(text: str) -> dict[str, str]:
        done = steps.edit_words(store, MAKER, report.id, {LEAD: text}, actor="dee")
        return dict(words_of(done))

    hostile = "<b>=1+1</b>\n\u202eevil {{7*7}}"
    assert write_words(f"  {hostile}\r\n") == {LEAD: hostile}
    assert write_words(" \n ") == {}
    assert write_words("As of 2026-03-31.") == {}  # ours


@pytest.mark.parametrize(
    "words", [{"nowhere": "x"}, {LEAD: "x" * 10**6}, {"\x00": "x"}, {LEAD: "a\x00b"}]
)
def test_words_that_do_not_fit_are_refused(
    store: GraphStore, report: StoredReport, words: dict[str, str]
) -> None:
    with pytest.raises(InputError):
        steps.edit_words(store, MAKER, report.id, words, actor="dee")


def test_who_looked_before_somebody_else_wrote_is_told(
    store: GraphStore, clock: Clock, report: StoredReport
) -> None:
    seen = steps.seal(report)
    write(store, organisation("elsewhere"))  # no matter of this report
    changed = steps.edit_words(store, MAKER, report.id, {LEAD: "Mine."}, actor="dee", seen=seen)
    with pytest.raises(ReportChanged, match="since you looked"):
        steps.lock(store, report.id, actor="bob", today=TODAY, seen=seen)
    locked = steps.lock(store, report.id, actor="bob", today=TODAY, seen=steps.seal(changed))
    with pytest.raises(ReportChanged, match="since you looked"):
        steps.publish(store, report.id, actor="cem", now=clock(), seen=steps.seal(changed))
    steps.publish(store, report.id, actor="cem", now=clock(), seen=steps.seal(locked))


def test_a_title_can_not_turn_the_subject_of_a_letter_around(
    store: GraphStore, report: StoredReport, clock: Clock
) -> None:
    hostile = replace(report, title="Board\r\nBcc: x@example.org \u202egro.live")
    (letter,) = published(hostile, ["a@example.org"], clock())
    assert letter.subject == "Board Bcc: x@example.org gro.live: January to March 2026"


def test_publishing_queues_one_letter_a_reader_in_the_same_transaction(
    store: GraphStore, clock: Clock, report: StoredReport
) -> None:
    lock(store, report)
    steps.publish(store, report.id, actor="cem", now=clock())
    letters = list(store.records(Message))
    assert sorted(each.recipient for each in letters) == ["a@example.org", "b@example.org"]
    last = [entry for entry in store.audit() if entry.version == store.version()]
    assert sorted(entry.kind for entry in last) == ["message", "message", "stored_report"]


def test_readers_can_be_named_instead(
    store: GraphStore, clock: Clock, report: StoredReport
) -> None:
    lock(store, report)
    with pytest.raises(InputError):
        steps.publish(store, report.id, actor="cem", now=clock(), recipients=["a@b, c@d"])
    assert stored_report(store, report.id).state is ReportState.LOCKED
    steps.publish(store, report.id, actor="cem", now=clock(), recipients=["c@example.org", ""])
    assert [each.recipient for each in store.records(Message)] == ["c@example.org"]
