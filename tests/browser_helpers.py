"""A real Chromium for the tests, and axe for what a machine can tell about accessibility."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from needs import ROOT, chromium, require

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
WCAG_22_AA = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")

# Drawn by the processor, so that maps paint on machines without a graphics card.
CHROMIUM_OPTIONS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
)


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Yield a running Chromium; skip or fail the test where there is none."""
    path = chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_OPTIONS))
        try:
            yield browser
        finally:
            browser.close()


def axe_violations(page: Page, tags: tuple[str, ...] = WCAG_22_AA) -> list[str]:
    """Return one line for each WCAG 2.2 AA rule that the page breaks, with where.

    The source is evaluated, not added as a script element, so that it runs under a strict
    content security policy too.
    """
    require("axe-core", AXE.is_file(), "run `make setup`")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    options = {"runOnly": {"type": "tag", "values": list(tags)}}
    found: dict[str, Any] = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{violation['id']} ({violation['impact']}): {violation['help']}; at "
        + ", ".join(str(node["target"]) for node in violation["nodes"])
        for violation in found["violations"]
    ]
