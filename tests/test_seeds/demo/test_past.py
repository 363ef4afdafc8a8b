from __future__ import annotations

from datetime import date

import pytest

from graph.history import version_on
from graph.layers import without_confidential
from graph.model import Introduction, IntroductionState
from graph.stores import open_store
from seeds.demo import load_demo
from seeds.demo.past import BEGINNING, demo_past, play


@pytest.fixture(scope="module")
def lived():
    """A store in which the whole year has been played."""
    with open_store("sqlite:///:memory:") as store:
        for step in demo_past():
            play(store, step, "tester")
        yield store


def test_the_year_ends_in_the_demo_network(lived):
    with open_store("sqlite:///:memory:") as fresh:
        load_demo(fresh, "tester")
        expected = fresh.snapshot().content_hash
    assert without_confidential(lived.snapshot()).content_hash == expected


def test_each_month_is_written_down_on_its_last_day(lived):
    days = [step.on for step in demo_past()]
    assert days[0] == BEGINNING
    assert days[1:4] == [date(2025, 10, 31), date(2025, 11, 30), date(2025, 12, 31)]
    assert [version_on(lived, day) for day in days] == list(range(1, len(days) + 1))


def test_facts_end_on_the_way():
    ended = [each for step in demo_past() for each in step.ended]
    assert {kind for kind, _ in ended} == {"needs", "offers", "collaborates_with"}


def test_introductions_come_to_something_and_to_nothing(lived):
    states = {each.state for each in lived.records(Introduction)}
    assert {
        IntroductionState.COLLABORATING,
        IntroductionState.DECLINED,
        IntroductionState.MET,
    } <= states


def test_the_year_is_the_same_each_time():
    assert demo_past() == demo_past()
