"""Files made to hurt: each is refused within seconds, with a sentence that says what it is."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.contract import GraphStore
from graph.errors import InputError, LimitExceeded, UnreadableFile, UnsupportedFormat
from import_files import preview, workbook
from needs import ROOT
from seeds.reading import limits
from seeds.reading.reader import Reader

SECONDS = 20
MEGABYTES = 400

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"></Types>'
)
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>'
    "</Relationships>"
)
ROOT_RELATIONS = RELATIONS.replace("worksheets/sheet1.xml", "xl/workbook.xml").replace(
    "/relationships/worksheet", "/relationships/officeDocument"
)
BOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
SHEET_OPEN = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)
SHEET_CLOSE = "</sheetData></worksheet>"


def raw_workbook(path: Path, sheet: str, book: str = BOOK, prologue: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr("_rels/.rels", ROOT_RELATIONS)
        archive.writestr("xl/_rels/workbook.xml.rels", RELATIONS)
        archive.writestr("xl/workbook.xml", book)
        archive.writestr("xl/worksheets/sheet1.xml", prologue + sheet)
    return path


def cell(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def zip_bomb(path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", BOOK)
        with archive.open("xl/worksheets/sheet1.xml", "w") as entry:
            for _ in range(300):
                entry.write(b" " * 1_000_000)
    return path


def dense_bomb(path: Path) -> Path:
    """Small enough to pass the sizes, but compressed beyond any spreadsheet."""
    row = "<row>" + "<c><v>1</v></c>" * 1_000 + "</row>"
    return raw_workbook(path, SHEET_OPEN + row * 9_000 + SHEET_CLOSE)


def lying_archive(path: Path) -> Path:
    """A bomb whose directory claims that the sheet is tiny."""
    row = '<row r="{}">' + "<c><v>1</v></c>" * 1_000 + "</row>"
    raw_workbook(path, SHEET_OPEN + "".join(row.format(n) for n in range(1, 9_001)) + SHEET_CLOSE)
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 1_000)
    path.write_bytes(data)
    return path


def many_entries(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", BOOK)
        for number in range(1_500):
            archive.writestr(f"xl/media/{number}", "")
    return path


def xxe(path: Path) -> Path:
    prologue = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY leak SYSTEM "file:///etc/passwd">]>'
    sheet = f'{SHEET_OPEN}<row r="1">{cell("A1", "&leak;")}</row>{SHEET_CLOSE}'
    return raw_workbook(path, sheet, prologue=prologue)


def billion_laughs(path: Path) -> Path:
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12)
    )
    sheet = f'{SHEET_OPEN}<row r="1">{cell("A1", "&m;")}</row>{SHEET_CLOSE}'
    return raw_workbook(path, sheet, prologue=f"<!DOCTYPE x [{entities}]>")


def hundred_thousand_columns(path: Path) -> Path:
    path.write_text(",".join(f"c{n}" for n in range(100_000)) + "\n", encoding="utf-8")
    return path


def wide_workbook(path: Path) -> Path:
    return workbook(path, {"S": [[f"c{n}" for n in range(16_000)], ["x"]]})


def stray_cell(path: Path) -> Path:
    """Two cells, but the rectangle around them has 17 thousand million."""
    sheet = (
        f'{SHEET_OPEN}<row r="1">{cell("A1", "Identifier")}</row>'
        f'<row r="1048576">{cell("XFD1048576", "x")}</row>{SHEET_CLOSE}'
    )
    return raw_workbook(path, sheet)


def written(data: bytes) -> Callable[[Path], Path]:
    def make(path: Path) -> Path:
        path.write_bytes(data)
        return path

    return make


def long_line(path: Path) -> Path:
    with path.open("wb") as handle:
        for _ in range(30):
            handle.write(b"x" * 1_000_000)
    return path


def huge(path: Path) -> Path:
    with path.open("wb") as handle:
        handle.truncate(2_000_000_000)
    return path


def huge_workbook(path: Path) -> Path:
    with path.open("wb") as handle:
        handle.write(b"PK\x03\x04")
        handle.truncate(1_000_000_000)
    return path


def deep_json(path: Path) -> Path:
    path.write_text('{"grants": ' + "[" * 200_000, encoding="utf-8")
    return path


def huge_item(path: Path) -> Path:
    path.write_text('{"grants": [{"title": "' + "x" * 17_000_000, encoding="utf-8")
    return path


HOSTILE: dict[str, tuple[Callable[[Path], Path], type[InputError], str]] = {
    "zip bomb": (zip_bomb, LimitExceeded, "MB once unpacked"),
    "dense bomb": (dense_bomb, LimitExceeded, "times when unpacked"),
    "lying archive": (lying_archive, InputError, ""),
    "many entries": (many_entries, LimitExceeded, "parts inside"),
    "XXE": (xxe, UnsupportedFormat, "document type"),
    "billion laughs": (billion_laughs, UnsupportedFormat, "document type"),
    "100k columns": (hundred_thousand_columns, LimitExceeded, "100,000 columns"),
    "wide workbook": (wide_workbook, LimitExceeded, "16,000 columns"),
    "stray cell": (stray_cell, LimitExceeded, ""),
    "empty": (written(b""), UnreadableFile, "is empty"),
    "blank": (written(b" \r\n\t\n"), UnreadableFile, "is empty"),
    "only a mark": (written(b"\xef\xbb\xbf"), UnreadableFile, "is empty"),
    "PDF": (written(b"%PDF-1.7\n..."), UnsupportedFormat, "PDF"),
    "PNG": (written(b"\x89PNG\r\n\x1a\n..."), UnsupportedFormat, "picture"),
    "old Excel": (written(b"\xd0\xcf\x11\xe0\xa1\xb1"), UnsupportedFormat, ".xls"),
    "HTML": (written(b"<!DOCTYPE html><html></html>"), UnsupportedFormat, "web page"),
    "XML": (written(b"<?xml version='1.0'?><a/>"), UnsupportedFormat, "XML"),
    "gzip": (written(b"\x1f\x8b\x08\x00"), UnsupportedFormat, "gzip"),
    "binary": (written(b"MZ\x90\x00\x03\x00\x00"), UnsupportedFormat, "not text"),
    "cut-off ZIP": (written(b"PK\x03\x04\x14\x00"), UnreadableFile, "cut off"),
    "neither encoding": (written(b"a,b\n\x81\x8d,\n"), UnreadableFile, "Windows-1252"),
    "truncated JSON": (written(b'{"grants": [\n{"id": "1",\n'), UnreadableFile, "line 3"),
    "malformed JSON": (written(b'{"grants": [{"id": 1,}]}'), UnreadableFile, "line 1, column"),
    "NaN": (written(b'{"grants": [{"amountAwarded": NaN}]}'), UnreadableFile, "NaN"),
    "long number": (
        written(b'{"grants": [{"id": ' + b"9" * 9_000 + b"}]}"),
        UnreadableFile,
        "JSON",
    ),
    "more after the end": (written(b'{"grants": []} {}'), UnreadableFile, "after the end"),
    "deep JSON": (deep_json, UnreadableFile, "nested too deeply"),
    "huge item": (huge_item, LimitExceeded, "characters an item"),
    "long line": (long_line, LimitExceeded, "characters in a line"),
    "two gigabytes": (huge, LimitExceeded, "2,000 MB, but the limit is 1,500 MB"),
    "a workbook of a gigabyte": (huge_workbook, LimitExceeded, "but the limit is 200 MB"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_at_once(name: str, tmp_path: Path, store: GraphStore) -> None:
    make, error_class, words = HOSTILE[name]
    path = make(tmp_path / "given.bin")
    before = time.monotonic()

    with pytest.raises(error_class) as caught:
        preview(path, store)

    assert words in str(caught.value)
    assert "given.bin" in str(caught.value)
    assert time.monotonic() - before < SECONDS


READ_ALL = """
import resource, sys
from datetime import date
from pathlib import Path
import seeds
from graph.errors import InputError
from graph.stores import open_store
refused = 0
with open_store("sqlite:///:memory:") as store:
    for path in sorted(Path(sys.argv[1]).iterdir()):
        try:
            seeds.preview(path, store, actor="ada", today=date(2026, 1, 1))
        except InputError:
            refused += 1
# Not RUSAGE_SELF: that begins with the peak of the process it was started from.
status = Path("/proc/self/status")
lines = status.read_text().splitlines() if status.exists() else []
print(next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")), 0))
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
print(refused)
"""


def test_hostile_files_never_take_much_memory(tmp_path: Path) -> None:
    # In a small process of its own: a child's peak begins with that of the process it came from.
    folder = tmp_path / "hostile"
    folder.mkdir()
    for number, (make, _, _) in enumerate(HOSTILE.values()):
        make(folder / f"{number}.bin")
    done = subprocess.run(
        [sys.executable, "-c", READ_ALL, str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=SECONDS * len(HOSTILE),
    )
    own, largest_child, refused = map(int, done.stdout.split())
    assert refused == len(HOSTILE)
    assert largest_child < MEGABYTES
    assert own < MEGABYTES


def test_a_folder_keeps_its_good_files_when_one_is_broken(
    tmp_path: Path, store: GraphStore
) -> None:
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04")
    (tmp_path / "organisations.csv").write_text("name,postcode\nA,M16 7GX\n", encoding="utf-8")

    found = preview(tmp_path, store)

    assert found.adds["organisation"] == 1
    assert [problem.file for problem in found.problems] == ["broken.xlsx"]


def test_an_entity_is_never_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("s3cret", encoding="utf-8")
    sheet = f'{SHEET_OPEN}<row r="1">{cell("A1", "&amp;leak;")}</row>{SHEET_CLOSE}'
    path = raw_workbook(tmp_path / "fine.xlsx", sheet)

    with Reader([path]) as reader:
        (found,) = reader.sheets("fine.xlsx")

    assert found.titles == ("&leak;",)


def test_a_cell_that_is_too_long_costs_its_row_only(tmp_path: Path, store: GraphStore) -> None:
    long = "x" * (limits.CELL_CHARACTERS + 1)
    path = tmp_path / "organisations.csv"
    path.write_text(f"name,postcode\n{long},\nB,M16 7GX\n", encoding="utf-8")

    found = preview(path, store)

    assert found.adds["organisation"] == 1
    assert "100,000 characters" in str(found.problems[0])


def test_json_in_utf_16_is_read(tmp_path: Path, store: GraphStore) -> None:
    grant = {"id": "1", "recipientOrganization": [{"name": "Café"}]}
    path = tmp_path / "g.json"
    path.write_text(json.dumps({"grants": [grant]}, ensure_ascii=False), encoding="utf-16")

    assert preview(path, store).adds["organisation"] == 1
