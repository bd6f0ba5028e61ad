"""Clean: copies of files without personal data, in the place of the files of a set."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.catalogue import Source, SourceKind, locations
from fair_imagic.clock import isoformat, now
from fair_imagic.errors import InputError
from fair_imagic.i18n import _
from fair_imagic.model import (
    Channel,
    File,
    Fileset,
    Image,
    ProcessingRun,
    PublicationSet,
    RecordGraph,
    slots_of,
    view,
)
from fair_imagic.model.personal import CLEANED_COPY, tells_of_people
from fair_imagic.processing import InputImage
from fair_imagic.processing.clean_copy import CleanImage, write_clean_copy
from fair_imagic.processing.masks import output_stem
from fair_imagic.rdf import expand, iri, is_iri, text_of
from fair_imagic.readers import LEAKS, FileGroup
from fair_imagic.version import __version__
from fair_imagic.workflow.base.authors import default_author, person_source
from fair_imagic.workflow.base.edits import Edits
from fair_imagic.workflow.checking.check import find_subject
from fair_imagic.workflow.images import filesets
from fair_imagic.workflow.images.members import images_of, type_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from fair_imagic.rdf import Triple
    from fair_imagic.workflow.base.workspace import Workspace

    Progress = Callable[[int, int, str], None]

__all__ = ["CleanedImage", "run"]

_SERIAL = "serial_number_in_file"
# What the copy says of itself, or what holds of the raw image only.
_OWN = frozenset(
    expand(name)
    for name in (
        "dcterms:isPartOf",
        "fi:contentKind",
        "fi:fileset",
        "fi:recordContradiction",
        "fi:seriesIndex",
        "prov:wasDerivedFrom",
        "prov:wasGeneratedBy",
    )
)


@dataclass(frozen=True)
class CleanedImage:
    """A copy: its record, the raw image, its file, and what the raw file tells."""

    image: str
    raw: str
    path: Path
    removed: tuple[str, ...]


@dataclass(frozen=True)
class _Work:
    """One file to copy, with the images of the set that are in it."""

    path: Path
    sha256: str
    images: tuple[Image, ...]
    removed: tuple[str, ...]
    run: str


def run(
    workspace: Workspace,
    name: str,
    *,
    images: str | None = None,
    serial_numbers: bool = False,
    author: str | None = None,
    progress: Progress | None = None,
) -> list[CleanedImage]:
    """Copy the files of a set or collection that tell about people, without that.

    The copies are new images, linked to the raw ones and described like them; in a set
    they take the place of the raw ones. Files that tell serial numbers only are copied
    with ``serial_numbers``. Raw files are never changed, and a second call finds the
    copies. Raises :class:`~fair_imagic.errors.InputError` where a file is gone.
    """
    root = find_subject(workspace, name)
    who = author or default_author()
    found = list(
        _files(workspace, images_of(workspace, root, pattern=images), serial_numbers)
    )
    done: list[CleanedImage] = []
    for number, work in enumerate(found):
        if progress is not None:
            progress(number, len(found), work.path.name)
        done += _cleaned(workspace, work)
    _replace(workspace, root, {one.raw: one.image for one in done}, who)
    return done


def _files(
    workspace: Workspace, images: list[str], serial_numbers: bool
) -> Iterator[_Work]:
    by_fileset: dict[str, list[Image]] = {}
    for one in images:
        image = view(Image, RecordGraph(workspace.catalogue.effective(one)), one)
        if image.fileset is not None and image.content_kind in (None, "raw"):
            by_fileset.setdefault(image.fileset, []).append(image)
    wanted = [kind for kind in LEAKS if serial_numbers or kind != _SERIAL]
    for fileset, members in by_fileset.items():
        graph = RecordGraph(workspace.catalogue.effective(fileset))
        told = {kind: _told(graph, fileset, kind) for kind in LEAKS}
        if any(told[kind] for kind in wanted):
            removed = tuple(value for values in told.values() for value in values)
            yield _work(workspace, graph, fileset, tuple(members), removed)


def _told(graph: RecordGraph, fileset: str, kind: str) -> list[str]:
    """Return what the file tells; an answer of a person is no text and tells none."""
    path = next(slot.iri for slot in slots_of("Fileset") if slot.name == kind)
    return [text_of(t) for t in graph.values(fileset, path) if not is_iri(t)]


def _work(
    workspace: Workspace,
    graph: RecordGraph,
    fileset: str,
    images: tuple[Image, ...],
    removed: tuple[str, ...],
) -> _Work:
    first = view(Fileset, graph, fileset).files[0]
    checksum = view(File, graph, first).sha256 or ""
    path = locations.locate(workspace.catalogue.database, checksum)
    if path is None or not path.is_file():
        raise InputError(
            _("The file of an image is not where it was imported from"),
            where=str(path or fileset),
            hint=_("Import the folder again: the image is recognised by its content."),
        )
    key = "\n".join((checksum, *(image.iri for image in images)))
    digest = hashlib.sha256(key.encode()).hexdigest()[:16]
    record = workspace.mint("run", f"{CLEANED_COPY}-{digest}")
    return _Work(path, checksum, images, removed, record)


def _cleaned(workspace: Workspace, work: _Work) -> list[CleanedImage]:
    folder = workspace.settings.home / "runs" / work.run.rpartition("/")[2] / "result"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{output_stem(work.path.name, set())}-cleaned.ome.tif"
    started = isoformat(now())
    if not path.exists():
        copies = [_clean_image(workspace, work, image) for image in work.images]
        write_clean_copy(path, copies)
    with filesets.look(workspace, FileGroup((path,)), [folder]) as found:
        made = [image for image, _raw in found.images]
        if not workspace.catalogue.exists(work.run):
            _keep(workspace, work, found, started=started)
    return [
        CleanedImage(image, raw.iri, path, work.removed)
        for image, raw in zip(made, work.images, strict=True)
    ]


def _clean_image(workspace: Workspace, work: _Work, image: Image) -> CleanImage:
    graph = RecordGraph(workspace.catalogue.effective(image.iri))
    channels = [view(Channel, graph, one) for one in image.channels]
    channels.sort(key=lambda channel: int(channel.index or 0))
    names = tuple(channel.name or "" for channel in channels)
    return CleanImage(
        source=InputImage(
            path=work.path,
            sha256=work.sha256,
            name=work.path.name,
            series_index=int(image.series_index or 0),
            image=image.iri,
            pixel_size_x_um=_number(image.physical_size_x),
            pixel_size_y_um=_number(image.physical_size_y),
            pixel_size_z_um=_number(image.physical_size_z),
        ),
        title=_title(image, work),
        channels=names if len(names) == int(image.size_c or 0) else (),
    )


def _title(image: Image, work: _Work) -> str:
    title = image.title or ""
    if not title or tells_of_people(title):
        return f"image {work.sha256[:8]}-{image.series_index or 0}"
    return title


def _number(text: str | None) -> float | None:
    try:
        return float(text or "")
    except ValueError:
        return None


def _keep(
    workspace: Workspace, work: _Work, found: filesets.FoundFileset, *, started: str
) -> None:
    """Keep the copies first and the run last: a run that is there is complete."""
    frame = Image(
        iri="",
        content_kind="processed",
        derived_from=tuple(image.iri for image in work.images),
        generated_by=work.run,
    )
    if not workspace.catalogue.exists(found.iri):
        filesets.keep(workspace, found, frame, author="process")
    filesets.draw(workspace, found)
    source = Source(
        iri=workspace.mint("source", work.run.rpartition("/")[2]),
        kind=SourceKind.RULE,
        label=_("cleaned copy of {name}").format(name=work.path.name),
        sha256=work.sha256,
    )
    edits = Edits(workspace.catalogue, source)
    for (image, _raw), raw in zip(found.images, work.images, strict=True):
        _describe(workspace, edits, image, raw)
    edits.create(
        ProcessingRun(
            iri=work.run,
            title=CLEANED_COPY,
            used=tuple(image.iri for image in work.images),
            started_at=started,
            ended_at=isoformat(now()),
            processor=CLEANED_COPY,
            software_name="FAIR Imag'IC",
            software_version=__version__,
            output_sha256=found.checksums,
        )
    )
    edits.append("process", CLEANED_COPY)


def _describe(workspace: Workspace, edits: Edits, image: str, raw: Image) -> None:
    """Say of a copy what is known of the raw image, but no text about people."""
    said: dict[str, list[tuple[str, str]]] = {}
    for triple in workspace.catalogue.effective(raw.iri):
        subject, path, value = _moved(triple, raw.iri, image)
        whole = subject == image
        if whole and path in _OWN:
            continue
        if not is_iri(value) and tells_of_people(text_of(value)):
            continue
        said.setdefault(subject, []).append((path, value))
    for subject, pairs in said.items():
        edits.put(subject, pairs)
    edits.put(image, [(expand("prov:wasDerivedFrom"), iri(raw.iri))])


def _moved(triple: Triple, old: str, new: str) -> tuple[str, str, str]:
    """Return a statement about a record or its parts as one about another record."""
    subject, path, value = triple
    part = f"<{old}#"
    moved = f"<{new}#{value[len(part) :]}" if value.startswith(part) else value
    return new + text_of(subject).removeprefix(old), text_of(path), moved


def _replace(
    workspace: Workspace, root: str, copies: dict[str, str], author: str
) -> None:
    """Put the copies where the raw images stand in a set: members and figures."""
    if type_of(workspace, root) != PublicationSet.class_iri or not copies:
        return
    edits = Edits(workspace.catalogue, person_source(workspace, author))
    held = images_of(workspace, root)
    part = expand("dcterms:hasPart")
    members = dict.fromkeys(copies.get(image, image) for image in held)
    edits.put(root, [(part, iri(image)) for image in members])
    shown = expand("fi:panelImage")
    for subject, path, value in workspace.catalogue.effective(root):
        if text_of(path) == shown and text_of(value) in copies:
            edits.put(text_of(subject), [(shown, iri(copies[text_of(value)]))])
    edits.append(author, "cleaned copies")
