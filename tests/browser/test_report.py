"""A report as a file of its own, in a real Chromium: opened from the disk, with no network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browser_helpers import axe_violations, open_browser
from report_samples import empty_report, full_report, hostile_report
from reports.render.as_html import render_document
from reports.suppression import suppress

pytestmark = pytest.mark.browser

WORLDS = {
    "full": full_report(tuple(f"Organisation {number}" for number in range(40))),
    "hostile": hostile_report(),
    "empty": empty_report(),
    "public": suppress(full_report()),
}
SIZES = {"desktop": (1280, 900), "phone": (320, 700)}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as opened:
        yield opened


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", WORLDS)
def test_a_report_file_is_accessible_narrow_and_asks_for_nothing(
    browser: Browser, tmp_path: Path, name: str, size: str
) -> None:
    path = tmp_path / "report.html"
    path.write_text(render_document(WORLDS[name]), encoding="utf-8")
    width, height = SIZES[size]
    with browser.new_context(viewport={"width": width, "height": height}) as context:
        page = context.new_page()
        faults: list[str] = []
        page.on("dialog", lambda dialog: faults.append(dialog.message))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text))
        page.on(
            "request", lambda sent: faults.append(sent.url) if sent.url != path.as_uri() else None
        )
        page.goto(path.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(it => { it.open = true })")
        assert axe_violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("window.PWN") is None
        assert faults == []


def test_a_figure_leads_to_its_definition_by_keyboard(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(render_document(WORLDS["full"]), encoding="utf-8")
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(path.as_uri())
        link = page.locator("#figure-gaps a").first
        link.focus()
        page.keyboard.press("Enter")
        assert page.url.endswith("#definition-gaps")
