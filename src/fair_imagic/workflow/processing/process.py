"""Process: new images from existing ones, linked to them and to how they were made."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.catalogue import Source, SourceKind, locations
from fair_imagic.errors import ExternalToolError, InputError, NotFoundError
from fair_imagic.i18n import _, current_language
from fair_imagic.jobs import JobFile
from fair_imagic.jobs.queue import JobQueue
from fair_imagic.jobs.runner import limits_of, run_queued
from fair_imagic.model import (
    File,
    Fileset,
    Image,
    Parameter,
    ProcessingRun,
    PublicationSet,
    RecordGraph,
    view,
)
from fair_imagic.processing import InputImage, checked, processor
from fair_imagic.rdf import expand, iri
from fair_imagic.readers import FileGroup
from fair_imagic.version import __version__
from fair_imagic.workflow.base.authors import default_author, person_source
from fair_imagic.workflow.base.edits import Edits
from fair_imagic.workflow.base.label import label_of
from fair_imagic.workflow.checking.check import find_subject
from fair_imagic.workflow.images import filesets
from fair_imagic.workflow.images.members import images_of, type_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from fair_imagic.jobs import JobOutput, JobResult
    from fair_imagic.workflow.base.workspace import Workspace

    Progress = Callable[[int, int, str], None]

__all__ = ["run"]

_MASK = "label mask"


@dataclass(frozen=True)
class _Run:
    """One run: its record, its images, its parameters, and the folder it may use."""

    iri: str
    title: str
    processor: str
    inputs: tuple[InputImage, ...]
    parameters: Mapping[str, str]
    folder: Path


def run(
    workspace: Workspace,
    name: str,
    token: str,
    parameters: Mapping[str, str] | None = None,
    *,
    images: str | None = None,
    author: str | None = None,
    progress: Progress | None = None,
) -> list[str]:
    """Process the raw images of a set or collection and return the new images.

    ``images`` narrows to titles that match. The same processor with the same
    parameters on the same files is run once: a second call returns what is there. New
    images are added to the set. Raises NotFoundError for an unknown processor,
    InputError for a parameter or image that cannot be used,
    :class:`~fair_imagic.errors.Cancelled` where the job was stopped.
    """
    root = find_subject(workspace, name)
    chosen = processor(token)
    probe = chosen.probe()
    if not probe.is_available:
        raise ExternalToolError(_("This processor cannot run here"), found=probe.reason)
    work = _prepare(
        workspace, root, token, checked(chosen.parameters, parameters or {}), images
    )
    made = _made_by(workspace, work.iri)
    if not made:
        result = _executed(workspace, work, author or default_author(), progress)
        made = _keep(workspace, work, result)
    _add_to_set(workspace, root, made, author or default_author())
    return made


def _prepare(
    workspace: Workspace,
    root: str,
    token: str,
    parameters: Mapping[str, str],
    pattern: str | None,
) -> _Run:
    found = images_of(workspace, root, pattern=pattern)
    inputs = [one for image in found if (one := _input(workspace, image)) is not None]
    if not inputs:
        raise NotFoundError(
            _("There is no raw image to process"),
            where=label_of(workspace, root),
            found=pattern or "",
        )
    key = json.dumps([token, parameters, [one.image for one in inputs]], sort_keys=True)
    digest = hashlib.sha256(key.encode()).hexdigest()[:16]
    record = workspace.mint("run", f"{token}-{digest}")
    return _Run(
        iri=record,
        title=f"{token} ({len(inputs)})",
        processor=token,
        inputs=tuple(inputs),
        parameters=parameters,
        folder=workspace.settings.home / "runs" / record.rpartition("/")[2],
    )


def _input(workspace: Workspace, image: str) -> InputImage | None:
    """Return what a job needs of a raw image; None for images that were computed."""
    graph = RecordGraph(workspace.catalogue.effective(image))
    seen = view(Image, graph, image)
    if seen.content_kind not in (None, "raw") or seen.fileset is None:
        return None
    fileset = RecordGraph(workspace.catalogue.effective(seen.fileset))
    first = view(Fileset, fileset, seen.fileset).files[0]
    checksum = view(File, fileset, first).sha256 or ""
    path = locations.locate(workspace.catalogue.database, checksum)
    if path is None or not path.is_file():
        raise InputError(
            _("The file of an image is not where it was imported from"),
            where=str(path or seen.fileset),
            hint=_("Import the folder again: the image is recognised by its content."),
        )
    return InputImage(
        path=path,
        sha256=checksum,
        name=seen.title or path.name,
        series_index=int(seen.series_index or 0),
        image=image,
        pixel_size_x_um=_number(seen.physical_size_x),
        pixel_size_y_um=_number(seen.physical_size_y),
        pixel_size_z_um=_number(seen.physical_size_z),
    )


def _number(text: str | None) -> float | None:
    try:
        return float(text or "")
    except ValueError:
        return None


def _executed(
    workspace: Workspace, work: _Run, author: str, progress: Progress | None
) -> JobResult:
    shutil.rmtree(work.folder, ignore_errors=True)  # what a killed run left behind
    queue = JobQueue(workspace.catalogue.database)
    queue.recover()  # jobs whose process was killed
    number = queue.add(
        "process",
        subject=work.iri,
        title=work.title,
        author=author,
        folder=str(work.folder),
    )
    queue.claim(number)
    return run_queued(
        queue,
        number,
        job=JobFile(
            processor=work.processor,
            inputs=work.inputs,
            parameters=work.parameters,
            language=current_language(),
        ),
        folder=work.folder,
        limits=limits_of(workspace.settings),
        progress=_in_percent(progress),
    )


def _in_percent(progress: Progress | None) -> Callable[[float, str], None] | None:
    if progress is None:
        return None
    return lambda fraction, what: progress(round(100 * fraction), 100, what)


def _made_by(workspace: Workspace, run_iri: str) -> list[str]:
    """Return the images of a run that was kept whole."""
    if not workspace.catalogue.exists(run_iri):
        return []
    query = (
        "SELECT ?image WHERE { ?image prov:wasGeneratedBy "
        f"{iri(run_iri)} }} ORDER BY ?image"
    )
    rows = workspace.catalogue.rows(query)
    return [term[1:-1] for (term,) in rows if term is not None]


def _keep(workspace: Workspace, work: _Run, result: JobResult) -> list[str]:
    """Keep the images first and the run last: a run that is there is complete."""
    masks = [output for output in result.outputs if output.role == _MASK]
    made = sorted(_keep_image(workspace, work, output) for output in masks)
    source = Source(
        iri=workspace.mint("source", work.iri.rpartition("/")[2]),
        kind=SourceKind.RULE,
        label=work.title,
    )
    edits = Edits(workspace.catalogue, source)
    parameters = [
        Parameter(
            iri=f"{work.iri}#parameter-{name}",
            name=name,
            value=value,
        )
        for name, value in sorted(result.parameters.items())
    ]
    for parameter in parameters:
        edits.create(parameter)
    edits.create(_described(work, result, parameters))
    edits.append("process", work.title)
    return made


def _described(
    work: _Run, result: JobResult, parameters: list[Parameter]
) -> ProcessingRun:
    return ProcessingRun(
        iri=work.iri,
        title=work.title,
        used=tuple(one.image for one in work.inputs),
        started_at=result.started,
        ended_at=result.ended,
        processor=result.processor,
        software_name="FAIR Imag'IC",
        software_version=__version__,
        parameters=tuple(parameter.iri for parameter in parameters),
        library_versions=(*result.libraries, f"Python {result.python}"),
        output_sha256=tuple(output.sha256 for output in result.outputs),
    )


def _keep_image(workspace: Workspace, work: _Run, output: JobOutput) -> str:
    parent = work.inputs[output.source]
    sample = view(
        Image, RecordGraph(workspace.catalogue.effective(parent.image)), parent.image
    ).sample
    frame = Image(
        iri="",
        title=f"{parent.name} ({work.processor})",
        content_kind=_MASK,
        derived_from=(parent.image,),
        generated_by=work.iri,
        sample=sample,
    )
    group, folder = FileGroup((output.path,)), work.folder / "result"
    with filesets.look(workspace, group, [folder]) as found:
        if not workspace.catalogue.exists(found.iri):
            filesets.keep(workspace, found, frame, author="process")
        filesets.draw(workspace, found)
        return found.images[0][0]


def _add_to_set(workspace: Workspace, root: str, made: list[str], author: str) -> None:
    if type_of(workspace, root) != PublicationSet.class_iri:
        return
    held = images_of(workspace, root)
    if set(made) <= set(held):
        return
    edits = Edits(workspace.catalogue, person_source(workspace, author))
    whole = dict.fromkeys((*held, *made))
    edits.put(root, [(expand("dcterms:hasPart"), iri(image)) for image in whole])
    edits.append(author, "processed images")
