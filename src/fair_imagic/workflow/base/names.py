"""What people call the records of a data folder, as they are seen from one thing."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fair_imagic.entry import Candidate
from fair_imagic.entry.contradiction import is_contradiction, is_side, side_words
from fair_imagic.model import Image, RecordGraph, class_for, class_named, view
from fair_imagic.rdf import record_of
from fair_imagic.workflow.base.contradictions import contradictions_of
from fair_imagic.workflow.base.label import label_in, name_of
from fair_imagic.workflow.base.person_names import Hit, everybody, find, is_near
from fair_imagic.workflow.base.workspace import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fair_imagic.model import Slot
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["RecordNames", "is_slip"]

# Labels of more records than these are not compared: they are named by identifier.
_MOST = 300
_NEAR = 0.6
_SLIP = 0.9
# signs that tell names apart: ``WT+/+`` and ``WT-/-``, but not ``HeLa-cells``
_SIGNS = r"(?<!\w)-|-(?!\w)|[^\w\s.,'’-]"
# Fields that name a part of the microscope, and the class of the part.
_COMPONENTS = {
    "objective": "Objective",
    "light_source": "LightSource",
    "filters": "Component",
    "detector": "Detector",
}


@dataclass
class RecordNames:
    """The names of records; those of parts depend on the ``subject``.

    One of these is made for many texts: what it has looked up is kept.
    """

    workspace: Workspace
    subject: str = ""
    _known: dict[str, tuple[Candidate, ...]] = field(default_factory=dict)

    def bound(self, subject: str) -> RecordNames:
        """Return the names as they are seen from another subject."""
        return RecordNames(self.workspace, subject, self._known)

    def find(self, slot: Slot, text: str) -> tuple[Candidate, ...]:
        """Return what a text may mean: by identifier, by name, then what is near."""
        if _is_of_people(slot):
            hits = find(self.workspace, text)
            return (
                tuple(_called(hits))
                or tuple(one for one in self.choices(slot) if one.label == text)
                or tuple(self._people_like(text))
            )
        if slot.record_link:
            own = self._by_identifier(slot, text)
            if own is not None:
                return (own,)
        known = self.choices(slot)
        named = tuple(one for one in known if _is_named(one, text))
        return named or _near(known, text)

    def choices(self, slot: Slot) -> tuple[Candidate, ...]:
        """Return the records of a field's kind, or the parts of the microscope.

        Of contradictions, the sides that can be chosen.
        """
        if is_contradiction(slot):
            return tuple(self._sides(slot))
        if slot.record_link:
            if slot.range not in self._known:
                self._known[slot.range] = tuple(self._records(slot.range))
            return self._known[slot.range]
        kind = _COMPONENTS.get(slot.name)
        return tuple(self._components(kind)) if kind else ()

    def label(self, iri: str, language: str) -> str:
        """Return what a record is called, the same in every language, or a side."""
        if is_side(iri):
            return side_words(iri, language)
        return label_in(self.workspace.catalogue.effective(record_of(iri)), iri)

    def _sides(self, slot: Slot) -> Iterator[Candidate]:
        for one in contradictions_of(self.workspace, self.subject, slot):
            for side in one.told.sides:
                yield Candidate(one.told.key(side), side.value, side.words)

    def _by_identifier(self, slot: Slot, text: str) -> Candidate | None:
        workspace = self.workspace
        kind = next(kind for kind, cls in KINDS.items() if cls.__name__ == slot.range)
        record = (
            workspace.bases.inward_iri(text)
            if "://" in text
            else workspace.mint(kind, text)
        )
        if not workspace.catalogue.exists(record):
            return None
        return Candidate(record, text, self.label(record, ""))

    def _records(self, class_name: str) -> Iterator[Candidate]:
        if class_named(class_name).personal:
            yield from _called(everybody(self.workspace))
            return
        records = self.workspace.catalogue.records(class_named(class_name).iri)
        for record in records[:_MOST]:
            yield Candidate(record, name_of(record), self.label(record, ""))

    def _people_like(self, text: str) -> Iterator[Candidate]:
        wanted = Hit(record="", name=text)
        for one in everybody(self.workspace):
            if is_near(one, wanted):
                yield Candidate(one.record, one.id, one.label, exact=False)

    def _components(self, class_name: str) -> Iterator[Candidate]:
        """Yield the parts of a class of the microscope version that made an image."""
        image = record_of(self.subject)
        described = RecordGraph(self.workspace.catalogue.effective(image))
        seen = view(Image, described, image)
        instrument = seen.instrument_version or seen.instrument
        if not instrument:
            return
        triples = self.workspace.catalogue.effective(instrument)
        graph = RecordGraph(triples)
        for part in graph.subjects:
            kinds = [known for one in graph.types(part) if (known := class_for(one))]
            if any(class_name in (kind.name, *kind.ancestors) for kind in kinds):
                label = label_in(graph.describe(part), part)
                yield Candidate(part, label, label)


def is_slip(name: str, other: str) -> bool:
    """Return whether a name may be another with a slip; ``S1`` is none of ``S2``."""
    for what in (r"[0-9]", _SIGNS):
        if re.findall(what, name) != re.findall(what, other):
            return False
    one, two = _letters(name), _letters(other)
    return one == two or difflib.SequenceMatcher(None, one, two).ratio() >= _SLIP


def _letters(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in apart if one.isalnum())


def _is_of_people(slot: Slot) -> bool:
    return slot.record_link and class_named(slot.range).personal


def _called(hits: Sequence[Hit]) -> Iterator[Candidate]:
    """Yield people by their names, those of one name with what tells them apart."""
    times = Counter(one.name for one in hits)
    for one in hits:
        label = one.name if times[one.name] == 1 else one.label
        yield Candidate(one.record, one.id, label)


def _is_named(one: Candidate, text: str) -> bool:
    wanted = " ".join(text.split()).casefold()
    names = (one.iri, one.name, one.label)
    return wanted in (" ".join(name.split()).casefold() for name in names)


def _near(known: tuple[Candidate, ...], text: str) -> tuple[Candidate, ...]:
    labels = {one.label.casefold(): one for one in known}
    near = difflib.get_close_matches(text.casefold(), labels, n=3, cutoff=_NEAR)
    return tuple(
        Candidate(found.iri, found.name, found.label, exact=False)
        for found in (labels[one] for one in near)
    )
