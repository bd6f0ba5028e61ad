"""Clean: the files of a set that tell about people go through the processor clean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.model import Image, RecordGraph, view
from fair_imagic.processing.clean import kinds_to_remove
from fair_imagic.workflow.checking.subject import find_subject
from fair_imagic.workflow.images.members import images_of
from fair_imagic.workflow.processing import process
from fair_imagic.workflow.processing.inputs import file_of, input_images, leak_sentences

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fair_imagic.processing import InputImage
    from fair_imagic.workflow.base.workspace import Workspace

    Progress = Callable[[int, int, str], None]

__all__ = ["CleanedImage", "run"]

_TOKEN = "clean"  # noqa: S105, a name and no secret


@dataclass(frozen=True)
class CleanedImage:
    """A copy: its record, the raw image, its file, and what the raw file tells."""

    image: str
    raw: str
    path: Path
    removed: tuple[str, ...]


def run(
    workspace: Workspace,
    name: str,
    *,
    images: str | None = None,
    all_fitting: bool = False,
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
    wanted = set(kinds_to_remove(serial_numbers=serial_numbers))
    named = images_of(workspace, root, pattern=images, all_fitting=all_fitting)
    inputs = [
        one
        for record in named
        if wanted.intersection(_leaks(workspace, record))
        for one in input_images(workspace, record, _TOKEN)
    ]
    if not inputs:
        return []
    parameters = {"serial_numbers": "yes" if serial_numbers else "no"}
    made = process.run_on(
        workspace, root, _TOKEN, inputs, parameters, author=author, progress=progress
    )
    return [
        _cleaned(workspace, made.stand_ins[one.image], one)
        for one in inputs
        if one.image in made.stand_ins
    ]


def _leaks(workspace: Workspace, record: str) -> dict[str, tuple[str, ...]]:
    graph = RecordGraph(workspace.catalogue.effective(record))
    fileset = view(Image, graph, record).fileset
    return leak_sentences(workspace, fileset) if fileset is not None else {}


def _cleaned(workspace: Workspace, copy: str, raw: InputImage) -> CleanedImage:
    graph = RecordGraph(workspace.catalogue.effective(copy))
    path, _checksum = file_of(workspace, view(Image, graph, copy).fileset or "")
    values = _leaks(workspace, raw.image).values()
    removed = tuple(value for several in values for value in several)
    return CleanedImage(copy, raw.image, path, removed)
