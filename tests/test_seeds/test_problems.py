from __future__ import annotations

import json
from pathlib import Path

from graph.contract import GraphStore
from import_files import preview
from seeds.problems import Where

HALF = "\ud800"


def test_half_a_character_is_shown_as_a_question_mark() -> None:
    where = Where(f"f{HALF}", f"s{HALF}", 1, f"c{HALF}")

    problem = where.problem(f"v{HALF}", f"is not {HALF}", remedy=f"Write {HALF}.")

    assert (problem.file, problem.sheet, problem.column, problem.value) == ("f?", "s?", "c?", "v?")
    for found in (problem, where.fault(f"No {HALF}.")):
        assert json.dumps(found.to_json(), ensure_ascii=False).encode()
        assert str(found).encode()


def test_a_file_with_half_characters_has_a_preview_that_can_be_shown(
    tmp_path: Path, store: GraphStore
) -> None:
    path = tmp_path / "grants.json"
    body = {"id": f"GB-CHC-{HALF}", "name": f"R{HALF}", f"x{HALF}": HALF}
    grant = {"id": f"360G-x-{HALF}", "title": f"T{HALF}", "amountAwarded": HALF}
    grants = [{**grant, "recipientOrganization": [body], "fundingOrganization": [body]}] * 2
    path.write_text(json.dumps({"grants": grants}), encoding="utf-8")

    found = preview(path, store)

    assert found.problems
    assert json.dumps(found.to_json(), ensure_ascii=False).encode()
