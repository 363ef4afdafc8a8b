"""Words that nothing covers: what they mean, and reading the descriptions with that."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import seeds
from builders import organisation
from graph.contract import GraphStore
from graph.errors import InputError
from graph.model import (
    Answer,
    ImportRecord,
    ImportState,
    Project,
    Question,
    Theme,
    Verdict,
    Visibility,
    WorksOn,
)
from graph.testing.samples import write
from import_files import content
from seeds.decisions import Decisions
from seeds.terms import vocabulary
from seeds.upkeep import (
    ignore_words,
    map_words,
    reject,
    reread,
    term_labels,
    unmapped_words,
)
from seeds.upkeep.words import term_named
from upkeep_world import ADA, TODAY, TOLD

TEXT = "We zorble together every Tuesday."
GROUPS = tuple(organisation(f"Group {n}", description=TEXT) for n in range(3))
QUIET = organisation("Quiet", description="We meet.")
THEME = next(iter(vocabulary("theme")))
OTHER = next(term for term in vocabulary("theme") if term.parent)


@pytest.fixture(autouse=True)
def world(store: GraphStore) -> None:
    write(store, *GROUPS, QUIET)


def found(store: GraphStore) -> list[str]:
    texts = [(each.id, each.description) for each in GROUPS]
    return [word.words for word in unmapped_words(store, texts)]


def test_a_word_that_stands_in_many_descriptions_is_listed(store: GraphStore) -> None:
    assert "zorble" in found(store)


def test_a_mapped_word_is_read_out_of_the_descriptions_at_once(store: GraphStore) -> None:
    done = map_words(store, ["  Zorble "], THEME.id, ADA, TODAY)

    ties = list(store.relationships(WorksOn, to_ids=[THEME.id]))
    assert sorted(tie.from_id for tie in ties) == [group.id for group in GROUPS]
    assert all(tie.provenance.inferred for tie in ties)
    assert {tie.provenance.basis for tie in ties} == {'words: "zorble"'}
    assert {tie.provenance.source for tie in ties} == {GROUPS[0].provenance.source}
    (verdict,) = store.records(Verdict)
    assert (verdict.question, verdict.subject, verdict.other, verdict.answer) == (
        *(Question.WORD, "zorble", THEME.id, Answer.CONFIRMED),
    )
    assert Decisions.of(store).words == {"zorble": THEME.id}
    assert done.what == f"Said that “zorble” means {THEME.label}: 3 facts worked out"
    assert "zorble" not in found(store)


def test_the_term_comes_with_what_it_is_part_of(store: GraphStore) -> None:
    map_words(store, ["zorble"], OTHER.id, ADA, TODAY)
    term = store.record(Theme, OTHER.id)
    assert term is not None
    assert store.record(Theme, term.parent_id) is not None


def test_mapping_is_undone_as_a_whole(store: GraphStore) -> None:
    before = content(store)
    done = map_words(store, ["zorble"], THEME.id, ADA, TODAY)
    (record,) = store.records(ImportRecord)
    assert record.state is ImportState.APPLIED
    seeds.undo(store, done.import_id, ADA)
    assert content(store) == before
    assert not list(store.records(Verdict))
    assert "zorble" in found(store)


def test_mapping_twice_changes_nothing(store: GraphStore) -> None:
    map_words(store, ["zorble"], THEME.id, ADA, TODAY)
    version = store.version()
    assert map_words(store, ["ZORBLE"], THEME.id, ADA, TODAY).import_id == ""
    assert reread(store, ADA, TODAY).import_id == ""
    assert store.version() == version


def test_what_was_rejected_is_not_worked_out_again(store: GraphStore) -> None:
    map_words(store, ["zorble"], THEME.id, ADA, TODAY)
    (tie, *_) = store.relationships(WorksOn, to_ids=[THEME.id])
    reject(store, [tie.id], ADA, TODAY)
    reread(store, ADA, TODAY)
    map_words(store, ["zorbles"], THEME.id, ADA, TODAY)
    assert store.record(WorksOn, tie.id) is None


def test_reading_again_finds_what_new_records_say(store: GraphStore) -> None:
    map_words(store, ["zorble"], THEME.id, ADA, TODAY)
    late = organisation("Late", description=TEXT)
    project = Project(id="project-z", name="Z", description=TEXT, provenance=TOLD)
    write(store, late, project)
    heard: list[tuple[int, int | None]] = []
    done = reread(store, ADA, TODAY, progress=lambda at, of, _: heard.append((at, of)))
    assert done.changed == 2
    assert {tie.from_id for tie in store.relationships(WorksOn, to_ids=[THEME.id])} >= {
        late.id,
        project.id,
    }
    assert heard[-1] == (6, 6)


def test_a_private_description_gives_private_ties(store: GraphStore) -> None:
    told = replace(TOLD, visibility=Visibility.PRIVATE)
    write(store, organisation("Own", description=TEXT, provenance=told))
    map_words(store, ["zorble"], THEME.id, ADA, TODAY)
    (tie,) = store.relationships(WorksOn, from_ids=["org-Own"])
    assert tie.provenance.visibility is Visibility.PRIVATE


def test_a_word_that_means_nothing_is_listed_no_more(store: GraphStore) -> None:
    done = ignore_words(store, ["zorble"], ADA, TODAY)
    assert "zorble" not in found(store)
    assert Decisions.of(store).ignored == {"zorble"}
    seeds.undo(store, done.import_id, ADA)
    assert "zorble" in found(store)


def test_a_word_from_elsewhere_covers_part_of_a_listed_phrase(store: GraphStore) -> None:
    texts = [(str(number), "zorble wumping") for number in range(3)]
    (phrase,) = unmapped_words(store, texts)
    assert phrase.words == "zorble wumping"
    map_words(store, ["zorble"], THEME.id, ADA, TODAY)
    assert [word.words for word in unmapped_words(store, texts)] == ["wumping"]


@pytest.mark.parametrize(("phrase", "term"), [("...", THEME.id), ("", THEME.id), ("x", "no-term")])
def test_what_can_not_be_mapped_is_refused(store: GraphStore, phrase: str, term: str) -> None:
    version = store.version()
    with pytest.raises(InputError):
        map_words(store, [phrase], term, ADA, TODAY)
    assert store.version() == version


def test_every_label_that_is_offered_names_one_term() -> None:
    labels = term_labels()
    assert len(labels) == len({*labels})
    assert len({term_named(label).id for label in labels}) == len(labels)


def test_a_name_that_two_kinds_share_must_say_which() -> None:
    kinds = (" (skill)", " (theme)", " (community)")
    shared = {label.rpartition(" (")[0] for label in term_labels() if label.endswith(kinds)}
    for name in shared:
        with pytest.raises(InputError, match="can mean"):
            term_named(name)


def test_a_crash_between_parts_leaves_a_reading_that_is_undone(
    store: GraphStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("seeds.upkeep.words._READ_AT_ONCE", 1)

    def fail(done: int, total: int | None, what: str) -> None:
        if done == 2:
            raise KeyboardInterrupt

    map_words(store, ["zorble"], THEME.id, ADA, TODAY)
    write(store, *(organisation(f"More {n}", description=TEXT) for n in range(3)))
    before = content(store)
    with pytest.raises(KeyboardInterrupt):
        reread(store, ADA, TODAY, progress=lambda at, of, what: fail(at - 3, of, what))
    cut = [each for each in store.records(ImportRecord) if each.state is ImportState.APPLYING]
    assert len(cut) == 1
    seeds.undo(store, cut[0].id, ADA)
    assert content(store) == before
