"""Confirming and rejecting what was worked out, and what was told."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import seeds
from graph.audit import Action
from graph.contract import GraphStore
from graph.errors import InvalidRecord
from graph.model import (
    Answer,
    Collaboration,
    ImportRecord,
    Offer,
    Organisation,
    Question,
    Verdict,
    WorksOn,
)
from graph.stores import open_store
from graph.testing.samples import erase, write
from import_files import bring_in, content, preview
from seeds.merging import Authorities
from seeds.sources import SOURCES
from seeds.upkeep import confirm, reject
from upkeep_world import (
    ADA,
    BEA,
    GUESS,
    GUESSED_OFFER,
    OFFER,
    OLD,
    PARTNERS,
    SINGERS,
    TODAY,
    WORLD,
)


@pytest.fixture(autouse=True)
def world(store: GraphStore) -> None:
    write(store, *WORLD)


def test_what_was_worked_out_becomes_told_by_whoever_confirms_it(store: GraphStore) -> None:
    done = confirm(store, [GUESS.id], ADA, TODAY)

    tie = store.record(WorksOn, GUESS.id)
    assert tie is not None
    told = tie.provenance
    assert (told.inferred, told.confidence, told.basis) == (False, 1.0, "")
    assert (told.asserted_by, told.first_seen, told.last_confirmed) == (ADA, OLD, TODAY)
    assert (done.changed, done.what) == (1, "Confirmed 1 fact")
    (verdict,) = store.records(Verdict)
    assert (verdict.question, verdict.answer) == (Question.INFERENCE, Answer.CONFIRMED)
    assert (verdict.subject, verdict.decided_by, verdict.decided_on) == (GUESS.id, ADA, TODAY)


def test_a_confirmed_fact_has_the_rank_of_a_person_and_its_old_source(store: GraphStore) -> None:
    confirm(store, [GUESS.id], ADA, TODAY)
    tie = store.record(WorksOn, GUESS.id)
    assert tie is not None
    ranks = Authorities({source.name: source.authority for source in SOURCES})
    assert ranks.of(tie.provenance) > max(source.authority for source in SOURCES)
    assert GUESS.provenance.source in tie.provenance.source


def test_of_what_was_told_only_the_day_moves(store: GraphStore) -> None:
    confirm(store, [OFFER.id], ADA, TODAY)
    moved = replace(OFFER, provenance=replace(OFFER.provenance, last_confirmed=TODAY))
    assert store.record(Offer, OFFER.id) == moved
    assert not list(store.records(Verdict))


def test_what_was_worked_out_goes_when_it_is_rejected(store: GraphStore) -> None:
    done = reject(store, [GUESS.id], ADA, TODAY, "they stopped singing")
    assert store.record(WorksOn, GUESS.id) is None
    (verdict,) = store.records(Verdict)
    assert (verdict.question, verdict.answer) == (Question.INFERENCE, Answer.REJECTED)
    assert verdict.reason == "they stopped singing"
    entries = list(store.audit(import_id=done.import_id))
    assert [entry.record_id for entry in entries if entry.action is Action.DELETE] == [GUESS.id]


def test_a_told_tie_ends_where_it_can(store: GraphStore) -> None:
    reject(store, [PARTNERS.id], ADA, TODAY)
    tie = store.record(Collaboration, PARTNERS.id)
    assert tie is not None
    assert tie.until == date(2026, 11, 1)
    assert tie.provenance.asserted_by == ADA


def test_a_told_tie_that_begins_later_goes_instead(store: GraphStore) -> None:
    planned = replace(PARTNERS, since=date(2027, 1, 1))
    write(store, planned)
    reject(store, [planned.id], ADA, TODAY)
    assert store.record(Collaboration, planned.id) is None


def test_a_told_tie_that_can_not_end_goes_and_is_remembered(store: GraphStore) -> None:
    reject(store, [OFFER.id], ADA, TODAY)
    assert store.record(Offer, OFFER.id) is None
    (verdict,) = store.records(Verdict)
    assert (verdict.question, verdict.subject) == (Question.TIE, OFFER.id)


def test_many_are_answered_at_once_and_undone_at_once(store: GraphStore) -> None:
    before = content(store)
    done = reject(store, [GUESS.id, GUESSED_OFFER.id, OFFER.id, PARTNERS.id], ADA, TODAY)
    assert done.changed == 4
    assert content(store) != before

    result = seeds.undo(store, done.import_id, BEA)

    assert result.kept_count == 0
    assert content(store) == before
    assert not list(store.records(Verdict))


def test_a_confirmation_is_undone(store: GraphStore) -> None:
    before = content(store)
    done = confirm(store, [GUESS.id, OFFER.id], ADA, TODAY)
    seeds.undo(store, done.import_id, ADA)
    assert content(store) == before
    assert not list(store.records(Verdict))


def test_undoing_does_not_bring_back_a_tie_to_what_is_gone(store: GraphStore) -> None:
    done = reject(store, [GUESS.id, OFFER.id], ADA, TODAY)
    erase(store, "organisation", SINGERS.id)
    result = seeds.undo(store, done.import_id, ADA)
    assert [(kept.id, kept.reason) for kept in result.kept] == [
        (GUESS.id, "what it ties is no longer there")
    ]
    assert store.record(Offer, OFFER.id) is not None


def test_ids_of_nothing_are_told_and_the_others_answered(store: GraphStore) -> None:
    nothing = ["works_on-000000", "organisation-x", "x", "", SINGERS.id]
    done = confirm(store, [*nothing, GUESS.id, GUESS.id], ADA, TODAY)
    assert done.missing == tuple(nothing)
    assert done.changed == 1


def test_nothing_to_change_writes_nothing(store: GraphStore) -> None:
    confirm(store, [GUESS.id], ADA, TODAY)
    version = store.version()
    assert confirm(store, [GUESS.id], ADA, TODAY).import_id == ""
    assert reject(store, ["works_on-0"], ADA, TODAY).import_id == ""
    assert store.version() == version


def test_a_reason_that_is_too_long_writes_nothing(store: GraphStore) -> None:
    version = store.version()
    with pytest.raises(InvalidRecord, match="reason"):
        reject(store, [GUESS.id], ADA, TODAY, "x" * 501)
    assert store.version() == version


def test_a_name_with_a_colon_does_not_pass_for_a_source(store: GraphStore) -> None:
    confirm(store, [GUESS.id], "template: evil", TODAY)
    tie = store.record(WorksOn, GUESS.id)
    assert tie is not None
    ranks = Authorities({source.name: source.authority for source in SOURCES})
    assert ranks.of(tie.provenance) > max(source.authority for source in SOURCES)


# --- beside others, and beside imports: one kind of store is enough ------------------------


@contextmanager
def filled(folder: Path) -> Iterator[GraphStore]:
    with open_store(f"sqlite:///{folder / 'gofar.db'}") as opened:
        write(opened, *WORLD)
        yield opened


def test_two_people_at_once_lose_no_answer(tmp_path: Path) -> None:
    ties = [
        replace(GUESS, id="", to_id=f"theme-{number}", provenance=GUESS.provenance)
        for number in range(40)
    ]
    with filled(tmp_path) as store:
        themes = [replace(WORLD[3], id=tie.to_id, name=tie.to_id) for tie in ties]
        write(store, *themes, *ties)
        faults: list[BaseException] = []

        def answer(mine: list[WorksOn], actor: str) -> None:
            try:
                for tie in mine:
                    confirm(store, [tie.id], actor, TODAY)
            except BaseException as error:
                faults.append(error)

        threads = [
            threading.Thread(target=answer, args=(ties[start::2], name))
            for start, name in enumerate((ADA, BEA))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert faults == []
        found = [store.record(WorksOn, tie.id) for tie in ties]
        assert {tie.provenance.asserted_by for tie in found if tie} == {ADA, BEA}
        assert not any(tie is None or tie.provenance.inferred for tie in found)
        assert len(list(store.records(ImportRecord))) == 40


MEMBERS = "Id,Name,Themes\norg-s,Singers,Arts; Sport\norg-k,Kitchen,Arts\n"
OFFERS = "Organisation,Skill,Offers or needs,Level\nSingers,Bookkeeping,offers,2\n"


@given(
    chosen=st.lists(st.tuples(st.integers(0, 6), st.booleans()), max_size=6),
    data_again=st.booleans(),
)
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_answers_are_idempotent_and_outlive_the_same_import(
    tmp_path_factory: pytest.TempPathFactory,
    chosen: list[tuple[int, bool]],
    data_again: bool,
) -> None:
    folder = tmp_path_factory.mktemp("answers")
    files = [folder / "organisations.csv", folder / "offers.csv"]
    files[0].write_text(MEMBERS, encoding="utf-8")
    files[1].write_text(OFFERS, encoding="utf-8")
    with open_store("sqlite:///:memory:") as store:
        bring_in(files, store)
        write(store, *WORLD)
        ties = [
            *(GUESS.id, GUESSED_OFFER.id, OFFER.id, PARTNERS.id),
            *(tie.id for tie in store.records(WorksOn) if tie.id != GUESS.id),
        ]
        answers = [(ties[number % len(ties)], is_so) for number, is_so in chosen]
        for tie, is_so in answers:
            (confirm if is_so else reject)(store, [tie], ADA, TODAY)
        settled = content(store)
        last = dict(answers)
        for tie, is_so in last.items():
            (confirm if is_so else reject)(store, [tie], BEA, TODAY)
        assert content(store) == settled
        if data_again:  # other bytes, so that it is another import
            files[0].write_text(MEMBERS + "\n", encoding="utf-8")
        again = preview(files, store)
        seeds.apply(again, store)
        assert content(store) == settled


def test_a_confirmed_organisation_tie_survives_undoing_its_import(tmp_path: Path) -> None:
    file = tmp_path / "organisations.csv"
    file.write_text("Id,Name,Themes\norg-n,Newcomers,Arts\n", encoding="utf-8")
    with filled(tmp_path) as store:
        record = bring_in(file, store)
        (tie,) = store.relationships(WorksOn, from_ids=["org-n"])
        confirm(store, [tie.id], ADA, date(2027, 1, 1))
        seeds.undo(store, record.id, ADA)
        assert store.record(WorksOn, tie.id) is not None
        assert store.record(Organisation, "org-n") is not None
