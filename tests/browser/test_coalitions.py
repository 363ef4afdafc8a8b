"""Coalitions in a real Chromium: from a pasted call to a note, by keyboard, without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browser_helpers import axe_violations, open_browser
from graph.stores import open_store
from seeds.demo import load_demo
from web_app import app_over, served

pytestmark = pytest.mark.browser

CALL = (
    "We invite partnerships in Camden and Tower Hamlets that provide befriending, debt advice and "
    "community transport to older people. Grants of up to £90,000."
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of the app over the demo network."""
    folder = tmp_path_factory.mktemp("demo")
    with open_store(f"sqlite:///{folder / 'gofar.db'}") as store:
        load_demo(store, "tester")
        with served(app_over(store, folder / "uploads")) as found:
            yield found


def check(page: Page, shot: Path) -> None:
    """Fail on what a machine can tell of accessibility, and on a page wider than its window."""
    page.screenshot(path=shot, full_page=True)
    page.evaluate("document.querySelectorAll('details').forEach(it => { it.open = true })")
    assert axe_violations(page) == []
    assert page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )


@pytest.mark.parametrize("width", [320, 1280])
def test_a_pasted_call_leads_to_a_swap_and_a_note_without_javascript(
    browser: Browser, address: str, tmp_path: Path, width: int
) -> None:
    for javascript in (True, False):
        with browser.new_context(
            java_script_enabled=javascript, viewport={"width": width, "height": 900}
        ) as context:
            page = context.new_page()

            def seen(name: str, page: Page = page, checks: bool = javascript) -> None:
                if checks:
                    check(page, tmp_path / f"{name}-{width}.png")

            page.goto(f"{address}/coalitions")
            page.get_by_label("Paste the text").fill(CALL)
            page.get_by_role("button", name="Read it").click()
            expect(page.get_by_label("Debt and money advice")).to_be_checked()
            seen("call")
            page.get_by_role("button", name="Find coalitions").click()
            expect(page.locator("h1")).to_have_text("3 coalitions for this", timeout=90_000)
            seen("found")
            page.get_by_role("link", name="Swap").first.click()
            expect(page.locator("h1")).to_contain_text("In place of")
            seen("swap")
            page.get_by_role("link", name="Take").first.click()
            expect(page.locator("h1")).to_have_text("Your coalition")
            seen("one")
            page.get_by_role("link", name="Partnership note").click()
            expect(page.locator("h1")).to_have_text("Partnership note")
            seen("note")


def test_a_brief_is_given_by_keyboard_alone(browser: Browser, address: str) -> None:
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto(f"{address}/coalitions")
        for field, text in (("need-1", "Befriending"), ("need-2", "Bookkeeping")):
            for _ in range(80):
                page.keyboard.press("Tab")
                if page.evaluate("document.activeElement.id") == field:
                    break
            page.keyboard.type(text)
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_contain_text("for this", timeout=90_000)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.matches(':focus-visible')")


def test_the_note_prints_without_what_only_a_screen_needs(browser: Browser, address: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{address}/coalitions?search=yes&need=befriending&need=bookkeeping")
        page.get_by_role("link", name="Partnership note").first.click()
        page.emulate_media(media="print")
        expect(page.get_by_role("heading", name="Next steps")).to_be_visible()
        expect(page.locator(".govuk-breadcrumbs")).to_be_hidden()
        expect(page.get_by_text("print this page")).to_be_hidden()
