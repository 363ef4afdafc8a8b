"""gofar match and gofar gaps at the prompt."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result

from builders import TOLD, need, offer, skill
from graph.errors import InputError, UnknownOrganisation, UnknownTerm
from graph.stores import open_store

Run = Callable[..., Result]
pytestmark = pytest.mark.usefixtures("filled_store")


def test_json_names_each_reason_with_points_and_evidence(run: Run) -> None:
    (found,) = json.loads(run("match", "mill lane kitchen", "--json").stdout)
    assert (found["partner_id"], found["name"]) == ("org-tide", "Tide & Co")
    assert sum(reason["points"] for reason in found["reasons"]) == pytest.approx(found["score"])
    assert {reason["direction"] for reason in found["reasons"]} >= {"gives", "gets"}
    for reason in found["reasons"]:
        assert set(reason) == {"signal", "label", "points", "direction", "evidence"}
        assert reason["evidence"]


@pytest.mark.parametrize("typed", ["org-mill", "GB-CHC-1", "MILL LANE KITCHEN"])
def test_an_organisation_is_found_by_id_external_id_or_name(run: Run, typed: str) -> None:
    assert "Tide & Co" in run("match", typed).stdout


def test_existing_partners_are_left_out_unless_asked_for(run: Run) -> None:
    assert "Old Friends" not in run("match", "org-mill").stdout
    assert "Old Friends" in run("match", "org-mill", "--include-partners").stdout


def test_a_reason_that_rests_on_a_guess_says_so(run: Run, filled_store: str) -> None:
    assert "worked out" not in run("match", "org-mill").stdout
    guessed = replace(TOLD, inferred=True, confidence=0.5)
    with open_store(filled_store) as store, store.transaction("tester") as tx:
        tx.upsert(skill("posters"), need("mill", "posters"))
        tx.upsert(offer("tide", "posters", provenance=guessed))
    lines = run("match", "org-mill").stdout.splitlines()
    assert [line for line in lines if "posters, worked out" in line]
    assert not [line for line in lines if "bids, worked out" in line]


def test_csv_has_the_four_columns(run: Run) -> None:
    rows = list(csv.reader(run("match", "org-mill", "--csv").stdout.splitlines()))
    assert rows[0] == ["org_id", "rank", "partner_id", "score"]
    assert rows[1][:3] == ["org-mill", "1", "org-tide"]


def test_all_writes_everybody_to_a_file(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "matches.csv"
    assert run("match", "--all", "--out", str(out)).exit_code == 0
    rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    assert {row["org_id"] for row in rows} == {"org-mill", "org-tide"}
    assert [path.name for path in tmp_path.iterdir() if "matches" in path.name] == ["matches.csv"]


def test_a_list_of_organisations_limits_whose_suggestions_are_made(
    run: Run, tmp_path: Path
) -> None:
    wanted = tmp_path / "wanted.txt"
    wanted.write_text("\ufefforg-tide\n\nGB-CHC-1\n", encoding="utf-8")
    rows = run("match", "--all", "--organisations", str(wanted)).stdout.splitlines()[1:]
    assert [row.split(",")[0] for row in rows] == ["org-tide", "org-mill"]


def test_an_unknown_line_in_the_list_is_named(run: Run, tmp_path: Path) -> None:
    wanted = tmp_path / "wanted.txt"
    wanted.write_text("org-tide\nnobody at all\n", encoding="utf-8")
    result = run("match", "--all", "--organisations", str(wanted), "--out", "never.csv")
    assert isinstance(result.exception, InputError)
    assert "wanted.txt, line 2" in str(result.exception)
    assert not Path("never.csv").exists()


def test_an_unknown_name_is_answered_with_the_nearest(run: Run) -> None:
    result = run("match", "Mil Lane Kitchn")
    assert isinstance(result.exception, UnknownOrganisation)
    assert "Mill Lane Kitchen" in str(result.exception)


@pytest.mark.parametrize(
    "arguments",
    [(), ("org-mill", "--all"), ("org-mill", "--organisations", __file__), ("--all", "--json")],
)
def test_contradictory_options_are_refused(run: Run, arguments: tuple[str, ...]) -> None:
    assert run("match", *arguments).exit_code == 2


def test_gaps_name_the_skill_who_needs_it_and_who_offers_it(run: Run) -> None:
    found = json.loads(run("gaps", "--json").stdout)
    (gap,) = found["gaps"]
    assert gap["skill_id"] == "cap-vans"
    assert gap["needed_by"] == ["org-old", "org-tide"]
    assert gap["offered_by"] == ["org-mill"]
    assert gap["standing"] == "one"
    assert found["organisations"] == found["told"] == 3
    assert "Mill Lane Kitchen" in run("gaps").stdout


def test_gaps_can_be_split_and_narrowed(run: Run) -> None:
    found = json.loads(run("gaps", "--by", "skill", "--by", "place", "--json").stdout)
    assert found["by"] == ["skill", "place"]
    assert json.loads(run("gaps", "--skill", "Vans", "--json").stdout)["needs"] == 2
    assert isinstance(run("gaps", "--place", "Nowhere at all").exception, UnknownTerm)
    assert run("gaps", "--by", "colour").exit_code == 2


def test_status_counts_what_is_there_without_a_password(run: Run) -> None:
    found = json.loads(run("status", "--json").stdout)
    assert found["counts"]["organisation"] == 3
    assert "network.db" in found["store"]
