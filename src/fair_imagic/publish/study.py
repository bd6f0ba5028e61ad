"""What a publication set says, read from its snapshot once for all targets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from fair_imagic.entry.identifier import is_orcid, is_ror, orcid_of
from fair_imagic.entry.placeholder import named
from fair_imagic.model import (
    Channel,
    File,
    Fileset,
    Image,
    Instrument,
    Measure,
    Objective,
    Organisation,
    Person,
    ProcessingRun,
    PublicationSet,
    ResearchOutput,
    Result,
    Sample,
    Software,
    view,
)
from fair_imagic.rdf import expand, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fair_imagic.model import Record, RecordGraph
    from fair_imagic.model.snapshot import Snapshot

__all__ = [
    "Agent",
    "Computed",
    "Pictured",
    "Study",
    "issued_on",
    "read_agent",
    "read_study",
    "ror_of",
    "said",
    "version_of",
    "whole",
]

_T = TypeVar("_T", bound="Record")
_NOT_SAID = {expand(name) for name in ("fi:withheld", "fi:unknown", "fi:notApplicable")}


def said(value: str | None) -> str:
    """Return the value, or nothing where it is absent, withheld or unknown."""
    return "" if value is None or value in _NOT_SAID else value.strip()


def version_of(snapshot: Snapshot) -> str:
    """Return the version of a publication set, 1.0 where it says none."""
    return said(view(PublicationSet, snapshot.graph, snapshot.root).version) or "1.0"


def whole(value: str | None) -> int:
    """Return a whole number, 0 where the value is none: the rules speak of that."""
    text = said(value)
    return int(text) if text.isdecimal() else 0


@dataclass(frozen=True)
class Agent:
    """A person with the organisations that the person belongs to."""

    person: Person
    affiliations: tuple[Organisation, ...]

    @property
    def family_name(self) -> str:
        """The family name, guessed from the full name where it is not given."""
        known = said(self.person.family_name)
        return known or said(self.person.name).rpartition(" ")[2]

    @property
    def given_name(self) -> str:
        """The given name, guessed from the full name where it is not given."""
        known = said(self.person.given_name)
        return known or said(self.person.name).rpartition(" ")[0]

    @property
    def name(self) -> str:
        """``Given Family``."""
        parts = f"{self.given_name} {self.family_name}".strip()
        return said(self.person.name) or parts

    @property
    def citation_name(self) -> str:
        """``Family, Given``."""
        given, family = self.given_name, self.family_name
        return f"{family}, {given}" if given and family else self.name

    @property
    def orcid(self) -> str:
        """The bare ORCID iD, or nothing where there is no valid one."""
        bare = orcid_of(said(self.person.orcid))
        return bare if is_orcid(bare) else ""


@dataclass(frozen=True)
class Pictured:
    """One image of the set with the records that describe it.

    ``lens`` is the objective in the words of archives, such as ``63x, NA 1.4, oil``.
    """

    image: Image
    channels: tuple[Channel, ...]
    lens: str
    instrument: Instrument | None
    sample: Sample | None
    files: tuple[File, ...]
    run: ProcessingRun | None
    measures: tuple[Measure, ...] = ()
    objective: Objective | None = None

    @property
    def is_mask(self) -> bool:
        """Whether it is a label mask made from another image."""
        return said(self.image.content_kind) == "label mask"

    @property
    def title(self) -> str:
        """The title, or the last part of its address."""
        return named(said(self.image.title)) or self.image.iri.rpartition("/")[2]


@dataclass(frozen=True)
class Computed:
    """A table, figure or other file that was made from images of the set."""

    result: Result
    files: tuple[File, ...]
    run: ProcessingRun | None
    measures: tuple[Measure, ...]


@dataclass(frozen=True)
class Study:
    """A publication set and everything that it names."""

    record: PublicationSet
    creators: tuple[Agent, ...]
    contributors: tuple[Agent, ...]
    publisher: Organisation | None
    images: tuple[Pictured, ...]
    results: tuple[Computed, ...]
    software: tuple[Software, ...]
    outputs: tuple[ResearchOutput, ...]
    context: frozenset[str]

    @property
    def title(self) -> str:
        """The title of the set."""
        return said(self.record.title)

    @property
    def files(self) -> tuple[File, ...]:
        """The files of images and results, each once, in the order of their paths."""
        pictured = [one.files for one in self.images]
        computed = [one.files for one in self.results]
        unique = {file.iri: file for files in pictured + computed for file in files}
        return tuple(sorted(unique.values(), key=lambda file: file.path or file.iri))

    @property
    def byte_size(self) -> int:
        """The size of all files, in bytes."""
        return sum(whole(file.byte_size) for file in self.files)

    @property
    def instruments(self) -> tuple[Instrument, ...]:
        """The microscopes, each once."""
        return _unique(picture.instrument for picture in self.images)

    @property
    def samples(self) -> tuple[Sample, ...]:
        """The samples, each once."""
        return _unique(picture.sample for picture in self.images)

    @property
    def runs(self) -> tuple[ProcessingRun, ...]:
        """The processing runs that made images and results of the set, each once."""
        pictured = [one.run for one in self.images]
        return _unique(pictured + [one.run for one in self.results])

    def pictures_of(self, images: Iterable[str]) -> tuple[Pictured, ...]:
        """Return the images of the set with these IRIs, or that stand for them."""
        by_iri = {iri: one for one in self.images for iri in one.image.stands_for}
        by_iri |= {one.image.iri: one for one in self.images}
        return tuple(by_iri[iri] for iri in images if iri in by_iri)


def _unique(records: Iterable[_T | None]) -> tuple[_T, ...]:
    found: dict[str, _T] = {}
    for record in records:
        if record is not None:
            found.setdefault(record.iri, record)
    return tuple(found[iri] for iri in sorted(found))


def read_study(snapshot: Snapshot) -> Study:
    """Return what the snapshot of a publication set says to the public.

    People are read whole: an archive asks its authors for an address.
    """
    graph = snapshot.public_graph
    record = view(PublicationSet, graph, snapshot.root)
    pictures = (_pictured(graph, iri) for iri in record.images)
    return Study(
        record=record,
        creators=tuple(read_agent(snapshot.graph, iri) for iri in record.creators),
        contributors=tuple(
            read_agent(snapshot.graph, iri) for iri in record.contributors
        ),
        publisher=_linked(Organisation, graph, record.publisher),
        images=tuple(sorted(pictures, key=lambda one: (one.title, one.image.iri))),
        results=tuple(_computed(graph, iri) for iri in sorted(record.results)),
        software=tuple(view(Software, graph, iri) for iri in record.software),
        outputs=tuple(
            view(ResearchOutput, graph, iri) for iri in _several(record.fulfils)
        ),
        context=snapshot.context_subjects,
    )


def read_agent(graph: RecordGraph, iri: str) -> Agent:
    """Return a person with the affiliations that the graph describes."""
    person = view(Person, graph, iri)
    return Agent(
        person,
        tuple(view(Organisation, graph, one) for one in _several(person.affiliation)),
    )


def ror_of(organisation: Organisation | None) -> str:
    """Return the ROR address of an organisation, or nothing where none is valid."""
    text = said(organisation.ror) if organisation else ""
    return text if is_ror(text) else ""


def _several(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else value


def _linked(kind: type[_T], graph: RecordGraph, iri: str | None) -> _T | None:
    return view(kind, graph, iri) if said(iri) and iri else None


def _pictured(graph: RecordGraph, iri: str) -> Pictured:
    image = view(Image, graph, iri)
    fileset = _linked(Fileset, graph, image.fileset)
    channels = [view(Channel, graph, one) for one in image.channels]
    channels.sort(key=lambda channel: whole(channel.index))
    return Pictured(
        image=image,
        channels=tuple(channels),
        lens=_lens_text(graph, image.objective),
        instrument=_instrument(graph, image),
        sample=_linked(Sample, graph, image.sample),
        files=tuple(view(File, graph, one) for one in fileset.files) if fileset else (),
        run=_linked(ProcessingRun, graph, image.generated_by),
        measures=tuple(view(Measure, graph, one) for one in image.measures),
        objective=_linked(Objective, graph, image.objective),
    )


def _computed(graph: RecordGraph, iri: str) -> Computed:
    result = view(Result, graph, iri)
    return Computed(
        result=result,
        files=tuple(view(File, graph, one) for one in result.files),
        run=_linked(ProcessingRun, graph, result.generated_by),
        measures=tuple(view(Measure, graph, one) for one in result.measures),
    )


def _instrument(graph: RecordGraph, image: Image) -> Instrument | None:
    """Return the microscope as it was when the image was acquired."""
    version = image.instrument_version
    found = _linked(Instrument, graph, version) or _linked(
        Instrument, graph, image.instrument
    )
    if found is None or image.instrument is None:
        return found
    return replace(found, iri=image.instrument)  # the microscope, not its version


def _lens_text(graph: RecordGraph, iri: str | None) -> str:
    if iri is None:
        return ""
    magnification, aperture, immersion = (
        _first(graph, iri, f"nboq:{name}")
        for name in ("magnification", "lensNA", "immersionType")
    )
    parts = (
        f"{_short(magnification)}x" if magnification else "",
        f"NA {_short(aperture)}" if aperture else "",
        immersion.rpartition("/")[2].lower(),
    )
    return ", ".join(part for part in parts if part)


def _first(graph: RecordGraph, iri: str, name: str) -> str:
    terms = graph.values(iri, expand(name))
    return said(text_of(terms[0])) if terms else ""


def _short(decimal: str) -> str:
    return decimal.rstrip("0").rstrip(".") if "." in decimal else decimal


def issued_on(study: Study, snapshot: Snapshot) -> str:
    """Return the date of publication: the set's own, else the snapshot's."""
    return said(study.record.issued) or (snapshot.taken_at or "")[:10]
