"""Corrections planned: from a check, a report file or a filled-in table."""

from fair_imagic.workflow.correcting.change import apply
from fair_imagic.workflow.correcting.fields import fields_in
from fair_imagic.workflow.correcting.from_report import wishes_of_report
from fair_imagic.workflow.correcting.from_table import wishes_of_table
from fair_imagic.workflow.correcting.item import Alike, Item, Left
from fair_imagic.workflow.correcting.plan import planned
from fair_imagic.workflow.correcting.preview import Preview, preview
from fair_imagic.workflow.correcting.wish import (
    Flaw,
    Wish,
    Wishes,
    wishes_from_json,
    wishes_to_json,
)
from fair_imagic.workflow.correcting.wish_file import wishes_in_file
from fair_imagic.workflow.correcting.workbook import as_xlsx

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
    "correction",
    "description",
    "fields_in",
    "planned",
    "preview",
    "questions",
    "repair",
    "rows",
    "tagged_import",
    "tags",
    "wishes_from_json",
    "wishes_in_file",
    "wishes_of_report",
    "wishes_of_table",
    "wishes_to_json",
]
