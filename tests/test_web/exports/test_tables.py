from __future__ import annotations

import csv
import io

import pytest
from flask.testing import FlaskClient

from web.exports.tables import csv_text, guarded


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " =", "\uff1d", "\n@"])
def test_no_cell_is_a_formula(start: str) -> None:
    assert guarded(f"{start}1+1") == f"'{start}1+1"


def test_plain_text_and_numbers_stay_as_they_are() -> None:
    text = csv_text(("name", "count"), [("O’Brien, “Quoted”", -3)])
    assert list(csv.reader(io.StringIO(text.removeprefix("\ufeff")))) == [
        ["name", "count"],
        ["O’Brien, “Quoted”", "-3"],
    ]


def test_the_ties_come_as_a_download(client: FlaskClient) -> None:
    answer = client.get("/map/neighbourhood.csv?organisation=org-Open+Door")
    assert answer.headers["Content-Disposition"] == (
        "attachment; filename=neighbourhood-open-door.csv"
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.mimetype == "text/csv"
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert {row["partner"] for row in rows} >= {"Riverside Youth"}
    assert all(row["fact_ids"] and row["source"] for row in rows)
