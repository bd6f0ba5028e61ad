"""The table of points as an Excel workbook, to be filled in and read back."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from fair_imagic.clock import isoformat
from fair_imagic.i18n import _
from fair_imagic.tables.xlsx import DropDowns, put_text, repeatable
from fair_imagic.workflow.correcting.columns import KEYS, NEW, columns
from fair_imagic.workflow.correcting.guide import guide_lines
from fair_imagic.workflow.correcting.rows import rows_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from fair_imagic.checks import Report
    from fair_imagic.workflow.base.field import Field
    from fair_imagic.workflow.correcting.rows import Row

    Fields = Callable[[str, str], Field | None]

__all__ = ["as_xlsx"]

_LISTS = "lists"
_HEAD, _NEW_FILL, _PROPOSED = "FF0B6470", "FFFDF6DC", "FFE4F3E9"


def as_xlsx(report: Report, *, fields: Fields | None = None) -> bytes:
    """Return the workbook: instructions, one row for each place with a point, lists.

    ``fields`` gives for a thing and a property its field, None where no value can be
    typed. The same report gives the same bytes.
    """
    from openpyxl import Workbook

    book = Workbook()
    guide = book.active
    guide.title = _("Instructions")
    _write_guide(guide, report)
    sheet = book.create_sheet(_("Points to fix"))
    lists = book.create_sheet(_LISTS)
    lists.sheet_state = "hidden"
    rows = rows_of(report)
    _write_headings(sheet)
    for number, row in enumerate(rows, start=2):
        _write_row(sheet, number, row)
    _write_fields(sheet, lists, rows, fields)
    _dress(sheet, len(rows) + 1)
    book.active = 1
    stream = io.BytesIO()
    book.save(stream)
    return repeatable(stream.getvalue(), isoformat(report.checked_at))


def _write_guide(sheet: Any, report: Report) -> None:
    from openpyxl.styles import Alignment, Font

    sheet.column_dimensions["A"].width = 100
    for number, (text, heading) in enumerate(guide_lines(report), start=1):
        cell = sheet.cell(row=number, column=1)
        put_text(cell, text)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.font = Font(bold=heading, size=14 if number == 1 else 11)


def _write_headings(sheet: Any) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    titles = [column.title for column in columns()] + list(KEYS)
    for number, title in enumerate(titles, start=1):
        cell = sheet.cell(row=1, column=number)
        put_text(cell, title)
        cell.font = Font(bold=True, color="FFFFFFFF")
        cell.fill = PatternFill("solid", fgColor=_HEAD)
        cell.alignment = Alignment(wrap_text=True, vertical="center")


def _write_row(sheet: Any, number: int, row: Row) -> None:
    from openpyxl.styles import Alignment, PatternFill, Protection

    keys = [column.key for column in columns()] + list(KEYS)
    for column, key in enumerate(keys, start=1):
        cell = sheet.cell(row=number, column=column)
        cell.alignment = Alignment(wrap_text=column <= len(columns()), vertical="top")
        if key == NEW:
            cell.number_format = "@"  # text: no program turns it into a date
            cell.protection = Protection(locked=False)
            cell.fill = PatternFill("solid", fgColor=_NEW_FILL)
            continue
        if key == "proposed" and row.cells[key]:
            cell.fill = PatternFill("solid", fgColor=_PROPOSED)
        put_text(cell, row.cells[key])


def _write_fields(
    sheet: Any, lists: Any, rows: tuple[Row, ...], fields: Fields | None
) -> None:
    """Give each field its unit, and a drop-down list where it takes words of a list."""
    from openpyxl.styles import Protection

    keys = [column.key for column in columns()]
    drop_downs = DropDowns(sheet, lists)
    for number, row in enumerate(rows, start=2):
        field = fields(row.subject, row.path) if fields is not None else None
        new = sheet.cell(row=number, column=keys.index(NEW) + 1)
        if not row.path or (field is None and fields is not None):
            put_text(new, _("— not by a value; see what is expected"))
            new.protection = Protection(locked=True)
        elif field is not None:
            if field.unit:
                name = sheet.cell(row=number, column=keys.index("field") + 1)
                put_text(name, f"{row.cells['field']} ({field.unit})")
            drop_downs.give(new, tuple(one.label for one in field.choices))


def _dress(sheet: Any, last: int) -> None:
    from openpyxl.utils import get_column_letter

    shown = columns()
    for number, column in enumerate(shown, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    for number in range(len(shown) + 1, len(shown) + len(KEYS) + 1):
        sheet.column_dimensions[get_column_letter(number)].hidden = True
    sheet.freeze_panes = "D2"
    width = get_column_letter(len(shown) + len(KEYS))
    sheet.auto_filter.ref = f"A1:{width}{max(last, 2)}"
    # Without a password: it keeps from slips, and anybody can take it off.
    guard = sheet.protection
    guard.sheet = True
    guard.sort = guard.autoFilter = False
    guard.formatColumns = guard.formatRows = guard.formatCells = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
