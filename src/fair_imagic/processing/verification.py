"""What a processor says that it made, compared with the files that are there."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

from fair_imagic.entry.number import decimal_of
from fair_imagic.errors import ExternalToolError, InputError, UnreadableFileError
from fair_imagic.files import archived_names, confined
from fair_imagic.i18n import _
from fair_imagic.processing.base import Relation

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fair_imagic.processing.base import Measure, OutputFile, ProcessingResult

__all__ = ["verify"]

_PDF_END_BYTES = 1024
# RecursionError: brackets nested by the thousand
_UNREADABLE = (OSError, SyntaxError, ValueError, RecursionError, csv.Error)


def verify(result: ProcessingResult, folder: Path, *, inputs: int) -> None:
    """Read every output whole, as what it claims to be.

    Raises :class:`~fair_imagic.errors.ExternalToolError` for one that is missing,
    empty, broken off or described wrongly: that a processor ended well proves nothing.
    """
    taken: set[Path] = set()
    for output in result.outputs:
        _verify_words(output, inputs)
        path = _present(output, folder)
        place = path.resolve()  # ./a and a link to it are a too
        if place in taken:
            raise _broken(output, _("named twice"))
        taken.add(place)
        if output.is_image:
            _verify_image(output, path)
        else:
            _verify_file(output, path)


def _verify_words(output: OutputFile, inputs: int) -> None:
    """Refuse what an output says of itself where that cannot be true."""
    if not output.sources or not set(output.sources) <= set(range(inputs)):
        raise _broken(output, _("it does not name the inputs it was made from"))
    if output.relation is Relation.STANDS_FOR and not output.is_image:
        raise _broken(output, _("only an image can stand for an image"))
    if not output.role.strip() or not output.media_type.strip():
        raise _broken(output, _("it does not say what it is"))
    for measure in output.measures:
        if not measure.name.strip() or not _is_number(measure):
            text = _("the measure {name} has no number: {value}")
            found = text.format(name=measure.name, value=measure.value)
            raise _broken(output, found)


def _is_number(measure: Measure) -> bool:
    return decimal_of(measure.value) is not None


def _present(output: OutputFile, folder: Path) -> Path:
    try:
        path = confined(folder, output.name)
        is_there = path.is_file()
    except InputError as error:
        raise _broken(output, error.message) from error
    except (OSError, RuntimeError) as error:  # too long a name; links in a circle
        raise _broken(output, str(error)) from error
    if not is_there:
        raise _broken(output, _("the file is missing"))
    if path.stat().st_size == 0:
        raise _broken(output, _("the file is empty"))
    return path


def _verify_image(output: OutputFile, path: Path) -> None:
    from fair_imagic.readers import ImageFile

    try:
        with ImageFile(path) as file:
            images = file.content.images
            for image in images:
                file.pixels(image.index)
    except UnreadableFileError as error:
        raise _broken(output, error.reason) from error
    if output.relation is Relation.STANDS_FOR and len(images) != len(output.sources):
        text = _("it has {count} images and stands for {sources}")
        found = text.format(count=len(images), sources=len(output.sources))
        raise _broken(output, found)
    numbers = {image.index for image in images}
    if not {measure.series_index for measure in output.measures} <= numbers:
        raise _broken(output, _("a measure is about an image that is not in the file"))


def _verify_file(output: OutputFile, path: Path) -> None:
    """Read a file of a kind that can be checked; others are only there."""
    check = _CHECKS.get(output.media_type.partition(";")[0].strip().lower())
    if check is None:
        return
    try:
        check(path)
    except InputError as error:
        raise _broken(output, error.message) from error
    except _UNREADABLE as error:
        raise _broken(output, str(error)) from error


def _table(separator: str) -> Callable[[Path], None]:
    """Return a check that a table does not break off in its last line.

    Rows may differ in length (comments, totals); a file that ends without a line break,
    in a row shorter than the one before, was not written to its end.
    """

    def check(path: Path) -> None:
        text = path.read_text(encoding="utf-8-sig")
        lines = text.splitlines(keepends=True)
        widths = [
            len(row)
            for row in csv.reader(lines, delimiter=separator, strict=True)
            if row
        ]
        if not text.endswith(("\n", "\r")) and widths[-1:] < widths[-2:-1]:
            raise ValueError(_("the file breaks off"))

    return check


def _picture(path: Path) -> None:
    from PIL import Image

    try:
        with Image.open(path) as picture:
            picture.load()
    except Image.DecompressionBombError as error:  # no OSError, as the others are
        raise ValueError(str(error)) from error


def _json(path: Path) -> None:
    json.loads(path.read_bytes())


def _xml(path: Path) -> None:
    from fair_imagic.rdf import parse_xml

    parse_xml(path.read_bytes())


def _pdf(path: Path) -> None:
    data = path.read_bytes()
    if not data.startswith(b"%PDF-") or b"%%EOF" not in data[-_PDF_END_BYTES:]:
        raise ValueError(_("the file breaks off"))


def _archive(path: Path) -> None:
    archived_names(path, where=path.name)


_CHECKS: dict[str, Callable[[Path], None]] = {
    "text/csv": _table(","),
    "text/tab-separated-values": _table("\t"),
    "image/png": _picture,
    "image/jpeg": _picture,
    "image/tiff": _picture,
    "image/svg+xml": _xml,
    "application/xml": _xml,
    "application/json": _json,
    "application/geo+json": _json,
    "application/pdf": _pdf,
    "application/zip": _archive,
    "application/vnd.oasis.opendocument.spreadsheet": _archive,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": _archive,
}


def _broken(output: OutputFile, found: str) -> ExternalToolError:
    return ExternalToolError(
        _("The processor did not make what it says; nothing of the run was kept"),
        where=output.name,
        expected=_("{role} ({media_type}), whole").format(
            role=output.role, media_type=output.media_type
        ),
        found=found,
        hint=_("Run it again; if it stays so, tell the author of the processor."),
    )
