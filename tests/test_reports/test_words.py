from __future__ import annotations

from dataclasses import replace

import pytest

from report_samples import HOSTILE, full_report
from reports.errors import InvalidWords
from reports.report import Withheld
from reports.words import (
    NO_WORDS,
    Words,
    apply_words,
    blocks,
    check_words,
    fitting_words,
    read_words,
    write_words,
)

NEW = {
    "report.title": "Our  autumn",
    "report.introduction": "One.\r\n\r\nTwo.",
    "finding.gaps.headline": "Seven skills are missing",
    "section.changes.comment": "We asked twice.",
}


def test_every_block_can_be_edited_and_nothing_else_changes() -> None:
    report = full_report()
    texts = {block: f"New words for {number}" for number, block in enumerate(blocks(report))}
    made = apply_words(report, check_words(report, texts))
    assert blocks(made) == texts
    assert made.edited == tuple(sorted(texts))
    assert (made.figures, made.tables, made.charts, made.definitions) == (
        report.figures,
        report.tables,
        report.charts,
        report.definitions,
    )


def test_words_are_plain_text_in_paragraphs() -> None:
    made = apply_words(full_report(), check_words(full_report(), NEW))
    assert made.settings.title == "Our autumn"
    assert made.introduction == "One.\n\nTwo."
    assert made.edited == tuple(sorted(NEW))


def test_words_that_change_nothing_are_no_edit() -> None:
    report = full_report()
    assert check_words(report, blocks(report)) == NO_WORDS
    assert apply_words(report, NO_WORDS) is report


def test_hostile_words_stay_text() -> None:
    report = full_report()
    for bad in HOSTILE:
        words = check_words(report, {"section.gaps.lead": bad})
        assert "\x00" not in words.get("section.gaps.lead", "")
        assert read_words(write_words(words)) == words


@pytest.mark.parametrize(
    ("block", "text", "says"),
    [
        ("figure.gaps.value", "0", "no such part"),
        ("finding.nothing.headline", "x", "no such part"),
        ("report.title", " \n ", "empty"),
        ("report.title", "x" * 201, "201 characters, but the limit is 200"),
        ("section.gaps.lead", "x" * 1_000_000, "1,000,000 characters"),
    ],
)
def test_what_does_not_fit_is_refused(block: str, text: str, says: str) -> None:
    with pytest.raises(InvalidWords, match=says):
        check_words(full_report(), {block: text})


@pytest.mark.parametrize("text", ["", "[]", '{"report.title": 3}', "[" * 100_000])
def test_what_are_no_words_is_refused(text: str) -> None:
    with pytest.raises(InvalidWords):
        read_words(text)


def test_words_for_a_part_that_is_gone_are_refused() -> None:
    words = Words((("section.gaps.lead", "New."),))
    with pytest.raises(InvalidWords, match="no such part"):
        apply_words(replace(full_report(), sections=()), words)


def test_words_for_the_whole_do_not_tell_what_the_public_version_withholds() -> None:
    report = full_report()
    public = replace(report, settings=replace(report.settings, is_public=True))
    secret = replace(public.figures[0], value=Withheld.FEW)
    public = replace(public, figures=(secret, *public.figures[1:]))
    texts = {
        "finding.gaps.headline": "Only three",
        "finding.wait.headline": "Slow answers",
        "finding.gone.headline": "No such finding here",
    }
    assert fitting_words(public, texts) == Words((("finding.wait.headline", "Slow answers"),))
    assert len(fitting_words(report, texts).texts) == 2
