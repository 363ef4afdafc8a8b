from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.render.svg.element import anchor, element, picture
from reports.render.svg.labels import fitted, text_width, wrapped

TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=60
)


@given(TEXT, TEXT)
def test_text_and_attributes_come_back_as_they_were(text: str, value: str) -> None:
    made = ElementTree.fromstring(element("text", text, class_=value))  # noqa: S314
    assert (made.text or "", made.attrib) == (text, {"class": value})


@pytest.mark.parametrize("attribute", ["style", "onload", "onclick"])
def test_it_refuses_what_the_policy_forbids(attribute: str) -> None:
    with pytest.raises(ValueError, match="not allowed"):
        element("rect", **{attribute: "x"})


@pytest.mark.parametrize("tag", ["script", "style", "foreignObject", "image"])
def test_it_refuses_other_elements(tag: str) -> None:
    with pytest.raises(ValueError, match="not an element"):
        element(tag)


@pytest.mark.parametrize("href", ["javascript:alert(1)", "//evil.example", "/\\evil", "https://x"])
def test_links_stay_with_us(href: str) -> None:
    with pytest.raises(ValueError, match="does not lead"):
        anchor(href, "a", "a", "a")


def test_a_label_begins_with_what_is_seen_unless_it_holds_it() -> None:
    assert 'aria-label="Open Door, partner"' in anchor("/", "Open Door", "Open Door, partner", "")
    assert 'aria-label="Open Doo… Open Door"' in anchor("/", "Open Doo…", "Open Door", "")


def test_a_picture_is_named_and_described() -> None:
    drawn = picture("A & B", "Title", "Told", (0, 0, 10, 20.04), [])
    assert 'role="img"' in drawn
    assert 'aria-labelledby="a-b-title a-b-description"' in drawn
    assert '<title id="a-b-title">Title</title>' in drawn
    assert 'role="group"' in picture("k", "t", "d", (0, 0, 1, 1), [], has_links=True)


@given(TEXT, st.integers(20, 400))
def test_a_fitted_text_fits(text: str, width: int) -> None:
    assert text_width(fitted(text, width, 14), 14) <= max(width, text_width("…", 14))


@given(TEXT, st.integers(30, 400))
def test_wrapped_lines_fit_and_lose_nothing_silently(text: str, width: int) -> None:
    lines = wrapped(text, width, 14)
    assert len(lines) <= 2
    assert all(text_width(line, 14) <= width for line in lines)
    if not any(line.endswith("…") for line in lines):
        assert " ".join(lines).split() == text.split()
