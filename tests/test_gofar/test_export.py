"""gofar export at the prompt."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from graph.errors import InputError
from graph.stores import open_store
from seeds.exports import EXPORTS

Run = Callable[..., Result]


def test_a_network_goes_out_and_into_another_store(
    run: Run, filled_store: str, tmp_path: Path
) -> None:
    out = tmp_path / "out.graphml"
    answer = run("export", "graphml", str(out))
    assert answer.exit_code == 0
    assert "out.graphml: " in answer.stdout
    assert "Left out" not in answer.stdout
    other = f"sqlite:///{tmp_path / 'other.db'}"
    assert run("import", str(out), "--yes", "--store", other).exit_code == 0
    with open_store(filled_store) as one, open_store(other) as two:
        assert one.snapshot().content_hash == two.snapshot().content_hash


@pytest.mark.usefixtures("filled_store")
def test_what_is_left_out_is_listed(run: Run, tmp_path: Path) -> None:
    answer = run("export", "open-referral", str(tmp_path / "out.json"))
    assert "Left out" in answer.stdout
    assert "3 × needs: no place for it" in answer.stdout


def test_without_a_format_all_are_listed(run: Run) -> None:
    answer = run("export")
    assert answer.exit_code == 0
    assert [line.split()[0] for line in answer.stdout.splitlines()] == [e.name for e in EXPORTS]


@pytest.mark.usefixtures("filled_store")
def test_a_file_that_is_there_is_kept_unless_forced(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out.gexf"
    out.write_text("mine", encoding="utf-8")
    error = run("export", "gexf", str(out)).exception
    assert isinstance(error, InputError)
    assert out.read_text(encoding="utf-8") == "mine"
    assert run("export", "gexf", str(out), "--force").exit_code == 0
    folder = tmp_path / "tables"
    assert run("export", "gephi", str(folder)).exit_code == 0
    error = run("export", "gephi", str(folder)).exception
    assert "nodes.csv" in str(error)


@pytest.mark.usefixtures("store_url")
def test_an_empty_network_and_a_missing_place_are_said(run: Run, tmp_path: Path) -> None:
    assert "is empty" in str(run("export", "gexf", str(tmp_path / "x.gexf")).exception)
    assert "where to write" in str(run("export", "gexf").exception)
    assert "not a format" in str(run("export", "pajek", "x").exception)
    assert not (tmp_path / "x.gexf").exists()
