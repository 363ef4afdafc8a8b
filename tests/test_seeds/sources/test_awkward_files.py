"""The 17 odd files that 360Giving tools are tested with: imported, or refused by name."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

import seeds
from graph.contract import GraphStore
from graph.errors import UnsupportedFormat
from import_files import ACTOR, preview
from needs import shared_data


@dataclass(frozen=True)
class Expected:
    """Organisations, grants and problems that come of a file, and words that are said of it."""

    organisations: int
    projects: int
    funds: int
    problems: int
    says: tuple[str, ...] = ()
    skipped: int = 0


NOTHING = (0, 0, 0)
AWKWARD = {
    "GeoCodePostcode.xlsx": Expected(*NOTHING, 3, ("no recipient organisation",)),
    "RecipientIndDEI.json": Expected(*NOTHING, 0, ("grant to an individual",), skipped=1),
    "additional_fields.json": Expected(1, 1, 0, 1, ("funder and the recipient",)),
    "badfile_all_validation_errors.json": Expected(
        1, 1, 0, 6, ("no funding organisation", "not a date", "amount of money", "currency code")
    ),
    "badfile_all_validation_errors_4_times.xlsx": Expected(
        1, 4, 0, 25, ("no recipient organisation", "row 4", "'bad currency 2' is not a currency")
    ),
    "badfile_too_many_rows_multiple_sheets.xlsx": Expected(
        *NOTHING, 100_001, ("no recipient organisation",)
    ),
    "decimal_amounts.json": Expected(*NOTHING, 7, ("no recipient organisation",)),
    "duration_usefulness.json": Expected(1, 1, 0, 1, ("funder and the recipient",)),
    "fundingproviders-grants_2_grants.xlsx": Expected(3, 2, 2, 0),
    "fundingproviders-grants_2_grants_titleswithoutrollup.xlsx": Expected(3, 2, 2, 0),
    "fundingproviders-grants_fixed_2_grants.json": Expected(
        3, 2, 2, 2, ("is the identifier of a grant above",)
    ),
    "fundingproviders_grants_2_grants.csv": Expected(3, 2, 2, 0, ("'RC000659' contradicts",)),
    "ids-unexpected-chars.xlsx": Expected(
        2, 1, 1, 0, ("holds spaces or line breaks", "contradicts the identifier")
    ),
    "nulls.json": Expected(*NOTHING, 2, ("no recipient organisation",)),
}
NOT_GRANTS = {
    "codelist.csv": "'For Regrant Type'",
    "publishers.json": "'360-testpublisher'",
    "validation_errors-3.json": "which is nothing that gofar knows",
}


def test_every_file_of_the_folder_is_expected() -> None:
    folder = shared_data("grants_360giving", "awkward")

    assert {path.name for path in folder.iterdir()} == AWKWARD.keys() | NOT_GRANTS.keys()


@pytest.mark.parametrize("name", AWKWARD)
def test_an_awkward_file_comes_in_or_is_named(name: str, store: GraphStore) -> None:
    expected = AWKWARD[name]

    found = preview(shared_data("grants_360giving", "awkward", name), store)

    assert (found.adds["organisation"], found.adds["project"], found.adds["funds"]) == (
        expected.organisations,
        expected.projects,
        expected.funds,
    )
    assert found.findings.problem_count == expected.problems
    assert found.skipped.total() == expected.skipped
    said = " ".join([*map(str, [*found.problems, *found.warnings]), *found.skipped])
    for words in expected.says:
        assert words in said
    assert found.is_refused == (not expected.projects)
    if found.is_refused:
        with pytest.raises(UnsupportedFormat, match="holds nothing that can be imported"):
            seeds.apply(found, store)
    else:
        record = seeds.apply(found, store)
        assert not preview(found.paths, store).changes_anything
        seeds.undo(store, record.id, ACTOR)
        assert set(store.health().counts.values()) == {0, 1}


@pytest.mark.parametrize("name", NOT_GRANTS)
def test_a_file_that_holds_no_grants_says_what_it_holds(name: str, store: GraphStore) -> None:
    with pytest.raises(UnsupportedFormat) as caught:
        preview(shared_data("grants_360giving", "awkward", name), store)

    assert name in str(caught.value)
    assert NOT_GRANTS[name] in str(caught.value)
