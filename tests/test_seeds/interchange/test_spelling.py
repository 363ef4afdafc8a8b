from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.spreadsheets import FORMULA_STARTS
from graph.testing.strategies import HOSTILE
from seeds.interchange import spelling
from seeds.interchange.spelling import Spelling, guarded, unguarded

SPELLINGS = {name: value for name, value in vars(spelling).items() if isinstance(value, Spelling)}
TEXT = st.sampled_from(HOSTILE) | st.text() | st.text(alphabet="\\'=|u0c7x_ \r\n\t\u00a0")


@pytest.mark.parametrize("name", SPELLINGS)
@given(text=TEXT, items=st.lists(TEXT.filter(str.strip), max_size=3))
def test_what_is_written_is_read_again(name: str, text: str, items: list[str]) -> None:
    chosen = SPELLINGS[name]
    assert chosen.read(chosen.write(text)) == text
    if name != "JSON":
        assert chosen.read_list(chosen.write_list(items)) == tuple(items)


@pytest.mark.parametrize("name", ["CSV", "KUMU_CSV"])
@given(text=TEXT)
def test_no_cell_of_a_table_is_a_formula_or_loses_its_ends(name: str, text: str) -> None:
    written = SPELLINGS[name].write(text)
    assert not written.startswith(FORMULA_STARTS)
    assert written == written.strip()
    assert "\r" not in written


@given(text=TEXT)
def test_a_guard_can_be_taken_away(text: str) -> None:
    assert unguarded(guarded(text)) == text


def test_plain_words_stay_as_they_are() -> None:
    for text in ("Mill Lane", "'tis", "O’Brien's", "5-a-side", "a = b"):
        assert {chosen.write(text) for chosen in SPELLINGS.values()} == {text}
