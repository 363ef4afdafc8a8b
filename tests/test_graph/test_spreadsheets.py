from __future__ import annotations

import csv
import io

import pytest

from graph.spreadsheets import csv_text, guarded


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " =", "\uff1d", "\n@"])
def test_no_cell_is_a_formula(start: str) -> None:
    assert guarded(f"{start}1+1") == f"'{start}1+1"


def test_plain_text_and_numbers_stay_as_they_are() -> None:
    text = csv_text(("name", "count"), [("O’Brien, “Quoted”", -3)])
    assert list(csv.reader(io.StringIO(text.removeprefix("\ufeff")))) == [
        ["name", "count"],
        ["O’Brien, “Quoted”", "-3"],
    ]
