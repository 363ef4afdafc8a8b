from __future__ import annotations

import csv
import io

from flask.testing import FlaskClient


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
