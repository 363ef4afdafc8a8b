"""The reference says what the code says: nothing stale, and nothing left out."""

from __future__ import annotations

import ast
import importlib.util
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import click
import pytest

from gofar.cli import gofar
from gofar.settings import Settings
from graph.model import ENTRY_KINDS, NODE_KINDS, RELATIONSHIP_KINDS, Provenance, fields_of
from matching import SIGNALS
from matching.testing.signal_contract import SignalContract
from matching.testing.worlds import WORLDS
from needs import ROOT
from seeds.exports import EXPORTS
from seeds.sources import SOURCES
from seeds.sources.threesixty_fields import Titles

REFERENCE = ROOT / "docs" / "reference"
PAGES = sorted([*(ROOT / "docs").rglob("*.md"), ROOT / "README.md", ROOT / "CHANGELOG.md"])
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")


@pytest.fixture(scope="module")
def docs() -> ModuleType:
    """The script that `make docs` runs, as a module."""
    spec = importlib.util.spec_from_file_location("docs_script", ROOT / "scripts" / "docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def page(name: str) -> str:
    return (REFERENCE / f"{name}.md").read_text(encoding="utf-8")


def section(name: str, heading: str) -> str:
    """Return what stands under a heading of a page, up to the next of the same depth."""
    depth = heading.partition(" ")[0]
    parts = re.split(rf"^(?={depth} )", page(name), flags=re.MULTILINE)
    found = [part for part in parts if part.partition("\n")[0] == heading]
    assert found, f"docs/reference/{name}.md has no heading {heading!r}. Run: make docs"
    return found[0]


# --- what is made from the code ----------------------------------------------------------


def test_no_page_is_stale(docs: ModuleType) -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in docs.pages()}
    stale = [path.name for path, text in texts.items() if docs.rewritten(text) != text]
    assert not stale, "Run: make docs"


def test_every_table_stands_on_a_page(docs: ModuleType) -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in docs.pages())
    assert [name for name in docs.TABLES if f"<!-- from the code: {name} -->" not in text] == []


def test_a_changed_table_is_noticed(
    docs: ModuleType,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    old = tmp_path / "docs" / "page.md"
    old.parent.mkdir()
    old.write_text("<!-- from the code: visibility -->\nold\n<!-- end of visibility -->\n")
    monkeypatch.setattr(docs, "ROOT", tmp_path)
    assert docs.main(["--check"]) == 1
    assert "page.md" in capsys.readouterr().out
    assert "old" in old.read_text()
    assert docs.main([]) == 0
    assert "`private`" in old.read_text()
    assert docs.main(["--check"]) == 0


# --- nothing left out --------------------------------------------------------------------


def every_command(group: click.Group, path: str) -> Iterator[tuple[str, click.Command]]:
    """Yield every command with what is typed for it, those of groups too."""
    for command in group.commands.values():
        yield f"{path} {command.name}", command
        if isinstance(command, click.Group):
            yield from every_command(command, f"{path} {command.name}")


COMMANDS = dict(every_command(gofar, "gofar"))


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_and_option_is_described(path: str) -> None:
    command, text = COMMANDS[path], section("commands", f"## {path}")
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help or parameter.show_default, parameter.opts
            for name in parameter.opts:
                assert re.search(rf"`{name}[ `]", text), name


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_described(name: str) -> None:
    heading = f"## GOFAR_{name.upper()}"
    assert section("settings", heading).removeprefix(heading).strip()


@pytest.mark.parametrize("signal", SIGNALS, ids=lambda signal: signal.name)
def test_every_signal_has_formula_unit_and_source(signal: object) -> None:
    text = section("signals", f"## {signal.name}")  # type: ignore[attr-defined]
    for part in ("Formula", "Unit", "Source"):
        assert f"- **{part}.** " in text


@pytest.mark.parametrize(
    "kind", [*NODE_KINDS, *RELATIONSHIP_KINDS, *ENTRY_KINDS], ids=lambda kind: kind.__name__
)
def test_every_kind_of_record_and_its_fields_are_described(kind: type) -> None:
    text = section("model", f"### {kind.__name__}")
    common = {"id", "external_ids", "from_id", "to_id"}
    for spec in fields_of(kind):
        assert spec.name in common or f"| `{spec.name}` |" in text


def test_provenance_is_described() -> None:
    text = section("model", "## Every fact")
    assert [spec.name for spec in fields_of(Provenance) if f"| `{spec.name}` |" not in text] == []


def error_classes() -> Iterator[str]:
    """Yield the classes of the tree of errors, found in the source and not through the classes."""
    known = {"GofarError"}
    trees = [
        ast.parse(path.read_text(encoding="utf-8"))
        for package in ("graph", "matching", "reports", "seeds", "web", "gofar")
        for path in sorted((ROOT / package).rglob("*.py"))
    ]
    # Twice, because a class may stand in a file that is read before that of its parent.
    for _ in range(2):
        for node in (node for tree in trees for node in ast.walk(tree)):
            if isinstance(node, ast.ClassDef):
                bases = {getattr(base, "attr", getattr(base, "id", "")) for base in node.bases}
                if bases & known:
                    known.add(node.name)
    yield from sorted(known)


@pytest.mark.parametrize("name", list(error_classes()))
def test_every_error_is_described(name: str) -> None:
    assert f"| `{name}` |" in page("errors")


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_every_import_format_is_described(source: object, docs: ModuleType) -> None:
    text = section("formats", f"## {source.name}")  # type: ignore[attr-defined]
    for _, columns in docs.column_lists(source):
        assert [name for name in columns if f"| `{name}` |" not in text] == []


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.name)
def test_every_export_format_is_described(export: object) -> None:
    text = section("formats", "## Export")
    assert f"| `{export.name}` | {export.title} |" in text  # type: ignore[attr-defined]


def test_every_360giving_column_that_is_described_is_read() -> None:
    text = section("formats", "## 360Giving: what is read")
    titles = re.findall(r"^\| `([^`]+)` \|", text, flags=re.MULTILINE)
    assert len(titles) > 20
    code = "".join(
        path.read_text(encoding="utf-8")
        for path in sorted((ROOT / "seeds" / "sources").glob("threesixty_*.py"))
    )
    for title in titles:
        ((_, _, leaf),) = [found for found in Titles((title,)).fields if found]
        assert f'"{leaf}"' in code, title


# --- the pages themselves ----------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_within_the_project_leads_somewhere(path: Path) -> None:
    for target in LINK.findall(path.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, fragment = target.partition("#")
        found = (path.parent / name).resolve() if name else path
        assert found.exists(), target
        if fragment:
            assert fragment in anchors(found), target


def anchors(path: Path) -> set[str]:
    """Return the fragments that the headings of a page can be reached by."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", heading.casefold()) for heading in headings)
    return {heading.replace(" ", "-") for heading in plain}


def test_every_page_is_reached_from_the_readme() -> None:
    seen, waiting = set(), [ROOT / "README.md"]
    while waiting:
        current = waiting.pop()
        if current in seen or current.suffix != ".md":
            continue
        seen.add(current)
        targets = (target.partition("#")[0] for target in LINK.findall(current.read_text("utf-8")))
        waiting += [
            (current.parent / target).resolve()
            for target in targets
            if target and not re.match(r"[a-z]+:", target)
        ]
    assert [path for path in PAGES if path not in seen] == []


def test_every_file_that_a_page_names_is_there() -> None:
    """Paths in code, and in “How a match flows” also those followed by a function."""
    missing = [
        f"{path.name}: {named}"
        for path in PAGES
        for named in re.findall(
            r"`((?:gofar|graph|matching|seeds|web|tests|scripts)/[\w./-]*\w/?)(?:::\w+(?:\.\w+)?)?`",
            path.read_text(encoding="utf-8"),
        )
        if not (ROOT / named).exists() and not re.search(r"same_type|membership|NAME", named)
    ]
    assert not missing


# --- the code on the pages for developers -------------------------------------------------


def code_blocks(page_name: str) -> list[str]:
    text = (ROOT / "docs" / "developers" / f"{page_name}.md").read_text(encoding="utf-8")
    return re.findall(r"^```python\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)


def planted(name: str, code: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return a module made of code on a page, importable under ``name`` for this test."""
    module = ModuleType(name)
    monkeypatch.setitem(sys.modules, name, module)
    exec(compile(code, name, "exec"), vars(module))  # noqa: S102 - our own page
    return module


def test_the_example_of_a_signal_works(monkeypatch: pytest.MonkeyPatch) -> None:
    signal_code, test_code = code_blocks("adding-a-signal")
    module = planted("matching.signals.same_type", signal_code, monkeypatch)
    test = planted("test_same_type", test_code, monkeypatch)
    test.test_the_same_kind_of_body_gives_points()
    contract, signal = SignalContract(), module.SameType()
    contract.test_it_says_what_it_is(signal)
    contract.test_a_pool_in_another_order_gets_the_same_points(signal)
    contract.test_it_leaves_its_input_alone(signal)
    for world in WORLDS:
        contract.test_its_evidence_sums_to_its_points(signal, world)
        contract.test_without_evidence_it_gives_no_points(signal, world)


def test_the_example_of_an_import_format_works(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    source_code, test_code = code_blocks("adding-an-import-format")
    module = planted("seeds.sources.membership", source_code, monkeypatch)
    # The one line, and those who took the list while it was without it.
    longer = (*SOURCES, module.Membership())
    for name in ("seeds.sources", "seeds.staging"):
        monkeypatch.setattr(sys.modules[name], "SOURCES", longer)
    test = planted("test_membership", test_code, monkeypatch)
    test.test_a_membership_list_comes_in_and_can_be_taken_back(tmp_path)
