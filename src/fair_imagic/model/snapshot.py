"""A snapshot: what is checked is what is sent."""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fair_imagic.model import fingerprint, sheet, texts
from fair_imagic.model.graph import RecordGraph
from fair_imagic.model.slots import private_paths
from fair_imagic.rdf import PREFIXES, Term, Triple, iri, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from fair_imagic.model.texts import Texts

__all__ = ["CONTEXT_GRAPH", "Snapshot"]

CONTEXT_GRAPH = f"<{PREFIXES['fi']}context>"


@dataclass(frozen=True)
class Snapshot:
    """The effective record of a root and what it owns, plus frozen context.

    ``root`` is the IRI of the publication set, collection or software. Statements
    in ``context`` (instrument, people, licence, ...) may be looked at by rules but get
    no findings of their own. ``sheets`` are the hashes of people's sheets, by what
    their lines begin with: all hashes are made of these, so that they stay true when a
    sheet is destroyed. Kept as text, a piece for each record, which costs a
    tenth of what as many tuples do; they are made when somebody asks for them.
    """

    root: str
    own_texts: Texts
    context_texts: Texts = ()
    taken_at: str | None = None
    sheets: tuple[tuple[str, str], ...] = ()

    @classmethod
    def make(
        cls,
        root: str,
        *,
        own: Iterable[Triple],
        context: Iterable[Triple] = (),
        taken_at: str | None = None,
    ) -> Snapshot:
        """Return the snapshot of these statements; what is own is no context."""
        kept = set(own)
        frozen = set(context) - kept
        return cls(root, texts.of_triples(kept), texts.of_triples(frozen), taken_at)

    @classmethod
    def of_records(
        cls,
        root: str,
        *,
        own: Mapping[str, str],
        context: Mapping[str, str],
        taken_at: str | None = None,
        sheets: Mapping[str, str] | None = None,
    ) -> Snapshot:
        """Return the snapshot of whole records: sorted lines of each, by its IRI."""
        hashes = _by_record(sheets or {})
        return cls(root, _by_record(own), _by_record(context), taken_at, hashes)

    def with_more(
        self, *, own: Iterable[Triple] = (), context: Iterable[Triple] = ()
    ) -> Snapshot:
        """Return a snapshot that has these statements too."""
        mine = texts.with_more(self.own_texts, texts.of_triples(set(own)))
        more = texts.with_more(self.context_texts, texts.of_triples(set(context)))
        less = texts.without(more, mine)
        return replace(self, own_texts=mine, context_texts=less)

    def with_root(self, said: Iterable[Triple]) -> Snapshot:
        """Return a snapshot of which the root's record is own, and says only this."""
        held = {texts.begin_of(f"<{self.root}>")}
        own = texts.of_triples(said)
        rest, context = (
            tuple(piece for piece in part if piece[0] not in held)
            for part in (self.own_texts, self.context_texts)
        )
        mine = tuple(sorted((*rest, *own)))
        return replace(self, own_texts=mine, context_texts=context)

    def renamed(self, rename: Callable[[str], str]) -> Snapshot:
        """Return a snapshot with other IRIs, as ``rename`` gives them in its text."""
        own, context = (
            tuple(sorted((rename(f"{begin}>")[:-1], rename(text)) for begin, text in p))
            for p in (self.own_texts, self.context_texts)
        )
        root = rename(f"<{self.root}>")[1:-1]
        hashes = tuple((rename(f"{begin}>")[:-1], held) for begin, held in self.sheets)
        return Snapshot(root, own, context, self.taken_at, hashes)

    @functools.cached_property
    def hash(self) -> str:
        """The SHA-256 of the root and the canonical form."""
        digest = hashlib.sha256(f"<{self.root}>\n".encode())
        for text in self._quads():
            digest.update(text.encode())
        return digest.hexdigest()

    @functools.cached_property
    def key(self) -> str:
        """What tells all that it says: its hash, and whose sheets are gone."""
        people = dict(self.sheets)
        lost = (
            begin
            for begin, text in (*self.own_texts, *self.context_texts)
            if begin in people and not sheet.sheet_lines(text)
        )
        return " ".join((self.hash, *lost))

    @functools.cached_property
    def canonical_texts(self) -> tuple[Texts, Texts]:
        """What is own and what is context, with hashes in the place of sheets."""
        if not self.sheets:
            return self.own_texts, self.context_texts
        hashes = dict(self.sheets)
        own, context = (
            tuple(
                (begin, sheet.canonical(begin[1:], text, hashes.get(begin, "")))
                for begin, text in part
            )
            for part in (self.own_texts, self.context_texts)
        )
        return own, context

    @functools.cached_property
    def fingerprint(self) -> str:
        """The sum over its records that the catalogue keeps of each set."""
        own, context = self.canonical_texts
        parts = ((own, False), (context, True))
        return fingerprint.of_numbers(
            fingerprint.number_of(begin[1:], text, is_context=is_context)
            for pieces, is_context in parts
            for begin, text in pieces
        )

    def to_nquads(self) -> str:
        """Return the canonical form: sorted N-Quads, context in its own graph.

        There are no blank nodes, and hashes in the place of people's sheets.
        """
        return "".join(self._quads())

    @functools.cached_property
    def own(self) -> tuple[Triple, ...]:
        """The own statements, sorted."""
        return tuple(texts.triples_in(self.own_texts))

    @functools.cached_property
    def context(self) -> tuple[Triple, ...]:
        """The statements that are context only, sorted."""
        return tuple(texts.triples_in(self.context_texts))

    @functools.cached_property
    def graph(self) -> RecordGraph:
        """Return own and context statements together."""
        return RecordGraph.of_texts((*self.own_texts, *self.context_texts))

    @functools.cached_property
    def own_graph(self) -> RecordGraph:
        """Return the own statements."""
        return RecordGraph.of_texts(self.own_texts)

    @functools.cached_property
    def public_own(self) -> tuple[Triple, ...]:
        """Return the own statements that may be published."""
        return tuple(_public(self.own))

    @functools.cached_property
    def public_graph(self) -> RecordGraph:
        """Return the own and context statements that may be published."""
        return RecordGraph((*self.public_own, *_public(self.context)))

    @functools.cached_property
    def own_subjects(self) -> frozenset[Term]:
        """Return the terms that something own is said about."""
        return frozenset(texts.subjects_in(self.own_texts))

    @functools.cached_property
    def context_subjects(self) -> frozenset[str]:
        """Return the IRIs that are context only."""
        found = texts.subjects_in(self.context_texts)
        return frozenset(text_of(subject) for subject in found - self.own_subjects)

    def with_values(self, terms: Collection[Term]) -> Iterator[Triple]:
        """Yield the statements that have one of a few IRIs as their value."""
        found = texts.mentioning((*self.own_texts, *self.context_texts), terms)
        return (triple for triple in found if triple[2] in terms)

    def own_with(self, path: str) -> Iterator[Triple]:
        """Yield the own statements of one predicate, given by its IRI or short name."""
        predicate = iri(path)
        found = texts.mentioning(self.own_texts, (predicate,))
        return (triple for triple in found if triple[1] == predicate)

    def _quads(self) -> Iterator[str]:
        own, frozen = self.canonical_texts
        context = ((begin, _in_graph(text)) for begin, text in frozen)
        return texts.in_order(sorted((*own, *context)))


def _public(triples: Iterable[Triple]) -> Iterator[Triple]:
    private = {iri(path) for path in private_paths()}
    return (triple for triple in triples if triple[1] not in private)


def _by_record(records: Mapping[str, str]) -> Texts:
    return tuple(sorted((f"<{name}", text) for name, text in records.items()))


def _in_graph(text: str) -> str:
    """Return lines of N-Triples as N-Quads of the context."""
    return text.replace(" .\n", f" {CONTEXT_GRAPH} .\n")
