from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import pytest

from graph.contract import GraphStore
from graph.model import (
    Answer,
    Fact,
    Merge,
    MergeState,
    Organisation,
    Provenance,
    Question,
    Relationship,
    Theme,
    Verdict,
    WorksOn,
)
from graph.testing.samples import write
from import_files import ACTOR, TODAY
from seeds.decisions import Decisions
from seeds.merging import Outcome
from seeds.reading.reader import Head, Reader
from seeds.sources.base import Context, Item, Recognition, Source
from seeds.staging import Findings, Staging

TOLD = Provenance(source="list: a.csv", asserted_by=ACTOR, first_seen=TODAY, last_confirmed=TODAY)
GUESSED = replace(TOLD, inferred=True, confidence=0.6, basis='words: "choir"')
SINGERS = Organisation(id="org-s", name="Singers", provenance=TOLD)
CHOIR = Organisation(id="org-c", name="Choir", website="choir.example", provenance=TOLD)
MUSIC = Theme(id="theme-m", name="Music", provenance=TOLD)


def works_on(provenance: Provenance, organisation: Organisation = SINGERS) -> WorksOn:
    return WorksOn(from_id=organisation.id, to_id=MUSIC.id, provenance=provenance)


def verdict(question: Question, subject: str, answer: Answer, other: str = "") -> Verdict:
    return Verdict(
        question=question,
        subject=subject,
        other=other,
        answer=answer,
        decided_by=ACTOR,
        decided_on=TODAY,
    )


def merge(merged: str, kept: str, **more: object) -> Merge:
    values: dict[str, object] = {
        "id": f"merge-{merged}",
        "kept_id": kept,
        "merged_id": merged,
        "merged_name": merged,
        "merged_source": "s",
        "decided_by": ACTOR,
        "decided_on": TODAY,
        **more,
    }
    return Merge(**values)  # type: ignore[arg-type]


class Given(Source):
    """A source that yields what it was given."""

    name: ClassVar[str] = "given"
    title: ClassVar[str] = "given records"

    def __init__(self, *facts: Fact) -> None:
        self.facts = facts

    def recognises(self, heads: Sequence[Head]) -> Recognition:
        return Recognition(1.0)

    def records(self, reader: Reader, context: Context) -> Iterator[Item]:
        yield from self.facts


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    file = tmp_path / "a.csv"
    file.write_text("name\na\n", encoding="utf-8")
    with Reader([file]) as opened:
        yield opened


def staged(reader: Reader, store: GraphStore, *facts: Fact) -> tuple[Staging, list[Fact]]:
    """Bring facts in; return the pass and what it wrote."""
    staging = Staging(
        Given(*facts),
        reader,
        store,
        Findings(),
        actor=ACTOR,
        asserted_on=TODAY,
        options={},
        only_add=False,
    )
    written: list[Fact] = []
    for batch in staging.batches():
        changed = [
            change.after
            for change in staging.compare(batch)
            if change.outcome is not Outcome.NOTHING
        ]
        write(store, *changed)
        written += changed
    return staging, written


def test_what_was_rejected_does_not_come_back(reader: Reader, store: GraphStore) -> None:
    tie = works_on(GUESSED)
    write(store, verdict(Question.INFERENCE, tie.id, Answer.REJECTED))

    staging, written = staged(reader, store, SINGERS, MUSIC, tie)

    assert written == [SINGERS, MUSIC]
    assert staging.findings.skipped.total() == 1


def test_a_rejection_holds_for_a_merged_organisation_too(reader: Reader, store: GraphStore) -> None:
    tie = works_on(GUESSED)
    write(store, SINGERS, merge(CHOIR.id, SINGERS.id))
    write(store, verdict(Question.INFERENCE, tie.id, Answer.REJECTED))

    written = staged(reader, store, MUSIC, works_on(GUESSED, CHOIR))[1]

    assert written == [MUSIC]


@pytest.mark.parametrize("provenance", [TOLD, GUESSED])
def test_what_is_no_longer_so_does_not_come_back(
    reader: Reader, store: GraphStore, provenance: Provenance
) -> None:
    tie = works_on(provenance)
    write(store, verdict(Question.TIE, tie.id, Answer.REJECTED))

    staging, written = staged(reader, store, SINGERS, MUSIC, tie)

    assert written == [SINGERS, MUSIC]
    assert staging.findings.skipped == {"somebody said that it is no longer so": 1}


def test_a_rejected_guess_may_still_be_told(reader: Reader, store: GraphStore) -> None:
    tie = works_on(TOLD)
    write(store, verdict(Question.INFERENCE, tie.id, Answer.REJECTED))

    assert tie in staged(reader, store, SINGERS, MUSIC, tie)[1]


def test_a_confirmed_guess_stays_told(reader: Reader, store: GraphStore) -> None:
    confirmed = works_on(replace(TOLD, source="told by ada"))
    write(store, SINGERS, MUSIC, confirmed)

    staged(reader, store, SINGERS, MUSIC, works_on(GUESSED))

    assert list(store.records(WorksOn)) == [confirmed]


def test_of_two_guesses_the_surer_stands(reader: Reader, store: GraphStore) -> None:
    surer = works_on(replace(GUESSED, confidence=0.8, basis='words: "choral society"'))
    write(store, SINGERS, MUSIC, works_on(GUESSED))

    staged(reader, store, surer)
    staged(reader, store, works_on(replace(GUESSED, confidence=0.5, basis='words: "song"')))

    assert list(store.records(WorksOn)) == [surer]


def test_what_speaks_of_a_merged_organisation_speaks_of_the_kept_one(
    reader: Reader, store: GraphStore
) -> None:
    write(store, SINGERS, merge(CHOIR.id, SINGERS.id))

    staged(reader, store, CHOIR, MUSIC, works_on(TOLD, CHOIR))

    (known,) = store.records(Organisation)
    assert (known.id, known.name, known.website) == ("org-s", "Singers", "choir.example")
    assert known.other_names == ("Choir",)
    (tie,) = store.records(WorksOn)
    assert tie.from_id == "org-s"


def test_a_files_own_row_of_the_kept_one_comes_first(reader: Reader, store: GraphStore) -> None:
    write(store, SINGERS, merge(CHOIR.id, SINGERS.id))
    renamed = replace(SINGERS, website="singers.example")

    staged(reader, store, CHOIR, renamed)

    (known,) = store.records(Organisation)
    assert known.website == "singers.example"


def test_importing_both_of_a_merged_pair_again_changes_nothing(
    reader: Reader, store: GraphStore
) -> None:
    kept = replace(SINGERS, other_names=("Choir",), website="choir.example")
    write(store, kept, MUSIC, works_on(TOLD), merge(CHOIR.id, SINGERS.id))

    assert staged(reader, store, CHOIR, MUSIC, works_on(TOLD, CHOIR))[1] == []


def test_aliases_follow_chains_and_forget_what_was_undone(store: GraphStore) -> None:
    undone = merge("d", "a", state=MergeState.UNDONE)
    write(store, merge("a", "b"), merge("b", "c"), undone)

    assert Decisions.of(store).aliases == {"a": "c", "b": "c"}


def test_decisions_are_read_by_what_was_asked(store: GraphStore) -> None:
    write(
        store,
        verdict(Question.PAIR, "b", Answer.REJECTED, other="a"),
        verdict(Question.WORD, "knit and natter", Answer.CONFIRMED, other="theme-m"),
        verdict(Question.WORD, "misc", Answer.REJECTED),
    )

    found = Decisions.of(store)

    assert found.distinct == {("a", "b")}
    assert found.words == {"knit and natter": "theme-m"}
    assert found.ignored == {"misc"}


def test_a_new_answer_replaces_the_old_one(store: GraphStore) -> None:
    for answer in (Answer.REJECTED, Answer.CONFIRMED):
        write(store, verdict(Question.INFERENCE, "works_on-1", answer))

    assert [given.answer for given in store.records(Verdict)] == [Answer.CONFIRMED]


def test_ties_are_the_same_whichever_name_is_used(reader: Reader, store: GraphStore) -> None:
    write(store, SINGERS, MUSIC, works_on(TOLD), merge(CHOIR.id, SINGERS.id))
    redirected: Relationship = works_on(TOLD, CHOIR)

    staged(reader, store, redirected)

    assert [tie.id for tie in store.records(WorksOn)] == [works_on(TOLD).id]
