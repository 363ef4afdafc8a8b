"""Who is who in a real Chromium: by keyboard, without JavaScript, on a phone, accessible."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from browser_helpers import axe_violations, open_browser
from builders import organisation
from graph.contract import GraphStore
from graph.model import Merge, Organisation, WorksIn
from graph.stores import open_store
from graph.testing.samples import write
from seeds import identity
from web_app import HOSTILE_NAMES, TODAY, app_over, served, small_world

pytestmark = pytest.mark.browser

DESKTOP, PHONE = (1280, 900), (320, 700)
LONG = "Worshipfulunbrokenassociationofthelowermarshes" * 3


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as opened:
        yield opened


@contextmanager
def app(folder: Path) -> Iterator[tuple[str, GraphStore]]:
    """Yield the app over the hostile world, each of its names twice, and what it stands on."""
    with open_store(f"sqlite:///{folder / 'gofar.db'}") as store:
        write(store, *small_world())
        for number, name in enumerate((*HOSTILE_NAMES, LONG)):
            first, second = f"GB-COH-0950623{number}", f"gb-coh-950623{number}"
            known = store.record(Organisation, f"org-{name}") or organisation(name)
            write(
                store,
                replace(known, external_ids=(first,), postcode="M1 1AE", website=f"https://{LONG}"),
                organisation(f"{number} twin", name=name, external_ids=(second, name[:200])),
                organisation(f"{number} near", name=f"The {name}", postcode="M1 1AE"),
            )
        twin = f"org-{0} twin"
        write(store, replace(next(store.records(WorksIn)), id="", from_id=twin))
        with served(app_over(store, folder / "uploads")) as address:
            yield address, store


def tab_to(page: Page, text: str) -> None:
    for _ in range(200):
        page.keyboard.press("Tab")
        said = page.evaluate(
            "document.activeElement.labels?.[0]?.textContent ?? document.activeElement.textContent"
        )
        if text in " ".join(said.split()):
            return
    pytest.fail(f"Tab never reaches {text!r}")


def looked_at(page: Page, address: str, heading: str) -> None:
    """Open a page, wide and narrow, and assert what must hold of every page."""
    for width, height in (DESKTOP, PHONE):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(address)
        wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not page.evaluate(wide), address
    assert page.get_by_role("heading", name=heading, exact=True).is_visible(), address
    assert axe_violations(page) == [], address
    assert page.evaluate("window.PWN") is None, address
    assert page.locator("main img").count() == 0, address


def test_pairs_are_accessible_narrow_and_run_nothing(browser: Browser, tmp_path: Path) -> None:
    with app(tmp_path) as (address, store), browser.new_context() as context:
        page = context.new_page()
        looked_at(page, f"{address}/duplicates", "Who is who")
        assert page.locator(".gofar-card").count() == 10
        pairs = identity.find_candidates(store.snapshot())
        for pair in pairs[:7]:
            identity.merge(store, pair.first_id, pair.second_id, actor="<b>ada", today=TODAY)
        query = urlencode({"id": pairs[0].first_id})
        looked_at(page, f"{address}/duplicates?level=certain&done=many&kept=7&rest=1", "Made one")
        looked_at(page, f"{address}/duplicates/merged", "Made one")
        looked_at(page, f"{address}/duplicates/split?{query}", "Two bodies in one")
        looked_at(page, f"{address}/organisation?{query}", "Was merged from 1")


def test_certain_pairs_are_made_one_by_keyboard_alone(browser: Browser, tmp_path: Path) -> None:
    with app(tmp_path) as (address, store), browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{address}/duplicates?level=certain")
        for _ in range(2):
            tab_to(page, "Choose this pair")
            page.keyboard.press("Space")
        # Enter on a box sends what is chosen, and never the answer of some pair.
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("2 pairs made one.")
        assert sum(1 for _ in store.records(Merge)) == 2
        assert axe_violations(page) == []
        page.get_by_role("button", name="Make one of each chosen pair").press("Enter")
        expect(page.locator(".govuk-error-summary")).to_contain_text("Choose at least one pair")
        assert axe_violations(page) == []


def test_a_pair_is_made_one_and_taken_back_without_javascript(
    browser: Browser, tmp_path: Path
) -> None:
    with (
        app(tmp_path) as (address, store),
        browser.new_context(java_script_enabled=False) as context,
    ):
        page = context.new_page()
        page.goto(f"{address}/duplicates")
        before = store.snapshot().content_hash
        page.get_by_role("button", name="They are one: keep the second").first.click()
        expect(page.get_by_role("alert")).to_contain_text("is now part of")
        assert store.snapshot().content_hash != before
        page.get_by_role("button", name="Take it back").click()
        expect(page.get_by_role("alert")).to_contain_text("Taken back")
        assert store.snapshot().content_hash == before
        total = page.locator(".gofar-chip").inner_text()
        page.get_by_role("button", name="They are two").first.click()
        expect(page.get_by_role("alert")).to_contain_text("they are two")
        assert page.locator(".gofar-chip").inner_text() != total
