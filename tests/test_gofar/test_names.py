from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from gofar import names
from graph.errors import ConfigurationError
from needs import ROOT

START = "from gofar.names import check_names; check_names(); print('started')"


def plant(site: Path, name: str, distribution: str = "web-py", version: str = "0.76") -> None:
    """Install a stranger's package of this name, as pip would leave it."""
    (site / name).mkdir(parents=True)
    (site / name / "__init__.py").write_text("", encoding="utf-8")
    about = site / f"{distribution.replace('-', '_')}-{version}.dist-info"
    about.mkdir()
    about.joinpath("METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {distribution}\nVersion: {version}\n", encoding="utf-8"
    )
    about.joinpath("RECORD").write_text(
        f"{name}/__init__.py,,\n{about.name}/METADATA,,\n", encoding="utf-8"
    )


def start(*path: Path) -> subprocess.CompletedProcess[str]:
    """Start a process that sees these folders, in this order, and no others of ours."""
    code = f"import sys; sys.path[:0] = {[str(folder) for folder in path]!r}; {START}"
    return subprocess.run(
        [sys.executable, "-I", "-c", code], capture_output=True, text=True, check=False
    )


def test_it_starts_where_every_name_is_ours() -> None:
    names.check_names()


def test_every_packaged_name_is_guarded() -> None:
    packaged = {folder.parent.name for folder in ROOT.glob("*/py.typed")}
    assert packaged == set(names.OUR_NAMES)


def test_it_names_the_distribution_that_shadows_us(tmp_path: Path) -> None:
    plant(tmp_path, "web")
    run = start(tmp_path, ROOT)
    assert run.returncode != 0
    assert "ConfigurationError" in run.stderr
    assert f"'web' comes from web-py 0.76 ({tmp_path / 'web'})." in run.stderr
    assert "pipx install gofar" in run.stderr


def test_it_refuses_a_claim_even_where_ours_comes_first(tmp_path: Path) -> None:
    plant(tmp_path, "matching", "matching", "1.4.3")
    run = start(ROOT, tmp_path)
    assert "'matching' comes from matching 1.4.3" in run.stderr


def test_it_refuses_a_folder_that_no_distribution_claims(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "__init__.py").write_text("", encoding="utf-8")
    run = start(tmp_path, ROOT)
    assert f"'seeds' comes from {tmp_path / 'seeds'}." in run.stderr


def test_it_still_says_so_where_our_errors_cannot_be_imported(tmp_path: Path) -> None:
    plant(tmp_path, "graph", "graph", "9.9")
    run = start(tmp_path, ROOT)
    assert run.returncode == 1
    assert run.stderr.strip().startswith("package name: 'graph' comes from graph 9.9")


def test_the_error_carries_the_name_and_a_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(tmp_path, "web")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(ConfigurationError) as raised:
        names.check_names()
    assert raised.value.value == "web"
    assert raised.value.remedy


def test_it_takes_no_noticeable_time() -> None:
    spent = []
    for _ in range(5):
        began = time.perf_counter()
        names.check_names()
        spent.append(time.perf_counter() - began)
    assert min(spent) < 0.06
