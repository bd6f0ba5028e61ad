"""Corrections planned: from a check, a report file or a filled-in table."""

from fair_imagic.workflow.corrections.applied import apply
from fair_imagic.workflow.corrections.fields import fields_in
from fair_imagic.workflow.corrections.from_report import wishes_of_report
from fair_imagic.workflow.corrections.from_table import wishes_of_table
from fair_imagic.workflow.corrections.opened import wishes_in_file
from fair_imagic.workflow.corrections.plan import planned
from fair_imagic.workflow.corrections.preview import (
    Alike,
    Item,
    Left,
    Preview,
    preview,
)
from fair_imagic.workflow.corrections.wish import (
    Flaw,
    Wish,
    Wishes,
    wishes_from_json,
    wishes_to_json,
)
from fair_imagic.workflow.corrections.workbook import as_xlsx

__all__ = [
    "Alike",
    "Flaw",
    "Item",
    "Left",
    "Preview",
    "Wish",
    "Wishes",
    "apply",
    "as_xlsx",
    "fields_in",
    "planned",
    "preview",
    "wishes_from_json",
    "wishes_in_file",
    "wishes_of_report",
    "wishes_of_table",
    "wishes_to_json",
]
