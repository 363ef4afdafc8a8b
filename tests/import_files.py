"""Small files for import tests, and the shortest way to import them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import xlsxwriter

import seeds
from graph.contract import GraphStore
from graph.model import ImportRecord

TODAY = date(2026, 11, 2)
ACTOR = "ada@example.org"

GRANT_TITLES = (
    "Identifier,Title,Description,Currency,Amount Awarded,Award Date,Recipient Org:Identifier,"
    "Recipient Org:Name,Recipient Org:Charity Number,Funding Org:Identifier,Funding Org:Name,"
    "Beneficiary Location:Geographic Code"
)
GRANTS = f"""{GRANT_TITLES}
360G-a-1,Choir,,GBP,"£1,234.50",31/03/2024,GB-CHC-1164883,Choir CIO,1164883,F-1,Fund,E08000009
360G-a-2,Garden,Digging,GBP,500,2024-04-01,,Garden Group,,F-1,Fund,E08000009
"""
HISTORY = {
    "organisations.csv": "org_id,name,country\n1,One,PT\n2,Two,DE\n3,Three,\n",
    "projects.csv": (
        "project_id,title,start_date,end_date,topics\n"
        "7,Seven,2014-01-01,2015-01-01,Zeppelins; Kites\n8,Eight,2015-06-01,,Kites\n"
    ),
    "participations.csv": "org_id,project_id,role\n1,7,lead\n2,7,partner\n2,8,lead\n3,8,partner\n",
}


def preview(paths: Path | Sequence[Path], store: GraphStore, **more: object) -> seeds.ImportPreview:
    wanted: dict[str, object] = {"actor": ACTOR, "today": TODAY, **more}
    return seeds.preview(paths, store, **wanted)  # type: ignore[arg-type]


def bring_in(paths: Path | Sequence[Path], store: GraphStore, **more: object) -> ImportRecord:
    return seeds.apply(preview(paths, store, **more), store)


def write(folder: Path, files: Mapping[str, str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> Path:
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        dates = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, date):
                        sheet.write_datetime(row, column, cell, dates)
                    else:
                        sheet.write(row, column, cell)
    return path


def content(store: GraphStore) -> str:
    return store.snapshot().content_hash
