"""The materials-and-methods text of a set: what is recorded, and every gap by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.entry.rounding import rounded
from fair_imagic.entry.term import label_in_language
from fair_imagic.i18n import _, ngettext, use_language
from fair_imagic.model import Image, ProcessingRun, RecordGraph, Sample, view
from fair_imagic.rdf import record_of
from fair_imagic.workflow.images.members import images_of
from fair_imagic.workflow.sets.methods_words import Told, listed
from fair_imagic.workflow.sets.optics import (
    channels_text,
    objective_text,
    software_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["MethodsText", "methods_text"]


@dataclass(frozen=True, kw_only=True)
class MethodsText:
    """Paragraphs for a paper; each gap stands in brackets there, and in ``gaps``."""

    paragraphs: tuple[str, ...]
    gaps: tuple[str, ...]

    @property
    def text(self) -> str:
        """The paragraphs as one plain text."""
        return "\n\n".join(self.paragraphs)


@dataclass(frozen=True)
class _Pictured:
    """An image with the statements about it and its parts."""

    image: Image
    graph: RecordGraph


def methods_text(
    workspace: Workspace, name: str, *, language: str | None = None
) -> MethodsText:
    """Return the text for a set, in a language or in the one in use.

    Images are grouped by microscope and by identical settings. Raises NotFoundError
    where there is no such set.
    """
    if language is not None:
        with use_language(language):
            return methods_text(workspace, name)
    record = workspace.record("set", name)
    pictures = [_pictured(workspace, one) for one in images_of(workspace, record)]
    acquired = [one for one in pictures if not one.image.generated_by]
    told = Told()
    paragraphs = [
        *_samples(workspace, acquired, told),
        *_acquisitions(workspace, acquired, told),
        *_runs(workspace, pictures, told),
    ]
    return MethodsText(paragraphs=tuple(paragraphs), gaps=tuple(told.gaps))


def _pictured(workspace: Workspace, image: str) -> _Pictured:
    graph = RecordGraph(workspace.catalogue.effective(image))
    return _Pictured(view(Image, graph, image), graph)


def _samples(
    workspace: Workspace, pictures: Iterable[_Pictured], told: Told
) -> list[str]:
    found = dict.fromkeys(one.image.sample for one in pictures)
    if not any(found):
        return [_("Samples: {gap}.").format(gap=told.gap(_("sample not recorded")))]
    texts = []
    for iri in found:
        if iri is None:
            texts.append(told.gap(_("sample of some images not recorded")) + ".")
            continue
        sample = view(Sample, RecordGraph(workspace.catalogue.effective(iri)), iri)
        texts.append(_sample(sample, told))
    return [" ".join(texts)]


def _sample(sample: Sample, told: Told) -> str:
    organism = told.or_gap(
        sample.organism_label or sample.organism, _("organism not recorded")
    )
    prepared = told.or_gap(
        sample.preparation_protocol, _("sample preparation not recorded")
    ).rstrip(".")
    text = _("{sample} ({organism}) was prepared as follows: {prepared}.").format(
        sample=sample.title or _("The sample"), organism=organism, prepared=prepared
    )
    if told.known(sample.growth_protocol):
        grown = _("Growth: {protocol}.")
        protocol = (sample.growth_protocol or "").rstrip(".")
        text = f"{text} {grown.format(protocol=protocol)}"
    return text


def _acquisitions(
    workspace: Workspace, pictures: Iterable[_Pictured], told: Told
) -> list[str]:
    """Return a paragraph for each microscope, a sentence for each group of settings."""
    groups: dict[str | None, dict[str, tuple[int, Told]]] = {}
    for one in pictures:
        instrument = _instrument_of(one.image)
        own = Told()
        text = _settings(one, _graph(workspace, instrument), own)
        same = groups.setdefault(instrument, {})
        count = same.get(text, (0, own))[0]
        same[text] = (count + 1, own)
    paragraphs = []
    for instrument, settings in groups.items():
        sentences = [_microscope(_graph(workspace, instrument), instrument, told)]
        for text, (count, own) in settings.items():
            told.take(own)
            images = ngettext("{count} image", "{count} images", count)
            number = images.format(count=count)
            sentences.append(_("{images}: {text}").format(images=number, text=text))
        paragraphs.append(" ".join(sentences))
    return paragraphs


def _instrument_of(image: Image) -> str | None:
    return image.instrument_version or image.instrument


def _graph(workspace: Workspace, instrument: str | None) -> RecordGraph:
    if instrument is None:
        return RecordGraph(())
    return RecordGraph(workspace.catalogue.effective(record_of(instrument)))


def _microscope(graph: RecordGraph, instrument: str | None, told: Told) -> str:
    from fair_imagic.workflow.base.label import label_in

    if instrument is None:
        gap = told.gap(_("microscope not recorded"))
        return _("Images were acquired with {microscope}.").format(microscope=gap)
    name = label_in(graph.triples, instrument)
    stand = told.part(graph, "MicroscopeStand")
    microscope = f"{name} ({stand})" if stand and stand != name else name
    return _("Images were acquired with {microscope}, driven by {software}.").format(
        microscope=microscope, software=software_text(graph, told)
    )


def _settings(one: _Pictured, microscope: RecordGraph, told: Told) -> str:
    image = one.image
    label = label_in_language("imaging-methods", image.imaging_method_label or "")
    method = told.or_gap(label, _("imaging method not recorded"))
    text = _("{method}, {objective}, {pixels}. Channels: {channels}.").format(
        method=method,
        objective=objective_text(one.graph, image.objective, told),
        pixels=_pixels(image, told),
        channels=channels_text(one.graph, image.channels, microscope, told),
    )
    if told.known(image.time_increment) and image.size_t not in (None, "1"):
        every = _("One frame every {time} s.")
        text += " " + every.format(time=rounded(image.time_increment))
    return text


def _pixels(image: Image, told: Told) -> str:
    sides = (image.physical_size_x, image.physical_size_y)
    known = [rounded(side) for side in sides if side and told.known(side)]
    if len(known) == 1:  # one side says nothing of the other
        axis, other = ("X", "Y") if told.known(image.physical_size_x) else ("Y", "X")
        text = _("pixel size {axis} {size} µm").format(axis=axis, size=known[0])
        gap = told.gap(_("pixel size {axis} not recorded").format(axis=other))
        text = f"{text}, {gap}"
    elif known:
        text = _("pixel size {size} µm").format(size=" × ".join(known))
    else:
        text = told.gap(_("pixel size not recorded"))
    if image.size_z in (None, "1"):
        return text
    if told.known(image.physical_size_z):
        step = _("z step {step} µm").format(step=rounded(image.physical_size_z))
    else:
        step = told.gap(_("z step not recorded"))
    return f"{text}, {step}"


def _runs(workspace: Workspace, pictures: Iterable[_Pictured], told: Told) -> list[str]:
    runs = dict.fromkeys(one.image.generated_by for one in pictures)
    texts = []
    for iri in runs:
        if iri is not None:
            graph = RecordGraph(workspace.catalogue.effective(iri))
            texts.append(_run(view(ProcessingRun, graph, iri), graph, told))
    return [" ".join(dict.fromkeys(texts))] if texts else []


def _run(run: ProcessingRun, graph: RecordGraph, told: Told) -> str:
    from fair_imagic.model import Parameter

    name = told.or_gap(run.software_name, _("software not recorded"))
    version = told.or_gap(run.software_version, _("software version not recorded"))
    parameters = [view(Parameter, graph, one) for one in run.parameters]
    values = listed(
        f"{one.name} = {rounded(one.value)}" for one in parameters if one.value
    )
    text = _("Images were processed ({title}) with {name} {version}")
    text = text.format(
        title=run.processor or run.title or "", name=name, version=version
    )
    return f"{text} ({values})." if values else f"{text}."
