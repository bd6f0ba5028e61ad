"""Excel workbooks: read as sheets, and what their writers need."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

from fair_imagic.errors import UnreadableFileError
from fair_imagic.files import read_archive
from fair_imagic.i18n import _
from fair_imagic.rdf import parse_xml
from fair_imagic.tables.grid import Sheet, cell_of, percentage, refuse_beyond

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.tables.grid import Cell

__all__ = ["DropDowns", "put_text", "read_xlsx", "repeatable"]

# What Excel takes in a cell, and what is written of a longer text, before the notice.
_MOST_CHARACTERS = 32_767
_KEPT_CHARACTERS = 32_000
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_OLD = (1980, 1, 1, 0, 0, 0)


def read_xlsx(path: Path) -> list[Sheet]:
    """Return the sheets of an Excel workbook; formulas stay formulas.

    Raises :class:`~fair_imagic.errors.UnreadableFileError` for a file that is no
    workbook, is damaged, or unpacks to more than it should.
    """
    members = read_archive(path, wanted=(".xml", ".rels"))
    for name, content in members.items():
        parse_xml(content, where=f"{path.name}/{name}")  # no entities, no DOCTYPE
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(path.read_bytes()), read_only=True)
        sheets = [_sheet(one) for one in book.worksheets]
        book.close()
    except (KeyError, ValueError, TypeError, AttributeError, OSError) as error:
        raise UnreadableFileError(
            path, _("this is no workbook: {reason}").format(reason=str(error)[:200])
        ) from error
    except zipfile.BadZipFile as error:
        raise UnreadableFileError(path, _("the archive is damaged")) from error
    return sheets


def _sheet(sheet: Any) -> Sheet:
    sheet.reset_dimensions()
    title, rows = str(sheet.title), []
    for number, written in enumerate(sheet.iter_rows(), start=1):
        cells = tuple(_cell(cell) for cell in written)
        filled = [column for column, cell in enumerate(cells) if cell.text]
        if filled:
            refuse_beyond(title, row=number, column=filled[-1])
            rows.append((number, cells[: filled[-1] + 1]))
    return Sheet(title, tuple(rows))


def _cell(written: Any) -> Cell:
    cell = cell_of(written.value, written.data_type)
    shares = cell.kind == "number" and "%" in (written.number_format or "")
    return percentage(cell.text) if shares else cell


def put_text(cell: Any, text: str) -> None:
    """Write a text as a text, whatever it starts with; one that is cut says so."""
    clean = _ILLEGAL.sub("␣", text)
    if len(clean) > _MOST_CHARACTERS:
        notice = _("[cut here: the text has {count} characters, too many for a cell]")
        kept = clean[:_KEPT_CHARACTERS]
        clean = f"{kept} … {notice.format(count=len(clean))}"
    if not clean:
        return
    cell.value = clean
    cell.data_type = "s"
    cell.number_format = "@"
    if clean.startswith(_FORMULA_STARTS):
        cell.quotePrefix = True


class DropDowns:
    """The lists of choices of a sheet, each kept once on another sheet (``lists``)."""

    def __init__(self, sheet: Any, lists: Any) -> None:
        self._sheet = sheet
        self._lists = lists
        self._by_labels: dict[tuple[str, ...], Any] = {}

    def give(self, cell: Any, labels: tuple[str, ...]) -> None:
        """Let a cell take one of the labels; none leave it free."""
        if labels:
            if labels not in self._by_labels:
                self._by_labels[labels] = self._new(labels)
            self._by_labels[labels].add(cell.coordinate)

    def _new(self, labels: tuple[str, ...]) -> Any:
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.datavalidation import DataValidation

        place = get_column_letter(len(self._by_labels) + 1)
        for line, label in enumerate(labels, start=1):
            put_text(self._lists[f"{place}{line}"], label)
        made = DataValidation(
            type="list",
            formula1=f"{self._lists.title}!${place}$1:${place}${len(labels)}",
            allow_blank=True,
            errorStyle="warning",
            error=_("This is not in the list of the field"),
        )
        self._sheet.add_data_validation(made)
        return made


def repeatable(data: bytes, moment: str) -> bytes:
    """Return the archive with the time of the check in place of the time of writing."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in sorted(before.namelist()):
            content = before.read(name)
            if name == "docProps/core.xml":
                pattern = rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*"
                content = re.sub(
                    pattern, rb"\g<1>" + moment[:19].encode() + b"Z", content
                )
            after.writestr(zipfile.ZipInfo(name, _OLD), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()
