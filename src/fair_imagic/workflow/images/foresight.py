"""Foresight: what an import will bring, read from the files before anything is kept."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.model import Image
from fair_imagic.model.image_name import ImageName
from fair_imagic.rdf import iri, text_of
from fair_imagic.readers import FoundFilesets, find_filesets
from fair_imagic.workflow.base.workspace import Workspace
from fair_imagic.workflow.images import filesets, import_images
from fair_imagic.workflow.images.identity import Standing
from fair_imagic.workflow.images.image_names import matcher_for, matcher_of
from fair_imagic.workflow.images.members import images_of
from fair_imagic.workflow.microscopes.images import Linking

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from fair_imagic.rdf import Triple
    from fair_imagic.readers import FileGroup, RawImage
    from fair_imagic.workflow.images.filesets import FoundFileset
    from fair_imagic.workflow.images.import_images import ImportResult
    from fair_imagic.workflow.images.match import Matcher

__all__ = ["Foresight", "foresee"]

_TITLE = iri("dcterms:title")


@dataclass(frozen=True)
class Foresight:
    """An import as it will be: its result, and where its images can be looked at.

    ``workspace`` knows the images that are to come, for reading only; ``matcher``
    knows their names and those of the images that are in the collection. ``groups``
    are the file sets with what was learnt of them: an import of these reckons no
    checksum again.
    """

    result: ImportResult
    workspace: Workspace
    matcher: Matcher
    groups: FoundFilesets


def foresee(
    workspace: Workspace,
    paths: Sequence[Path],
    *,
    collection: str,
    author: str,
    instrument: str | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> Foresight:
    """Read all files, and return what importing them will bring; nothing is written.

    Raises what :func:`~fair_imagic.workflow.images.import_images.run` raises.
    """
    scanned = find_filesets([path.absolute() for path in paths])
    microscope = workspace.record("instrument", instrument) if instrument else None
    root = workspace.mint("collection", collection)
    coming = _Coming(workspace, root, microscope)
    result = import_images.run(
        workspace,
        paths,
        collection=collection,
        author=author,
        instrument=instrument,
        dry_run=True,
        groups=scanned,
        progress=progress,
        look_on=coming.take,
    )
    there = {*images_of(workspace, root), *result.images} - coming.names.keys()
    known = matcher_for(workspace, there).names.values() if there else ()
    groups = tuple(coming.groups.get(one.leader, one) for one in scanned)
    return Foresight(
        result=result,
        workspace=Workspace(
            workspace.settings, workspace.catalogue.ahead(coming.records)
        ),
        matcher=matcher_of([*known, *coming.names.values()]),
        groups=FoundFilesets(groups, scanned.problems),
    )


class _Coming:
    """Gathers the images that are new or will say something else."""

    def __init__(self, workspace: Workspace, root: str, microscope: str | None) -> None:
        self._workspace = workspace
        self._frame = Image(iri="", collection=(root,), content_kind="raw")
        self._linking = Linking(workspace, microscope) if microscope else None
        self.records: dict[str, frozenset[Triple]] = {}
        self.names: dict[str, ImageName] = {}
        self.groups: dict[Path, FileGroup] = {}

    def take(self, found: FoundFileset) -> None:
        """Note what a file set, whose files are open, will say."""
        self.groups[found.leader] = _remembered(found)
        if found.identity.standing not in (Standing.NEW, Standing.CHANGED):
            return
        changes = filesets.described(self._workspace, found, self._frame)
        said = {change.record: change.added for change in changes}
        self.records[found.iri] = self._over_what_is_there(found.iri, said[found.iri])
        is_alone = all(raw.index == 0 for _image, raw in found.images)
        for image, raw in found.images:
            own = self._with_microscope(found, image, raw, said[image])
            self.records[image] = self._over_what_is_there(image, own)
            self.names[image] = _name(found, image, raw, own, is_alone=is_alone)

    def _with_microscope(
        self,
        found: FoundFileset,
        image: str,
        raw: RawImage,
        said: frozenset[Triple],
    ) -> frozenset[Triple]:
        if self._linking is None:
            return said
        facts = (*found.raw.facts, *raw.facts)
        more = self._linking.foreseen(image, said, facts)
        taken = {triple[:2] for triple in said}
        return said | {triple for triple in more if triple[:2] not in taken}

    def _over_what_is_there(
        self, image: str, said: frozenset[Triple]
    ) -> frozenset[Triple]:
        """Return what will be said of an image of a file that has changed."""
        spoken = {triple[:2] for triple in said}
        before = self._workspace.catalogue.effective(image)
        return said | {triple for triple in before if triple[:2] not in spoken}


def _remembered(found: FoundFileset) -> FileGroup:
    from fair_imagic.readers import FileGroup

    return FileGroup(found.raw.paths, found.file.file.remembered_of_all())


def _name(
    found: FoundFileset,
    image: str,
    raw: RawImage,
    said: frozenset[Triple],
    *,
    is_alone: bool,
) -> ImageName:
    titles = (text_of(o) for s, p, o in said if (s, p) == (iri(image), _TITLE))
    title = " ".join(next(titles, "").split())
    name = ImageName(
        iri=image,
        title=title,
        paths=found.names,
        place=found.leader.as_posix(),
        number=raw.index + 1,
        is_alone=is_alone,
        fileset=found.iri,
    )
    return name if is_alone else dataclasses.replace(name, series=title)
