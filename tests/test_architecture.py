"""The rules of the house that a machine can hold: who may import, name and ship what."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from needs import ROOT

PACKAGES = ("gofar", "graph", "matching", "reports", "seeds", "web")
LATER = ("coordination",)  # packaged, guarded and linted from their first file on
LONGEST_MODULE = 400
EXCUSE = "# Long because:"

# The only modules that put statements together; what they put in are names from the model.
STATEMENT_BUILDERS = {
    Path("graph/stores/sqlite/schema.py"),
    Path("graph/stores/neo4j/cypher.py"),
}
# Where the store itself may be named in web/: the door with its desk for answers, and the ports
# that the root fills in.
STORE_NAMERS = {
    Path("web/door.py"),
    Path("web/desk.py"),
    Path("web/identity.py"),
    Path("web/reporting.py"),
    Path("web/together.py"),
    Path("web/workspace.py"),
}

LIBRARY_HOMES = {
    "sqlite3": "graph/stores/sqlite",
    "neo4j": "graph/stores/neo4j",
    "flask": "web",
    "flask_wtf": "web",
    "pyvis": "web",
    "typst": "reports/render",
}


def modules(*folders: str) -> Iterator[tuple[Path, ast.Module]]:
    for folder in folders or PACKAGES:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT), ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Yield every module that is imported anywhere in a tree, by name, with its line."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from ((alias.name, node.lineno) for alias in names)
            case ast.ImportFrom(module=str(module)):
                yield module, node.lineno
            case ast.Call(
                func=ast.Attribute(attr="import_module")
                | ast.Name(id="import_module" | "__import__"),
                args=[ast.Constant(value=str(module)), *_],
            ):
                yield module, node.lineno


def identifiers(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Yield every plain name, attribute and parameter in a tree, with its line."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                yield name, node.lineno
            case ast.ImportFrom(names=names):
                yield from ((alias.name, node.lineno) for alias in names)


# --- imports -----------------------------------------------------------------------------


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_imports_keep_every_contract() -> None:
    run = lint_imports(ROOT)
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize(
    ("module", "line", "broken"),
    [
        ("graph/planted.py", "import seeds", "Imports point one way"),
        ("matching/planted.py", "import seeds", "Imports point one way"),
        ("seeds/planted.py", "import matching", "Imports point one way"),
        ("matching/planted.py", "import pathlib", "The engine opens no file"),
        ("web/planted.py", "import sqlite3", "Only graph.stores.sqlite"),
        ("gofar/planted.py", "import neo4j.exceptions", "Only graph.stores.neo4j"),
        ("seeds/planted.py", "from flask import request", "Only web knows Flask"),
    ],
)
def test_a_planted_import_breaks_its_contract(
    tmp_path: Path, module: str, line: str, broken: str
) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for package in PACKAGES:
        ignored = shutil.ignore_patterns("__pycache__", "static")
        shutil.copytree(ROOT / package, tmp_path / package, ignore=ignored)
    (tmp_path / module).write_text(line + "\n", encoding="utf-8")
    run = lint_imports(tmp_path)
    assert run.returncode == 1
    assert f"{broken}" in run.stdout
    assert [text for text in run.stdout.splitlines() if broken in text and "BROKEN" in text]


def test_each_library_is_imported_only_in_its_home() -> None:
    strays = [
        f"{path}:{line} imports {name}"
        for path, tree in modules()
        for name, line in imported(tree)
        if (home := LIBRARY_HOMES.get(name.split(".")[0]))
        and not path.as_posix().startswith(f"{home}/")
    ]
    assert not strays


def test_no_import_is_relative() -> None:
    strays = [
        f"{path}:{node.lineno}"
        for path, tree in modules(*PACKAGES, "bench", "scripts", "tests")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert not strays


# --- names -------------------------------------------------------------------------------


def test_only_the_settings_read_the_environment() -> None:
    strays = [
        f"{path}:{line} names {name}"
        for path, tree in modules()
        if path != Path("gofar/settings.py")
        for name, line in identifiers(tree)
        if name in {"environ", "environb", "getenv"}
    ]
    assert not strays


def test_in_web_only_the_door_names_store_and_snapshot() -> None:
    strays = [
        f"{path}:{node.lineno}"
        for path, tree in modules("web")
        if path not in STORE_NAMERS
        for node in ast.walk(tree)
        if (isinstance(node, ast.Attribute) and node.attr in {"snapshot", "store"})
        or (isinstance(node, ast.Name) and node.id == "snapshot")
    ]
    strays += [
        f"{path}:{line} imports {name}"
        for path, tree in modules("web")
        if path not in STORE_NAMERS
        for name, line in imported(tree)
        if name.startswith(("graph.stores", "graph.snapshot"))
    ]
    assert not strays


def test_no_variable_shadows_one_of_our_packages() -> None:
    strays = [
        f"{path}:{node.lineno}"
        for path, tree in modules()
        for node in ast.walk(tree)
        if (isinstance(node, ast.arg) and node.arg in {*PACKAGES, *LATER})
        or (
            isinstance(node, ast.Name)
            and isinstance(node.ctx, ast.Store)
            and node.id in {*PACKAGES, *LATER}
        )
    ]
    assert not strays


# --- statements --------------------------------------------------------------------------


def is_fixed(node: ast.expr) -> bool:
    """Tell whether an expression is a constant, or comes from a builder of statements."""
    match node:
        case ast.Constant():
            return True
        case ast.Name(id=name):
            return name.isupper()
        case ast.Call(func=ast.Name(id=name)):
            return name.endswith("_statement")
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return is_fixed(left) and is_fixed(right)
        case ast.FormattedValue(format_spec=ast.JoinedStr(values=[ast.Constant(value="d")])):
            return True  # a number: anything else is an error
        case _:
            return False


def is_composed(node: ast.expr) -> bool:
    """Tell whether an expression puts a string together out of parts that may vary."""
    match node:
        case ast.JoinedStr(values=values):
            return not all(is_fixed(value) for value in values)
        case ast.BinOp(op=ast.Add() | ast.Mod()):
            return not is_fixed(node)
        case ast.Call(func=ast.Attribute(attr="format" | "format_map" | "join" | "replace")):
            return True
        case _:
            return False


def composed_statements(tree: ast.Module) -> Iterator[int]:
    """Yield the lines where a composed string reaches a store, directly or by a variable."""
    composed = {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and is_composed(node.value)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    runs = {"run", "execute", "executemany", "executescript", "execute_query"}
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr=name), args=[statement, *_]) if name in runs:
                if is_composed(statement) or (
                    isinstance(statement, ast.Name) and statement.id in composed
                ):
                    yield node.lineno


def test_no_composed_statement_reaches_a_store() -> None:
    strays = [
        f"{path}:{line}"
        for path, tree in modules("graph/stores")
        if path not in STATEMENT_BUILDERS
        for line in composed_statements(tree)
    ]
    assert not strays


@pytest.mark.parametrize(
    "code",
    [
        "tx.run(f'MATCH (n:{label})')",
        "tx.execute('SELECT ' + name)",
        "tx.execute('SELECT %s' % name)",
        "tx.execute('SELECT {}'.format(name))",
        "tx.execute(START + name)",
        "text = f'SELECT {name}'\ntx.execute(text)",
    ],
)
def test_the_check_sees_a_composed_statement(code: str) -> None:
    assert list(composed_statements(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    [
        "tx.execute('SELECT 1', (name,))",
        "tx.execute(f'PRAGMA user_version = {number:d}')",
        "tx.execute(_START + ties_statement(), (name,))",
    ],
)
def test_the_check_lets_fixed_statements_pass(code: str) -> None:
    assert not list(composed_statements(ast.parse(code)))


# --- size and shape ----------------------------------------------------------------------


def test_no_module_is_long_without_saying_why() -> None:
    texts = {path: (ROOT / path).read_text(encoding="utf-8") for path, _ in modules()}
    strays = [
        str(path)
        for path, text in texts.items()
        if len(text.splitlines()) > LONGEST_MODULE and not text.startswith(EXCUSE)
    ]
    assert not strays, f"split them, or begin with {EXCUSE!r}"


def test_every_package_is_regular_and_typed() -> None:
    present = [*PACKAGES, *(name for name in LATER if (ROOT / name).exists())]
    for name in present:
        assert (ROOT / name / "__init__.py").is_file()
        assert (ROOT / name / "py.typed").is_file()
    folders = {path.parent for path, _ in modules(*present)}
    assert [str(f) for f in sorted(folders) if not (ROOT / f / "__init__.py").is_file()] == []


# --- what is shipped ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    (built,) = out.glob("*.whl")
    return built


def test_the_wheel_holds_our_packages_and_nothing_else(wheel: Path) -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = declared["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    present = [*PACKAGES, *(name for name in LATER if (ROOT / name).exists())]
    assert sorted(packages) == sorted(present)
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names} == {*packages, "gofar-0.1.0.dist-info"}


def test_the_wheel_holds_every_file_of_our_packages(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        shipped = {name for name in archive.namelist() if ".dist-info/" not in name}
    ours = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert shipped == ours
    assert "web/static/vendor/govuk-frontend.min.css" in shipped


@pytest.mark.slow
def test_the_installed_wheel_works_from_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "environment"
    empty = tmp_path / "empty"
    empty.mkdir()
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    python = environment / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    subprocess.run([*pip, "--no-deps", "--no-index", str(wheel)], check=True, capture_output=True)
    # The dependencies are those of this environment: nothing is downloaded. A path that comes
    # from a .pth file brings no .pth files of its own, so the working copy stays out.
    (site,) = (environment / "lib").glob("python*/site-packages")
    here = sysconfig.get_paths()["purelib"]
    (site / "dependencies.pth").write_text(here + "\n", encoding="utf-8")

    variables = {k: v for k, v in os.environ.items() if not k.startswith(("GOFAR_", "PYTHON"))}
    variables |= {"HOME": str(empty), "XDG_DATA_HOME": str(empty / "share")}

    def run(*command: str | Path) -> str:
        done = subprocess.run(
            command, cwd=empty, env=variables, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    where = run(python, "-c", "import gofar, web; print(gofar.__file__, web.__file__)")
    assert str(ROOT) not in where
    assert "demo" in run(python, "-m", "gofar", "--help")
    run(environment / "bin" / "gofar", "demo")
    assert run(environment / "bin" / "gofar", "status").strip()
