"""The compose file, checked for form: the machines that run the tests have no Docker daemon."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from needs import ROOT

TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")


@pytest.fixture
def services() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(TEXT)["services"]
    return found


def test_it_runs_the_app_and_neo4j(services: dict[str, Any]) -> None:
    assert set(services) == {"app", "neo4j"}
    assert services["neo4j"]["image"] == "neo4j:5.26"


def test_the_network_outlives_its_container(services: dict[str, Any]) -> None:
    assert services["neo4j"]["volumes"] == ["neo4j:/data"]
    assert "neo4j" in yaml.safe_load(TEXT)["volumes"]


def test_both_are_watched_and_the_app_waits_for_the_store(services: dict[str, Any]) -> None:
    assert all(service["healthcheck"]["test"] for service in services.values())
    assert services["app"]["depends_on"] == {"neo4j": {"condition": "service_healthy"}}


def test_there_is_no_default_password() -> None:
    used = re.findall(r"\$\{NEO4J_PASSWORD(.*?)\}", TEXT)
    assert used
    assert all(rest.startswith(":?") for rest in used)


def test_no_port_is_published_beyond_this_machine(services: dict[str, Any]) -> None:
    published = [port for service in services.values() for port in service.get("ports", [])]
    assert published
    assert all(port.startswith("127.0.0.1:") for port in published)


def test_the_password_is_no_part_of_an_address(services: dict[str, Any]) -> None:
    environment = services["app"]["environment"]
    assert environment["GOFAR_STORE"] == "bolt://neo4j:7687"
    assert environment["GOFAR_STORE_USER"] == "neo4j"
    assert environment["GOFAR_STORE_PASSWORD"].startswith("${NEO4J_PASSWORD")


def test_listening_on_every_address_is_said_in_so_many_words(services: dict[str, Any]) -> None:
    environment = services["app"]["environment"]
    assert environment["GOFAR_HOST"] == "0.0.0.0"  # noqa: S104
    assert environment["GOFAR_ALLOW_ANY_HOST"] == "1"


def test_the_image_is_built_from_what_is_in_the_build_context() -> None:
    kept = {
        line[1:].strip("/")
        for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
        if line.startswith("!")
    }
    missing = [name for name in kept if not (ROOT / name).exists()]
    assert not missing
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    for name in re.findall(r"[\w./-]+\.(?:lock|py)\b", dockerfile):
        assert name.removeprefix("/tmp/") in kept  # noqa: S108
