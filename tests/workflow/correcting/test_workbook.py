"""The table of points: readable in both languages, safe, and the same each time."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from openpyxl import load_workbook

from fair_imagic.i18n import typeset
from fair_imagic.rdf import expand, literal
from fair_imagic.workflow import correcting as corrections
from fair_imagic.workflow.base.authors import person_source
from fair_imagic.workflow.base.edits import Edits
from fair_imagic.workflow.checking import check
from fair_imagic.workflow.correcting import repair
from fair_imagic.workflow.images.members import images_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.worksheet.worksheet import Worksheet

    from fair_imagic.workflow.base.workspace import Workspace

    TableOf = Callable[..., bytes]


def _sheet(data: bytes, number: int = 1) -> Worksheet:
    return load_workbook(io.BytesIO(data)).worksheets[number]


def _rows(sheet: Worksheet) -> list[dict[str, object]]:
    head = [str(cell.value) for cell in sheet[1]]
    return [
        dict(zip(head, (cell.value for cell in row), strict=True))
        for row in sheet.iter_rows(min_row=2)
    ]


def test_each_place_with_a_point_has_one_row(
    imported: Workspace, table_of: TableOf
) -> None:
    rows = _rows(_sheet(table_of(imported)))
    report = check.run(imported, "s")
    places = {(f.focus, f.path, f.value) for f in report.findings if f.path}
    assert len([row for row in rows if row["property"]]) == len(places)
    codes = {code for row in rows for code in str(row["codes"]).split()}
    assert codes == {finding.code for finding in report.findings}
    licence = next(r for r in rows if str(r["property"]).endswith("/license"))
    assert len(str(licence["codes"]).split()) > 1, "two archives, one row"
    assert {row["New value"] for row in rows} <= {
        None,
        "— not by a value; see what is expected",
    }


def test_proposals_stand_in_a_column_of_their_own_with_their_source(
    imported: Workspace, table_of: TableOf
) -> None:
    rows = _rows(_sheet(table_of(imported)))
    proposed = {r["Proposed value"]: r["Source of the proposal"] for r in rows}
    assert "all channels" in str(proposed["fluorescence microscopy"])


def test_headings_and_instructions_come_in_french(
    imported: Workspace, table_of: TableOf
) -> None:
    data = table_of(imported, language="fr")
    head = [cell.value for cell in _sheet(data)[1]]
    assert "Nouvelle valeur" in head and "property" in head
    guide = [str(row[0].value) for row in _sheet(data, 0).iter_rows()]
    assert "fair-imagic repair s --from points.xlsx" in " ".join(guide)
    assert any("Nouvelle valeur" in line for line in guide)


def test_each_row_says_who_asks_for_it_and_where_in_the_language_of_the_table(
    imported: Workspace, table_of: TableOf
) -> None:
    english = {str(r["Why it matters"]) for r in _rows(_sheet(table_of(imported)))}
    table = _rows(_sheet(table_of(imported, language="fr")))
    french = {str(r["Pourquoi c’est important"]) for r in table}
    assert any("template BioImages.v5, Study: License" in one for one in english)
    clause = typeset("modèle BioImages.v5, « Study: License »")
    assert any(clause in one for one in french)
    assert not any("template BioImages.v5" in one for one in french)


def test_fields_with_a_list_get_a_drop_down_and_their_unit(
    imported: Workspace, table_of: TableOf
) -> None:
    book = load_workbook(io.BytesIO(table_of(imported)))
    sheet, lists = book.worksheets[1], book.worksheets[2]
    assert lists.sheet_state == "hidden"
    rows = _rows(sheet)
    line = next(n for n, r in enumerate(rows, 2) if r["Field"] == "Licence")
    validation = next(
        one
        for one in sheet.data_validations.dataValidation
        if f"L{line}" in str(one.sqref)
    )
    letter = validation.formula1.split("$")[1]
    assert "CC-BY-4.0" in [cell.value for cell in lists[letter]]
    assert "Pixel size X (µm)" in {row["Field"] for row in rows} or any(
        "(µm)" in str(row["Field"]) for row in rows
    )


def test_headings_stay_in_view_and_only_new_values_are_open(
    imported: Workspace, table_of: TableOf
) -> None:
    sheet = _sheet(table_of(imported))
    assert sheet.freeze_panes == "D2"
    assert sheet.auto_filter.ref.startswith("A1:")
    assert sheet.protection.sheet and not sheet.protection.password
    assert sheet["A2"].protection.locked and not sheet["L2"].protection.locked
    assert sheet.column_dimensions["M"].hidden


def test_text_that_looks_like_a_formula_is_written_as_text(
    imported: Workspace, table_of: TableOf
) -> None:
    root = imported.record("set", "s")
    names = ["=cmd|'/c calc'!A1", "+1+1", "-2+3", "@SUM(A1)"]
    repair.set_values(imported, root, [("title", "=1")], author="Ana")
    images = images_of(imported, root)
    for image, name in zip(images, names, strict=False):
        repair.set_values(imported, image, [("title", name)], author="Ana")
    sheet = _sheet(table_of(imported))
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    dangerous = [cell for cell in cells if str(cell.value)[0] in "=+-@"]
    assert {str(cell.value) for cell in dangerous} >= {"=1", "+1+1", "-2+3"}
    assert all(cell.quotePrefix for cell in dangerous)


def test_the_same_report_gives_the_same_bytes(imported: Workspace) -> None:
    report = check.run(imported, "s")
    assert corrections.as_xlsx(report) == corrections.as_xlsx(report)
    with zipfile.ZipFile(io.BytesIO(corrections.as_xlsx(report))) as archive:
        assert archive.testzip() is None
        assert {one.date_time[0] for one in archive.infolist()} == {1980}


def test_a_control_character_is_shown_not_written(
    imported: Workspace, table_of: TableOf
) -> None:
    root = imported.record("set", "s")
    edits = Edits(imported.catalogue, person_source(imported, "Ana"))
    edits.put(root, [(expand("dcterms:title"), literal("a\x01b"))])
    edits.append("Ana", "document")  # a person cannot type it
    names = {row["Image or record"] for row in _rows(_sheet(table_of(imported)))}
    assert "a␣b" in names
