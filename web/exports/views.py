"""Downloads of a neighbourhood: its ties as CSV, its map as one HTML file."""

from __future__ import annotations

import re
import unicodedata

from flask import Blueprint, Response, request

from graph.access import Action
from graph.spreadsheets import csv_text
from matching.neighbourhood import Neighbourhood, neighbourhood
from web.exports.standalone import MOST_NODES, MOST_TIES, standalone_page
from web.map.forms import NeighbourhoodQuery
from web.map.present import tie_rows
from web.security import current_door, requires

__all__ = ["blueprint"]

blueprint = Blueprint("exports", __name__)

_MOST_ROWS = 50_000
_LONGEST_NAME = 60
_HEADER = (
    "organisation_id",
    "organisation",
    "partner_id",
    "partner",
    "how",
    "source",
    "inferred",
    "fact_ids",
)


@blueprint.get("/map/neighbourhood.csv")
@requires(Action.EXPORT)
def neighbourhood_csv() -> Response:
    """Send all ties of a neighbourhood as a table."""
    door = current_door()
    around = _asked_for(limit=_MOST_ROWS, tie_limit=_MOST_ROWS)
    text = csv_text(
        _HEADER,
        (
            (
                row.first_id,
                row.first_name,
                row.second_id,
                row.second_name,
                row.how,
                row.sources,
                "yes" if row.is_inferred else "no",
                " ".join(row.facts),
            )
            for row in tie_rows(around, door)
        ),
    )
    return _download(text, around, "csv", "text/csv")


@blueprint.get("/map/neighbourhood.html")
@requires(Action.EXPORT)
def neighbourhood_html() -> Response:
    """Send the map of a neighbourhood as a file; never shown as a page of ours."""
    around = _asked_for(limit=MOST_NODES - 1, tie_limit=MOST_TIES)
    page = standalone_page(around, tie_rows(around, current_door()))
    return _download(page, around, "html", "text/html")


def _asked_for(*, limit: int, tie_limit: int) -> Neighbourhood:
    door = current_door()
    query = NeighbourhoodQuery.read(request.args)
    return neighbourhood(
        door.network(),
        door.find(query.organisation),
        steps=query.steps,
        limit=limit,
        tie_limit=tie_limit,
    )


def _download(text: str, around: Neighbourhood, ending: str, kind: str) -> Response:
    response = Response(text.encode("utf-8"), mimetype=kind)
    name = f"neighbourhood-{_slug(around.nodes[0].name)}.{ending}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST_NAME] or "organisation"
