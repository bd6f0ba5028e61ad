"""What office programs write into cells is read as the person meant it."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from fair_imagic.errors import InputError, UnreadableFileError
from fair_imagic.tables import csv_text, read_table
from fair_imagic.tables.grid import MOST_COLUMNS, Cell, cell_of, read_csv
from fair_imagic.tables.ods import read_ods
from fair_imagic.tables.xlsx import put_text, read_xlsx
from fair_imagic.workflow.correcting.columns import keys_by_heading

if TYPE_CHECKING:
    from pathlib import Path

NAMES = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)
HEAD = "Image ou fiche;Champ;Trouvé;Nouvelle valeur;property"


def ods_row(folder: Path, cells: str, attributes: str = "") -> tuple[Cell, ...]:
    """Return the cells of the one row of an OpenDocument spreadsheet."""
    path = folder / "one.ods"
    text = (
        f"<office:document-content{NAMES}><office:body><office:spreadsheet>"
        f"<table:table table:name='Images'><table:table-row {attributes}>{cells}"
        "</table:table-row></table:table></office:spreadsheet>"
        "</office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", text)
    return read_ods(path)[0].rows[0][1]


def ods_cell(folder: Path, inside: str, attributes: str = "") -> Cell:
    """Return the one cell of an OpenDocument spreadsheet."""
    (cell,) = ods_row(
        folder, f"<table:table-cell {attributes}>{inside}</table:table-cell>"
    )
    return cell


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<text:p>one</text:p><text:p>two</text:p>", "one\ntwo"),
        ("<text:p>one<text:line-break/>two</text:p>", "one\ntwo"),
        ("<text:p>a <text:s text:c='2'/>b<text:s/></text:p>", "a   b"),
        ("<text:p>a<text:tab/>b</text:p>", "a\tb"),
        ("<text:p>to <text:a>x<text:s/>y</text:a> z</text:p>", "to x y z"),
        ("<text:p>x<!-- remark --> y</text:p>", "x y"),
    ],
)
def test_breaks_and_runs_of_spaces_of_libreoffice_are_kept(
    tmp_path: Path, inside: str, text: str
) -> None:
    assert ods_cell(tmp_path, inside) == Cell(text, "text")


def test_a_huge_run_of_spaces_is_cut(tmp_path: Path) -> None:
    inside = "<text:p>a<text:s text:c='999999999'/>b</text:p>"
    assert len(ods_cell(tmp_path, inside).text) < 2000


@pytest.mark.parametrize(
    ("kind", "value", "cell"),
    [
        ("float", "value='0.323'", Cell("0.323", "number")),
        ("float", "value='1e-05'", Cell("0.00001", "number")),
        ("float", "value='7'", Cell("7", "number")),
        ("float", "value='x'", Cell("x", "error")),
        ("percentage", "value='0.125'", Cell("12.5 %", "text")),
        ("percentage", "value='x'", Cell("x", "error")),
        ("boolean", "boolean-value='true'", Cell("true", "text")),
        ("date", "date-value='2026-11-26'", Cell("2026-11-26", "date")),
        ("time", "time-value='PT10H30M'", Cell("shown", "date")),
    ],
)
def test_values_of_opendocument_cells_are_not_what_is_shown(
    tmp_path: Path, kind: str, value: str, cell: Cell
) -> None:
    attributes = f"office:value-type='{kind}' office:{value}"
    assert ods_cell(tmp_path, "<text:p>shown</text:p>", attributes) == cell


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (0.323, Cell("0.323", "number")),
        (1e-05, Cell("0.00001", "number")),
        (1e16, Cell("10000000000000000", "number")),
        (0.1 + 0.2, Cell("0.3", "number")),
        (True, Cell("true", "text")),
        (date(2026, 11, 26), Cell("2026-11-26", "date")),
        (datetime(2026, 11, 26, 10, 30), Cell("2026-11-26T10:30:00", "date")),
        (time(10, 30), Cell("10:30:00", "date")),
    ],
)
def test_values_of_excel_cells_become_texts(value: object, cell: Cell) -> None:
    assert cell_of(value) == cell


def test_a_share_in_excel_is_the_percentage_that_was_typed(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append([0.125, 1, 0.5])
    book.active["A1"].number_format = "0.00%"
    book.active["B1"].number_format = "0%"
    path = tmp_path / "shares.xlsx"
    book.save(path)
    ((_number, cells),) = read_xlsx(path)[0].rows
    assert [cell.text for cell in cells[:3]] == ["12.5 %", "100 %", "0.5"]


def test_rows_of_csv_have_the_number_that_an_office_program_shows(
    tmp_path: Path,
) -> None:
    path = tmp_path / "points.csv"
    path.write_text('a,b\n"x\ny",1\n,\nz,2\n', encoding="utf-8")
    (sheet,) = read_csv(path)
    assert [number for number, _cells in sheet.rows] == [1, 2, 4]
    assert sheet.place(4, 1) == "B4"


def test_a_french_table_in_the_encoding_of_windows_is_read(tmp_path: Path) -> None:
    path = tmp_path / "points.csv"
    path.write_bytes(f"{HEAD}\nœuf;Durée;;« 12 µs »;x\n".encode("cp1252"))
    (_first, (_number, cells)) = read_csv(path, headings=keys_by_heading())[0].rows
    assert [cell.text for cell in cells] == ["œuf", "Durée", "", "« 12 µs »", "x"]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (f"{HEAD}\na;Durée;;é;x\n", "mac_roman"),
        (f"{HEAD};Été\na;Durée;;é;x;y\n", "cp1252"),
        ("Image or record;Field;New value;property\na;é;b;x\n", "cp1252"),
    ],
)
def test_a_table_whose_encoding_is_not_certain_is_refused(
    tmp_path: Path, text: str, encoding: str
) -> None:
    path = tmp_path / "points.csv"
    path.write_bytes(text.encode(encoding))
    with pytest.raises(UnreadableFileError, match="not UTF-8") as caught:
        read_csv(path, headings=keys_by_heading())
    assert "CSV UTF-8" in caught.value.hint


def test_a_text_beyond_the_last_column_that_is_read_is_refused(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["image", *[None] * MOST_COLUMNS, "lost"])
    path = tmp_path / "wide.xlsx"
    book.save(path)
    with pytest.raises(InputError, match="more than 100 columns") as wide:
        read_xlsx(path)
    assert wide.value.where == "Sheet!CX1"
    blank = f"<table:table-cell table:number-columns-repeated='{MOST_COLUMNS + 1}'/>"
    lost = "<table:table-cell><text:p>lost</text:p></table:table-cell>"
    with pytest.raises(InputError, match="more than 100 columns") as wide:
        ods_row(tmp_path, blank + lost)
    assert wide.value.where == "Images!CW1"


def test_empty_cells_up_to_the_last_column_of_the_program_do_no_harm(
    tmp_path: Path,
) -> None:
    text = "<table:table-cell><text:p>a</text:p></table:table-cell>"
    blank = "<table:table-cell table:number-columns-repeated='16383'/>"
    assert ods_row(tmp_path, text + blank)[0] == Cell("a", "text")


def test_a_row_repeated_beyond_the_last_that_is_read_is_refused(
    tmp_path: Path,
) -> None:
    text = "<table:table-cell><text:p>a</text:p></table:table-cell>"
    with pytest.raises(InputError, match="more than 200000 rows"):
        ods_row(tmp_path, text, "table:number-rows-repeated='200001'")


def test_a_text_that_is_too_long_for_a_cell_says_that_it_is_cut() -> None:
    sheet = Workbook().active
    put_text(sheet["A1"], "a" * 32_767)
    assert sheet["A1"].value == "a" * 32_767
    put_text(sheet["A2"], "b" * 40_000)
    assert sheet["A2"].value.endswith("characters, too many for a cell]")
    assert "40000" in sheet["A2"].value
    assert len(sheet["A2"].value) < 32_767


def test_a_table_that_is_written_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    text = csv_text(("a", "b"), [['x "1", y', 2], ["z", ""]])
    assert text == 'a,b\n"x ""1"", y",2\nz,\n'
    path.write_text(text, encoding="utf-8")
    assert read_table(path).rows[0].cells == {"a": 'x "1", y', "b": "2"}


def test_a_text_that_looks_like_a_formula_leaves_as_a_text_and_comes_back(
    tmp_path: Path,
) -> None:
    texts = ["=1+1", "@SUM(A1)", "+cells", "-5", "-0.5", "plain", "=HYPERLINK(1)"]
    told = csv_text(["image", "note"], [["a", text] for text in texts])
    path = tmp_path / "back.csv"
    path.write_text(told, encoding="utf-8")
    assert [row.cells["note"] for row in read_table(path).rows] == texts
