"""Looking up known files at an import: many at once against one after the other."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import event

from benchmarks.figure import Figure, at_least, plain
from benchmarks.measure import measured

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from fair_imagic.catalogue import Change
    from fair_imagic.readers import FileGroup
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["run"]

_FILES, _SINGLE, _AT_ONCE = 2_200, 200, 500
_FASTER = 5


def run(*, large: bool) -> list[Figure]:
    """Look up 2,200 (large: 22,000) files that are known, as an import again does."""
    from fair_imagic.readers import FileGroup
    from fair_imagic.workflow.base.workspace import open_workspace

    count = _FILES * (10 if large else 1)
    with tempfile.TemporaryDirectory() as name, open_workspace(Path(name)) as workspace:
        paths = [Path(f"/bench/plate/field_{number:05}.tif") for number in range(count)]
        _record(workspace, paths)
        groups = [FileGroup((path,)) for path in paths]
        together = _looked_up(workspace, _pages(groups, _AT_ONCE))
        alone = _looked_up(workspace, _pages(groups[:_SINGLE], 1))
    ratio = (alone[0] / _SINGLE) / (together[0] / count)
    return [
        plain(f"{count} files together, time", together[0], "s"),
        plain(f"{count} files together, queries", together[1], "queries"),
        plain("one after the other, time per file", 1000 * alone[0] / _SINGLE, "ms"),
        plain("one after the other, queries per file", alone[1] / _SINGLE, "queries"),
        at_least("together, how much faster per file", ratio, "times", _FASTER),
    ]


def _pages(groups: Sequence[FileGroup], size: int) -> list[Sequence[FileGroup]]:
    return [groups[start : start + size] for start in range(0, len(groups), size)]


def _looked_up(
    workspace: Workspace, pages: Iterable[Sequence[FileGroup]]
) -> tuple[float, int]:
    """Return the seconds that it takes, and the queries to the database."""
    from fair_imagic.catalogue import PlaceNote
    from fair_imagic.workflow.images.identity import KnownFilesets, Standing

    queries = 0

    def count(*_statement: object) -> None:
        nonlocal queries
        queries += 1

    engine = workspace.catalogue.database.engine
    event.listen(engine, "before_cursor_execute", count)
    with measured() as took:
        for page in pages:
            known = KnownFilesets(workspace, page)
            for group in page:
                name, checksum = group.leader.name, _checksum(group.leader)
                found = known.identify(group.paths, [name], [checksum])
                assert found.standing is Standing.SAME
                known.note([PlaceNote(group.leader, checksum, found.iri)])
            known.keep_notes()
    event.remove(engine, "before_cursor_execute", count)
    return took.wall_s, queries


def _checksum(path: Path) -> str:
    return hashlib.sha256(path.name.encode()).hexdigest()


def _fileset(workspace: Workspace, checksum: str) -> str:
    return workspace.mint("fileset", checksum[:16])


def _record(workspace: Workspace, paths: Sequence[Path]) -> None:
    """Record files as an import would, without any files."""
    from fair_imagic.catalogue import ChangeSet, PlaceNote

    catalogue = workspace.catalogue
    number = catalogue.append(ChangeSet("bench", "import", _changes(workspace, paths)))
    catalogue.locations.note(
        PlaceNote(path, _checksum(path), _fileset(workspace, _checksum(path)))
        for path in paths
    )
    catalogue.wait_projected(number)


def _changes(workspace: Workspace, paths: Iterable[Path]) -> Iterator[Change]:
    from fair_imagic.catalogue import Change, Source, SourceKind
    from fair_imagic.model import File, Fileset, Image, statements

    for path in paths:
        checksum = _checksum(path)
        fileset = _fileset(workspace, checksum)
        image = workspace.mint("image", f"{checksum[:16]}-0")
        source = Source(
            workspace.mint("source", f"file-{checksum[:16]}"),
            SourceKind.FILE,
            path.name,
            sha256=checksum,
        )
        file = File(iri=f"{fileset}#file-0", path=path.name, sha256=checksum)
        group = Fileset(iri=fileset, title=path.name, files=(file.iri,))
        described = frozenset({*statements(file), *statements(group)})
        yield Change(fileset, source, added=described)
        own = Image(iri=image, title=path.stem, fileset=fileset, series_index="0")
        yield Change(image, source, added=frozenset(statements(own)))
