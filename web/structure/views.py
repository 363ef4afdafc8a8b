"""How the network hangs together: who is apart, closed in, between others, at the core."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from graph.access import Action, can
from matching.gaps.coverage import Naming
from reports.render.as_csv import table_csv
from reports.structure_tables import BACKBONE, structure_table
from reports.structure_words import (
    STRUCTURE_DEFINITIONS,
    core_fit,
    coverage_told,
    ranking_basis,
    said_first,
    structure_lead,
)
from web.security import current_door, requires
from web.structure.desk import MOST_ORGANISATIONS, StructureDesk
from web.structure.forms import StructureQuery, TableQuery
from web.structure.present import sections

__all__ = ["blueprint"]

blueprint = Blueprint("structure", __name__, template_folder="templates")


@blueprint.get("/structure")
@requires(Action.SEE_NETWORK)
def index() -> str:
    """Show how the network hangs together."""
    door = current_door()
    query = StructureQuery.read(request.args)
    desk = StructureDesk(door)
    if desk.is_too_large:
        return render_template("structure/too_large.html", most=MOST_ORGANISATIONS)
    found = desk.found()
    ranking = found.most_between
    return render_template(
        "structure/index.html",
        found=found,
        lead=structure_lead(found),
        told=coverage_told(found),
        said_first=said_first(found),
        is_named=found.naming is not Naming.WITHHELD,
        lists=sections(found, door.name_of, query.show),
        ranking_basis=ranking_basis(ranking) if ranking else "",
        core_fit=core_fit(found.core),
        backbone=BACKBONE,
        definitions=STRUCTURE_DEFINITIONS,
        can_export=can(door.viewer, Action.EXPORT),
        can_introduce=can(door.viewer, Action.CURATE),
        may_rehearse=lambda key: can(door.viewer, Action.SEE_SUGGESTIONS, key),
    )


@blueprint.get("/structure.csv")
@requires(Action.EXPORT)
def table() -> Response:
    """Send every row of one table."""
    door = current_door()
    query = TableQuery.read(request.args)
    rows = structure_table(StructureDesk(door).found(), query.of, door.name_of)
    response = Response(table_csv(rows).encode("utf-8"), mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename=f"{query.of}.csv")
    return response
