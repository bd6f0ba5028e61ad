"""A BioImage Archive file list: the files of a study component, as JSON or TSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.checks.point import Points
from fair_imagic.documents.address import document_iri
from fair_imagic.documents.kind import Document, Kind
from fair_imagic.i18n import _
from fair_imagic.model import PublicationSet, Snapshot, statements
from fair_imagic.publish.bioimage_archive.rules import file_points
from fair_imagic.workflow.checking.own_rules import placed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fair_imagic.documents.content import Content

__all__ = ["KIND"]

_HEADER = b"Files"
# What BioStudies keeps of a file: other lists have paths too.
_KEYS = frozenset(["path", "size", "type", "attributes"])


def _recognise(content: Content) -> bool:
    if not content.is_json:
        first = content.head.split(b"\n", 1)[0].rstrip(b"\r")
        return first.split(b"\t", 1)[0] == _HEADER
    value = content.json
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(one, dict) and "path" in one for one in value)
        and all(one.keys() <= _KEYS for one in value)
    )


def _read(content: Content) -> Document:
    rows = _json_rows(content) if content.is_json else content.text
    base = document_iri(content.name)
    title = content.name.rpartition("/")[2]
    points = Points("bioimage-archive", base, title)
    # Rules on masks need the other lists of a submission; its name would ask for them.
    lists = {f"./{content.name}": rows.encode()}

    def where(place: str) -> str:
        _name, _colon, line = place.rpartition(":")
        if not line.isdigit():
            return content.name
        if content.is_json:
            return f"{content.name}, /{int(line) - 2}/path"
        return f"{content.name}:{line}"

    return Document(
        name=content.name,
        # Of the set that the list belongs to, nothing else is known here.
        snapshot=Snapshot.make(
            base, own=statements(PublicationSet(iri=base, title=title))
        ),
        profiles=("bioimage-archive",),
        asked=frozenset(),
        findings=tuple(placed(file_points(lists, (), points), where)),
    )


def _json_rows(content: Content) -> str:
    """Return the paths as lines; line 2 is the first item, as the rules count."""
    paths: Iterable[str] = (str(one["path"]) for one in content.json)
    lines = [_HEADER.decode(), *(path.replace("\n", " ") for path in paths)]
    return "".join(f"{line}\n" for line in lines)


KIND = Kind("file-list", lambda: _("File list (BioImage Archive)"), _recognise, _read)
