"""Failures that are certain: where only their number counts, nobody is asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fair_imagic.checks.shacl.constraints import AnyOf
from fair_imagic.checks.shacl.constraints.counts import MaxCount, MinCount
from fair_imagic.rdf import is_iri, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from fair_imagic.checks.shacl.filter import Flag
    from fair_imagic.checks.shacl.shape import NodeTest
    from fair_imagic.rdf import Term

__all__ = ["certain_failures"]


def certain_failures(
    flags: Sequence[Flag], shapes: AbstractSet[Term]
) -> tuple[dict[str, frozenset[str]], list[Flag]]:
    """Return the nodes that break these shapes for certain, and the flags left.

    Taken are only shapes that give one result for each node that breaks them.
    """
    if not shapes:
        return {}, list(flags)
    # What is handed nodes by another shape too would give more results.
    nested = {flag.place.term for flag in flags if flag.place.above}
    taken = {
        term: nodes
        for flag in flags
        if (term := flag.place.term) in shapes
        and term not in nested
        and _has_one_result(flag.place.test)
        and (nodes := frozenset(filter(is_iri, flag.certain)))
    }
    left = (
        replace(flag, nodes=flag.nodes - taken.get(flag.place.term, frozenset()))
        for flag in flags
    )
    certain = {text_of(term): _texts(nodes) for term, nodes in taken.items()}
    return certain, [flag for flag in left if flag.nodes]


def _has_one_result(test: NodeTest) -> bool:
    """Return whether a node that breaks this shape breaks it once, in one way."""
    if test.opaque or test.sparql or test.custom or len(test.constraints) != 1:
        return False
    constraint = test.constraints[0]
    if isinstance(constraint, AnyOf):
        # A node shape's only value is the node itself.
        return test.path is None and len(constraint.lists) == 1
    return isinstance(constraint, MinCount | MaxCount)


def _texts(nodes: Iterable[Term]) -> frozenset[str]:
    return frozenset(map(text_of, nodes))
