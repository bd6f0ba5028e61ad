"""Files of corrections by their kind: JSON report, Excel, OpenDocument, CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.errors import UnreadableFileError
from fair_imagic.i18n import _
from fair_imagic.tables import ENDINGS, read_sheets
from fair_imagic.workflow.correcting.columns import keys_by_heading
from fair_imagic.workflow.correcting.from_report import wishes_of_json
from fair_imagic.workflow.correcting.from_table import wishes_of_table

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.workflow.correcting.wish import Wishes

__all__ = ["KINDS", "wishes_in_file"]

_MOST_BYTES = 50_000_000
KINDS = (".json", *ENDINGS)


def wishes_in_file(path: Path, *, label: str = "", root: str = "") -> Wishes:
    """Return what a report or a filled-in table of points asks for.

    ``label`` is what people call the file, by default its name; ``root`` is the record
    whose part is taken of a report on a whole catalogue. Raises
    :class:`~fair_imagic.errors.UnreadableFileError` for a file that is missing,
    damaged, too large, or of another kind.
    """
    suffix = path.suffix.lower()
    if not path.is_file():
        raise UnreadableFileError(path, _("there is no such file"))
    if suffix not in KINDS:
        raise UnreadableFileError(
            path, _("this kind of file is not read"), expected=", ".join(KINDS)
        )
    size = path.stat().st_size
    if size == 0:
        raise UnreadableFileError(path, _("the file is empty"))
    if size > _MOST_BYTES:
        raise UnreadableFileError(path, _("the file is larger than 50 MB"))
    if suffix in ENDINGS:
        sheets = read_sheets(path, headings=keys_by_heading())
        return wishes_of_table(path, sheets, label=label)
    return wishes_of_json(path, root=root)
