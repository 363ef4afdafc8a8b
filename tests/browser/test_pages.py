"""Every page in a real Chromium: accessible, usable by keyboard, narrow, without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from browser_helpers import axe_violations, open_browser
from graph.contract import GraphStore
from graph.model import Organisation
from graph.stores import open_store
from graph.testing.samples import a_message, a_schedule, write
from reporting_world import MAKER
from reports.keeping import keep
from reports.making import Order, make
from reports.periods import period_said
from seeds.demo import load_demo
from web_app import FILES, HOSTILE_NAMES, LEFT, RIGHT, app_over, served, small_world

pytestmark = pytest.mark.browser

PAGES = {
    "start": "/",
    "organisations": "/organisations",
    "organisations-narrowed": "/organisations?text=youth&order=partners",
    "organisation": "/organisation?id={organisation}",
    "partners": "/partners",
    "partners-near": "/partners?organisation=Yuth+Club",
    "suggestions": "/partners?organisation={organisation}&partners=include&top=5",
    "coalitions": "/coalitions",
    "coalitions-found": "/coalitions?search=yes&need=befriending&need=debt+advice&place=camden",
    "coalitions-failed": "/coalitions?search=yes&need=bsl&need=befriending",
    "stronger": "/partners/stronger?organisation={organisation}&partner=demo-access-at-aspenmere",
    "map": "/map",
    "neighbourhood": "/map/neighbourhood?organisation={organisation}&steps=2",
    "gaps": "/gaps",
    "structure": "/structure",
    "structure-whole": "/structure?show=cut-off",
    "single-points": "/single-points",
    "if-closed": "/if-closed?organisation=Willetferry+Bridge+Partnership",
    "what-if": "/what-if?what1=remove&who1={organisation}&what2=tie&who2=Ochrerill+Stage"
    "&other2=Plovertide+Wheels",
    "board": "/board",
    "board-rows": "/board/rows?of=activities",
    "goals": "/goals",
    "goal": "/goals/goal?id=demo-goal-newcomers-belong",
    "measures": "/measures",
    "measure": "/measures/measure?id=demo-measure-young-people-in-regular-activities",
    "contacts": "/contacts",
    "round": "/round",
    "introductions": "/introductions",
    "routes": "/partners/routes?organisation={organisation}&partner=demo-osiermere-carers-works",
    "reports": "/reports",
    "report": "/reports/report?id=report-1",
    "report-words": "/reports/words?id=report-1",
    "report-publish": "/reports/step?id=report-1&step=publish",
    "reports-compared": "/reports/compare?before=report-1&after=report-1",
    "schedules": "/reports/schedules?remove=schedule-1",
    "outbox": "/reports/outbox",
    "exports": "/exports",
    "export": "/exports/format?name=open-referral",
    "imports": "/imports",
    "upkeep": "/upkeep",
    "duplicates": "/duplicates",
    "split": "/duplicates/split?id={organisation}",
    "about": "/about",
    "about-suggestions": "/about/suggestions",
    "about-backtest": "/about/backtest",
    "not-found": "/nowhere",
    "bad-query": "/organisations?page=x",
    "unknown-organisation": "/organisation?id=Yuth",
}
WORDS = '{"section.opening.lead": "In our words."}'
SIZES = {"desktop": (1280, 900), "phone": (375, 800)}
NARROW = {"width": 320, "height": 700}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Yield the address of the app over the demo network, and the id of one organisation."""
    folder = tmp_path_factory.mktemp("demo")
    with open_store(f"sqlite:///{folder / 'gofar.db'}") as store:
        load_demo(store, "tester")
        _report_on(store)
        organisation = next(iter(store.records(Organisation))).id
        with served(app_over(store, folder / "uploads")) as address:
            yield address, organisation


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of the app over the small hostile world."""
    folder = tmp_path_factory.mktemp("hostile")
    with open_store(f"sqlite:///{folder / 'gofar.db'}") as store:
        with store.transaction("tester") as tx:
            tx.upsert(*small_world())
        with served(app_over(store, folder / "uploads")) as address:
            yield address


def _report_on(store: GraphStore) -> None:
    """Keep a report, a plan whose last run failed, and a letter that was not sent."""
    order = Order("For the board", period_said("this-quarter", store.clock().date()))
    made = make(store, MAKER, order, actor="tester", now=store.clock())
    named = replace(made, report=replace(made.report, id="report-1", words=WORDS))
    keep(store, named, actor="tester")
    failed = {"attempts": 2, "failure": "451 come back later"}
    failed["next_try_at"] = "2026-11-01T06:00:00+00:00"
    write(store, a_schedule(failed_period="2026-07-01", failure="It broke."), a_message(**failed))


def address_of(demo: tuple[str, str], page: str) -> str:
    base, organisation = demo
    return base + PAGES[page].format(organisation=urlencode({"": organisation})[1:])


def watched(context: BrowserContext) -> tuple[Page, list[str]]:
    """Return a page and the list to which it adds what must never happen."""
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(f"error: {error}"))
    page.on("dialog", lambda dialog: faults.append(f"dialog: {dialog.message}"))
    page.on(
        "console",
        lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None,
    )
    page.on(
        "request",
        lambda sent: None if sent.url.startswith("http://127.0.0.1:") else faults.append(sent.url),
    )
    return page, faults


def open_everything(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(it => { it.open = true })")


def is_wider_than_its_window(page: Page) -> bool:
    wide: bool = page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    return wide


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible(
    browser: Browser, demo: tuple[str, str], tmp_path: Path, name: str, size: str
) -> None:
    width, height = SIZES[size]
    with browser.new_context(viewport={"width": width, "height": height}) as context:
        page, faults = watched(context)
        page.goto(address_of(demo, name))
        page.screenshot(path=tmp_path / f"{name}-{size}.png", full_page=True)
        open_everything(page)
        assert axe_violations(page) == []
        assert faults == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_a_width_of_320_pixels(
    browser: Browser, demo: tuple[str, str], name: str
) -> None:
    with browser.new_context(viewport=NARROW) as context:
        page = context.new_page()
        page.goto(address_of(demo, name))
        assert not is_wider_than_its_window(page)
        open_everything(page)
        assert not is_wider_than_its_window(page)


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_name_stays_text(browser: Browser, hostile: str, name: str) -> None:
    with browser.new_context(viewport=NARROW) as context:
        page, faults = watched(context)
        query = urlencode({"organisation": f"org-{name}"})
        for path in (
            "/organisations",
            f"/organisation?{urlencode({'id': f'org-{name}'})}",
            f"/partners?{query}&partners=include&top=20",
            f"/partners?{urlencode({'organisation': name + ' x'})}",
            f"/map/neighbourhood?{query}&steps=2",
            "/map",
            "/gaps",
            "/structure",
            "/round",
            "/introductions",
        ):
            page.goto(hostile + path)
            open_everything(page)
            assert page.evaluate("window.PWN") is None, path
            assert page.locator("main img").count() == 0, path
            assert not is_wider_than_its_window(page), path
        assert faults == []


def focused(page: Page) -> str:
    text: str = page.evaluate("document.activeElement.textContent.trim()")
    return text


def tab_to(page: Page, text: str) -> None:
    for _ in range(80):
        page.keyboard.press("Tab")
        if text in focused(page):
            return
    pytest.fail(f"Tab never reaches {text!r}")


def test_a_match_is_found_and_explained_by_keyboard_alone(browser: Browser, hostile: str) -> None:
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto(hostile)
        page.keyboard.press("Tab")
        assert focused(page) == "Skip to main content"
        page.keyboard.press("Enter")
        for _ in range(10):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.id") == "organisation":
                break
        page.keyboard.type("riverside youth")
        page.keyboard.press("Enter")
        page.wait_for_url("**/partners?organisation=riverside+youth")
        assert page.locator("h1").inner_text() == f"Partners for {LEFT}"
        tab_to(page, "Bookkeeping: they offer it and you need it.")
        page.keyboard.press("Enter")
        fact = page.get_by_text(f"{RIGHT} offers Bookkeeping (experienced)").first
        assert fact.is_visible()
        assert page.evaluate("document.activeElement.matches(':focus-visible')")


def test_a_match_is_found_without_javascript(browser: Browser, hostile: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(hostile)
        page.get_by_label("Find partners for").fill("Riversde Yuth")
        page.get_by_role("button", name="Find partners").click()
        page.get_by_role("link", name=LEFT, exact=True).click()
        page.get_by_text("Bid writing: you offer it and they need it.").first.click()
        assert page.get_by_text(f"{RIGHT} needs Bid writing").first.is_visible()


def test_names_are_proposed_while_typing(browser: Browser, hostile: str) -> None:
    with browser.new_context() as context:
        page, faults = watched(context)
        page.goto(hostile)
        with page.expect_response("**/organisations/names*"):
            page.get_by_label("Find partners for").press_sequentially("harbou", delay=10)
        page.wait_for_selector(f"#names option[value='{RIGHT}']", state="attached")
        assert faults == []


def test_a_file_is_imported_and_taken_back(browser: Browser, tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path / 'gofar.db'}") as store:
        with store.transaction("tester") as tx:
            tx.upsert(*small_world())
        with (
            served(app_over(store, tmp_path / "uploads")) as address,
            browser.new_context(viewport={"width": 375, "height": 800}) as context,
        ):
            page, faults = watched(context)
            page.goto(f"{address}/imports")
            page.get_by_role("button", name="See what would change").click()
            assert page.locator(".govuk-error-summary").is_visible()
            assert axe_violations(page) == []
            page.get_by_label("Choose one or several files").set_input_files(
                [
                    {"name": name, "mimeType": "text/csv", "buffer": text.encode()}
                    for name, text in FILES.items()
                ]
            )
            page.get_by_role("button", name="See what would change").click()
            expect(page.locator("h1")).to_have_text("What would change", timeout=60_000)
            for _ in range(2):
                assert axe_violations(page) == []
                assert not is_wider_than_its_window(page)
                open_everything(page)
            page.screenshot(path=tmp_path / "preview.png", full_page=True)
            page.get_by_role("button", name="Import this").click()
            expect(page.locator("h1")).to_have_text("Imported", timeout=60_000)
            assert axe_violations(page) == []
            page.get_by_role("link", name="Undo this import").click()
            assert axe_violations(page) == []
            page.get_by_role("button", name="Undo this import").click()
            expect(page.locator("h1")).to_have_text("Undone", timeout=60_000)
            assert axe_violations(page) == []
            page.goto(f"{address}/imports")
            assert axe_violations(page) == []
            assert faults == []
