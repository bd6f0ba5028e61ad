"""Tables as people keep them: CSV, TSV, Excel and OpenDocument, in and out."""

from fair_imagic.tables.delimited import (
    Number,
    Row,
    Table,
    csv_lines,
    csv_text,
)
from fair_imagic.tables.grid import Cell, Sheet
from fair_imagic.tables.sheets import ENDINGS, read_sheets
from fair_imagic.tables.table import read_table

__all__ = [
    "ENDINGS",
    "Cell",
    "Number",
    "Row",
    "Sheet",
    "Table",
    "csv_lines",
    "csv_text",
    "read_sheets",
    "read_table",
]
