"""Keeping what a run made: images, results and the run, in one change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.catalogue import ChangeSet, PlaceNote, Source, SourceKind
from fair_imagic.errors import ExternalToolError
from fair_imagic.i18n import _
from fair_imagic.model import (
    File,
    Image,
    Measure,
    Parameter,
    ProcessingRun,
    RecordGraph,
    Result,
    view,
)
from fair_imagic.processing import Relation, Role
from fair_imagic.rdf import expand, iri, literal
from fair_imagic.readers import FileGroup
from fair_imagic.version import __version__
from fair_imagic.workflow.base.edits import Edits
from fair_imagic.workflow.images import filesets
from fair_imagic.workflow.processing.stand_in import describe_like

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from fair_imagic.catalogue import Change
    from fair_imagic.jobs import JobOutput, JobResult
    from fair_imagic.processing import InputImage
    from fair_imagic.processing import Measure as Number
    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.images.filesets import FoundFileset

__all__ = ["Work", "keep"]

_AUTHOR = "process"


@dataclass(frozen=True)
class Work:
    """One run: its record, its images, its parameters, and the folder it may use."""

    iri: str
    title: str
    processor: str
    inputs: tuple[InputImage, ...]
    parameters: Mapping[str, str]
    folder: Path

    @property
    def name(self) -> str:
        """Return the last part of the run's identifier."""
        return self.iri.rpartition("/")[2]


@dataclass(frozen=True)
class _NewImage:
    """One image in an output, with the images that it was made from."""

    iri: str
    sources: tuple[str, ...]
    output: JobOutput
    measures: tuple[Number, ...]


def keep(workspace: Workspace, work: Work, result: JobResult) -> None:
    """Keep all that a run made in one change set: the whole of it or nothing.

    Image files are read by the readers like any file that is imported. Raises
    :class:`~fair_imagic.errors.ExternalToolError` for an output that is the very file
    it was made from.
    """
    source = Source(
        iri=workspace.mint("source", work.name),
        kind=SourceKind.RULE,
        label=work.title,
    )
    edits = Edits(workspace.catalogue, source)
    changes: dict[str, tuple[Change, ...]] = {}
    images: list[_NewImage] = []
    for output in result.outputs:
        if output.is_image:
            frame = _frame(workspace, work, output, result.outputs)
            images += _filed(workspace, work, output, frame, changes)
    _describe_images(workspace, edits, work, images)
    _describe_results(workspace, edits, work, result)
    _describe_run(edits, work, result)
    described = [change for several in changes.values() for change in several]
    workspace.catalogue.append(
        ChangeSet(_AUTHOR, work.title, (*described, *edits.changes()))
    )


def _filed(
    workspace: Workspace,
    work: Work,
    output: JobOutput,
    frame: Image,
    changes: dict[str, tuple[Change, ...]],
) -> list[_NewImage]:
    """Read an output as a file set and draw its images; ``changes`` takes the new."""
    group, roots = FileGroup((output.path,)), [work.folder / "result"]
    own = {work.inputs[number].image for number in output.sources}
    with filesets.look(workspace, group, roots) as fileset:
        if own & {image for image, _raw in fileset.images}:
            raise ExternalToolError(
                _("The processor gave back the file it was given; nothing was kept"),
                where=output.name,
            )
        if fileset.is_new and fileset.iri not in changes:
            changes[fileset.iri] = filesets.changes_for(workspace, fileset, frame)
        filesets.note_places(workspace, fileset)
        filesets.draw(workspace, fileset)
        return list(_new_images(work, output, fileset))


def _new_images(
    work: Work, output: JobOutput, fileset: FoundFileset
) -> Iterator[_NewImage]:
    sources = tuple(work.inputs[number].image for number in output.sources)
    is_paired = len(sources) == len(fileset.images)
    for place, (image, raw) in enumerate(fileset.images):
        yield _NewImage(
            iri=image,
            sources=(sources[place],) if is_paired else sources,
            output=output,
            measures=tuple(
                one for one in output.measures if one.series_index == raw.index
            ),
        )


def _frame(
    workspace: Workspace, work: Work, output: JobOutput, outputs: Sequence[JobOutput]
) -> Image:
    """Return what the images of an output have in common and no file tells."""
    sources = tuple(work.inputs[number] for number in output.sources)
    is_stand_in = output.relation is Relation.STANDS_FOR
    return Image(
        iri="",
        title=None if is_stand_in else _title(work, output, outputs),
        content_kind=_content_kind(output),
        generated_by=work.iri,
        sample=_sample(workspace, sources),
    )


def _content_kind(output: JobOutput) -> str:
    return "label mask" if output.role == Role.MASK else "processed"


def _title(work: Work, output: JobOutput, outputs: Sequence[JobOutput]) -> str:
    """Return a title by which the images of a run are told apart."""
    if len(output.sources) > 1:
        return f"{output.path.name} ({work.processor})"
    name = work.inputs[output.sources[0]].name
    same = [o for o in outputs if o.is_image and o.sources == output.sources]
    what = work.processor if len(same) == 1 else f"{work.processor}: {output.name}"
    return f"{name} ({what})"


def _sample(workspace: Workspace, sources: Iterable[InputImage]) -> str | None:
    """Return the sample of the sources where it is one."""
    samples = set()
    for source in sources:
        graph = RecordGraph(workspace.catalogue.effective(source.image))
        samples.add(view(Image, graph, source.image).sample)
    return samples.pop() if len(samples) == 1 else None


def _describe_images(
    workspace: Workspace, edits: Edits, work: Work, images: Sequence[_NewImage]
) -> None:
    """Say of each image what it was made from; two outputs may be the same image."""
    derived, standing = expand("prov:wasDerivedFrom"), expand("fi:standsFor")
    links: dict[tuple[str, str], dict[str, None]] = {}
    for one in images:
        paths = [derived]
        if one.output.relation is Relation.STANDS_FOR:
            describe_like(workspace, edits, one.iri, one.sources[0])
            paths.append(standing)
        for path in paths:
            terms = links.setdefault((one.iri, path), {})
            terms.update(dict.fromkeys(map(iri, one.sources)))
        _describe_measures(edits, one.iri, one.measures)
    for (image, path), terms in links.items():
        graph = RecordGraph(workspace.catalogue.effective(image))
        whole = dict.fromkeys((*graph.values(image, path), *terms))
        edits.put(image, [(path, term) for term in whole])
    for one in images:
        _adopt(workspace, edits, work, one)


def _adopt(workspace: Workspace, edits: Edits, work: Work, one: _NewImage) -> None:
    """Say of an image that was imported before that this run made it."""
    graph = RecordGraph(workspace.catalogue.effective(one.iri))
    image = view(Image, graph, one.iri)
    if image.fileset is not None and image.generated_by is None:
        kind = literal(_content_kind(one.output))
        edits.put(one.iri, [(expand("fi:contentKind"), kind)])
        edits.put(one.iri, [(expand("prov:wasGeneratedBy"), iri(work.iri))])


def _describe_measures(
    edits: Edits, subject: str, numbers: Sequence[Number]
) -> tuple[str, ...]:
    """Say the numbers that a processor gave about a record; return their parts."""
    parts = tuple(
        Measure(
            iri=f"{subject}#measure-{place}",
            title=one.name,
            value=one.value,
            unit=one.unit,
        )
        for place, one in enumerate(numbers)
    )
    for part in parts:
        edits.create(part)
    if parts:
        edits.put(subject, [(expand("fi:measure"), iri(part.iri)) for part in parts])
    return tuple(part.iri for part in parts)


def _describe_results(
    workspace: Workspace, edits: Edits, work: Work, result: JobResult
) -> None:
    for number, output in enumerate(result.outputs):
        if output.is_image:
            continue
        record = workspace.mint("result", f"{work.name}-{number}")
        file = File(
            iri=f"{record}#file-0",
            path=output.name,
            byte_size=str(output.byte_size),
            sha256=output.sha256,
            media_type=output.media_type,
        )
        edits.create(file)
        edits.create(
            Result(
                iri=record,
                title=output.path.name,
                role=str(output.role),
                files=(file.iri,),
                measures=_describe_measures(edits, record, output.measures),
                derived_from=tuple(work.inputs[n].image for n in output.sources),
                generated_by=work.iri,
            )
        )
        note = PlaceNote(output.path, output.sha256)
        workspace.catalogue.locations.note([note])


def _describe_run(edits: Edits, work: Work, result: JobResult) -> None:
    parameters = [
        Parameter(iri=f"{work.iri}#parameter-{name}", name=name, value=value)
        for name, value in sorted(result.parameters.items())
    ]
    for parameter in parameters:
        edits.create(parameter)
    edits.create(
        ProcessingRun(
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
    )
