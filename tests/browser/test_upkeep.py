"""Keep it fresh in a real Chromium: by keyboard, without JavaScript, on a phone, accessible."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browser_helpers import axe_violations, open_browser
from builders import TOLD
from graph.contract import GraphStore
from graph.model import Serves, WorksOn
from graph.stores import open_store
from graph.testing.samples import write
from web_app import HOSTILE_NAMES, IMAGE, LEFT, RIGHT, app_over, served, small_world

pytestmark = pytest.mark.browser

OLD = date(2023, 3, 4)
GUESSED = replace(TOLD, inferred=True, confidence=0.8, basis=f'words: "{IMAGE}"')
STALE = replace(TOLD, first_seen=OLD, last_confirmed=OLD)
GUESS = WorksOn(from_id=f"org-{LEFT}", to_id="theme-youth", provenance=GUESSED)
DESKTOP, PHONE = (1280, 900), (320, 700)
LISTS = ("overview", "inferred", "unconfirmed", "removed", "places", "words")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as opened:
        yield opened


@contextmanager
def app(folder: Path) -> Iterator[tuple[str, GraphStore]]:
    with open_store(f"sqlite:///{folder / 'gofar.db'}") as store:
        write(store, *small_world(), GUESS)
        for name in (RIGHT, *HOSTILE_NAMES):
            write(
                store,
                WorksOn(from_id=f"org-{name}", to_id="theme-youth", provenance=GUESSED),
                replace(Serves(from_id=f"org-{name}", to_id="community-old", provenance=STALE)),
            )
        with served(app_over(store, folder / "uploads")) as address:
            yield address, store


def guesses(store: GraphStore) -> int:
    return sum(tie.provenance.inferred for tie in store.records(WorksOn))


def focused(page: Page) -> str:
    text: str = page.evaluate(
        "document.activeElement.labels?.[0]?.textContent ?? document.activeElement.textContent"
    )
    return " ".join(text.split())


def tab_to(page: Page, text: str) -> None:
    for _ in range(80):
        page.keyboard.press("Tab")
        if text in focused(page):
            return
    pytest.fail(f"Tab never reaches {text!r}")


def test_the_lists_are_accessible_narrow_and_run_nothing(browser: Browser, tmp_path: Path) -> None:
    paths = [*(f"/upkeep?section={name}" for name in LISTS), f"/organisation?id=org-{LEFT}"]
    with app(tmp_path) as (address, _), browser.new_context() as context:
        page = context.new_page()
        for path in paths:
            for width, height in (DESKTOP, PHONE):
                page.set_viewport_size({"width": width, "height": height})
                page.goto(address + path)
                wide = "document.documentElement.scrollWidth > innerWidth"
                assert not page.evaluate(wide), path
            assert axe_violations(page) == [], path
            assert page.evaluate("window.PWN") is None, path
            assert page.locator("main img").count() == 0, path


def test_several_are_answered_by_keyboard_alone(browser: Browser, tmp_path: Path) -> None:
    with app(tmp_path) as (address, store), browser.new_context() as context:
        before = guesses(store)
        page = context.new_page()
        page.goto(f"{address}/upkeep?section=inferred")
        for name in (RIGHT, LEFT):
            tab_to(page, f"{name} works on Young people")
            page.keyboard.press("Space")
        # Enter on a box sends what is chosen, and never the answer of some row.
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("Confirmed 2 facts.")
        assert guesses(store) == before - 2
        assert axe_violations(page) == []
        tab_to(page, "Undo")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("Taken back: confirmed 2 facts.")
        assert guesses(store) == before


def test_one_is_answered_without_javascript(browser: Browser, tmp_path: Path) -> None:
    with (
        app(tmp_path) as (address, store),
        browser.new_context(java_script_enabled=False) as context,
    ):
        page = context.new_page()
        page.goto(f"{address}/upkeep?section=inferred")
        page.get_by_role("button", name=f"Reject {LEFT} works on Young people").click()
        assert page.get_by_text("Rejected 1 fact.").is_visible()
        assert store.record(WorksOn, GUESS.id) is None


def test_a_place_is_typed_and_saved_with_enter(browser: Browser, tmp_path: Path) -> None:
    with app(tmp_path) as (address, _), browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{address}/upkeep?section=places")
        row = page.locator("li", has=page.get_by_label("Green Lane Garden"))
        row.get_by_label("Place", exact=True).fill("Camden")
        row.get_by_label("Place", exact=True).press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("Gave 1 organisation the place Camden.")
        assert page.get_by_role("link", name="Green Lane Garden").count() == 0


def test_a_wrong_place_is_told_where_it_was_typed(browser: Browser, tmp_path: Path) -> None:
    with app(tmp_path) as (address, _), browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{address}/upkeep?section=places")
        page.get_by_label("Place", exact=True).first.fill("Atlantis")
        page.get_by_label("All 6 on this page").check()
        page.get_by_role("button", name="Give all chosen this place").click()
        expect(page.locator(".govuk-error-summary")).to_contain_text("“Atlantis”")
        assert axe_violations(page) == []
