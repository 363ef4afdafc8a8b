"""The board of the five conditions of collective impact, and the rows behind each number."""

from __future__ import annotations

from itertools import islice

from flask import Blueprint, Response, render_template, request

from graph.access import Action, can
from graph.spreadsheets import csv_text
from web.board.forms import RowsQuery
from web.board.present import board
from web.board.rows import rows_of
from web.security import current_door, requires

__all__ = ["blueprint"]

blueprint = Blueprint("board", __name__, template_folder="templates")

_SHOWN = 100
_MOST_ROWS = 50_000


@blueprint.get("/board")
@requires(Action.SEE_NETWORK)
def index() -> str:
    """Show the five conditions with their numbers."""
    door = current_door()
    found = door.together.conditions()
    return render_template("board/index.html", conditions=board(found, door.name_of))


@blueprint.get("/board/rows")
@requires(Action.SEE_NETWORK)
def rows() -> str:
    """Show the rows behind one condition."""
    door = current_door()
    query = RowsQuery.read(request.args)
    table = rows_of(door.together.conditions(), query.of, door.name_of)
    return render_template(
        "board/rows.html",
        query=query,
        table=table,
        rows=list(islice(table.cells, _SHOWN)),
        may_export=can(door.viewer, Action.EXPORT),
    )


@blueprint.get("/board/rows.csv")
@requires(Action.EXPORT)
def rows_csv() -> Response:
    """Send the rows behind one condition as a table."""
    door = current_door()
    query = RowsQuery.read(request.args)
    table = rows_of(door.together.conditions(), query.of, door.name_of)
    text = csv_text([column.key for column in table.columns], islice(table.cells, _MOST_ROWS))
    response = Response(text.encode("utf-8"), mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename=f"{query.of}.csv")
    return response
