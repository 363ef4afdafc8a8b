"""gofar round, gofar introduce and gofar route at the prompt."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from builders import collaboration, organisation
from graph.errors import InputError
from graph.stores import open_store

Run = Callable[..., Result]
pytestmark = pytest.mark.usefixtures("filled_store")


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def test_a_round_prints_its_pairs_the_exposure_and_the_price(run: Run) -> None:
    shown = run("round").stdout
    assert "Mill Lane Kitchen – Tide & Co" in shown
    for line in ("A round of", "never", "most often", "Gini", "The price of fairness"):
        assert line in shown


def test_a_round_writes_pairs_and_exposure_to_files(run: Run, tmp_path: Path) -> None:
    pairs, exposure = tmp_path / "pairs.csv", tmp_path / "exposure.csv"
    result = run("round", "--limit", "1", "--out", str(pairs), "--exposure", str(exposure))
    assert result.exit_code == 0, result.exception
    found = {(row["first"], row["second"]) for row in rows_of(pairs)}
    assert ("Mill Lane Kitchen", "Tide & Co") in found
    counts = {row["org_id"]: row["in_round"] for row in rows_of(exposure)}
    assert counts == {"org-mill": "1", "org-old": "0", "org-tide": "1"}
    assert sorted(path.suffix for path in tmp_path.iterdir() if "unfinished" in path.name) == []


def test_a_round_as_json_says_how_good_it_is(run: Run) -> None:
    found = json.loads(run("round", "--json", "--limit", "1").stdout)
    assert found["total_score"] == pytest.approx(sum(pair["score"] for pair in found["pairs"]))
    assert found["total_score"] <= found["bound"]
    assert found["left_out"] == ["org-old"]
    assert set(found["price"]) >= {"of_limits", "of_floors"}
    assert set(found["after"]) == {"gini", "never_share", "largest"}


def test_the_same_seed_gives_the_same_round(run: Run) -> None:
    assert run("round", "--seed", "7").stdout == run("round", "--seed", "7").stdout


def test_a_file_can_give_organisations_limits_of_their_own(run: Run, tmp_path: Path) -> None:
    limits = tmp_path / "limits.csv"
    limits.write_text("organisation,limit\nGB-CHC-1,0\n", encoding="utf-8")
    found = json.loads(run("round", "--json", "--limits", str(limits)).stdout)
    assert "org-mill" not in {
        end for p in found["pairs"] for end in (p["first_id"], p["second_id"])
    }


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("organisation\nx\n", "row 1: there is no column 'limit'"),
        ("", "row 1: there is no column 'organisation'"),
        ("organisation,limit\nTide & Co,2\nTide & Co,-1\n", "row 3, column limit: '-1'"),
        ("organisation,limit\nTide & Co,99999\n", "row 2, column limit: '99999'"),
        ("organisation,limit\nTide & Co,\n", "row 2, column limit: ''"),
        ("organisation,limit\nnobody at all,2\n", "row 2, column organisation: No organisation"),
        (f"organisation,limit\n{'x' * 200_000},2\n", "can't be read as CSV"),
    ],
)
def test_a_wrong_file_of_limits_is_refused_by_row_and_column(
    run: Run, tmp_path: Path, text: str, complaint: str
) -> None:
    limits = tmp_path / "limits.csv"
    limits.write_text(text, encoding="utf-8")
    error = run("round", "--limits", str(limits)).exception
    assert isinstance(error, InputError)
    assert complaint in error.message
    assert error.remedy


def test_a_folder_that_is_not_there_is_refused_before_any_work(run: Run) -> None:
    for command in ("round", "introduce"):
        error = run(command, "--out", "nowhere/pairs.csv").exception
        assert isinstance(error, InputError)
        assert "no such folder" in error.message


@pytest.mark.parametrize("command", ["round", "introduce", "match --all"])
def test_a_file_that_cannot_be_written_is_named(run: Run, tmp_path: Path, command: str) -> None:
    (tmp_path / ".pairs.csv.unfinished").mkdir()
    error = run(*command.split(), "--out", str(tmp_path / "pairs.csv")).exception
    assert isinstance(error, InputError)
    assert "pairs.csv: can't be written" in error.message


@pytest.mark.parametrize("command", ["round", "introduce"])
def test_a_seed_below_zero_is_refused(run: Run, command: str) -> None:
    assert run(command, "--seed", "-1").exit_code == 2


def test_introductions_say_what_they_would_change(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "introductions.csv"
    shown = run("introduce", "--out", str(out)).stdout
    assert "Mill Lane Kitchen – Tide & Co" in shown
    assert "a first partner for one of them" in shown
    (row,) = rows_of(out)
    assert (row["first_id"], row["second_id"], row["steps_before"]) == ("org-mill", "org-tide", "")
    (found,) = json.loads(run("introduce", "--json").stdout)["introductions"]
    assert found["is_first_tie"] is True


def test_a_dial_beyond_its_end_is_refused(run: Run) -> None:
    assert run("introduce", "--bridge", "3").exit_code == 2


def test_a_route_names_the_introducers_and_the_trust(run: Run, filled_store: str) -> None:
    with open_store(filled_store) as store, store.transaction("tester") as tx:
        tx.upsert(organisation("far", name="Far Field"), collaboration("old", "far", strength=0.8))
    shown = run("route", "mill lane kitchen", "Far Field").stdout
    assert "by way of Old Friends" in shown
    assert "every partner counts as willing" in shown
    (route,) = json.loads(run("route", "org-mill", "org-far", "--json").stdout)["routes"]
    assert [step["to_id"] for step in route["steps"]] == ["org-old", "org-far"]
    assert all(step["facts"] for step in route["steps"])


def test_partners_and_strangers_are_told_apart(run: Run) -> None:
    assert "work together already" in run("route", "org-mill", "org-old").stdout
    assert "no way leads there" in run("route", "org-mill", "org-tide").stdout


def test_a_route_is_refused_to_oneself_and_to_whom_one_is_kept_apart_from(run: Run) -> None:
    run("not-with", "org-mill", "org-tide")
    for end, said in (("org-mill", "its own partner"), ("org-tide", "not to be brought together")):
        error = run("route", "org-mill", end).exception
        assert isinstance(error, InputError)
        assert said in error.message


def test_a_name_that_a_spreadsheet_would_run_is_written_as_text(
    run: Run, filled_store: str, tmp_path: Path
) -> None:
    with open_store(filled_store) as store, store.transaction("tester") as tx:
        tx.upsert(organisation("bad", name="=2+3"))
    out = tmp_path / "exposure.csv"
    run("round", "--exposure", str(out))
    assert {row["name"] for row in rows_of(out)} >= {"'=2+3", "Tide & Co"}
