"""The map in a real Chromium: by keyboard, on a narrow screen, printed, without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from browser_helpers import axe_violations, open_browser
from builders import collaboration, organisation
from graph.model import Fact
from graph.stores import open_store
from map_worlds import borough_world
from web_app import app_over, served

pytestmark = pytest.mark.browser

BUSIEST = "org-0006"
PAGES = {
    "groups": "/map",
    "filtered": "/map?place=place-Camden",
    "group": "/map/group?place=place-Camden&theme=none",
    "neighbourhood": f"/map/neighbourhood?organisation={BUSIEST}",
    "two-steps": f"/map/neighbourhood?organisation={BUSIEST}&steps=2",
}
NARROW = 320
DRAWN = ("groups", "neighbourhood", "two-steps")

OVERLAPS = """() => {
  const boxes = [...document.querySelectorAll('.gofar-picture text')].map(text => {
    const box = text.getBoundingClientRect();
    return {text: text.textContent, left: box.left + 1, right: box.right - 1,
            top: box.top + 3, bottom: box.bottom - 3};
  });
  return boxes.flatMap((one, at) => boxes.slice(at + 1).filter(other =>
    one.left < other.right && other.left < one.right &&
    one.top < other.bottom && other.top < one.bottom
  ).map(other => `${one.text} | ${other.text}`));
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of the app over the borough world, hostile name included."""
    folder = tmp_path_factory.mktemp("boroughs")
    with open_store(f"sqlite:///{folder / 'gofar.db'}") as store:
        with store.transaction("tester") as tx:
            tx.upsert(*(record for record in borough_world() if isinstance(record, Fact)))
        with served(app_over(store, folder / "uploads")) as found:
            yield found


def opened(browser: Browser, url: str, width: int = 1200, *, script: bool = True) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=script
    )
    page = context.new_page()
    page.goto(url)
    return page


@pytest.mark.parametrize("width", [1200, NARROW])
@pytest.mark.parametrize("name", PAGES)
def test_a_map_is_accessible_and_fits(
    browser: Browser, address: str, name: str, width: int
) -> None:
    page = opened(browser, "about:blank", width)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text))
    page.goto(address + PAGES[name])
    if width > NARROW:
        assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert faults == []
    page.context.close()


@pytest.mark.parametrize("name", DRAWN)
def test_no_name_is_written_over_another(browser: Browser, address: str, name: str) -> None:
    page = opened(browser, address + PAGES[name])
    assert page.evaluate(OVERLAPS) == []
    page.context.close()


@pytest.mark.parametrize("name", DRAWN)
def test_every_target_is_large_enough_to_hit(browser: Browser, address: str, name: str) -> None:
    page = opened(browser, address + PAGES[name])
    small = page.evaluate(
        "[...document.querySelectorAll('.gofar-picture .gofar-map__target')].filter(it => {"
        " const box = it.getBoundingClientRect();"
        " return box.width < 24 || box.height < 24 }).length"
    )
    assert small == 0
    page.context.close()


@pytest.mark.parametrize("name", DRAWN)
def test_every_node_is_reached_by_keyboard_and_shows_it(
    browser: Browser, address: str, name: str
) -> None:
    page = opened(browser, address + PAGES[name])
    box = page.locator(".gofar-map-box")
    total = box.locator("a").count()
    box.focus()
    reached = set()
    for _ in range(total):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.getAttribute('aria-label')"))
        target = page.evaluate(
            "getComputedStyle(document.activeElement.querySelector('.gofar-map__target')).fill"
        )
        assert target == "rgb(255, 221, 0)"
    assert len(reached) == total
    page.context.close()


def test_from_the_map_to_a_neighbourhood_by_keyboard(browser: Browser, address: str) -> None:
    page = opened(browser, address + "/map")
    page.locator(".gofar-map-box").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/map/group?**")
    page.get_by_role("link", name="on the map").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/map/neighbourhood?**")
    assert page.locator(".gofar-picture .gofar-map__ring").count() <= 1
    page.context.close()


def test_a_narrow_screen_begins_with_the_organisation_in_focus(
    browser: Browser, address: str
) -> None:
    page = opened(browser, address + PAGES["two-steps"], 375)
    ring = page.locator(".gofar-picture .gofar-map__ring").bounding_box()
    assert ring is not None
    assert 100 < ring["x"] < 275
    page.context.close()


def test_a_picture_of_few_fits_a_phone(browser: Browser, tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path / 'gofar.db'}") as store:
        with store.transaction("tester") as tx:
            tx.upsert(organisation("Riverside Youth Club"), organisation("Harbour Advice Centre"))
            tx.upsert(collaboration("Riverside Youth Club", "Harbour Advice Centre"))
        with served(app_over(store, tmp_path / "uploads")) as found:
            path = "/map/neighbourhood?organisation=org-Riverside+Youth+Club"
            page = opened(browser, found + path, 375)
            box = page.locator(".gofar-map-box")
            assert box.evaluate("box => box.scrollWidth <= box.clientWidth")
            assert page.evaluate(OVERLAPS) == []
            text = page.locator(".gofar-picture text").last.bounding_box()
            assert text is not None
            assert text["height"] >= 14
            page.context.close()


def test_letters_keep_their_size_on_a_narrow_screen(browser: Browser, address: str) -> None:
    page = opened(browser, address + PAGES["two-steps"], 320)
    height = page.evaluate(
        "document.querySelector('.gofar-picture text').getBoundingClientRect().height"
    )
    assert height >= 14
    page.context.close()


@pytest.mark.parametrize("name", DRAWN)
def test_it_works_without_javascript(browser: Browser, address: str, name: str) -> None:
    page = opened(browser, address + PAGES[name], script=False)
    assert page.locator(".gofar-picture a").count() > 10
    page.context.close()


@pytest.mark.parametrize("name", DRAWN)
def test_a_printed_map_is_not_cut(browser: Browser, address: str, name: str) -> None:
    page = opened(browser, address + PAGES[name], 700)
    page.emulate_media(media="print")
    picture = page.locator(".gofar-picture").bounding_box()
    assert picture is not None
    assert picture["x"] >= 0
    assert picture["x"] + picture["width"] <= 700
    page.context.close()
