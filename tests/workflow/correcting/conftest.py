"""Tables of points of the set s, and how a person fills them in."""

from __future__ import annotations

import io
import shutil
import zipfile
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from fair_imagic.i18n import use_language
from fair_imagic.workflow import correcting as corrections
from fair_imagic.workflow.base.workspace import open_workspace
from fair_imagic.workflow.checking import check
from fair_imagic.workflow.images import import_images
from fair_imagic.workflow.microscopes import instruments
from fair_imagic.workflow.people import person as people
from fair_imagic.workflow.sets import publication_set as sets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.demo.sample_study import StudyFolder

    Fill = Callable[..., Path]


@pytest.fixture(scope="session")
def imported_home(study: StudyFolder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the few images, their microscope, a person and the set s."""
    folder = tmp_path_factory.mktemp("corrections")
    names = ("field_01_control", "field_03_control")
    files = [study.images["widefield"] / f"{name}.ome.tiff" for name in names]
    files.append(study.images["confocal"] / "zstack_01.ome.tiff")
    with open_workspace(folder / "home") as workspace:
        record = study.microscopes["widefield"]
        instruments.import_file(workspace, record, author="Ana", name="scope")
        import_images.run(
            workspace, files, collection="few", author="Ana", instrument="scope"
        )
        people.import_table(workspace, study.people, author="Ana")
        sets.create(workspace, "s", author="Ana", title="Some nuclei", images="all")
    return folder / "home"


@pytest.fixture
def imported(imported_home: Path, tmp_path: Path) -> Iterator[Workspace]:
    """A workspace over a copy of the folder, for one test."""
    with open_workspace(shutil.copytree(imported_home, tmp_path / "copy")) as opened:
        yield opened


@pytest.fixture
def table_of() -> Callable[..., bytes]:
    """Give a function from a workspace to the points of a set as a workbook."""
    return _table_of


def _table_of(workspace: Workspace, name: str = "s", *, language: str = "en") -> bytes:
    with use_language(language):
        report = check.run(workspace, name)
        return corrections.as_xlsx(report, fields=corrections.fields_in(workspace))


@pytest.fixture
def fill(imported: Workspace, tmp_path: Path) -> Fill:
    """Give a function that writes new values into the table of the set s.

    ``values`` are new values by (name of the thing, end of the property's IRI).
    """

    def write(
        values: Mapping[tuple[str, str], object],
        *,
        suffix: str = ".xlsx",
        language: str = "en",
    ) -> Path:
        book = load_workbook(io.BytesIO(_table_of(imported, language=language)))
        sheet = book.worksheets[1]
        head = [cell.value for cell in sheet[1]]
        new = head.index("Nouvelle valeur" if language == "fr" else "New value") + 1
        wanted = dict(values)
        for row in range(2, sheet.max_row + 1):
            thing = str(sheet.cell(row, 1).value)
            path = str(sheet.cell(row, head.index("property") + 1).value)
            key = (thing, path.replace("#", "/").rpartition("/")[2])
            if key in wanted:
                sheet.cell(row, new).value = wanted.pop(key)
        assert not wanted, f"no point for {list(wanted)}"
        path = tmp_path / f"points{suffix}"
        rows = [[cell.value for cell in line] for line in sheet.iter_rows()]
        _SAVERS[suffix](book, rows, path)
        return path

    return write


def _save_xlsx(book, rows, path: Path) -> None:  # type: ignore[no-untyped-def]
    book.save(path)


def _save_csv(book, rows, path: Path) -> None:  # type: ignore[no-untyped-def]
    import csv

    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerows([["" if c is None else str(c) for c in row] for row in rows])


def _save_ods(book, rows, path: Path) -> None:  # type: ignore[no-untyped-def]
    """Write what LibreOffice writes, as far as the values go."""
    from datetime import date
    from xml.sax.saxutils import escape

    def cell(value: object) -> str:
        if value is None:
            return '<table:table-cell table:number-columns-repeated="1"/>'
        if isinstance(value, date):
            return (
                '<table:table-cell office:value-type="date" office:date-value="'
                f'{value.isoformat()}"><text:p>{value:%d/%m/%y}</text:p>'
                "</table:table-cell>"
            )
        if isinstance(value, float | int):
            text = str(value).replace(".", ",")
            return (
                f'<table:table-cell office:value-type="float" office:value="{value}">'
                f"<text:p>{text}</text:p></table:table-cell>"
            )
        if str(value).startswith("of:="):
            return f'<table:table-cell table:formula="{escape(str(value))}"/>'
        return (
            '<table:table-cell office:value-type="string"><text:p>'
            f"{escape(str(value))}</text:p></table:table-cell>"
        )

    lines = "".join(
        "<table:table-row>" + "".join(map(cell, row)) + "</table:table-row>"
        for row in rows
    )
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    text = (
        f'<?xml version="1.0"?><office:document-content{names}><office:body>'
        f'<office:spreadsheet><table:table table:name="Points to fix">{lines}'
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", text)


_SAVERS = {".xlsx": _save_xlsx, ".csv": _save_csv, ".ods": _save_ods}
