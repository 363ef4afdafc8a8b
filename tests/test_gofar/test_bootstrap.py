"""gofar bootstrap: from a register's files to a network of one place."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from graph.errors import InputError
from graph.model import Organisation
from graph.stores import open_store
from import_files import GRANTS
from register_files import extract

Run = Callable[..., Result]


def organisations(url: str) -> list[str]:
    with open_store(url) as store:
        return sorted(found.name for found in store.records(Organisation))


def test_a_place_is_filled_and_the_summary_says_with_what(
    run: Run, store_url: str, tmp_path: Path
) -> None:
    folder = str(extract(tmp_path / "x"))

    done = run("bootstrap", "--place", "Westminster", "--source", folder, "--yes")

    assert done.exit_code == 0
    assert organisations(store_url) == ["LANTERN YARD FOOD NETWORK"]
    for words in ("1 charities", "1 with a theme", "--wider takes it in", "gofar gaps"):
        assert words in " ".join(done.stdout.split())


def test_several_files_may_follow_the_option(run: Run, store_url: str, tmp_path: Path) -> None:
    files = sorted(map(str, extract(tmp_path / "x").iterdir()))

    run("bootstrap", "--place", "E08000009", "--yes", "--source", *files)

    assert organisations(store_url) == ["LANTERN YARD FOOD NETWORK", "Orchard Row Choir"]


def test_a_file_of_ids_will_do(run: Run, store_url: str, tmp_path: Path) -> None:
    folder = str(extract(tmp_path / "x"))
    ids = tmp_path / "ids.csv"
    ids.write_text("org_id\r\nGB-CHC-301002\r\n301003\r\n", encoding="utf-8-sig")

    run("bootstrap", "--ids", str(ids), "--source", folder, "--yes")

    assert organisations(store_url) == ["Orchard Row Choir", "Quarry Hill Carers"]


def test_json_counts_without_a_word_around_it(run: Run, store_url: str, tmp_path: Path) -> None:
    folder = str(extract(tmp_path / "x"))

    done = run("bootstrap", "--ids", "301001", "--source", folder, "--json", "--preview")

    told = json.loads(done.stdout)
    assert (done.exit_code, told["coverage"]["organisations"]) == (0, 1)
    assert told["options"] == {"ids": "GB-CHC-301001"}
    assert organisations(store_url) == []


def test_saying_no_writes_nothing(run: Run, store_url: str, tmp_path: Path) -> None:
    folder = str(extract(tmp_path / "x"))

    done = run("bootstrap", "--place", "Trafford", "--source", folder, answer="n\n")

    assert done.exit_code == 1
    assert organisations(store_url) == []


def test_a_place_where_nobody_works_says_why(run: Run, store_url: str, tmp_path: Path) -> None:
    folder = str(extract(tmp_path / "x"))

    done = run("bootstrap", "--place", "Swansea", "--source", folder, "--yes")

    assert done.exit_code == 1
    assert "it works elsewhere" in done.stdout
    assert organisations(store_url) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--place", "Trafford"), "No file of a register"),
        (("--place", "Trafford", "--source", "missing.json"), "no such file"),
        (("--ids", "missing.csv", "--source", "."), "holds no id"),
        (("--source", "."), "which charities are wanted"),
    ],
)
@pytest.mark.usefixtures("store_url")
def test_what_is_missing_is_said(run: Run, arguments: tuple[str, ...], message: str) -> None:
    done = run("bootstrap", *arguments)

    assert isinstance(done.exception, InputError)
    assert message in str(done.exception)


def test_a_list_of_grants_is_no_register(run: Run, store_url: str, tmp_path: Path) -> None:
    grants = tmp_path / "grants.csv"
    grants.write_text(GRANTS, encoding="utf-8")

    refused = run("bootstrap", "--place", "Westminster", "--source", str(grants), "--yes")

    assert isinstance(refused.exception, InputError)
    assert "no register of charities" in str(refused.exception)
    assert organisations(store_url) == []
