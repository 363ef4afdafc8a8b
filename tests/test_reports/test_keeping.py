"""Reports are written once, read whole, and stand on the network that they were made from."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from graph.contract import GraphStore
from graph.errors import StaleVersion, StoreCorrupt
from graph.model import Message, ReportContent, ReportState, StoredReport
from graph.testing.samples import a_message, write
from reporting_world import MAKER, Clock, grow
from reports.errors import ReportChanged, UnknownReport
from reports.keeping import (
    content_of,
    keep,
    prove,
    replaced_by,
    stored_report,
    stored_reports,
    words_of,
)
from reports.making import Made, Order, make
from reports.periods import Period

FIRST = Period(date(2026, 1, 1), date(2026, 3, 31))


@pytest.fixture
def made(store: GraphStore, clock: Clock) -> Made:
    return make(store, MAKER, Order("Board", FIRST), actor="ada", now=clock())


def test_a_content_is_stored_once(store: GraphStore, clock: Clock, made: Made) -> None:
    again = make(store, MAKER, Order("Board", FIRST), actor="ada", now=clock())
    assert keep(store, made, actor="ada")
    assert keep(store, again, actor="ada")
    assert len(list(store.records(StoredReport))) == 2
    assert len(list(store.records(ReportContent))) == 2  # for coordinators and for the public


def test_another_report_under_the_same_id_is_refused(store: GraphStore, made: Made) -> None:
    keep(store, made, actor="ada")
    version = store.version()
    other = replace(made, report=replace(made.report, title="Another"))
    with pytest.raises(ReportChanged, match="stored already"):
        keep(store, other, actor="eve")
    assert store.version() == version


def test_another_content_under_the_same_id_is_refused(store: GraphStore, made: Made) -> None:
    forged = ReportContent(id=made.contents[0].id, content='{"forged": 1}')
    with pytest.raises(ReportChanged, match="not the hash"):
        keep(store, replace(made, contents=(forged,)), actor="eve")
    write(store, forged)
    with pytest.raises(ReportChanged, match="something else"):
        keep(store, made, actor="ada")


def test_what_goes_with_a_report_is_written_with_it_or_not_at_all(
    store: GraphStore, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = store.commit

    def stumble(unit: object) -> object:
        if unit.expected_version is not None:  # type: ignore[attr-defined]
            monkeypatch.setattr(store, "commit", commit)
            raise StaleVersion(1, 2)
        return commit(unit)  # type: ignore[arg-type]

    asked = []
    monkeypatch.setattr(store, "commit", stumble)
    keep(store, made, actor="ada", beside=lambda: asked.append(1) or [a_message()])
    assert asked == [1, 1]
    versions = {
        entry.version
        for entry in store.audit()
        if entry.kind in {Message.kind, StoredReport.kind, ReportContent.kind}
    }
    assert versions == {store.version()}


def test_the_newest_comes_first(store: GraphStore, clock: Clock, made: Made) -> None:
    year_before = Order("Board", Period(date(2025, 10, 1), date(2025, 12, 31)))
    keep(store, made, actor="ada")
    keep(store, make(store, MAKER, year_before, actor="ada", now=clock()), actor="ada")
    assert [each.as_of.month for each in stored_reports(store)] == [3, 12]


def test_an_id_that_is_none_is_refused(store: GraphStore) -> None:
    with pytest.raises(UnknownReport, match="gofar reports list"):
        stored_report(store, "<script>" * 200)


def test_a_report_is_proved_against_the_network_of_its_version(
    store: GraphStore, made: Made
) -> None:
    keep(store, made, actor="ada")
    grow(store, "Third", datetime(2026, 5, 1, tzinfo=UTC))
    grow(store, "First", datetime(2026, 5, 2, tzinfo=UTC), name="Renamed")
    proof = prove(store, made.report, MAKER)
    assert proof.holds
    assert proof.is_same_report
    lying = replace(made.report, network_version=1)
    assert not prove(store, lying, MAKER).is_same_network


def test_a_tampered_content_is_noticed(store: GraphStore, made: Made) -> None:
    keep(store, made, actor="ada")
    content = made.contents[0]
    write(store, replace(content, content=content.content.replace("Second", "Forged")))
    assert not prove(store, made.report, MAKER).is_whole
    with pytest.raises(StoreCorrupt, match="not there as it was written"):
        content_of(store, made.report, MAKER)
    assert content_of(store, made.report, MAKER, public=True)


def test_words_that_are_none_are_noticed(made: Made) -> None:
    for words in ("[]", "{", "7"):
        with pytest.raises(StoreCorrupt):
            words_of(replace(made.report, words=words))


def test_only_a_published_report_replaces_another(made: Made) -> None:
    right = replace(made.report, id="right", replaces_id=made.report.id)
    assert replaced_by(made.report, [right]) is None
    published = replace(right, state=ReportState.PUBLISHED)
    assert replaced_by(made.report, [made.report, published]) == published
