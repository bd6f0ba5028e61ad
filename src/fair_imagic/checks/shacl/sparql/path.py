"""Property paths: their text, where the values at both ends come from, what is read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from fair_imagic.checks.shacl.sparql.kinds import EQUAL_ONLY, JOINABLE, Check
from fair_imagic.checks.shacl.sparql.scope import NotUnderstood, Source

if TYPE_CHECKING:
    from fair_imagic.rdf import Term

__all__ = ["Ends", "ends"]


@dataclass(frozen=True)
class Ends:
    """A path: its text, where its two ends come from, what it reads."""

    text: str
    start: Source
    end: Source
    properties: frozenset[Term]
    may_be_empty: bool = False
    from_value: bool = False
    checks: tuple[Check, ...] = ()


def ends(path: Any) -> Ends:
    """Return a path of rdflib's algebra.

    Raises :class:`~fair_imagic.checks.shacl.sparql.scope.NotUnderstood`.
    """
    from rdflib import URIRef
    from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath

    if isinstance(path, URIRef):
        term = str(path.n3())
        held = frozenset({term})
        return Ends(term, Source(nodes=True), Source(held, objects=1), held)
    if isinstance(path, InvPath):
        one = ends(path.arg)
        return Ends(
            f"^({one.text})",
            one.end,
            one.start,
            one.properties,
            one.may_be_empty,
            from_value=True,
            checks=one.checks,
        )
    if isinstance(path, SequencePath):
        return _sequence([ends(one) for one in path.args])
    if isinstance(path, AlternativePath):
        return _alternative([ends(one) for one in path.args])
    if isinstance(path, MulPath) and isinstance(path.path, URIRef):
        return _repeated(ends(path.path), path.mod)
    raise NotUnderstood("a variable or an unusual path as property")


def _sequence(parts: list[Ends]) -> Ends:
    start, end = parts[0].start, parts[-1].end
    # A path of no length hands on what it was given.
    for part in parts[1:]:
        start = start.or_else(part.start) if parts[0].may_be_empty else start
    for part in parts[:-1]:
        end = end.or_else(part.end) if parts[-1].may_be_empty else end
    return Ends(
        "/".join(f"({part.text})" for part in parts),
        start,
        end,
        frozenset().union(*(part.properties for part in parts)),
        all(part.may_be_empty for part in parts),
        from_value=parts[0].from_value,
        checks=_links(parts),
    )


def _links(parts: list[Ends]) -> tuple[Check, ...]:
    """Return the checks where one part ends and the next begins."""
    checks = [check for part in parts for check in part.checks]
    for one, two in pairwise(parts):
        nodes = one.end.only_nodes or two.start.only_nodes
        if two.from_value or nodes:
            held = one.end.properties | two.start.properties
            constants = one.end.constants | two.start.constants
            kinds = EQUAL_ONLY if nodes else JOINABLE
            checks.append(Check(held, constants, (kinds,)))
    return tuple(checks)


def _alternative(parts: list[Ends]) -> Ends:
    start, end = parts[0].start, parts[0].end
    for part in parts[1:]:
        start, end = start.or_else(part.start), end.or_else(part.end)
    return Ends(
        "|".join(f"({part.text})" for part in parts),
        start,
        end,
        frozenset().union(*(part.properties for part in parts)),
        any(part.may_be_empty for part in parts),
        from_value=any(part.from_value for part in parts),
        checks=tuple(check for part in parts for check in part.checks),
    )


def _repeated(one: Ends, sign: Any) -> Ends:
    either = replace(one.start.or_else(one.end), only_nodes=True)
    start = replace(one.start, only_nodes=True) if sign == "+" else either
    # What lies between two steps is a node as well.
    checks = (Check(one.end.properties, frozenset(), (EQUAL_ONLY,)),)
    text = f"({one.text}){sign}"
    return Ends(text, start, either, one.properties, sign != "+", checks=checks)
