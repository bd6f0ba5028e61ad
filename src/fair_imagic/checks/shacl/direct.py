"""Direct results: what pySHACL would say is known to the letter, so it is not asked.

A missing value is the usual point to fix. Where the filter is certain of it, and the
shape has a message, nothing of the result is left to find out, and pySHACL need not be
loaded, which takes longer than to check a small set.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fair_imagic.checks.shacl.constraints import AnyOf
from fair_imagic.checks.shacl.constraints.counts import MaxCount, MinCount
from fair_imagic.checks.shacl.focus import times
from fair_imagic.checks.shacl.result import Result
from fair_imagic.checks.shacl.shape import PATH
from fair_imagic.rdf import XSD, datatype_of, iri, is_iri, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fair_imagic.checks.shacl.filter import Filter, Flag
    from fair_imagic.checks.shacl.statements import Statements
    from fair_imagic.rdf import Term

__all__ = ["direct_results"]

_MESSAGE = iri("sh:message")
_COMPONENTS = {
    MinCount: "MinCountConstraintComponent",
    MaxCount: "MaxCountConstraintComponent",
    AnyOf: "OrConstraintComponent",
}


def direct_results(
    judge: Filter, flags: Iterable[Flag]
) -> tuple[list[Result], list[Flag]]:
    """Return the results that are known, and the flags left for pySHACL."""
    results: list[Result] = []
    left: list[Flag] = []
    for flag in flags:
        model = _model(flag, judge.plan.shapes)
        known = frozenset(filter(is_iri, flag.certain)) if model else frozenset()
        if model and known:
            results.extend(_each(model, known, flag, judge))
            flag = replace(flag, nodes=flag.nodes - known)
        if flag.nodes:
            left.append(flag)
    return results, left


def _model(flag: Flag, shapes: Statements) -> Result | None:
    """Return what all results of a flag have in common, if that is known."""
    test, term = flag.place.test, flag.place.term
    found = [c for c in test.constraints if c.parameter == flag.parameter]
    message = _message(shapes, term)
    if len(found) != 1 or flag.parameter in test.opaque or not message:
        return None
    constraint = found[0]
    if isinstance(constraint, AnyOf):
        # A node shape's only value is the node itself.
        known = test.path is None and len(constraint.lists) == 1
    else:
        known = isinstance(constraint, MinCount | MaxCount)
    if not known or not is_iri(term):
        return None
    # As it is written: a longer path may come to the same as a property.
    path = "".join(text_of(one) for one in shapes.values(term, PATH) if is_iri(one))
    component = _COMPONENTS[type(constraint)]
    return Result(text_of(term), "", path, None, component, message)


def _message(shapes: Statements, term: Term) -> str:
    """Return the message of a shape; of several, the one that pySHACL's reader takes.

    Nothing where one of them is no plain text.
    """
    said = shapes.values(term, _MESSAGE)
    if any(
        one[0] != '"' or datatype_of(one) not in (None, XSD + "string") for one in said
    ):
        return ""
    return min(map(text_of, said), default="")


def _each(
    model: Result, nodes: Iterable[Term], flag: Flag, judge: Filter
) -> Iterator[Result]:
    """Yield the results of these nodes, once for each way that leads to a node."""
    above = flag.place.above
    ways = times(judge, (*above, flag.place.term)) if above else {}
    of_node = model.component == _COMPONENTS[AnyOf]
    for node in nodes:
        result = replace(model, focus=text_of(node), value=node if of_node else None)
        yield from [result] * ways.get(node, 1)
