"""What a processor is told of an image: the file, and the description in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.errors import InputError
from fair_imagic.i18n import _
from fair_imagic.model import (
    Channel,
    File,
    Fileset,
    Image,
    ProcessingRun,
    RecordGraph,
    slots_of,
    view,
)
from fair_imagic.processing import InputImage
from fair_imagic.rdf import is_iri, text_of
from fair_imagic.readers import LEAKS

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["file_of", "input_images", "leak_sentences"]


def input_images(
    workspace: Workspace, record: str, token: str
) -> tuple[InputImage, ...]:
    """Return what a processor needs of an image; nothing for one that was computed.

    An image that stands for a raw one counts as raw. What this very processor put in
    the place of images is not processed again: those images are.

    Raises :class:`~fair_imagic.errors.InputError` where the file is gone.
    """
    graph = RecordGraph(workspace.catalogue.effective(record))
    image = view(Image, graph, record)
    if image.stands_for and _processor(workspace, image) == token:
        originals = (input_images(workspace, i, token) for i in image.stands_for)
        return tuple(one for several in originals for one in several)
    is_raw = image.content_kind in (None, "raw") or bool(image.stands_for)
    if not is_raw or image.fileset is None:
        return ()
    if image.gone_from_file:
        raise InputError(
            _("The image is no longer in its file"),
            where=image.title or record,
            found=image.gone_from_file,
            hint=_("Take it out of the set, or restore the file and import it again."),
        )
    path, checksum = file_of(workspace, image.fileset)
    return (
        InputImage(
            path=path,
            sha256=checksum,
            name=image.title or path.name,
            series_index=int(image.series_index or 0),
            image=record,
            pixel_size_x_um=_number(image.physical_size_x),
            pixel_size_y_um=_number(image.physical_size_y),
            pixel_size_z_um=_number(image.physical_size_z),
            channels=_channels(graph, image),
            leaks=tuple(leak_sentences(workspace, image.fileset)),
        ),
    )


def _processor(workspace: Workspace, image: Image) -> str | None:
    if image.generated_by is None:
        return None
    graph = RecordGraph(workspace.catalogue.effective(image.generated_by))
    return view(ProcessingRun, graph, image.generated_by).processor


def file_of(workspace: Workspace, fileset: str) -> tuple[Path, str]:
    """Return the file of a file set that is read first, and its checksum.

    Raises :class:`~fair_imagic.errors.InputError` where it is gone.
    """
    graph = RecordGraph(workspace.catalogue.effective(fileset))
    first = view(Fileset, graph, fileset).files[0]
    file = view(File, graph, first)
    checksum = file.sha256 or ""
    place = workspace.catalogue.locations.find_one(checksum, file.byte_size)
    path = place.path
    if place.absent_root:
        raise InputError(
            _("The storage root {name} is not there").format(name=place.absent_root),
            where=str(path or fileset),
            hint=_("Mount it, or correct its path: `fair-imagic storage list`."),
        )
    if path is None or not path.is_file():
        raise InputError(
            _("The file of an image is not where it was imported from"),
            where=str(path or fileset),
            hint=_("Import the folder again: the image is recognised by its content."),
        )
    return path, checksum


def leak_sentences(workspace: Workspace, fileset: str) -> dict[str, tuple[str, ...]]:
    """Return what a file tells of people and equipment, by kind.

    An answer of a person ("not applicable") is no text and tells nothing.
    """
    graph = RecordGraph(workspace.catalogue.effective(fileset))
    paths = {slot.name: slot.iri for slot in slots_of("Fileset")}
    told = {
        kind: tuple(
            text_of(term)
            for term in graph.values(fileset, paths[kind])
            if not is_iri(term)
        )
        for kind in LEAKS
    }
    return {kind: values for kind, values in told.items() if values}


def _channels(graph: RecordGraph, image: Image) -> tuple[str, ...]:
    """Return the names of the channels, none where not all channels are described."""
    channels = [view(Channel, graph, one) for one in image.channels]
    channels.sort(key=lambda channel: int(channel.index or 0))
    names = tuple(channel.name or "" for channel in channels)
    return names if len(names) == int(image.size_c or 0) else ()


def _number(text: str | None) -> float | None:
    try:
        return float(text or "")
    except ValueError:
        return None
