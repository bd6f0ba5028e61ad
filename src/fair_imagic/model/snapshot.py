"""A snapshot: what is checked is what is sent."""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.model.graph import RecordGraph
from fair_imagic.model.slots import private_paths
from fair_imagic.rdf import PREFIXES, Triple, iri, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["CONTEXT_GRAPH", "Snapshot"]

CONTEXT_GRAPH = f"<{PREFIXES['fi']}context>"


@dataclass(frozen=True)
class Snapshot:
    """The effective record of a root and what it owns, plus frozen context.

    ``root`` is the IRI of the publication set, collection or software. Statements
    in ``context`` (instrument, people, licence, ...) may be looked at by rules but get
    no findings of their own. ``hash`` is the SHA-256 of the sorted N-Quads: the
    canonical form, as there are no blank nodes.
    """

    root: str
    own: tuple[Triple, ...]
    context: tuple[Triple, ...]
    hash: str
    taken_at: str | None = None

    @classmethod
    def make(
        cls,
        root: str,
        *,
        own: Iterable[Triple],
        context: Iterable[Triple] = (),
        taken_at: str | None = None,
    ) -> Snapshot:
        """Return the snapshot of these statements with its hash."""
        kept = tuple(sorted(set(own)))
        frozen = tuple(sorted(set(context) - set(kept)))
        digest = hashlib.sha256()
        digest.update(f"<{root}>\n".encode())
        for line in _lines(kept, frozen):
            digest.update(line.encode())
        return cls(root, kept, frozen, digest.hexdigest(), taken_at)

    def to_nquads(self) -> str:
        """Return the canonical form: sorted N-Quads, context in its own graph."""
        return "".join(_lines(self.own, self.context))

    @functools.cached_property
    def graph(self) -> RecordGraph:
        """Return own and context statements together."""
        return RecordGraph((*self.own, *self.context))

    @functools.cached_property
    def own_graph(self) -> RecordGraph:
        """Return the own statements."""
        return RecordGraph(self.own)

    @functools.cached_property
    def public_own(self) -> tuple[Triple, ...]:
        """Return the own statements that may be published."""
        return tuple(_public(self.own))

    @functools.cached_property
    def public_graph(self) -> RecordGraph:
        """Return the own and context statements that may be published."""
        return RecordGraph((*self.public_own, *_public(self.context)))

    @functools.cached_property
    def context_subjects(self) -> frozenset[str]:
        """Return the IRIs that are context only."""
        own = {subject for subject, _p, _o in self.own}
        return frozenset(text_of(s) for s, _p, _o in self.context if s not in own)


def _public(triples: Iterable[Triple]) -> Iterator[Triple]:
    private = {iri(path) for path in private_paths()}
    return (triple for triple in triples if triple[1] not in private)


def _lines(own: Iterable[Triple], context: Iterable[Triple]) -> list[str]:
    lines = [f"{s} {p} {o} .\n" for s, p, o in own]
    lines += [f"{s} {p} {o} {CONTEXT_GRAPH} .\n" for s, p, o in context]
    return sorted(lines)
