"""gofar demo: once, and never among real organisations."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import Result

from graph.errors import InputError

Run = Callable[..., Result]


@pytest.mark.usefixtures("store_url")
def test_it_loads_once(run: Run) -> None:
    assert "Loaded the fictional demo network" in run("demo").stdout
    assert "is in" in run("demo").stdout


@pytest.mark.usefixtures("filled_store")
def test_it_keeps_out_of_a_store_with_other_organisations(run: Run) -> None:
    result = run("demo")
    assert isinstance(result.exception, InputError)
    assert "holds 3 organisations already" in str(result.exception)
    assert "Loaded" in run("demo", "--beside").stdout
    assert run("demo").exit_code == 0


@pytest.mark.usefixtures("store_url")
def test_an_empty_network_is_called_empty(run: Run) -> None:
    for command in (("gaps",), ("match", "Anybody"), ("match", "--all")):
        assert "this network is empty" in str(run(*command).exception)


@pytest.mark.usefixtures("store_url")
def test_a_filled_in_template_is_not_written_over(run: Run) -> None:
    assert run("template", "mine.xlsx").exit_code == 0
    assert "perhaps filled in" in str(run("template", "mine.xlsx").exception)
    assert run("template", "mine.xlsx", "--force").exit_code == 0
