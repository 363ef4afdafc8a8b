"""What the page of structure can be asked."""

from __future__ import annotations

from reports.structure_tables import StructureTable
from web.forms import Form

__all__ = ["StructureQuery", "TableQuery"]


class StructureQuery(Form):
    """Which list to show whole; all others are cut."""

    show: StructureTable | None = None


class TableQuery(Form):
    """Which table to send."""

    of: StructureTable
