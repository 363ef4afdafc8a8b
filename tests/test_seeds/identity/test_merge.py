"""Two made one, and taken apart again: nothing is lost, and imports heed it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import seeds
from builders import TOLD, collaboration, need, offer, organisation, skill, told
from graph.contract import CommitResult, GraphStore, Transaction
from graph.errors import Conflict, InputError, UnknownOrganisation
from graph.model import (
    KINDS,
    RELATIONSHIP_KINDS,
    Answer,
    DeclineReason,
    Fact,
    Funding,
    Introduction,
    IntroductionState,
    Merge,
    MergeState,
    NotWith,
    Offer,
    Organisation,
    Question,
    Relationship,
    Verdict,
    Visibility,
)
from graph.stores import open_store
from graph.stores.sqlite.store import SQLiteStore
from graph.testing.hooks import FEW
from graph.testing.samples import write
from graph.testing.strategies import worlds
from graph.vetoes import barred_pairs
from import_files import ACTOR, TODAY, bring_in, content
from seeds.decisions import Decisions
from seeds.identity import merge, split, tell_apart, unmerge

LATER = replace(TOLD, source="template: later.xlsx", last_confirmed=date(2026, 10, 1))


@pytest.fixture(params=["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def any_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[GraphStore]:
    if request.param == "neo4j":
        url = request.getfixturevalue("clean_neo4j")
    else:
        url = f"sqlite:///{tmp_path / 'gofar.db'}"
    with open_store(url) as store:
        yield store


def pair() -> tuple[Fact, ...]:
    """Return a choir that is known twice, with ties that differ, agree and lie between the two."""
    return (
        organisation("kept", name="Tansy Choir", external_ids=("GB-CHC-1000001",), income=5.0),
        organisation(
            "gone",
            name="Tansy Singers",
            external_ids=("360G-a-1",),
            website="tansy.example",
            other_names=("The Singers",),
        ),
        organisation("fund"),
        *(skill(name) for name in ("vans", "bids")),
        offer("kept", "vans", level=3),
        replace(offer("gone", "vans", level=1), provenance=LATER),
        need("gone", "bids"),
        collaboration("kept", "gone"),
        collaboration("gone", "fund", how="referrals"),
        Funding(from_id="org-fund", to_id="org-gone", grant_id="g1", provenance=TOLD),
    )


def made_one(store: GraphStore) -> Merge:
    return merge(store, "org-kept", "org-gone", actor=ACTOR, today=TODAY, reason="same choir")


def test_a_merge_keeps_every_id_name_and_tie(any_store: GraphStore) -> None:
    write(any_store, *pair())
    record = made_one(any_store)

    assert any_store.record(Organisation, "org-gone") is None
    kept = any_store.record(Organisation, "org-kept")
    assert kept is not None
    assert kept.name == "Tansy Choir"
    assert set(kept.other_names) == {"Tansy Singers", "The Singers"}
    assert set(kept.external_ids) == {"GB-CHC-1000001", "360G-a-1"}
    assert (kept.income, kept.website) == (5.0, "tansy.example")
    (given_skill,) = any_store.relationships(Offer, from_ids=["org-kept"])
    assert given_skill.provenance.last_confirmed == LATER.last_confirmed
    assert given_skill.provenance.first_seen == min(TOLD.first_seen, LATER.first_seen)
    ties = {
        (tie.kind, tie.from_id, tie.to_id)
        for kind in RELATIONSHIP_KINDS
        for tie in any_store.records(kind)
    }
    assert ties == {
        ("offers", "org-kept", "cap-vans"),
        ("needs", "org-kept", "cap-bids"),
        ("collaborates_with", "org-fund", "org-kept"),
        ("funds", "org-fund", "org-kept"),
    }
    entries = list(any_store.audit(import_id=record.id))
    assert {entry.actor for entry in entries} == {ACTOR}
    assert Decisions.of(any_store).aliases == {"org-gone": "org-kept"}


@pytest.mark.parametrize(
    ("kept_until", "gone_until", "until"),
    [
        (date(2025, 1, 1), None, None),
        (None, date(2025, 1, 1), None),
        (date(2025, 1, 1), date(2027, 1, 1), date(2027, 1, 1)),
    ],
)
def test_no_veto_ends_early_by_a_merge(
    store: GraphStore, kept_until: date | None, gone_until: date | None, until: date | None
) -> None:
    ends = {"kept": kept_until, "gone": gone_until}
    vetoes = (
        NotWith(from_id=f"org-{name}", to_id="org-fund", until=end, provenance=TOLD)
        for name, end in ends.items()
    )
    write(store, *pair(), *vetoes)
    made_one(store)
    (veto,) = store.records(NotWith)
    assert (veto.from_id, veto.until) == ("org-kept", until)
    assert barred_pairs(store.snapshot(), date(2026, 6, 1)) == {("org-fund", "org-kept")}


@pytest.mark.parametrize("declined", ["kept", "gone"])
def test_a_decline_outlasts_a_merge_just_as_it_was_told(store: GraphStore, declined: str) -> None:
    (met,) = {"kept", "gone"} - {declined}
    decline = Introduction(
        from_id=f"org-{declined}",
        to_id="org-fund",
        state=IntroductionState.DECLINED,
        reason=DeclineReason.TOO_FAR,
        decided_on=date(2026, 5, 1),
        provenance=TOLD,
    )
    meeting = replace(
        decline,
        id="",
        from_id=f"org-{met}",
        state=IntroductionState.MET,
        reason=DeclineReason.NOT_SAID,
        words="a good talk",
    )
    write(store, *pair(), decline, meeting)
    made_one(store)
    (stands,) = store.records(Introduction)
    assert stands == replace(decline, id="", from_id="org-kept")
    assert barred_pairs(store.snapshot(), date(2026, 6, 1)) == {("org-fund", "org-kept")}


def test_a_merge_taken_back_leaves_things_as_they_were(any_store: GraphStore) -> None:
    write(any_store, *pair())
    before = content(any_store)
    record = made_one(any_store)
    assert content(any_store) != before

    result = unmerge(any_store, record.id, actor=ACTOR)

    assert content(any_store) == before
    assert result.kept == []
    assert any_store.record(Merge, record.id) == replace(record, state=MergeState.UNDONE)
    assert Decisions.of(any_store).aliases == {}
    with pytest.raises(InputError, match="taken back already"):
        unmerge(any_store, record.id, actor=ACTOR)


def test_what_changed_since_stays_and_is_listed(store: GraphStore) -> None:
    write(store, *pair())
    record = made_one(store)
    kept = store.record(Organisation, "org-kept")
    assert kept is not None
    write(store, replace(kept, description="Sings.", website="new.example"))

    result = unmerge(store, record.id, actor=ACTOR)

    kept = store.record(Organisation, "org-kept")
    gone = store.record(Organisation, "org-gone")
    assert kept is not None
    assert gone is not None
    assert (kept.description, kept.website) == ("Sings.", "new.example")
    assert kept.external_ids == ("GB-CHC-1000001",)
    assert gone.external_ids == ("360G-a-1",)
    assert [each.id for each in result.kept] == ["org-kept"]


def test_an_id_that_somebody_else_got_since_is_not_taken_from_them(store: GraphStore) -> None:
    write(store, *pair())
    record = made_one(store)
    kept = store.record(Organisation, "org-kept")
    assert kept is not None
    write(store, replace(kept, external_ids=("GB-CHC-1000001",)))
    write(store, organisation("third", external_ids=("360G-a-1",)))

    result = unmerge(store, record.id, actor=ACTOR)

    gone = store.record(Organisation, "org-gone")
    assert gone is not None
    assert gone.external_ids == ()
    assert "org-third" in {each.id for each in result.kept}


def test_merges_can_follow_each_other_and_go_back_in_turn(store: GraphStore) -> None:
    write(store, *pair(), organisation("top"))
    before = content(store)
    first = made_one(store)
    second = merge(store, "org-top", "org-kept", actor=ACTOR, today=TODAY)
    assert Decisions.of(store).aliases == {"org-gone": "org-top", "org-kept": "org-top"}
    with pytest.raises(Conflict, match="part of another"):
        unmerge(store, first.id, actor=ACTOR)
    unmerge(store, second.id, actor=ACTOR)
    unmerge(store, first.id, actor=ACTOR)
    assert content(store) == before


def test_a_neighbour_that_was_merged_since_goes_back_first(store: GraphStore) -> None:
    write(store, *pair(), organisation("top"))
    before = content(store)
    first = made_one(store)
    second = merge(store, "org-top", "org-fund", actor=ACTOR, today=TODAY)
    with pytest.raises(Conflict, match="part of another") as refused:
        unmerge(store, first.id, actor=ACTOR)
    assert second.id in refused.value.remedy
    unmerge(store, second.id, actor=ACTOR)
    unmerge(store, first.id, actor=ACTOR)
    assert content(store) == before


def test_a_merge_made_twice_is_one(store: GraphStore) -> None:
    write(store, *pair())
    assert made_one(store) == made_one(store)
    with pytest.raises(Conflict, match="already"):
        merge(store, "org-fund", "org-gone", actor=ACTOR, today=TODAY)


class Interrupted(SQLiteStore):
    """A store to which somebody else writes just before each of the next few commits."""

    other: GraphStore | None = None
    interruptions = 0

    def commit(self, transaction: Transaction) -> CommitResult:
        if self.other is not None and self.interruptions:
            self.interruptions -= 1
            write(self.other, organisation(f"other-{self.interruptions}"))
        return super().commit(transaction)


@pytest.mark.parametrize("change", ["merge", "unmerge", "split"])
def test_a_change_is_worked_out_anew_when_somebody_else_writes_meanwhile(
    tmp_path: Path, change: str
) -> None:
    file = tmp_path / "shared.db"
    with open_store(f"sqlite:///{file}") as other, Interrupted(str(file)) as store:
        store.other = other
        write(store, *pair())
        before = content(store)
        record = made_one(store) if change == "unmerge" else None
        store.interruptions = 3
        if record is not None:
            unmerge(store, record.id, actor=ACTOR)
        elif change == "split":
            split(store, "org-gone", name="The Singers", actor=ACTOR, today=TODAY)
        else:
            record = made_one(store)
        assert store.interruptions == 0
        others = [f"org-other-{number}" for number in range(3)]
        assert all(store.record(Organisation, each) for each in others)
        if change == "merge":
            assert store.record(Organisation, "org-gone") is None
            assert len(list(store.records(Merge))) == 1
        elif change == "unmerge":
            with store.transaction(ACTOR) as tx:
                tx.delete("organisation", others)
            assert content(store) == before
        else:
            names = [each.name for each in store.records(Organisation)]
            assert names.count("The Singers") == 1


def test_only_two_known_organisations_can_be_made_one(store: GraphStore) -> None:
    secret = organisation("secret", provenance=told(Visibility.PRIVATE))
    write(store, organisation("a"), secret)
    with pytest.raises(InputError, match="itself"):
        merge(store, "org-a", "org-a", actor=ACTOR, today=TODAY)
    for other in ("org-none", "org-secret"):
        with pytest.raises(UnknownOrganisation):
            merge(store, "org-a", other, actor=ACTOR, today=TODAY)


def test_a_merge_widens_nobodys_view(store: GraphStore) -> None:
    narrow = told(Visibility.COORDINATORS)
    write(
        store,
        organisation("kept", provenance=told(Visibility.PUBLIC)),
        organisation("gone", website="inside.example", provenance=narrow),
        skill("vans"),
        offer("kept", "vans", level=1, provenance=told(Visibility.PUBLIC)),
        offer("gone", "vans", capacity=4.0, provenance=narrow),
    )
    made_one(store)
    kept = store.record(Organisation, "org-kept")
    assert kept is not None
    assert kept.provenance.visibility is Visibility.COORDINATORS
    (tie,) = store.records(Offer)
    assert tie.provenance.visibility is Visibility.COORDINATORS or tie.capacity is None


GRANTS = (
    "Identifier,Title,Description,Currency,Amount Awarded,Award Date,Recipient Org:Identifier,"
    "Recipient Org:Name,Funding Org:Identifier,Funding Org:Name\n"
    "360G-f-1,Songs,For singing,GBP,500,2024-04-01,360G-a-1,Tansy Singers,F-1,Fund\n"
)
LIST = "Id,Name,Charity number\nchoir,Tansy Choir,1000001\n"


@pytest.mark.parametrize("kept_first", [True, False])
def test_importing_again_after_a_merge_changes_nothing(
    store: GraphStore, tmp_path: Path, kept_first: bool
) -> None:
    files = {"organisations.csv": LIST, "grants.csv": GRANTS}
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        bring_in(tmp_path / name, store)
    ids = {
        name: next(each.id for each in store.records(Organisation) if each.name == name)
        for name in ("Tansy Choir", "Tansy Singers")
    }
    kept, gone = list(ids.values()) if kept_first else list(ids.values())[::-1]
    merge(store, kept, gone, actor=ACTOR, today=TODAY)
    settled = content(store)

    for name, text in files.items():
        # The same rows in other bytes: a new import of the same list.
        (tmp_path / name).write_text(f"{text}\n", encoding="utf-8")
        seen = seeds.preview(tmp_path / name, store, actor=ACTOR, today=TODAY)
        assert not seen.adds
        assert not seen.updates
        seeds.apply(seen, store)
    assert content(store) == settled


def test_what_was_told_apart_is_remembered(store: GraphStore) -> None:
    write(store, organisation("a"), organisation("b"))
    tell_apart(store, "org-b", "org-a", actor=ACTOR, today=TODAY, reason="two boroughs")
    assert Decisions.of(store).distinct == {("org-a", "org-b")}
    merge(store, "org-a", "org-b", actor=ACTOR, today=TODAY)
    (verdict,) = store.records(Verdict)
    assert (verdict.question, verdict.answer) == (Question.PAIR, Answer.CONFIRMED)


def test_a_split_gives_each_what_is_its_own(any_store: GraphStore) -> None:
    whole = organisation(
        "both",
        name="Tansy Choir",
        other_names=("Tansy Band",),
        external_ids=("GB-CHC-1000001", "360G-a-1"),
    )
    write(
        any_store, whole, skill("vans"), skill("bids"), offer("both", "vans"), need("both", "bids")
    )
    before = content(any_store)
    made = split(
        any_store,
        "org-both",
        name="Tansy Band",
        external_ids=["360G-a-1"],
        fact_ids=[offer("both", "vans").id],
        actor=ACTOR,
        today=TODAY,
    )
    assert (made.kept.external_ids, made.new.external_ids) == (
        ("GB-CHC-1000001",),
        ("360G-a-1",),
    )
    assert made.kept.other_names == ()
    (moved,) = any_store.records(Offer)
    assert moved.from_id == made.new.id
    assert any_store.holders("organisation", ["360G-a-1"]) == {"360G-a-1": made.new.id}
    assert len(Decisions.of(any_store).distinct) == 1

    seeds.undo(any_store, made.id, ACTOR)
    assert content(any_store) == before


def test_a_split_takes_only_what_is_there(store: GraphStore) -> None:
    write(store, organisation("a", external_ids=("X-1",)))
    for wrong in ({"external_ids": ["X-2"]}, {"fact_ids": ["offers-1"]}, {"name": "a"}):
        values = {"name": "New", **wrong}
        with pytest.raises(InputError):
            split(store, "org-a", actor=ACTOR, today=TODAY, **values)  # type: ignore[arg-type]
    assert len(list(store.records(Organisation))) == 1


@settings(FEW, max_examples=25)
@given(world=worlds(), data=st.data())
def test_merging_loses_nothing_and_goes_back(
    tmp_path: Path, world: tuple[Fact, ...], data: st.DataObject
) -> None:
    visible = [
        record.id
        for record in world
        if isinstance(record, Organisation)
        and record.provenance.visibility is not Visibility.PRIVATE
    ]
    if len(visible) < 2:
        return
    kept_id, gone_id = data.draw(st.permutations(visible))[:2]
    with open_store("sqlite:///:memory:") as store:
        write(store, *world)
        before = content(store)
        old = {record.id: record for record in store.records(Organisation)}
        ends = _ends(store, {gone_id: kept_id})
        record = merge(store, kept_id, gone_id, actor=ACTOR, today=TODAY)
        new = store.record(Organisation, kept_id)
        assert new is not None
        for each in (old[kept_id], old[gone_id]):
            assert {*each.external_ids} <= {*new.external_ids}
            assert {each.name, *each.other_names} <= {new.name, *new.other_names}
        assert _ends(store, {}) == ends
        unmerge(store, record.id, actor=ACTOR)
        assert content(store) == before


def _ends(store: GraphStore, aliases: dict[str, str]) -> set[tuple[str, str, str]]:
    """Return what each tie joins, as it reads once some organisations are others."""
    found = set()
    for kind in RELATIONSHIP_KINDS:
        for tie in store.records(kind):
            assert issubclass(KINDS[tie.kind], Relationship)
            start, end = (aliases.get(each, each) for each in (tie.from_id, tie.to_id))
            if start != end:
                low, high = sorted((start, end)) if kind.is_symmetric else (start, end)
                found.add((tie.kind, low, high))
    return found
