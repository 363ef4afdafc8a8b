"""The rules at the door of the model."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from builders import TOLD, collaboration, need, offer, organisation
from graph.errors import InvalidRecord
from graph.model import (
    KINDS,
    NODE_KINDS,
    RELATIONSHIP_KINDS,
    Answer,
    Funding,
    Need,
    Organisation,
    Project,
    Provenance,
    Question,
    TakesPartIn,
    fact_id,
    row_specs,
)
from graph.testing.samples import a_verdict


def test_a_fact_without_provenance_cannot_be_made() -> None:
    with pytest.raises(TypeError, match="provenance"):
        Organisation(id="org-a", name="A")  # type: ignore[call-arg]
    with pytest.raises(InvalidRecord, match="does not say where the fact comes from"):
        Organisation(id="org-a", name="A", provenance=None)  # type: ignore[arg-type]


def test_a_leading_zero_in_a_company_number_stays() -> None:
    made = organisation("a", external_ids=("GB-COH-09506232",))
    assert Organisation.from_row(made.to_row()).external_ids == ("GB-COH-09506232",)


@pytest.mark.parametrize("name", ["", " ", "\t"])
def test_a_name_must_say_something(name: str) -> None:
    with pytest.raises(InvalidRecord, match="is empty"):
        Organisation(id="org-a", name=name, provenance=TOLD)


@pytest.mark.parametrize("name", ["a\0b", "a\x1bb", "a\ud800b"])
def test_control_characters_and_lone_surrogates_are_refused_by_name(name: str) -> None:
    with pytest.raises(InvalidRecord, match=r"control character U\+"):
        Organisation(id="org-a", name=name, provenance=TOLD)


@pytest.mark.parametrize(
    "name",
    ["'; DROP TABLE organisation; --", "}) DETACH DELETE n //", "\u202eevil", "🏳️‍🌈 Café", "=1+1"],
)
def test_hostile_but_valid_names_are_kept_as_they_are(name: str) -> None:
    made = Organisation(id="org-a", name=name, provenance=TOLD)
    assert Organisation.from_row(made.to_row()).name == name


def test_a_number_must_be_finite_and_in_bounds() -> None:
    for income in (float("nan"), float("inf"), -1):
        with pytest.raises(InvalidRecord, match="income"):
            organisation("a", income=income)
    with pytest.raises(InvalidRecord, match="is not between 1 and 3"):
        offer("a", "s", level=4)
    with pytest.raises(InvalidRecord, match="is not a number"):
        offer("a", "s", level=True)


def test_a_whole_income_leaves_the_same_row_as_a_decimal_one() -> None:
    assert organisation("a", income=500).to_row() == organisation("a", income=500.0).to_row()


def test_a_day_is_a_date_and_not_a_time() -> None:
    with pytest.raises(InvalidRecord, match="is not a date"):
        need("a", "s", until="2026-01-01")


def test_only_an_inferred_fact_is_less_than_certain() -> None:
    with pytest.raises(InvalidRecord, match="not inferred"):
        replace(TOLD, confidence=0.5)
    assert replace(TOLD, inferred=True, confidence=0.5).confidence == 0.5
    with pytest.raises(InvalidRecord, match="not a fact"):
        replace(TOLD, inferred=True, confidence=0)


def test_only_an_inferred_fact_rests_on_something() -> None:
    with pytest.raises(InvalidRecord, match="basis"):
        replace(TOLD, basis='words: "choir"')
    guessed = replace(TOLD, inferred=True, confidence=0.5, basis='words: "choir"')
    assert guessed.basis == 'words: "choir"'


def test_a_row_from_before_a_field_was_there_reads_with_its_default() -> None:
    row = organisation("a", income=5).to_row()
    del row["basis"], row["website"], row["income"]
    assert Organisation.from_row(row) == organisation("a")


def test_one_question_has_one_verdict() -> None:
    no = a_verdict(question=Question.PAIR, subject="b", other="a")
    yes = replace(no, id="", subject="a", other="b", answer=Answer.CONFIRMED)
    assert (no.id, no.subject) == (yes.id, "a")
    assert a_verdict(subject="works_on-1").id != a_verdict(subject="works_on-2").id
    with pytest.raises(InvalidRecord, match="both organisations"):
        a_verdict(question=Question.PAIR, subject="a", other="a")


def test_a_fact_is_not_confirmed_before_it_is_seen() -> None:
    with pytest.raises(InvalidRecord, match="is before first_seen"):
        Provenance(
            source="s",
            asserted_by="a",
            first_seen=date(2026, 1, 2),
            last_confirmed=date(2026, 1, 1),
        )


def test_the_id_of_a_tie_follows_from_its_ends_and_key() -> None:
    assert offer("a", "s", level=1).id == offer("a", "s", level=3).id
    assert offer("a", "s").id == fact_id("offers", "org-a", "cap-s")
    roles = {
        TakesPartIn(from_id="org-a", to_id="prj-1", role=role, provenance=TOLD).id
        for role in ("lead", "partner")
    }
    assert len(roles) == 2
    with pytest.raises(InvalidRecord, match="is not the id of this tie"):
        Need(id="needs-1", from_id="org-a", to_id="cap-s", provenance=TOLD)


def test_a_collaboration_reads_the_same_from_both_ends() -> None:
    assert collaboration("b", "a") == collaboration("a", "b")


def test_a_tie_has_two_ends() -> None:
    with pytest.raises(InvalidRecord, match="both ends"):
        collaboration("a", "a")


def test_a_project_does_not_end_before_it_starts() -> None:
    with pytest.raises(InvalidRecord, match="is before the start"):
        Project(
            id="prj-1",
            name="P",
            starts_on=date(2026, 2, 1),
            ends_on=date(2026, 1, 1),
            provenance=TOLD,
        )


@pytest.mark.parametrize("currency", ["", "gbp", "£", "GBPS"])
def test_a_currency_is_a_code(currency: str) -> None:
    with pytest.raises(InvalidRecord, match="currency"):
        Funding(from_id="org-a", to_id="org-b", currency=currency, provenance=TOLD)


def test_every_kind_has_its_words_and_columns() -> None:
    assert len(KINDS) == len({record_class.label for record_class in KINDS.values()})
    for node_kind in NODE_KINDS:
        assert node_kind.label.isalpha()
        assert node_kind.plural
        assert node_kind.__doc__
    for tie_kind in RELATIONSHIP_KINDS:
        assert tie_kind.label == tie_kind.kind.upper()
        assert tie_kind.reverse
        assert tie_kind.from_kinds
        assert tie_kind.to_kinds
    for record_class in (*NODE_KINDS, *RELATIONSHIP_KINDS):
        names = [spec.name for spec in row_specs(record_class)]
        assert names[0] == "id"
        assert {"source", "last_confirmed", "visibility"} <= set(names)
