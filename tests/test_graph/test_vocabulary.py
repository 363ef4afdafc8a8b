from __future__ import annotations

import random
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import GofarError, UnknownTerm
from graph.vocabulary import (
    Place,
    Term,
    Vocabulary,
    capabilities,
    communities,
    countries,
    places,
    themes,
)

LOADERS = (capabilities, themes, communities, places, countries)
NAMES: list[tuple[Vocabulary[Term], str, str]] = [
    (load(), term.id, spelling)
    for load in LOADERS
    for term in load()
    for spelling in (term.id, term.label, *term.synonyms)
]

every_vocabulary = pytest.mark.parametrize("load", LOADERS, ids=lambda load: load.__name__)


def a_term(term_id: str, label: str, parent: str | None = None, *synonyms: str) -> Term:
    return Term(term_id, label, parent, synonyms, "A word for tests.")


@pytest.fixture
def tools() -> Vocabulary[Term]:
    return Vocabulary(
        "tool",
        [
            a_term("t-tools", "Tools"),
            a_term("t-saw", "Saws", "t-tools", "hand saw"),
            a_term("t-fret", "Fret saw", "t-saw"),
            a_term("t-hammer", "Hammer & nails", "t-tools", "joiner's hammer"),
        ],
    )


@given(st.sampled_from(NAMES), st.randoms(use_true_random=False))
def test_every_label_and_synonym_finds_its_own_term_however_it_is_written(
    name: tuple[Vocabulary[Term], str, str], chance: random.Random
) -> None:
    vocabulary, term_id, spelling = name
    written = "".join(
        chance.choice((" ", "-", "  ", "\t", "_", "\u00a0", "–", "")) if char in " -" else char
        for char in (chance.choice((char.upper(), char.lower())) for char in spelling)
    )
    found = vocabulary.find(f"  {written}. ")
    assert found is not None
    assert found.id == term_id


@given(st.text() | st.text("\ud800\udfff\x00'&- s\u0301\ufdfa"))
def test_a_hostile_string_never_breaks_a_search(text: str) -> None:
    for load in LOADERS:
        assert load().find(text) is None or text.strip()


@given(st.text(max_size=40) | st.text("\ud800\x00%_*[", max_size=40))
def test_a_hostile_string_is_at_worst_an_unknown_term(text: str) -> None:
    try:
        capabilities().require(text)
    except UnknownTerm as error:
        str(error).encode("utf-8")


def test_a_pasted_document_is_no_term() -> None:
    assert capabilities().find("bid writing " * 100_000) is None


@every_vocabulary
def test_a_vocabulary_is_read_once(load) -> None:
    assert load() is load()


@every_vocabulary
def test_every_parent_comes_before_its_children(load) -> None:
    seen: set[str] = set()
    for term in load():
        assert term.parent is None or term.parent in seen
        seen.add(term.id)


@every_vocabulary
def test_no_cell_has_stray_spaces(load) -> None:
    for term in load():
        for text in (term.id, term.label, term.description, *term.synonyms):
            assert text == re.sub(r"\s+", " ", text).strip() != ""


@pytest.mark.parametrize("load", [capabilities, themes, communities])
def test_every_description_is_one_sentence(load) -> None:
    for term in load():
        assert re.fullmatch(r"[A-Z][^.!?]*\.", term.description), term


def test_every_capability_has_from_three_to_ten_synonyms() -> None:
    assert {len(term.synonyms) for term in capabilities()} <= set(range(3, 11))


def test_every_capability_id_is_a_slug() -> None:
    assert all(re.fullmatch(r"cap(-[a-z]+)+", term.id) for term in capabilities())


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Grant applications", "cap-bid-writing"),
        ("book-keepers", "cap-bookkeeping"),
        ("M & E", "cap-monitoring-evaluation"),
        ("Monitoring & Evaluation", "cap-monitoring-evaluation"),
        ("Mini bus", "cap-minibus"),
        ("coproduction", "cap-co-production"),
        ("cybersecurity", "cap-cyber-security"),
        ("GDPR", "cap-gdpr"),
        ("local-authority contact", "cap-council-contacts"),
    ],
)
def test_words_as_people_write_them_find_a_capability(written: str, meant: str) -> None:
    assert capabilities().require(written).id == meant


def test_a_singular_finds_an_irregular_plural() -> None:
    assert communities().require("older person").id == "com-older-people"


def test_an_accent_may_be_left_out() -> None:
    assert places().require("Ynys Mon").label == "Isle of Anglesey"


def test_a_beneficiary_code_of_the_tags_finds_a_community() -> None:
    assert communities().require("BE108").id == "com-older-people"


def test_every_theme_carries_a_code_of_the_tags() -> None:
    assert all(re.fullmatch(r"theme-[A-Z]{2}([1-5]\d\d)?", term.id) for term in themes())


def test_there_are_361_local_authorities() -> None:
    assert sum(place.kind == "local authority" for place in places()) == 361


def test_there_are_33_authorities_in_london() -> None:
    assert len(places().children("E12000007")) == 33


def test_the_way_up_from_a_borough_ends_at_the_kingdom() -> None:
    labels = [place.label for place in places().ancestors("E09000007")]
    assert labels == ["London", "England", "United Kingdom"]


@pytest.mark.parametrize(
    "written", ["LB Camden", "London Borough of Camden", "camden council", "E09000007"]
)
def test_a_london_borough_has_many_names(written: str) -> None:
    assert places().require(written).label == "Camden"


def test_a_name_that_is_officially_back_to_front_is_found_both_ways() -> None:
    assert places().find("Bristol, City of") is places().find("City of Bristol")


def test_every_place_lies_in_the_kingdom() -> None:
    for place in places():
        assert isinstance(place, Place)
        assert place.latitude is not None
        assert place.longitude is not None
        assert 49 < place.latitude < 61
        assert -8.7 < place.longitude < 1.8


@pytest.mark.parametrize(
    ("written", "place_id"),
    [
        ("Kent", "E10000016"),
        ("Devon County Council", "E10000008"),
        ("Greater Manchester", "E11000001"),
        ("Merseyside", "E11000002"),
        ("Tees Valley", "E47000006"),
        ("Cumbria", "E10000006"),
        ("Newcastle City Council", "E08000021"),
        ("Newcastle Borough Council", "E07000195"),
    ],
)
def test_a_county_or_a_grouping_is_a_place(written: str, place_id: str) -> None:
    assert places().require(written).id == place_id


def test_a_district_lies_in_its_county() -> None:
    labels = [place.label for place in places().ancestors("E07000106")]
    assert labels == ["Kent", "South East", "England", "United Kingdom"]


def test_west_midlands_is_the_region_and_its_county_says_so() -> None:
    assert places().require("West Midlands").kind == "region"
    assert places().require("West Midlands county").id == "E11000005"
    assert places().term("E08000025").parent == "E11000005"


@pytest.mark.parametrize(
    ("written", "place_id"),
    [
        ("E07000028", "E06000063"),
        ("Carlisle City Council", "E06000063"),
        ("Bournemouth", "E06000058"),
        ("S12000043", "S12000049"),
        ("E08000019", "E08000039"),
        ("E10000023", "E06000065"),
        ("Wycombe", "E06000060"),
    ],
)
def test_an_authority_that_is_no_more_finds_who_took_over(written: str, place_id: str) -> None:
    assert places().require(written).id == place_id


def test_what_an_authority_took_over_is_no_name_of_its_own() -> None:
    cumberland = places().require("Carlisle")
    assert cumberland.label == "Cumberland"
    assert "Carlisle" not in cumberland.synonyms


def test_a_grouping_is_made_of_places_that_there_are() -> None:
    groupings = [place for place in places() if place.members]
    assert len(groupings) > 20
    for place in groupings:
        assert len(place.members) > 1
        assert all(member in places() for member in place.members)


def test_no_name_means_a_place_here_and_a_country_abroad() -> None:
    for country in countries():
        for spelling in (country.id, country.label, *country.synonyms):
            assert places().find(spelling) is None, spelling


def test_a_country_has_no_position() -> None:
    assert {(country.latitude, country.longitude) for country in countries()} == {(None, None)}


def test_every_country_has_a_code() -> None:
    ids = [country.id for country in countries() if country.kind == "country"]
    assert sum(bool(re.fullmatch("country:[A-Z]{2}", found)) for found in ids) == len(ids) - 1


def test_a_name_that_two_places_share_is_neither() -> None:
    with pytest.raises(UnknownTerm) as caught:
        places().require("Newcastle")
    assert set(caught.value.nearest) >= {"Newcastle upon Tyne", "Newcastle-under-Lyme"}


def test_a_misspelling_names_what_was_meant() -> None:
    with pytest.raises(UnknownTerm, match="Payroll") as caught:
        capabilities().require("payrol")
    assert len(caught.value.nearest) <= 3


def test_a_word_like_no_other_gets_no_suggestion() -> None:
    with pytest.raises(UnknownTerm) as caught:
        capabilities().require("qqqqxqqqq")
    assert caught.value.nearest == ()


def test_a_term_is_returned_by_its_exact_id(tools: Vocabulary[Term]) -> None:
    assert tools.term("t-saw").label == "Saws"


def test_an_unknown_id_is_an_unknown_term(tools: Vocabulary[Term]) -> None:
    with pytest.raises(UnknownTerm, match="tool vocabulary"):
        tools.term("T-SAW")


def test_only_an_exact_id_is_contained(tools: Vocabulary[Term]) -> None:
    assert "t-saw" in tools
    assert "Saws" not in tools
    assert None not in tools


def test_a_vocabulary_keeps_its_order(tools: Vocabulary[Term]) -> None:
    assert [term.id for term in tools] == ["t-tools", "t-saw", "t-fret", "t-hammer"]
    assert len(tools) == 4


def test_an_ampersand_is_read_as_and(tools: Vocabulary[Term]) -> None:
    assert tools.require("hammer and nail").id == "t-hammer"


def test_an_apostrophe_may_be_curly_or_absent(tools: Vocabulary[Term]) -> None:
    assert tools.find("joiner’s hammer") is tools.find("joiners hammer") is tools.term("t-hammer")


def test_punctuation_alone_is_no_term(tools: Vocabulary[Term]) -> None:
    assert tools.find("?!") is None


def test_children_are_one_step_down(tools: Vocabulary[Term]) -> None:
    assert [term.id for term in tools.children("t-tools")] == ["t-saw", "t-hammer"]


def test_narrower_terms_are_all_steps_down(tools: Vocabulary[Term]) -> None:
    assert [term.id for term in tools.narrower("t-tools")] == ["t-saw", "t-fret", "t-hammer"]


def test_ancestors_start_with_the_nearest(tools: Vocabulary[Term]) -> None:
    assert [term.id for term in tools.ancestors("t-fret")] == ["t-saw", "t-tools"]


@every_vocabulary
def test_ancestors_and_narrower_terms_agree(load) -> None:
    vocabulary = load()
    for term in vocabulary:
        for above in vocabulary.ancestors(term.id):
            assert term in vocabulary.narrower(above.id)
        for lower, upper in pairwise((term, *vocabulary.ancestors(term.id))):
            assert lower.parent == upper.id


@pytest.mark.parametrize(
    ("second", "complaint"),
    [
        (a_term("a", "Beta"), r"row 3: row 2 has the id 'a'"),
        (a_term("b", "alphas"), r"row 3: row 2 \(a\) has 'alphas' too"),
        (a_term("b", "Beta", None, "FIRST-ONE"), r"row 3: row 2 \(a\) has 'FIRST-ONE' too"),
        (a_term("b", "Beta", "c"), r"row 3: the parent 'c' is missing"),
        (a_term("b", "Beta", "b"), r"row 3: 'b' lies on or under a circle"),
        (a_term("b", "!"), r"row 3: '!' has no letter or digit"),
    ],
)
def test_a_broken_vocabulary_names_the_row(second: Term, complaint: str) -> None:
    with pytest.raises(GofarError, match=complaint):
        Vocabulary("test", [a_term("a", "Alpha", None, "first one"), second])


def test_a_circle_of_two_is_refused() -> None:
    with pytest.raises(GofarError, match="circle"):
        Vocabulary("test", [a_term("a", "Alpha", "b"), a_term("b", "Beta", "a")])
