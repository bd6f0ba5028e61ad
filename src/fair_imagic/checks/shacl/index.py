"""The index: one pass over statements, then sets for each predicate.

Terms are N-Triples text in the form that rdflib gives them, so equal text is what the
reference calls equal, and a statement written twice counts once. Where the record says
it in other words, the exact text is kept beside.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from fair_imagic.checks.shacl.literals import canonical
from fair_imagic.rdf import iri

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, KeysView, Sequence

    from fair_imagic.checks.shacl.graph import DataGraph
    from fair_imagic.rdf import Term, Triple

__all__ = ["NOTHING", "Index", "Table"]

_TYPE = iri("rdf:type")
_SUBCLASS = iri("rdfs:subClassOf")


class Table:
    """The statements of one predicate.

    ``one`` has the first object of every subject, ``many`` all objects of those that
    have several: nearly all have one, which then costs no container.
    """

    __slots__ = ("__dict__", "many", "one")

    def __init__(self) -> None:
        self.one: dict[Term, Term] = {}
        self.many: dict[Term, dict[Term, None]] = {}

    def values(self, subject: Term) -> tuple[Term, ...] | KeysView[Term]:
        """Return the distinct objects of a subject."""
        several = self.many.get(subject)
        if several is not None:
            return several.keys()
        held = self.one.get(subject)
        return () if held is None else (held,)

    def pairs(self) -> Iterator[tuple[Term, Term]]:
        """Yield every subject with every object."""
        for subject, held in self.one.items():
            several = self.many.get(subject)
            if several is None:
                yield subject, held
            else:
                for value in several:
                    yield subject, value

    @cached_property
    def distinct(self) -> frozenset[Term]:
        """All objects."""
        found = set(self.one.values())
        for several in self.many.values():
            found.update(several)
        return frozenset(found)

    def add(self, subject: Term, value: Term) -> None:
        """Take a statement in; equal terms must be one object."""
        held = self.one.setdefault(subject, value)
        if held is value:
            return
        several = self.many.get(subject)
        if several is None:
            several = self.many[subject] = {held: None}
        several[value] = None

    def extend(self, subjects: Sequence[Term], values: Sequence[Term]) -> None:
        """Take many statements in, as two columns; equal terms must be one object."""
        if not self.one:
            made = dict(zip(subjects, values, strict=True))
            if len(made) == len(subjects):
                self.one = made
                return
        one, add = self.one, self.add
        for subject, value in zip(subjects, values, strict=True):
            if one.setdefault(subject, value) is not value:
                add(subject, value)

    @cached_property
    def inverse(self) -> Table:
        """The subjects of each object."""
        found = Table()
        add = found.add
        for subject, value in self.pairs():
            add(value, subject)
        return found


NOTHING = Table()


class _Column:
    """Statements of one predicate on their way into a table."""

    __slots__ = ("object", "objects", "subject", "subjects")

    def __init__(self) -> None:
        self.subjects: list[Term] = []
        self.objects: list[Term] = []
        self.subject = self.subjects.append
        self.object = self.objects.append


class Index:
    """All statements of one check, by predicate."""

    def __init__(self, triples: Iterable[Triple] = ()) -> None:
        self.tables: dict[Term, Table] = {}
        # Terms whose text does not tell what rdflib makes of them.
        self.doubtful: set[Term] = set()
        self._forms: dict[Term, Term] = {}
        # What was taken in and not yet put into tables.
        self._columns: dict[Term, _Column] = {}
        self._written: dict[Triple, Term] = {}
        self.add(triples)

    def add(self, triples: Iterable[Sequence[Term]]) -> None:
        """Take statements in; a statement that is known already changes nothing."""
        self._take(triples)
        self._settle_all()

    def fill(self, data: DataGraph) -> None:
        """Take all statements of some data in."""
        data.hand_on(self._take)
        self._settle_all()

    def _take(self, triples: Iterable[Sequence[Term]]) -> None:
        # No function is called for most statements: there may be millions.
        forms, form, columns = self._forms, self._form, self._columns
        subject_before, s = "", ""
        for subject, predicate, value in triples:
            if subject != subject_before:
                subject_before, s = subject, forms.setdefault(subject, subject)
            o = forms.setdefault(value, value)
            if o is value and value[0] != "<":
                o = form(value)
            column = columns.get(predicate)
            if column is None:
                column = columns[predicate] = _Column()
            if o != value:
                self._respell(s, predicate, o, value)
            column.subject(s)
            column.object(o)

    def _respell(self, subject: Term, predicate: Term, form: Term, value: Term) -> None:
        """Keep the text of a value, unless the statement is known: the first counts."""
        self._settle(predicate)
        if form not in self.table(predicate).values(subject):
            self._written[subject, predicate, form] = value

    def _settle_all(self) -> None:
        for predicate in self._columns:
            self._settle(predicate)

    def _settle(self, predicate: Term) -> None:
        """Take a column into its table: one dict at a time stays in fast memory."""
        column = self._columns[predicate]
        table = self.tables.get(predicate)
        if table is None:
            table = self.tables[predicate] = Table()
        table.extend(column.subjects, column.objects)
        column.subjects.clear()
        column.objects.clear()

    def _form(self, term: Term) -> Term:
        """Return the form of a term that is new."""
        form, certain = canonical(term)
        if form is not term:
            form = self._forms[term] = self._forms.setdefault(form, form)
        if not certain:
            self.doubtful.add(form)
        return form

    def table(self, predicate: Term) -> Table:
        """Return the statements of a predicate, possibly none."""
        return self.tables.get(predicate, NOTHING)

    def source_text(self, subject: Term, predicate: Term, value: Term) -> Term:
        """Return the text that a record has for a value."""
        return self._written.get((subject, predicate, value), value)

    @cached_property
    def size(self) -> int:
        """The number of statements."""
        return sum(
            len(table.one) + sum(len(several) - 1 for several in table.many.values())
            for table in self.tables.values()
        )

    @cached_property
    def spellings(self) -> dict[Term, Term]:
        """For each value that is written otherwise somewhere: how, at first."""
        found: dict[Term, Term] = {}
        for (_s, _p, value), term in self._written.items():
            found.setdefault(value, term)
        return found

    def members(self, class_term: Term) -> set[Term]:
        """Return the instances of a class and of its subclasses."""
        by_class = self.table(_TYPE).inverse
        return {
            node for name in self.kinds_of(class_term) for node in by_class.values(name)
        }

    def kinds_of(self, class_term: Term) -> set[Term]:
        """Return a class with all its subclasses, as the data say them."""
        below = self.table(_SUBCLASS).inverse
        found, waiting = {class_term}, [class_term]
        while waiting:
            for name in below.values(waiting.pop()):
                if name not in found:
                    found.add(name)
                    waiting.append(name)
        return found
