from __future__ import annotations

import codecs
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from import_files import workbook
from seeds.problems import Problem
from seeds.reading.encoding import MIXED
from seeds.reading.reader import Reader
from seeds.reading.sheets import Sheet


def only_sheet(path: Path) -> tuple[tuple[str, ...], list[list[str]], list[Problem]]:
    problems: list[Problem] = []
    with Reader([path], problems.append) as reader:
        (sheet,) = reader.sheets(path.name)
        rows = [list(row.cells) for row in sheet.rows(problems.append)]
        return sheet.titles, rows, problems


def sheets_of(path: Path) -> dict[str, tuple[Sheet, list[tuple[int, list[str]]]]]:
    with Reader([path]) as reader:
        return {
            sheet.name: (sheet, [(row.number, list(row.cells)) for row in sheet.rows()])
            for sheet in reader.sheets(path.name)
        }


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "a.csv"
    lines = (["name", "note"], ["A", '"x, y; z"'], ["B", "2"])
    path.write_text("\n".join(delimiter.join(line) for line in lines), encoding="utf-8")

    titles, rows, _ = only_sheet(path)

    assert titles == ("name", "note")
    assert rows == [["A", "x, y; z"], ["B", "2"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_pounds_and_accents_survive_each_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("name,income\nCafé’s,£5\n".encode(encoding))

    assert only_sheet(path)[1] == [["Café’s", "£5"]]


def test_a_heading_above_the_titles_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Members 2026,,\n,,\nname,postcode,type\nA,M1,x\n", encoding="utf-8")

    assert only_sheet(path)[0] == ("name", "postcode", "type")


def test_a_row_with_too_many_cells_is_a_problem_and_a_short_one_is_filled(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b,c\n1,2,3,4\n5\n6,7,8,,\n", encoding="utf-8")

    _, rows, problems = only_sheet(path)

    assert rows == [["5", "", ""], ["6", "7", "8"]]
    assert str(problems[0]).startswith("a.csv, row 2: The row has 4 cells")


def test_a_broken_quotation_costs_its_row_only(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('a,b\n"x"y,2\n3,4\n', encoding="utf-8")

    _, rows, problems = only_sheet(path)

    assert rows == [["3", "4"]]
    assert problems[0].row == 2


def test_an_unclosed_quotation_is_said_and_not_swallowed(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('a,b\n1,"2\n3,4\n', encoding="utf-8")

    _, _, problems = only_sheet(path)

    assert "can't be read" in str(problems[0])


def test_row_numbers_are_those_of_the_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('a,b\n"1\n1",2\n\n3,4\n', encoding="utf-8")

    with Reader([path]) as reader:
        (sheet,) = reader.sheets("a.csv")
        assert [row.number for row in sheet.rows()] == [2, 4]


def test_a_workbook_gives_every_sheet_as_text(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        {
            "One": [["id", "when", "amount"], ["00123", date(2024, 3, 31), 12.5], [7, "", True]],
            "Empty": [],
            "Two": [["", ""], ["Heading", ""], ["x", "y"], ["=1+1", 3]],
        },
    )

    found = sheets_of(path)

    assert list(found) == ["One", "Two"]
    assert found["One"][1] == [(2, ["00123", "2024-03-31", "12.5"]), (3, ["7", "", "true"])]
    assert found["Two"][0].titles == ("x", "y")
    assert found["Two"][1] == [(4, ["=1+1", "3"])]


def test_two_sheets_can_be_read_in_turns(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"A": [["a"], [1], [2]], "B": [["b"], [3], [4]]})

    with Reader([path]) as reader:
        one, two = reader.sheets("a.xlsx")
        pairs = [
            (list(left.cells), list(right.cells))
            for left, right in zip(one.rows(), two.rows(), strict=True)
        ]

    assert pairs == [(["1"], ["3"]), (["2"], ["4"])]


def test_the_digest_is_of_the_contents_and_not_of_names_or_order(tmp_path: Path) -> None:
    for folder, names in (("x", "ab"), ("y", "ba")):
        (tmp_path / folder).mkdir()
        for name, text in zip(names, ("n\n1\n", "n\n2\n"), strict=True):
            (tmp_path / folder / f"{name}.csv").write_text(text, encoding="utf-8")

    with Reader([tmp_path / "x"]) as one, Reader([tmp_path / "y"]) as two:
        assert one.digest() == two.digest()


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_a_file_in_two_encodings_is_read_whole_and_named(tmp_path: Path, mark: bytes) -> None:
    path = tmp_path / "pasted.csv"
    lines = ["name,town", "Café,Zürich", "Plain,Leeds", "£5 Trust,Ynys Môn"]
    encoded = [lines[0].encode(), lines[1].encode(), lines[2].encode(), lines[3].encode("cp1252")]
    path.write_bytes(mark + b"\n".join(encoded))
    told: list[Problem] = []

    with Reader([path], told.append) as reader:
        (sheet,) = reader.sheets("pasted.csv")
        rows = [row.cells for row in sheet.rows()]

    assert sheet.titles == ("name", "town")
    assert rows == [["Café", "Zürich"], ["Plain", "Leeds"], ["£5 Trust", "Ynys Môn"]]
    (warning,) = told
    assert "two encodings" in str(warning)
    assert "line 4" in str(warning)


def test_json_in_two_encodings_is_read_and_named(tmp_path: Path) -> None:
    path = tmp_path / "pasted.json"
    path.write_bytes('[{"name": "Café"},\n'.encode() + '{"name": "Môn"}]'.encode("cp1252"))
    told: list[Problem] = []

    with Reader([path], told.append) as reader:
        assert [item["name"] for _, item in reader.items("pasted.json")] == ["Café", "Môn"]

    assert "line 2" in str(told[0])


@given(st.lists(st.text(st.characters(codec="cp1252", exclude_categories=["Cc"]), max_size=9)))
def test_a_mixture_is_read_as_it_was_written(parts: list[str]) -> None:
    sound = b"".join(
        part.encode() + b"\n" if at % 2 else _alone(part) + b"\n" for at, part in enumerate(parts)
    )
    decoder = codecs.getincrementaldecoder(MIXED)()
    read = "".join(decoder.decode(bytes([byte])) for byte in sound) + decoder.decode(
        b"", final=True
    )
    assert read == "".join(f"{part}\n" for part in parts)


def _alone(part: str) -> bytes:
    """Encode as Windows-1252, unless that happens to be UTF-8 in places."""
    encoded = part.encode("cp1252")
    whole = encoded.decode("utf-8", "replace")
    others = sum(not letter.isascii() and letter != "\ufffd" for letter in whole)
    return part.encode() if others else encoded


def test_merged_cells_are_named_from_the_titles_down(tmp_path: Path) -> None:
    path = tmp_path / "merged.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Bodies")
        sheet.merge_range("A1:C1", "A heading, which may well be merged")
        sheet.write_row("A3", ["Name", "Town", "Phone"])
        sheet.merge_range("A4:A6", "One for three")
        for row in range(3, 6):
            sheet.write(row, 1, f"Town {row}")
    told: list[Problem] = []

    with Reader([path], told.append) as reader:
        (found,) = reader.sheets("merged.xlsx")
        names = [row.cells[0] for row in found.rows()]

    assert found.header_row == 3
    assert names == ["One for three", "", ""]
    (problem,) = told
    assert "merged.xlsx, sheet 'Bodies'" in str(problem)
    assert "(A4:A6)" in str(problem)
