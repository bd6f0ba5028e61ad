"""Edits: values of a person, a table or a rule, gathered into one change set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.catalogue import Change, ChangeSet, SourceKind, tombstone
from fair_imagic.model import class_for, statements
from fair_imagic.rdf import iri, record_of, text_of
from fair_imagic.workflow.base.door import field_note

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from fair_imagic.catalogue import Catalogue, Source
    from fair_imagic.entry import Reading
    from fair_imagic.model import Record, Slot
    from fair_imagic.rdf import Term, Triple

__all__ = ["Edits"]

_TYPE = iri("rdf:type")


class Edits:
    """Collects new values of one source; the later value of a path replaces.

    A source that ``insists`` (a person, unless told otherwise) says again what it has
    said before where another one has prevailed since.
    """

    def __init__(
        self, catalogue: Catalogue, source: Source, *, insists: bool | None = None
    ) -> None:
        self._catalogue = catalogue
        self._source = source
        is_person = source.kind is SourceKind.PERSON
        self._insists = is_person if insists is None else insists
        self._values: dict[tuple[str, str], dict[Term, None]] = {}
        self._places: dict[Triple, str] = {}
        self._removed: set[Triple] = set()
        self._notes: dict[str, None] = {}
        self._reasons: dict[str, None] = {}

    def __len__(self) -> int:
        """Return the number of paths that get a value."""
        return len(self._values)

    def put(
        self,
        subject: str,
        pairs: Iterable[tuple[str, Term]],
        *,
        place: str = "",
    ) -> None:
        """Give paths of a subject their values: (predicate IRI, term) pairs."""
        fresh: dict[str, dict[Term, None]] = {}
        for predicate, term in pairs:
            fresh.setdefault(predicate, {})[term] = None
            if place:
                self._places[(iri(subject), iri(predicate), term)] = place
        for predicate, terms in fresh.items():
            self._values[(subject, predicate)] = terms

    def take(
        self, subject: str, slot: Slot, reading: Reading, *, place: str = ""
    ) -> None:
        """Give a field the value that was read for it, and note what was understood.

        What is said of other things with it is kept too.
        """
        self.give(subject, slot.iri, reading, place=place)
        self.note(slot, reading)

    def give(
        self, subject: str, predicate: str, reading: Reading, *, place: str = ""
    ) -> None:
        """Give a path what was read for it; nothing at all takes its value away."""
        if reading.terms:
            self.put(subject, reading.terms, place=place)
        else:
            self.remove(subject, predicate)
        self.say(reading.others, place=place)
        self.because(reading.because)

    def because(self, reason: str) -> None:
        """Keep why a value was chosen, for the history."""
        if reason:
            self._reasons[reason] = None

    @property
    def reasons(self) -> str:
        """Why values were chosen, in one line."""
        return "; ".join(self._reasons)

    def say(self, triples: Iterable[Triple], *, place: str = "") -> None:
        """Give things the values that statements say of them."""
        said: dict[str, list[tuple[str, Term]]] = {}
        for subject, predicate, term in triples:
            said.setdefault(text_of(subject), []).append((text_of(predicate), term))
        for subject, pairs in said.items():
            self.put(subject, pairs, place=place)

    def note(self, slot: Slot, reading: Reading) -> None:
        """Keep what was understood of a text for a field, to be told."""
        if reading.note:
            self._notes[field_note(slot, reading)] = None

    def tell(self, note: str) -> None:
        """Keep what somebody should know of these edits before they are kept."""
        self._notes[note] = None

    @property
    def notes(self) -> tuple[str, ...]:
        """What was understood of texts, and what else is to be told, each once."""
        return tuple(self._notes)

    def remove(self, subject: str, predicate: str) -> None:
        """Leave a path without any value, whatever other sources say."""
        self._values[(subject, predicate)] = {}
        self._removed.add(tombstone(iri(subject), iri(predicate)))

    def clear(self, subject: str, predicates: Iterable[str]) -> None:
        """Take back what the source said at paths that these edits leave open."""
        for predicate in predicates:
            self._values.setdefault((subject, predicate), {})

    def create(self, instance: Record, *, place: str = "") -> None:
        """Describe a record by a model instance; fields that are None stay open."""
        grouped = ((text[1:-1], term) for _s, text, term in statements(instance))
        self.put(instance.iri, grouped, place=place)

    def describe_as(self, subject: str, class_iri: str) -> None:
        """State the type of a new part or record."""
        self.put(subject, [(_TYPE[1:-1], iri(class_iri))])

    def creates(self, subject: str) -> bool:
        """Return whether these edits describe a subject that was not there."""
        return (subject, _TYPE[1:-1]) in self._values

    def type_of(self, subject: str) -> str | None:
        """Return the class name of a subject, new ones included."""
        terms: Iterable[Term] = self._values.get((subject, _TYPE[1:-1]), ())
        if not terms:
            record = self._catalogue.effective(record_of(subject))
            terms = [o for s, p, o in record if s == iri(subject) and p == _TYPE]
        for term in terms:
            known = class_for(term[1:-1])
            if known is not None:
                return known.name
        return None

    def append(
        self, author: str, reason: str, *, within: Connection | None = None
    ) -> int | None:
        """Keep everything as one change set; None where nothing changes by it.

        ``within`` is a writing transaction that keeps more with it.
        """
        changes = self.changes()
        if not changes:
            return None
        made = ChangeSet(author, reason, changes)
        return self._catalogue.append(made, within=within)

    def changes(self) -> tuple[Change, ...]:
        """Return what changes, by record; what is said already is left out."""
        by_record: dict[str, list[tuple[str, str]]] = {}
        for subject, predicate in self._values:
            by_record.setdefault(record_of(subject), []).append((subject, predicate))
        changes = (self._change(record, paths) for record, paths in by_record.items())
        return tuple(change for change in changes if change.added or change.removed)

    def _change(self, record: str, paths: list[tuple[str, str]]) -> Change:
        spoken = {(iri(subject), iri(predicate)) for subject, predicate in paths}
        said = self._catalogue.source_statements(record, self._source.iri)
        before = {triple for triple in said if triple[:2] in spoken}
        after = {
            (iri(subject), iri(predicate), term)
            for subject, predicate in paths
            for term in self._values[(subject, predicate)]
        }
        added = frozenset(after - before) | self._said_again(record, before, after)
        added |= {one for one in self._removed if record_of(one[0][1:-1]) == record}
        places = {t: self._places[t] for t in added if t in self._places}
        return Change(
            record=record,
            source=self._source,
            added=added,
            removed=frozenset(before - after),
            places=places,
        )

    def _said_again(
        self, record: str, before: set[Triple], after: set[Triple]
    ) -> frozenset[Triple]:
        """Return what the source has said already, and another one overruled since."""
        same = {t[:2] for t in after} - {t[:2] for t in before ^ after}
        if not same or not self._insists:
            return frozenset()
        now = {t for t in self._catalogue.effective(record) if t[:2] in same}
        overruled = {t[:2] for t in now ^ after} & same
        return frozenset(t for t in after if t[:2] in overruled)
