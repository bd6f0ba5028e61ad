"""The images of a microscope: linked to the version in force when they were made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.catalogue import Change, ChangeSet, Source, SourceKind
from fair_imagic.catalogue.voice import FileVoice, file_voices, statements_by_source
from fair_imagic.mapping import contradictions, match_components
from fair_imagic.model import Image, Instrument, PublicationSet, RecordGraph, view
from fair_imagic.publish.states import all_deliveries
from fair_imagic.rdf import iri, literal, text_of
from fair_imagic.readers import RawFact
from fair_imagic.workflow.microscopes.quality_links import QualityLinks, controls_of
from fair_imagic.workflow.microscopes.versions import in_force, versions_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from fair_imagic.catalogue import Fact
    from fair_imagic.rdf import Triple
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = [
    "Linking",
    "Relinked",
    "attach",
    "attach_again",
    "images_taken_with",
    "outdated",
    "published_images",
    "raw_facts",
    "relink",
    "voice_of_file",
]


@dataclass(frozen=True)
class Relinked:
    """Images whose version changed: those linked anew, and published ones left alone.

    ``number`` is the change set of the former, which can be taken back as one.
    """

    number: int | None = None
    images: tuple[str, ...] = ()
    published: tuple[str, ...] = ()


def attach(workspace: Workspace, images: Sequence[str], instrument: str) -> int:
    """Link images to the microscope that took them and return how many changed.

    What the record in force knows about the objective and the other parts in use
    fills what the files lack; each value says that it comes from the record. Images
    of published sets keep the version they were published with.
    """
    return len(_attach(workspace, images, instrument)[1])


def attach_again(workspace: Workspace, images: Sequence[str]) -> int:
    """Link images anew whose files have changed, each to the microscope that it had."""
    database = workspace.catalogue.database
    said = statements_by_source(database, images, kinds={SourceKind.INSTRUMENT})
    linked: dict[str, list[str]] = {}
    for image, by_source in said.items():
        triples = [triple for several in by_source.values() for triple in several]
        instrument = view(Image, RecordGraph(triples), image).instrument
        if instrument is not None:
            linked.setdefault(instrument, []).append(image)
    return sum(attach(workspace, some, one) for one, some in linked.items())


def _attach(
    workspace: Workspace, images: Sequence[str], instrument: str
) -> tuple[int | None, tuple[str, ...]]:
    link = Linking(workspace, instrument)
    frozen = published_images(workspace)
    wanted = [one for one in images if not (one in frozen and link.holds(one))]
    changes = [change for image in wanted for change in link.changes(image)]
    kept = tuple(change for change in changes if change.added or change.removed)
    if not kept:
        return None, ()
    reason = f"microscope {link.title}"
    number = workspace.catalogue.append(ChangeSet("import", reason, kept))
    return number, tuple(dict.fromkeys(change.record for change in kept))


def relink(workspace: Workspace, instrument: str) -> Relinked:
    """Link the images of an instrument to the version in force at their dates.

    One change set; published images are only listed: they get a new version of their
    set, or stay.
    """
    found = outdated(workspace, instrument)
    frozen = published_images(workspace)
    number, done = _attach(
        workspace, [one for one in found if one not in frozen], instrument
    )
    return Relinked(number, done, tuple(one for one in found if one in frozen))


def outdated(workspace: Workspace, instrument: str) -> list[str]:
    """Return the images that name another version than the one in force."""
    versions = versions_of(workspace, instrument)
    images = images_taken_with(workspace, instrument)
    found = []
    for image, triples in workspace.catalogue.effective_of(images).items():
        seen = view(Image, RecordGraph(triples), image)
        wanted = in_force(versions, seen.acquired_at)
        if seen.instrument_version != (wanted.iri if wanted else None):
            found.append(image)
    return sorted(found)


def images_taken_with(workspace: Workspace, instrument: str) -> list[str]:
    """Return the images that name a microscope."""
    query = f"SELECT ?i {{ ?i a fi:Image ; fi:acquiredWith {iri(instrument)} }}"
    rows = workspace.catalogue.rows(query)
    return [text_of(row[0]) for row in rows if row[0] is not None]


def published_images(workspace: Workspace) -> Mapping[str, str]:
    """Return the images of all sets that were published, each with the time when."""
    deliveries = all_deliveries(workspace.catalogue.database)
    times: dict[str, str] = {}
    for one in deliveries:
        if one.published:
            times[one.subject] = min(one.published, times.get(one.subject, "9"))
    found: dict[str, str] = {}
    for record, triples in workspace.catalogue.effective_of(times).items():
        for image in view(PublicationSet, RecordGraph(triples), record).images:
            found[image] = min(times[record], found.get(image, "9"))
    return found


class Linking:
    """What is needed to link many images to one instrument."""

    def __init__(self, workspace: Workspace, instrument: str) -> None:
        self._catalogue = workspace.catalogue
        self._workspace = workspace
        self._instrument = instrument
        self._versions = versions_of(workspace, instrument)
        self._graphs: dict[str, RecordGraph] = {}
        self._whole: dict[str, tuple[RawFact, ...]] = {}
        own = self._graph(instrument)
        name = instrument.rpartition("/")[2]
        self.title = view(Instrument, own, instrument).title or name
        self._source = Source(
            iri=workspace.mint("source", f"instrument-{name}"),
            kind=SourceKind.INSTRUMENT,
            label=self.title,
        )
        controls = controls_of(workspace, instrument)
        self._quality = QualityLinks(workspace, controls, instrument=instrument)

    def _graph(self, record: str) -> RecordGraph:
        if record not in self._graphs:
            self._graphs[record] = RecordGraph(self._catalogue.effective(record))
        return self._graphs[record]

    def holds(self, image: str) -> bool:
        """Return whether an image names a version of this instrument already."""
        seen = view(Image, RecordGraph(self._catalogue.effective(image)), image)
        return seen.instrument == self._instrument and bool(seen.instrument_version)

    def change(self, image: str) -> Change:
        """Return what the link changes in an image's record."""
        return self.changes(image)[0]

    def changes(self, image: str) -> tuple[Change, Change]:
        """Return what the link changes in an image's record, and what follows.

        That is the quality control in force, which depends on the microscope.
        """
        effective = self._catalogue.effective(image)
        change = self._change(image, view(Image, RecordGraph(effective), image))
        spoken = {triple[:2] for triple in change.added}
        others = (one for one in effective if one[:2] not in spoken)
        after = RecordGraph([*others, *change.added])
        return change, self._quality.change(image, after)

    def foreseen(
        self, image: str, triples: Iterable[Triple], facts: Sequence[RawFact]
    ) -> frozenset[Triple]:
        """Return what the microscope will say of an image that is not there yet."""
        described = RecordGraph(triples)
        acquired = view(Image, described, image).acquired_at
        version = in_force(self._versions, acquired)
        said = self._said(image, version.iri if version else None, described, facts)
        return frozenset(said)

    def _change(self, image: str, seen: Image) -> Change:
        version = in_force(self._versions, seen.acquired_at)
        file = voice_of_file(self._workspace, image)
        places = self._said(
            image,
            version.iri if version else None,
            RecordGraph(file.statements),
            self._facts(file.source, image),
        )
        before = set(self._catalogue.source_statements(image, self._source.iri))
        added = frozenset(places.keys() - before)
        return Change(
            record=image,
            source=self._source,
            added=added,
            removed=frozenset(before - places.keys()),
            places={triple: places[triple] for triple in added},
        )

    def _said(
        self,
        image: str,
        version: str | None,
        file_said: RecordGraph,
        facts: Sequence[RawFact],
    ) -> dict[Triple, str]:
        """Return what the microscope says about an image, with places."""
        subject = iri(image)
        said = {(subject, iri("fi:acquiredWith"), iri(self._instrument)): ""}
        if version is not None:
            said[(subject, iri("fi:instrumentVersion"), iri(version))] = ""
        record = version or self._instrument
        matched = match_components(
            image, file_said, record, self._graph(record), facts=facts
        )
        said |= {one.triple: one.place for one in matched.statements}
        for text in contradictions(image, file_said, record, self._graph(record)):
            said[(subject, iri("fi:recordContradiction"), literal(text))] = ""
        return said

    def _facts(self, source: str, image: str) -> tuple[RawFact, ...]:
        """Return what the image's file says of it, and of the file as a whole.

        The latter is read once while one image of the file comes after the other.
        """
        if source not in self._whole:
            kept = self._catalogue.facts(source, parts=("",)).get("", ())
            self._whole = {source: raw_facts(kept)}
        own = self._catalogue.facts(source, parts=(image,)).get(image, ())
        return (*self._whole[source], *raw_facts(own))


def voice_of_file(workspace: Workspace, image: str) -> FileVoice:
    """Return which version of its file describes an image, and how; else nothing."""
    found = file_voices(workspace.catalogue.database, [image])
    return found.get(image, FileVoice("", ()))


def raw_facts(kept: Iterable[Fact]) -> tuple[RawFact, ...]:
    """Return facts that were kept as the readers give them."""
    return tuple(RawFact(one.key, one.value, one.unit, one.place) for one in kept)
