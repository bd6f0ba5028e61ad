"""Terms: a name that is another term's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.checks.node_tests import facts
from fair_imagic.entry.term import TABLES, term_named
from fair_imagic.rdf import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.model import RecordGraph
    from fair_imagic.rdf import Term

__all__ = ["TESTS"]


def _name_of_its_term(graph: RecordGraph, focus: str) -> Iterator[Term | None]:
    """Yield a name that our tables give to another term than the one beside it.

    A name that no table has may be right: nothing is said of it.
    """
    for path, table in TABLES.items():
        terms = {text_of(one) for one in facts.values(graph, focus, path)}
        for label in facts.values(graph, focus, f"{path}Label"):
            named = term_named(table, text_of(label))
            if terms and named is not None and named.iri not in terms:
                yield label


TESTS = {"name-of-its-term": _name_of_its_term}
