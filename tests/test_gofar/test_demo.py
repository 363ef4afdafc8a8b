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


@pytest.mark.usefixtures("store_url")
def test_a_year_leaves_four_published_reports_that_can_be_proven(run: Run) -> None:
    assert "has a year behind it" in run("demo", "--past").stdout
    listed = run("reports", "list").stdout
    quarters = ("October to December 2025", "January to March 2026", "April to June 2026")
    for quarter in (*quarters, "July to September 2026"):
        assert quarter in listed
    assert listed.count("published") == 4
    assert run("reports", "check").exit_code == 0
    assert run("reports", "run-due").exit_code == 0
    assert "has a past already" in str(run("demo", "--past").exception)
