"""gofar backtest at the prompt, on a small history and on a real one."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from click.testing import Result
from pydantic import TypeAdapter

from graph.errors import InputError, UnknownOrganisation, UnsupportedFormat
from graph.model import Organisation, Project, TakesPartIn
from graph.stores import open_store
from histories import random_history
from import_files import write
from matching.errors import NotEnoughHistory
from matching.evaluation import BASELINES, Backtest, Prior, backtest, rankers, split_at
from needs import shared_data
from seeds.unstored import read_unstored

Run = Callable[..., Result]
pytestmark = pytest.mark.usefixtures("store_url")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A made-up history of thirty organisations in the three tables."""
    facts = random_history(6)
    bodies = [fact.id for fact in facts if isinstance(fact, Organisation)]
    projects = [fact for fact in facts if isinstance(fact, Project)]
    roles = [fact for fact in facts if isinstance(fact, TakesPartIn)]
    files = {
        "organisations.csv": ["org_id", *bodies],
        "projects.csv": [
            "project_id,title,start_date",
            *(f"{each.id},{each.name},{each.starts_on}" for each in projects),
        ],
        "participations.csv": [
            "org_id,project_id",
            *(f"{role.from_id},{role.to_id}" for role in roles),
        ],
    }
    return write(tmp_path / "history", {k: "\n".join(v) + "\n" for k, v in files.items()})


def test_it_prints_every_ranking_with_its_intervals(run: Run, folder: Path) -> None:
    shown = run("backtest", str(folder), "--cutoff", "2020-01-01").stdout
    assert "2020-01-01: organisations known before" in shown
    for word in ("chance", "Katz", "gofar", "against the best", "NDCG@10", "95 % interval"):
        assert word in shown


def test_json_markdown_and_csv_hold_the_same_figures(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    as_json, as_markdown = tmp_path / "b.json", tmp_path / "b.md"
    made = run(
        *("backtest", str(folder), "--cutoff", "2019-06-01", "--cutoff", "2020-01-01"),
        *("--json", str(as_json), "--markdown", str(as_markdown), "--csv"),
    )
    found = TypeAdapter(tuple[Backtest, ...]).validate_json(as_json.read_bytes())
    assert [str(each.cutoff) for each in found] == ["2019-06-01", "2020-01-01"]
    katz = found[1].known.ranking("katz").metrics["ndcg"]
    rows = list(csv.reader(made.stdout.splitlines()))
    assert rows[0] == ["cutoff", "organisations", "ranking", "metric", "value", "low", "high"]
    (row,) = [row for row in rows if row[:4] == ["2020-01-01", "known", "katz", "ndcg"]]
    assert [float(cell) for cell in row[4:]] == [katz.value, katz.low, katz.high]
    lines = as_markdown.read_text("utf-8").splitlines()
    assert any(line.startswith("| Katz |") and f"{katz.value:.4f}" in line for line in lines)
    assert {row[2] for row in rows[1:]} >= {baseline.name for baseline in BASELINES}


def test_organisations_may_be_so_many_or_those_of_a_file(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    out, names = tmp_path / "b.json", tmp_path / "names.txt"
    names.write_text("org-001\n\norg-002\n")
    for wanted, asked in (("4", 4), (str(names), 2)):
        run(
            *("backtest", str(folder), "--cutoff", "2020-01-01"),
            *("--organisations", wanted, "--json", str(out)),
        )
        assert json.loads(out.read_text())[0]["known"]["asked"] <= asked


def test_a_line_that_is_no_organisation_is_named(run: Run, folder: Path, tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("org-001\nnobody at all\n")
    result = run("backtest", str(folder), "--cutoff", "2020-01-01", "--organisations", str(names))
    assert isinstance(result.exception, InputError)
    assert not isinstance(result.exception, UnknownOrganisation)
    assert "line 2" in str(result.exception)


@pytest.mark.parametrize("wanted", ["0", "-3", "many"])
def test_what_is_neither_a_number_nor_a_file_is_refused(
    run: Run, folder: Path, wanted: str
) -> None:
    result = run("backtest", str(folder), "--cutoff", "2020-01-01", "--organisations", wanted)
    assert isinstance(result.exception, InputError)
    assert repr(wanted) in str(result.exception)


def test_a_folder_that_is_not_there_or_holds_no_history_is_refused(run: Run, folder: Path) -> None:
    result = run("backtest", str(folder / "nowhere"), "--cutoff", "2020-01-01")
    assert isinstance(result.exception, InputError)
    (folder / "participations.csv").unlink()
    result = run("backtest", str(folder), "--cutoff", "2020-01-01")
    assert isinstance(result.exception, UnsupportedFormat)


@pytest.mark.parametrize("day", ["2020-02-30", "yesterday", ""])
def test_a_day_that_is_none_is_wrong_use(run: Run, folder: Path, day: str) -> None:
    result = run("backtest", str(folder), "--cutoff", day)
    assert result.exit_code == 2
    assert "--cutoff" in result.output


def test_a_day_without_a_past_or_a_future_is_refused(run: Run, folder: Path) -> None:
    for day in ("1990-01-01", "2090-01-01"):
        result = run("backtest", str(folder), "--cutoff", day)
        assert isinstance(result.exception, NotEnoughHistory)


def test_rows_that_are_left_out_are_told(run: Run, folder: Path) -> None:
    with (folder / "participations.csv").open("a") as file:
        file.write("org-001,nowhere\n")
    result = run("backtest", str(folder), "--cutoff", "2020-01-01", "--organisations", "3")
    assert result.exit_code == 0
    assert "participations.csv" in result.stderr
    assert "'nowhere'" in result.stderr


@pytest.mark.parametrize("width", ["80", "200"])
def test_figures_are_never_broken_in_two(
    run: Run, folder: Path, width: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    shown = run("backtest", str(folder), "--cutoff", "2020-01-01", "--organisations", "9").stdout
    figures = re.findall(r"\d\.\d+–\d\.\d+", shown)
    assert len(figures) == 2 * 4 * len(rankers())
    assert all(re.fullmatch(r"\d\.\d{4}–\d\.\d{4}", figure) for figure in figures)


def test_it_judges_the_very_lists_that_match_gives_who_imports_the_past(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    cutoff = date(2020, 1, 1)
    with open_store("sqlite:///:memory:") as nothing:
        snapshot, _ = read_unstored(
            folder, nothing, source="history", actor="tester", today=date(2026, 11, 2)
        )
    network = split_at(snapshot, cutoff).before
    judged = Prior().top(network, np.arange(len(network)), 10)

    past = tmp_path / "past"
    past.mkdir()
    (past / "organisations.csv").write_bytes((folder / "organisations.csv").read_bytes())
    head, *projects = (folder / "projects.csv").read_text().splitlines()
    begun = [line for line in projects if line.rpartition(",")[2] < cutoff.isoformat()]
    (past / "projects.csv").write_text("\n".join([head, *begun]) + "\n")
    keys = {line.partition(",")[0] for line in begun}
    head, *roles = (folder / "participations.csv").read_text().splitlines()
    known = [line for line in roles if line.rpartition(",")[2] in keys]
    (past / "participations.csv").write_text("\n".join([head, *known]) + "\n")
    assert 0 < len(known) < len(roles)

    out = tmp_path / "lists.csv"
    assert run("import", "history", str(past), "--yes").exit_code == 0
    assert run("match", "--all", "--top", "10", "--out", str(out)).exit_code == 0
    lists: dict[str, list[str]] = {body: [] for body in network.organisation_ids}
    for row in csv.DictReader(out.read_text().splitlines()):
        lists[row["org_id"]].append(row["partner_id"])
    for row_number, body in enumerate(network.organisation_ids):
        wanted = [network.organisation_ids[each] for each in judged[row_number] if each >= 0]
        assert lists[body] == wanted
    assert sum(map(len, lists.values())) > 100


@pytest.mark.slow
def test_on_a_real_history_partners_in_common_beat_popularity_and_popularity_beats_chance() -> None:
    folder = shared_data("cordis")
    with open_store("sqlite:///:memory:") as nothing:
        snapshot, _ = read_unstored(
            folder, nothing, source="history", actor="tester", today=date(2026, 11, 2)
        )
    quick = ("random", "popularity", "adamic_adar")
    chosen = [ranker for ranker in rankers() if ranker.name in quick]
    found = backtest(snapshot, date(2018, 1, 1), chosen, sample=200)
    assert (found.counts["organisations"], found.counts["known"]) == (27_411, 22_787)
    assert found.known.found == 4_539
    ndcg = {each.name: each.metrics["ndcg"].value for each in found.known.rankings}
    assert ndcg["random"] < 0.01 < ndcg["popularity"] < ndcg["adamic_adar"] < 0.2
    assert found.cold.ranking("popularity").metrics["hit"].value > 0.2
