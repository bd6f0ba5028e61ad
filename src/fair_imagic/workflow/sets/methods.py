"""The materials-and-methods text of a set: what is recorded, and every gap by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.entry.number import decimal_of
from fair_imagic.entry.placeholder import named
from fair_imagic.entry.rounding import rounded
from fair_imagic.entry.term import label_in_language
from fair_imagic.entry.told_once import told_once
from fair_imagic.i18n import _, labelled, ngettext, use_language
from fair_imagic.model import Image, ProcessingRun, RecordGraph, Sample, view
from fair_imagic.publish.image_words import all_images, image_count
from fair_imagic.rdf import record_of
from fair_imagic.workflow.images.members import images_of
from fair_imagic.workflow.sets.methods_words import Told, listed
from fair_imagic.workflow.sets.optics import (
    channels_text,
    objective_text,
    software_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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
    """Return one paragraph: a sentence for each preparation, with its samples."""
    found = dict.fromkeys(one.image.sample for one in pictures)
    if not any(found):
        return [_("Samples: {gap}.").format(gap=told.gap(_("sample not recorded")))]
    ways: dict[tuple[str, str], list[str]] = {}
    for iri in filter(None, found):
        sample = view(Sample, RecordGraph(workspace.catalogue.effective(iri)), iri)
        ways.setdefault(_preparation(sample, told), []).append(_called(sample, told))
    texts = [_prepared(names, *way) for way, names in ways.items()]
    if None in found:
        texts.append(told.gap(_("sample of some images not recorded")) + ".")
    return [" ".join(texts)]


def _preparation(sample: Sample, told: Told) -> tuple[str, str]:
    prepared = told.or_gap(
        sample.preparation_protocol, _("sample preparation not recorded")
    )
    growth = sample.growth_protocol if told.known(sample.growth_protocol) else ""
    return _one_line(prepared), _one_line(growth or "")


def _called(sample: Sample, told: Told) -> str:
    organism = told.or_gap(
        named(sample.organism_label) or sample.organism, _("organism not recorded")
    )
    return f"{named(sample.title) or _('the sample')} ({organism})"


def _prepared(names: list[str], prepared: str, growth: str) -> str:
    text = ngettext(
        "Preparation of the sample {names}: {prepared}.",
        "Preparation of the samples {names}: {prepared}.",
        len(names),
    ).format(names=listed(names), prepared=prepared)
    grown = _("Growth: {protocol}.").format(protocol=growth)
    return f"{text} {grown}" if growth else text


def _one_line(text: str) -> str:
    return " ".join(text.split()).rstrip(".")


def _acquisitions(
    workspace: Workspace, pictures: Iterable[_Pictured], told: Told
) -> list[str]:
    """Return a paragraph for each microscope: what its images share, what differs."""
    groups: dict[str | None, list[_Pictured]] = {}
    for one in pictures:
        groups.setdefault(_instrument_of(one.image), []).append(one)
    paragraphs = []
    for instrument, members in groups.items():
        graph = _graph(workspace, instrument)
        sentences = [
            _microscope(graph, instrument, told),
            *_settings_of(members, graph, told),
        ]
        paragraphs.append(" ".join(sentences))
    return paragraphs


def _settings_of(
    members: list[_Pictured], microscope: RecordGraph, told: Told
) -> list[str]:
    shared, groups = told_once([_settings(one, microscope, told) for one in members])
    found = []
    if shared:
        found.append(labelled(all_images(len(members)), _sentence(shared)))
    for group in groups if len(groups) > 1 else ():
        images = image_count(len(group.members))
        found.append(labelled(images, _sentence(group.facts)))
    return found


def _sentence(facts: Mapping[str, str]) -> str:
    """Return facts as sentences: what is said of the whole image, then of channels."""
    channels = facts.get("channels")
    parts = [
        listed(text for name, text in facts.items() if name != "channels"),
        _("channels {channels}").format(channels=channels) if channels else "",
    ]
    return _("; ").join(filter(None, parts)) + "."


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


def _settings(one: _Pictured, microscope: RecordGraph, told: Told) -> dict[str, str]:
    image = one.image
    label = label_in_language("imaging-methods", image.imaging_method_label or "")
    return {
        "method": told.or_gap(label, _("imaging method not recorded")),
        "objective": objective_text(one.graph, image.objective, told),
        "pixels": _pixels(image, told),
        "step": _step(image, told),
        "interval": _interval(image, told),
        "channels": channels_text(one.graph, image.channels, microscope, told),
    }


def _interval(image: Image, told: Told) -> str:
    number = decimal_of(image.time_increment or "")
    if image.size_t in (None, "1") or number is None or number <= 0:
        return ""
    return _("one frame every {time} s").format(time=rounded(image.time_increment))


def _step(image: Image, told: Told) -> str:
    if image.size_z in (None, "1"):
        return ""
    if not told.known(image.physical_size_z):
        return told.gap(_("z step not recorded"))
    return _("z step {step} µm").format(step=rounded(image.physical_size_z))


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
    return text


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

    name = told.or_gap(named(run.software_name), _("software not recorded"))
    version = told.or_gap(
        named(run.software_version), _("software version not recorded")
    )
    parameters = [view(Parameter, graph, one) for one in run.parameters]
    values = listed(
        f"{one.name} = {rounded(one.value)}"
        for one in parameters
        if named(one.name) and told.known(one.value)
    )
    title = named(run.processor) or named(run.title)
    if title:
        text = _("Images were processed ({title}) with {name} {version}")
        text = text.format(title=title, name=name, version=version)
    else:
        text = _("Images were processed with {name} {version}")
        text = text.format(name=name, version=version)
    return f"{text} ({values})." if values else f"{text}."
