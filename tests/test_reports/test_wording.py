"""What a coordinator writes over never carries to the public what is kept from them."""

from __future__ import annotations

import pytest

from graph.contract import GraphStore
from graph.errors import InputError
from graph.model import StoredReport
from reporting_world import MAKER, Clock
from reports import steps
from reports.keeping import keep, stored_report, words_of
from reports.making import Order, make
from reports.periods import period_said
from reports.wording import blocks_of, read_as, words_for

HEADLINE, LEAD = "finding.size.headline", "section.opening.lead"


@pytest.fixture
def report(store: GraphStore, clock: Clock) -> StoredReport:
    order = Order("Board", period_said("2026-Q1", clock().date()))
    made = make(store, MAKER, order, actor="ada", now=clock())
    keep(store, made, actor="ada")
    return made.report


def written(store: GraphStore, report: StoredReport, **words: str) -> StoredReport:
    texts = {
        {"headline": HEADLINE, "lead": LEAD}.get(key, key): text for key, text in words.items()
    }
    return steps.edit_words(store, MAKER, report.id, texts, actor="ada")


def test_the_public_has_blocks_of_its_own_where_its_text_differs(
    store: GraphStore, report: StoredReport
) -> None:
    assert blocks_of(store, report, MAKER) == {
        LEAD: "As of 2026-03-31.",
        HEADLINE: "There are 2 organisations",
        f"public.{HEADLINE}": "There are 0 organisations",
    }


def test_words_over_what_all_may_read_stand_for_all(
    store: GraphStore, report: StoredReport
) -> None:
    done = written(store, report, lead="Spring.")
    for public in (False, True):
        assert words_for(store, done, MAKER, public=public) == {LEAD: "Spring."}


def test_words_over_what_is_kept_from_the_public_stay_with_the_coordinators(
    store: GraphStore, report: StoredReport
) -> None:
    done = written(store, report, headline="There are 2 organisations!")
    assert words_for(store, done, MAKER, public=True) == {}
    content, words = read_as(store, done, MAKER, public=True)
    assert "There are 0 organisations<" in MAKER.to_html(content, words)
    assert words_for(store, done, MAKER, public=False) == {HEADLINE: "There are 2 organisations!"}


def test_the_public_text_is_written_by_itself(store: GraphStore, report: StoredReport) -> None:
    texts = {f"public.{HEADLINE}": "A few organisations.", HEADLINE: "Two."}
    done = steps.edit_words(store, MAKER, report.id, texts, actor="ada")
    assert words_for(store, done, MAKER, public=True) == {HEADLINE: "A few organisations."}
    assert words_for(store, done, MAKER, public=False) == {HEADLINE: "Two."}
    steps.edit_words(store, MAKER, report.id, {f"public.{HEADLINE}": " "}, actor="ada")
    assert words_of(stored_report(store, report.id)) == {HEADLINE: "Two."}


def test_a_public_block_that_is_none_is_refused(store: GraphStore, report: StoredReport) -> None:
    with pytest.raises(InputError):
        steps.edit_words(store, MAKER, report.id, {"public.nowhere": "x"}, actor="ada")
