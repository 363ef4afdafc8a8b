"""How good the guesses are, by what others have said of real charities.

The floors are generous: they catch a rule that breaks many guesses. ``python -m bench.words``
prints the figures.
"""

from __future__ import annotations

import pytest

from bench.words import Figures, charities, figures_of
from needs import shared_data


@pytest.fixture(scope="module")
def unseen() -> Figures:
    many = charities(shared_data("uk_charities", "charities.csv"))
    return figures_of(charity for charity in many if charity.half == "unseen")


def test_themes_agree_with_the_codes_of_others(unseen: Figures) -> None:
    precision, recall, f1 = unseen.themes.micro
    assert precision > 0.4
    assert recall > 0.6
    assert f1 > 0.5
    assert unseen.themes.macro[2] > 0.4
    assert unseen.section_agrees > 0.75


def test_communities_agree_with_the_codes_of_others(unseen: Figures) -> None:
    precision, recall, f1 = unseen.communities.micro
    assert precision > 0.28
    assert recall > 0.65
    assert f1 > 0.4
    assert unseen.communities.macro[2] > 0.38


def test_most_charities_get_a_theme_and_many_a_community_and_a_skill(unseen: Figures) -> None:
    assert unseen.texts > 2_000
    assert unseen.with_theme > 0.9
    assert unseen.with_community > 0.55
    assert unseen.with_skill > 0.2
