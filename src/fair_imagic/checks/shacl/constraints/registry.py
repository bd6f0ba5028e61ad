"""How each constraint of SHACL Core is read from a shapes graph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fair_imagic.checks.shacl.constraints.counts import MaxCount, MinCount, UniqueLang
from fair_imagic.checks.shacl.constraints.nested import (
    AllOf,
    AnyOf,
    Closed,
    ExactlyOneOf,
    Not,
    Qualified,
)
from fair_imagic.checks.shacl.constraints.pairs import Disjoint, Equals, LessThan
from fair_imagic.checks.shacl.constraints.texts import Bound, Length, Pattern
from fair_imagic.checks.shacl.constraints.values import (
    ClassOf,
    Datatype,
    HasValue,
    Languages,
    NodeKind,
    OneOf,
)
from fair_imagic.checks.shacl.literals import INTEGERS, number, text_and_datatype
from fair_imagic.checks.shacl.statements import MalformedError
from fair_imagic.rdf import iri, text_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from fair_imagic.checks.shacl.constraints.base import Constraint
    from fair_imagic.checks.shacl.statements import Statements
    from fair_imagic.rdf import Term

__all__ = ["PARAMETERS", "PROPERTY", "SPARQL", "read_constraint"]

PROPERTY = iri("sh:property")
SPARQL = iri("sh:sparql")
_PATH = iri("sh:path")
_QUALIFIED = iri("sh:qualifiedValueShape")
_CLOSED = iri("sh:closed")
_TRUE = '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'
_FALSE = _TRUE.replace("true", "false")


def read_constraint(shapes: Statements, shape: Term, parameter: Term) -> Constraint:
    """Return the constraint that a shape states with this parameter.

    Raises MalformedError where it is not understood.
    """
    reader = _READERS.get(parameter)
    if reader is None:
        raise MalformedError(parameter)
    return reader(shapes, shape, parameter)


def _count(shapes: Statements, shape: Term, parameter: Term) -> int | None:
    term = shapes.single(shape, parameter)
    if term is None:
        return None
    value = number(term)
    if value is None or text_and_datatype(term)[1] not in INTEGERS or value < 0:
        raise MalformedError(term)
    return int(value)


def _needed(shapes: Statements, shape: Term, parameter: Term) -> int:
    count = _count(shapes, shape, parameter)
    if count is None or _PATH not in shapes.about(shape):
        raise MalformedError(parameter)
    return count


def _min_count(shapes: Statements, shape: Term, parameter: Term) -> Constraint:
    return MinCount(parameter, _needed(shapes, shape, parameter))


def _max_count(shapes: Statements, shape: Term, parameter: Term) -> Constraint:
    return MaxCount(parameter, _needed(shapes, shape, parameter))


def _unique_lang(shapes: Statements, shape: Term, parameter: Term) -> Constraint:
    if _PATH not in shapes.about(shape):
        raise MalformedError(parameter)
    if shapes.single(shape, parameter) != _TRUE:
        # Said to be false, or not said well: rare enough to be left to the reference.
        raise MalformedError(parameter)
    return UniqueLang(parameter)


def _class(shapes: Statements, shape: Term, parameter: Term) -> Constraint:
    return ClassOf(parameter, tuple(shapes.values(shape, parameter)))


def _datatype(shapes: Statements, shape: Term, parameter: Term) -> Constraint:
    return Datatype(parameter, text_of(_iri(shapes.single(shape, parameter))))


def _node_kind(shapes: Statements, shape: Term, parameter: Term) -> Constraint:
    return NodeKind(parameter, _iri(shapes.single(shape, parameter)))


def _iri(term: Term | None) -> Term:
    if term is None or term[0] != "<":
        raise MalformedError(term)
    return term


def _has_value(shapes: Statements, shape: Term, parameter: Term) -> Constraint:
    return HasValue(parameter, tuple(shapes.values(shape, parameter)))


def _in(shapes: Statements, shape: Term, parameter: Term) -> Constraint:
    return OneOf(parameter, frozenset(_list(shapes, shape, parameter)))


def _list(shapes: Statements, shape: Term, parameter: Term) -> tuple[Term, ...]:
    head = shapes.single(shape, parameter)
    if head is None:
        raise MalformedError(parameter)
    return tuple(shapes.items(head))


def _languages(shapes: Statements, shape: Term, parameter: Term) -> Constraint:
    tags = [_text(term) for term in _list(shapes, shape, parameter)]
    return Languages(parameter, frozenset(tag.lower() for tag in tags))


def _text(term: Term) -> str:
    if term[0] != '"' or term[-1] != '"':
        raise MalformedError(term)
    return text_of(term)


def _min_length(shapes: Statements, shape: Term, parameter: Term) -> Constraint:
    return Length(parameter, least=_count(shapes, shape, parameter))


def _max_length(shapes: Statements, shape: Term, parameter: Term) -> Constraint:
    return Length(parameter, most=_count(shapes, shape, parameter))


def _pattern(shapes: Statements, shape: Term, parameter: Term) -> Constraint:
    term = shapes.single(shape, iri("sh:flags"))
    said = _text(term).lower() if term else ""
    flags = (re.IGNORECASE if "i" in said else 0) | (re.MULTILINE if "m" in said else 0)
    texts = [_text(term) for term in shapes.values(shape, parameter)]
    try:
        return Pattern(parameter, tuple(re.compile(text, flags) for text in texts))
    except re.error as error:
        raise MalformedError(parameter) from error


def _bound(*allowed: int) -> Callable[[Statements, Term, Term], Constraint]:
    def read(shapes: Statements, shape: Term, parameter: Term) -> Constraint:
        limits = tuple(shapes.values(shape, parameter))
        if any(limit[0] != '"' for limit in limits):
            raise MalformedError(parameter)
        return Bound(parameter, limits, allowed)

    return read


def _equals(shapes: Statements, shape: Term, parameter: Term) -> Constraint:
    return Equals(parameter, _predicates(shapes, shape, parameter))


def _disjoint(shapes: Statements, shape: Term, parameter: Term) -> Constraint:
    return Disjoint(parameter, _predicates(shapes, shape, parameter))


def _predicates(shapes: Statements, shape: Term, parameter: Term) -> tuple[Term, ...]:
    return tuple(_iri(term) for term in shapes.values(shape, parameter))


def _less_than(*allowed: int) -> Callable[[Statements, Term, Term], Constraint]:
    def read(shapes: Statements, shape: Term, parameter: Term) -> Constraint:
        if _PATH not in shapes.about(shape):
            raise MalformedError(parameter)
        return LessThan(parameter, _predicates(shapes, shape, parameter), allowed)

    return read


def _node(shapes: Statements, shape: Term, parameter: Term) -> Constraint:
    values = tuple(shapes.values(shape, parameter))
    if any(_PATH in shapes.about(value) for value in values):
        raise MalformedError(parameter)
    return AllOf(parameter, values)


def _and(shapes: Statements, shape: Term, parameter: Term) -> Constraint:
    lists = _lists(shapes, shape, parameter)
    return AllOf(parameter, tuple({one: None for each in lists for one in each}))


def _not(shapes: Statements, shape: Term, parameter: Term) -> Constraint:
    return Not(parameter, tuple(shapes.values(shape, parameter)))


def _or(shapes: Statements, shape: Term, parameter: Term) -> Constraint:
    return AnyOf(parameter, _lists(shapes, shape, parameter))


def _xone(shapes: Statements, shape: Term, parameter: Term) -> Constraint:
    return ExactlyOneOf(parameter, _lists(shapes, shape, parameter))


def _lists(
    shapes: Statements, shape: Term, parameter: Term
) -> tuple[tuple[Term, ...], ...]:
    lists = tuple(tuple(shapes.items(one)) for one in shapes.values(shape, parameter))
    if not all(lists):
        raise MalformedError(parameter)
    return lists


def _qualified(shapes: Statements, shape: Term, parameter: Term) -> Constraint:
    least = _count(shapes, shape, iri("sh:qualifiedMinCount"))
    most = _count(shapes, shape, iri("sh:qualifiedMaxCount"))
    wanted = shapes.values(shape, _QUALIFIED)
    if _PATH not in shapes.about(shape) or not wanted or least is most is None:
        raise MalformedError(parameter)
    disjoint = shapes.values(shape, iri("sh:qualifiedValueShapesDisjoint"))
    if not {_TRUE, _FALSE}.issuperset(disjoint):
        raise MalformedError(parameter)
    siblings: tuple[Term, ...] = ()
    if _TRUE in disjoint:
        siblings = tuple(
            one
            for parent in shapes.subjects(PROPERTY, shape)
            for child in shapes.values(parent, PROPERTY)
            for one in shapes.values(child, _QUALIFIED)
        )
    pairs = tuple((w, tuple(s for s in siblings if s != w)) for w in wanted)
    return Qualified(_QUALIFIED, pairs, least, most)


def _closed(shapes: Statements, shape: Term, parameter: Term) -> Constraint:
    if shapes.single(shape, _CLOSED) != _TRUE:
        raise MalformedError(parameter)
    allowed: set[Term] = set()
    for head in shapes.values(shape, iri("sh:ignoredProperties")):
        allowed.update(shapes.items(head))
    for child in shapes.values(shape, PROPERTY):
        path = shapes.single(child, _PATH)
        if path is None:
            raise MalformedError(child)
        allowed.add(path)
    return Closed(_CLOSED, frozenset(allowed))


_READERS: dict[Term, Callable[[Statements, Term, Term], Constraint]] = {
    iri(f"sh:{name}"): reader
    for name, reader in {
        "minCount": _min_count,
        "maxCount": _max_count,
        "uniqueLang": _unique_lang,
        "class": _class,
        "datatype": _datatype,
        "nodeKind": _node_kind,
        "hasValue": _has_value,
        "in": _in,
        "languageIn": _languages,
        "minLength": _min_length,
        "maxLength": _max_length,
        "pattern": _pattern,
        "minExclusive": _bound(1),
        "minInclusive": _bound(0, 1),
        "maxExclusive": _bound(-1),
        "maxInclusive": _bound(-1, 0),
        "equals": _equals,
        "disjoint": _disjoint,
        "lessThan": _less_than(-1),
        "lessThanOrEquals": _less_than(-1, 0),
        "node": _node,
        "and": _and,
        "not": _not,
        "or": _or,
        "xone": _xone,
        "qualifiedValueShape": _qualified,
        "closed": _closed,
    }.items()
}
# Every property that makes a constraint, with the one that stands for its component.
PARAMETERS: dict[Term, Term] = {
    **{parameter: parameter for parameter in (*_READERS, PROPERTY, SPARQL)},
    iri("sh:expression"): iri("sh:expression"),
    iri("sh:ignoredProperties"): _CLOSED,
    iri("sh:qualifiedMinCount"): _QUALIFIED,
    iri("sh:qualifiedMaxCount"): _QUALIFIED,
    iri("sh:qualifiedValueShapesDisjoint"): _QUALIFIED,
}
