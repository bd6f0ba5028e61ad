"""Conditions that rdflib answers itself, on chosen values.

It is the evaluator that pySHACL uses, so its answer needs no proof: regular
expressions, casts, functions, values of odd kinds. It is slow, and asked once for each
combination of values instead of once for each node.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any

from fair_imagic.checks.shacl.literals import language_tag

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib.term import Node

    from fair_imagic.checks.shacl.index import Index
    from fair_imagic.checks.shacl.sparql.expression import Expression
    from fair_imagic.rdf import Term

__all__ = ["Evaluator"]

# What rdflib raises besides its own errors, which it takes for false.
_ERRORS = (
    *(ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError),
    *(ValueError, Warning, re.error),
)


class Evaluator:
    """rdflib's answers about the values of one index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._nodes: dict[Term, Node] = {}

    def holds(self, expression: Expression, binding: Mapping[str, Term]) -> bool | None:
        """Return whether a condition holds; None where the values do not tell.

        An error of a filter is false, as in a query.
        """
        if any(map(self._is_doubtful, binding.values())):
            return None
        from rdflib import Variable
        from rdflib.plugins.sparql.evalutils import _ebv
        from rdflib.plugins.sparql.sparql import FrozenBindings, QueryContext

        held: Any = {Variable(name): self._node(term) for name, term in binding.items()}
        try:
            return _ebv(
                _parsed(expression.text),
                FrozenBindings(QueryContext(initBindings=held), held),
            )
        except _ERRORS:
            return None  # pySHACL says it again when it looks

    def _is_doubtful(self, term: Term) -> bool:
        """Return whether the index has a value in other words than a record."""
        if term in self._index.doubtful:
            return True
        return bool(language_tag(term)) and term in self._index.spellings

    def _node(self, term: Term) -> Node:
        from fair_imagic.checks.shacl.graph import to_rdflib

        node = self._nodes.get(term)
        if node is None:
            node = self._nodes[term] = to_rdflib(term)
        return node


@functools.lru_cache(maxsize=256)
def _parsed(text: str) -> Any:
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    query = translateQuery(parseQuery(f"SELECT * WHERE {{ FILTER ({text}) }}"))
    return query.algebra.p.p.expr
