"""What the README tells people to type exists, and works in the order in which it is told."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import click
import openpyxl
import pytest
from click.testing import CliRunner, Result

from gofar.cli import gofar
from graph.model import ImportRecord, Organisation
from graph.stores import open_store
from needs import ROOT
from register_files import extract

GOFAR = ".venv/bin/gofar"
GRANTS = """Identifier,Title,Description,Currency,Amount Awarded,Award Date,\
Funding Org:Identifier,Funding Org:Name,Recipient Org:Identifier,Recipient Org:Name
360G-test-1,Warm rooms,Heating,GBP,500,2026-01-31,GB-CHC-1111111,A Fund,GB-CHC-2222222,A Kitchen
"""
HISTORY = {
    "organisations.csv": "org_id,name\no1,A Kitchen\no2,A Larder\n",
    "projects.csv": "project_id,title\np1,Warm suppers\n",
    "participations.csv": "org_id,project_id,role\no1,p1,lead\no2,p1,partner\n",
}


def shell_lines() -> list[str]:
    """Return every line of the README's shell blocks, in order."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.strip()]


LINES = shell_lines()
TYPED = [shlex.split(line)[1:] for line in LINES if line.startswith(f"{GOFAR} ")]


def test_there_is_something_to_type() -> None:
    assert LINES[:2] == ["make demo", "make test"]
    assert len(TYPED) > 8


@pytest.mark.parametrize("line", [line for line in LINES if line.startswith("make ")])
def test_every_make_target_exists(line: str) -> None:
    targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    assert line.split()[1] in targets


@pytest.mark.parametrize("line", LINES)
def test_every_line_is_of_a_known_kind(line: str) -> None:
    # Whatever else is told to be typed has to be tried by hand first, and then added here.
    assert re.match(
        rf"make |{re.escape(GOFAR)} |export GOFAR_|NEO4J_PASSWORD=\S+ docker compose up", line
    )


@pytest.mark.parametrize("arguments", TYPED, ids=" ".join)
def test_every_command_and_option_exists(arguments: list[str]) -> None:
    command = gofar.commands[arguments[0]]
    options = {name for option in command.params for name in option.opts}
    assert {word for word in arguments[1:] if word.startswith("-")} <= options
    # Parsing raises for an argument too many or too few.
    context = click.Context(command, resilient_parsing=False)
    command.make_parser(context).parse_args(list(arguments[1:]))


def test_every_name_in_the_four_steps_is_in_the_made_up_network(run: Callable[..., Result]) -> None:
    run("demo")
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (asked,) = re.findall(r"^2\. Type `([^`]+)`", text, flags=re.MULTILINE)
    (found,) = re.findall(r"first card\. \*([^*]+)\*", text)
    first = run("match", asked, "--top", "1", "--json").stdout
    assert f'"name": "{found}"' in first


def test_the_story_of_the_readme_can_be_told(
    run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("--help")
    run("demo")
    (tmp_path / "grants.csv").write_text(GRANTS, encoding="utf-8")
    extract(tmp_path / "register-files")
    (tmp_path / "past-projects").mkdir()
    for name, text in HISTORY.items():
        (tmp_path / "past-projects" / name).write_text(text, encoding="utf-8")
    for line in LINES:
        if line.startswith("export "):
            name, _, value = line.removeprefix("export ").partition("=")
            monkeypatch.setenv(name, value)
        if line.startswith(f"{GOFAR} ") and "serve" not in line:
            arguments = [_real(word) for word in shlex.split(line)[1:]]
            run(*arguments)
            if arguments[0] == "template":
                fill_in(Path(arguments[1]))
    with open_store("sqlite:///my-network.db") as store:
        states = {record.source: record.state.value for record in store.records(ImportRecord)}
        names = {record.name for record in store.records(Organisation)}
    assert states == {
        "template": "undone",
        "360giving": "applied",
        "history": "applied",
        "charity-commission": "applied",
    }
    assert names == {"A Kitchen", "A Fund", "A Larder", "LANTERN YARD FOOD NETWORK"}


def _real(word: str) -> str:
    if word != "IMPORT_ID":
        return word
    with open_store("sqlite:///my-network.db") as store:
        (record,) = store.records(ImportRecord)
    return record.id


def fill_in(path: Path) -> None:
    """Write one organisation into the template, as a person would."""
    book = openpyxl.load_workbook(path)
    sheet = book["Organisations"]
    titles = [str(cell.value).casefold() for cell in sheet[1]]
    sheet.cell(row=sheet.max_row + 1, column=titles.index("name") + 1, value="Mill Lane Kitchen")
    book.save(path)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run a command in an empty folder, on a store of its own; it has to end well."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GOFAR_STORE", "sqlite:///story.db")

    def invoke(*arguments: str) -> Result:
        result = CliRunner().invoke(gofar, list(arguments), input="y\n")
        assert result.exit_code == 0, f"gofar {' '.join(arguments)}: {result.output}"
        return result

    return invoke
