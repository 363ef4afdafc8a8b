"""Starting: settings, addresses, exit codes, and the one line that an error becomes."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import graph.errors
from gofar.__main__ import EXIT_CODES, exit_code
from gofar.commands.serve import refuse_open_address
from gofar.settings import Settings, read_settings
from graph.errors import ConfigurationError, GofarError


def gofar(*arguments: str, cwd: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), **settings}
    return subprocess.run(
        [sys.executable, "-m", "gofar", *arguments],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "example.org", "::"])  # noqa: S104
def test_it_refuses_an_address_that_other_computers_reach(host: str) -> None:
    with pytest.raises(ConfigurationError, match="no sign-in yet"):
        refuse_open_address(Settings(host=host))
    refuse_open_address(Settings(host=host, allow_any_host=True))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_it_listens_on_this_computer(host: str) -> None:
    refuse_open_address(Settings(host=host))


def test_serve_says_which_setting_is_wrong_and_what_to_do(tmp_path: Path) -> None:
    refused = gofar("serve", "--host", "0.0.0.0", cwd=tmp_path)  # noqa: S104
    assert refused.returncode == 2
    assert "GOFAR_HOST" in refused.stderr
    assert "Use 127.0.0.1" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_port_in_use_is_named(tmp_path: Path) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        refused = gofar("serve", "--port", str(port), cwd=tmp_path)
    assert refused.returncode == 2
    assert f"GOFAR_PORT: {port}" in refused.stderr


def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOFAR_PORT", "eighty")
    with pytest.raises(ConfigurationError, match="GOFAR_PORT: 'eighty'"):
        read_settings()


def test_a_store_that_is_none_is_named(tmp_path: Path) -> None:
    refused = gofar("status", "--store", "mysql://somewhere", cwd=tmp_path)
    assert refused.returncode == 2
    assert "sqlite://" in refused.stderr


def test_a_file_of_another_program_is_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "photo.db"
    other.write_bytes(b"not a database at all, but somebody's photograph" * 40)
    before = other.read_bytes()
    refused = gofar("status", "--store", f"sqlite:///{other}", cwd=tmp_path)
    assert refused.returncode == 3
    assert other.read_bytes() == before


def test_a_password_is_never_shown(tmp_path: Path) -> None:
    refused = gofar("status", "--store", "bolt://neo4j:s3cret-word@127.0.0.1:1", cwd=tmp_path)
    assert refused.returncode == 3
    assert "s3cret-word" not in refused.stderr + refused.stdout


def test_every_error_class_has_an_exit_code() -> None:
    for name in graph.errors.__all__:
        found = getattr(graph.errors, name)
        if isinstance(found, type) and issubclass(found, GofarError):
            assert exit_code(found.__new__(found)) in EXIT_CODES.values()
