from __future__ import annotations

from xml.etree import ElementTree

import pytest
from markupsafe import Markup

from builders import collaboration, organisation
from map_worlds import (
    GUESSED,
    HOSTILE,
    HOSTILE_NUMBER,
    borough_world,
    network_of,
    place,
    project,
    takes_part,
    works_in,
)
from matching import Network
from matching.groups import group_map
from matching.neighbourhood import neighbourhood
from web.svg.bars import Bar, draw_bars
from web.svg.groups import LINKS_DRAWN, draw_groups
from web.svg.neighbourhood import draw_neighbourhood, draw_pair

SVG = "{http://www.w3.org/2000/svg}"


def parsed(drawn: Markup) -> ElementTree.Element:
    """Return the picture as a tree, in which nothing carries a style or a script."""
    tree = ElementTree.fromstring(drawn)  # noqa: S314
    for found in tree.iter():
        assert not [name for name in found.attrib if name == "style" or name.startswith("on")]
    return tree


def texts(drawn: Markup) -> list[str]:
    return [found.text or "" for found in parsed(drawn).iter(f"{SVG}text")]


@pytest.fixture(scope="module")
def boroughs() -> Network:
    return network_of(*borough_world())


def test_the_map_has_each_group_once_with_its_count(boroughs: Network) -> None:
    found = group_map(boroughs)
    drawn = parsed(draw_groups(found, lambda group: f"/g?{group.place_id}"))
    anchors = list(drawn.iter(f"{SVG}a"))
    counts = [anchor.find(f"{SVG}text").text for anchor in anchors]  # type: ignore[union-attr]
    assert counts == [str(group.organisation_count) for group in found.groups]
    assert drawn.get("role") == "group"


def test_the_map_draws_few_lines_and_says_how_many(boroughs: Network) -> None:
    found = group_map(boroughs)
    drawn = draw_groups(found, lambda _: "/g")
    lines = [path for path in parsed(drawn).iter(f"{SVG}path")]
    assert len(lines) == LINKS_DRAWN < len(found.ties)
    assert f"{LINKS_DRAWN} of {len(found.ties)} drawn" in drawn


def test_a_place_with_a_hostile_name_stays_text() -> None:
    network = network_of(organisation("a"), place(HOSTILE), works_in("a", HOSTILE))
    drawn = draw_groups(group_map(network), lambda _: "/g")
    assert "<img" not in drawn
    assert any(title.text == HOSTILE for title in parsed(drawn).iter(f"{SVG}title"))


def test_the_neighbourhood_links_everybody_in_it(boroughs: Network) -> None:
    around = neighbourhood(boroughs, f"org-{HOSTILE_NUMBER:04}", steps=2)
    drawn = draw_neighbourhood(around, lambda key: f"/o?{key}")
    hrefs = [anchor.get("href") for anchor in parsed(drawn).iter(f"{SVG}a")]
    assert sorted(hrefs) == sorted(f"/o?{node.organisation_id}" for node in around.nodes)
    assert "<img" not in drawn
    assert f"{around.shown} of {around.total} organisations" in drawn


def test_focus_partner_and_guess_differ_in_shape() -> None:
    network = network_of(
        *(organisation(name) for name in "abc"),
        collaboration("a", "b"),
        collaboration("a", "c"),
        collaboration("b", "c", provenance=GUESSED),
    )
    drawn = draw_neighbourhood(neighbourhood(network, "org-a"), lambda _: "/o")
    assert drawn.count("gofar-map__ring") == 1
    assert drawn.count("<circle") == 2
    assert drawn.count("stroke-dasharray") == 1


def test_a_pair_shows_what_it_shares_in_the_middle() -> None:
    network = network_of(
        *(organisation(name) for name in ("one", "other", "both", "mine", "theirs")),
        project("bus"),
        takes_part("one", "bus"),
        takes_part("other", "bus"),
        *(collaboration("one", name) for name in ("both", "mine")),
        *(collaboration("other", name) for name in ("both", "theirs")),
    )
    drawn = draw_pair(network, "org-one", "org-other")
    found = texts(drawn)
    assert {"Other partners: 1", "In common: 2"} <= set(found)
    for name in ("one", "other", "both", "mine", "theirs", "bus"):
        assert found.count(name) == 1
    assert "work together already" in drawn
    assert parsed(drawn).get("role") == "img"


def test_a_pair_counts_what_it_leaves_out() -> None:
    partners = [f"p{n:02}" for n in range(15)]
    network = network_of(
        *(organisation(name) for name in ("one", "other", *partners)),
        *(collaboration("one", name) for name in partners),
    )
    found = texts(draw_pair(network, "org-one", "org-other", link=lambda key: f"/o?{key}"))
    assert {"Other partners: 15", "and 5 more", "In common: 0", "none yet"} <= set(found)


def test_bars_point_both_ways_and_carry_their_figures() -> None:
    bars = [Bar("Bids", 2.0), Bar("Nothing", 0.0), Bar(HOSTILE, -0.5)]
    drawn = draw_bars(bars, key="b 1")
    figures = [text for text in texts(drawn) if text[-1].isdigit()]
    assert figures == ["+2.00", "0.00", "\u22120.50"]
    assert drawn.count("url(#b-1-against)") == 1
    assert "<img" not in drawn


def test_no_bars_are_still_a_picture() -> None:
    assert "No points." in draw_bars([], key="b")


def test_the_same_network_gives_the_same_picture(boroughs: Network) -> None:
    again = network_of(*borough_world())
    assert draw_groups(group_map(boroughs), lambda _: "/g") == draw_groups(
        group_map(again), lambda _: "/g"
    )
