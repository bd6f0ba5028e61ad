"""A BioImage Archive file list: the files of a study component, as JSON or TSV."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fair_imagic.documents.address import document_iri
from fair_imagic.documents.kind import Kind, Reading
from fair_imagic.gaps import Gap
from fair_imagic.i18n import _, both
from fair_imagic.model import PublicationSet, statements

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from fair_imagic.documents.content import Content

__all__ = ["KIND", "SOURCE_IMAGE", "rows_of", "tsv_of"]

_FILES = "Files"
"""The heading of the first column, which names the file."""

SOURCE_IMAGE = "Source Image"
"""The heading of the column by which a mask names the image it was made from."""

# What BioStudies keeps of a file: other lists have paths too.
_KEYS = frozenset(["path", "size", "type", "attributes"])
_BLANK = re.compile(r"\s+")


def tsv_of(rows: Mapping[str, Mapping[str, Collection[str]]]) -> bytes:
    """Return the TSV of files by name, each with the texts of its columns.

    The source image is read by its heading and stands first. The format has no
    quoting: every white space in a text is written as one blank.
    """
    columns = list(dict.fromkeys(column for row in rows.values() for column in row))
    if SOURCE_IMAGE in columns:
        columns = [SOURCE_IMAGE, *(one for one in columns if one != SOURCE_IMAGE)]
    lines = ["\t".join([_FILES, *columns])]
    for name in sorted(rows):
        cells = [_cell(rows[name].get(column, ())) for column in columns]
        lines.append("\t".join([name, *cells]))
    return ("\n".join(lines) + "\n").encode()


def _cell(texts: Iterable[str]) -> str:
    clean = (_BLANK.sub(" ", text).strip() for text in texts)
    return " | ".join(dict.fromkeys(clean))


def rows_of(content: bytes) -> list[list[str]]:
    """Return the cells of a list, its headings first."""
    return [line.split("\t") for line in content.decode().splitlines()]


def _recognise(content: Content) -> bool:
    if not content.is_json:
        first = content.head.split(b"\n", 1)[0].rstrip(b"\r")
        return first.split(b"\t", 1)[0] == _FILES.encode()
    value = content.json
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(one, dict) and "path" in one for one in value)
        and all(one.keys() <= _KEYS for one in value)
    )


def _read(content: Content) -> Reading:
    rows = _json_rows(content) if content.is_json else content.text
    base = document_iri(content.name)
    title = content.name.rpartition("/")[2]

    def where(place: str) -> str:
        _name, _colon, line = place.rpartition(":")
        if not line.isdigit():
            return content.name
        if content.is_json:
            return f"{content.name}, /{int(line) - 2}/path"
        return f"{content.name}:{line}"

    return Reading(
        name=content.name,
        root=base,
        label=title,
        # Of the set that the list belongs to, nothing else is known here.
        triples=statements(PublicationSet(iri=base, title=title)),
        questions=frozenset(),
        form=rows.encode(),
        where=where,
    )


def _json_rows(content: Content) -> str:
    """Return the paths as lines; line 2 is the first item, as the rules count."""
    paths: Iterable[str] = (str(one["path"]) for one in content.json)
    lines = [_FILES, *(path.replace("\n", " ") for path in paths)]
    return "".join(f"{line}\n" for line in lines)


_GAPS = (
    Gap(
        "files-not-looked-for",
        both("Whether the files of the list are there is not looked at"),
    ),
    Gap(
        "columns-not-judged",
        both("Only the names of files are judged, not the other columns"),
    ),
    Gap("excel-not-read", both("A file list as an Excel workbook is not read")),
)

KIND = Kind(
    "file-list",
    title=lambda: _("File list (BioImage Archive)"),
    recognise=_recognise,
    read=_read,
    profiles=("bioimage-archive",),
    rules="fair_imagic.publish.bioimage_archive.document:file_list_points",
    order=50,
    gaps=_GAPS,
)
