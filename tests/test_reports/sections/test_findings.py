from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

from builders import TOLD, network_of, organisation
from graph.model import Place, Theme
from reports.part import Headline, Part
from reports.report import Confidence, Direction, Finding, Section, Settings
from reports.sections.findings import opening

QUARTER = Settings("The third quarter", date(2026, 7, 1), date(2026, 9, 30))
CAMDEN = Place(id="place-camden", name="Camden", provenance=TOLD)
FOOD = Theme(id="theme-food", name="Food", provenance=TOLD)
NETWORK = network_of(organisation("a"), CAMDEN, FOOD)


def headline(key: str, weight: float) -> Headline:
    finding = Finding(key, key, "", Direction.SAME, Confidence.HIGH, "", ())
    return Headline(finding, weight)


def part(*headlines: Headline) -> Part:
    return Part(Section("some", "Some", ""), headlines=headlines)


def opened(*parts: Part) -> list[str]:
    section = opening(parts, NETWORK, QUARTER).section
    return [each.id for each in section.findings]


def test_of_many_findings_three_open_the_report_each_of_another_section() -> None:
    every = [headline(f"h{number:02}", number / 12) for number in range(12)]
    first, second, third = part(*every[9:]), part(*every[5:9]), part(*every[:5])
    assert opened(first, second, third) == ["h11", "h08", "h04"]
    assert opened(first, second) == ["h11", "h10", "h08"]
    assert opened(first, part()) == ["h11", "h10", "h09"]


def test_of_equals_the_order_is_always_the_same() -> None:
    every = [headline(key, 0.5) for key in "cabd"]
    for seed in range(5):
        random.Random(seed).shuffle(every)
        assert opened(*map(part, every)) == opened(part(*every)) == ["a", "b", "c"]


def test_a_narrowed_report_says_at_once_what_is_narrowed_and_what_is_not() -> None:
    narrow = replace(QUARTER, place_id=CAMDEN.id, theme_id=FOOD.id)
    said = opening([part(headline("a", 1))], NETWORK, narrow).section.lead
    assert said == (
        "“What is missing” is about organisations in Camden working on Food only; all else is "
        "about the whole network."
    )
    assert opening([part(headline("a", 1))], NETWORK, QUARTER).section.lead == ""
    nothing = opening([], NETWORK, narrow).section.lead
    assert nothing.startswith("Nothing stands out in what is known so far. “What")
