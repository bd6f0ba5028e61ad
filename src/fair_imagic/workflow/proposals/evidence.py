"""Evidence: what the proposers may look at, each thing read once."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from fair_imagic.catalogue.voice import FileVoice, file_voices
from fair_imagic.mapping import match_components
from fair_imagic.model import (
    Image,
    Instrument,
    RecordGraph,
    class_for,
    slot_for,
    slots_of,
    view,
)
from fair_imagic.rdf import record_of, text_of
from fair_imagic.workflow.base.door import Door
from fair_imagic.workflow.microscopes.images import raw_facts
from fair_imagic.workflow.sets.defaults import defaults_of

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

    from fair_imagic.checks import Finding
    from fair_imagic.mapping import Matches
    from fair_imagic.model import Slot, Snapshot
    from fair_imagic.readers import RawFact
    from fair_imagic.workflow.base.workspace import Workspace

    T = TypeVar("T")

__all__ = ["Evidence", "Point"]

# How many images are read at once where one is asked for.
_PAGE = 200


@dataclass(frozen=True)
class Point:
    """A place where a value is missing or wrong.

    ``seen`` is the wrong value as text, None where one is missing.
    """

    subject: str
    class_name: str
    slot: Slot
    seen: str | None

    @property
    def record(self) -> str:
        """Return the record that the place belongs to."""
        return record_of(self.subject)


class Evidence:
    """The checked records, their files' raw facts, microscopes and defaults."""

    def __init__(self, workspace: Workspace, snapshot: Snapshot) -> None:
        self.workspace = workspace
        self.root = snapshot.root
        self.graph = snapshot.graph
        self.door = Door(workspace)
        self._instruments: dict[str, RecordGraph] = {}
        self._facts: dict[str, tuple[RawFact, ...]] = {}
        self._voices: dict[str, FileVoice] = {}
        self._matches: dict[str, Matches] = {}
        self._made: dict[Hashable, Any] = {}

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what ``make`` gives, made once for a key."""
        if key not in self._made:
            self._made[key] = make()
        found: T = self._made[key]
        return found

    def point(self, finding: Finding) -> Point | None:
        """Return the place of a finding, or None where no value can be typed there."""
        if not finding.path:
            return None
        for class_iri in self.graph.types(finding.focus):
            slot = slot_for(class_iri, finding.path)
            known = class_for(class_iri)
            if slot is not None and known is not None and not slot.part:
                return Point(finding.focus, known.name, slot, finding.value)
        return None

    def text(self, subject: str, class_name: str, name: str) -> str:
        """Return the first value of a field of a subject; empty where none is."""
        slot = next((s for s in slots_of(class_name) if s.name == name), None)
        values = self.graph.values(subject, slot.iri) if slot is not None else []
        return text_of(min(values)).strip() if values else ""

    @functools.cached_property
    def images(self) -> tuple[str, ...]:
        """The images among the checked records."""
        return tuple(self.graph.subjects_of(Image.class_iri))

    @functools.cached_property
    def defaults(self) -> Mapping[str, str]:
        """The defaults of the facility, by path."""
        return defaults_of(self.workspace)

    @functools.cached_property
    def instruments(self) -> dict[str, RecordGraph]:
        """All microscopes of the catalogue, by IRI."""
        records = self.workspace.catalogue.records(Instrument.class_iri)
        found = self.workspace.catalogue.effective_of(records)
        return {record: RecordGraph(triples) for record, triples in found.items()}

    def instrument_of(self, image: str) -> str:
        """Return the microscope record in force for an image; empty where none."""
        seen = view(Image, self.graph, image)
        return seen.instrument_version or seen.instrument or ""

    def instrument_graph(self, record: str) -> RecordGraph:
        """Return the statements of one version of a microscope record."""
        if record not in self._instruments:
            triples = self.workspace.catalogue.effective(record)
            self._instruments[record] = RecordGraph(triples)
        return self._instruments[record]

    def facts(self, image: str) -> tuple[RawFact, ...]:
        """Return the raw facts that an image's file holds."""
        if image not in self._facts:
            page = self._read_together(image)
            sources = {one: self._voice(one).source for one in page}
            kept = self.workspace.catalogue.facts_of(
                set(sources.values()), parts=("", *sources)
            )
            for one, source in sources.items():
                parts = kept[source]
                both_parts = (*parts.get("", ()), *parts.get(one, ()))
                self._facts[one] = raw_facts(both_parts)
        return self._facts[image]

    def _read_together(self, image: str) -> Sequence[str]:
        """Return an image and those of which the files are read together with its."""
        number = self._places.get(image)
        start = 0 if number is None else number // _PAGE * _PAGE
        return [image] if number is None else self.images[start : start + _PAGE]

    def _voice(self, image: str) -> FileVoice:
        """Return which version of its file describes an image, and how."""
        if image not in self._voices:
            page = self._read_together(image)
            found = file_voices(self.workspace.catalogue.database, page)
            self._voices |= {one: found.get(one, FileVoice("", ())) for one in page}
        return self._voices[image]

    @functools.cached_property
    def _places(self) -> dict[str, int]:
        return {image: number for number, image in enumerate(self.images)}

    def fact(self, image: str, key: str) -> RawFact | None:
        """Return the first fact of this key, or None."""
        return next((one for one in self.facts(image) if one.key == key), None)

    def matches(self, image: str) -> Matches | None:
        """Return which parts of its microscope an image was made with."""
        instrument = self.instrument_of(image)
        if not instrument:
            return None
        if image not in self._matches:
            self._matches[image] = match_components(
                image,
                RecordGraph(self._voice(image).statements),
                instrument,
                self.instrument_graph(instrument),
                facts=self.facts(image),
            )
        return self._matches[image]
