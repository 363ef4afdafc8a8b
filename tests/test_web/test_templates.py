"""What no template may hold, so that the strict policy never has to be loosened."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from needs import ROOT

TEMPLATES = sorted((ROOT / "web").rglob("templates/**/*.html"))
BANNED = {
    "a style element": r"<style",
    "a style attribute": r"\sstyle\s*=",
    "an event attribute": r"\son\w+\s*=",
    "an htmx event": r"hx-on",
    "markup that isn't escaped": r"\|\s*safe|autoescape\s+false|Markup\(",
    "a script in the page": r"<script(?![^>]*\ssrc=)",
    "an address elsewhere": r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//",
    "a javascript address": r"javascript:",
}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_holds_nothing_that_is_banned(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = [what for what, pattern in BANNED.items() if re.search(pattern, text, re.IGNORECASE)]
    assert not found


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_table_has_a_name_and_scopes(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for table in re.findall(r"<table[^>]*>\s*(?:<caption)?", text):
        assert "<caption" in table or "aria-labelledby=" in table
    assert all("scope=" in head for head in re.findall(r"<th\b[^>]*>", text))


def test_no_style_sheet_fetches_anything() -> None:
    for path in (ROOT / "web" / "static" / "css").glob("*.css"):
        assert not re.search(r"url\(|@import", path.read_text(encoding="utf-8")), path.name


def test_there_are_templates() -> None:
    assert len(TEMPLATES) > 20
