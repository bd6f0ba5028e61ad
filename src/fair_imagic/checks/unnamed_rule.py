"""Shapes without a message: whose they are, and the code that their points get.

Somebody's own requirements may do without ``sh:message``. Their points get a code for
each shape all the same: that of the shape, or of the nearest one around it that has a
name.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from fair_imagic.checks.rule import code_of_shape
from fair_imagic.rdf import iri, parse, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from fair_imagic.checks.profile import Profile
    from fair_imagic.checks.shacl import Result
    from fair_imagic.rdf import Term, Triple

__all__ = ["owner_and_code"]

# Shapes may refer to each other in a circle.
_MOST_STEPS = 20
_PATH = iri("sh:path")


def owner_and_code(
    result: Result, triples: Sequence[Triple], profiles: Sequence[Profile]
) -> tuple[Profile, str]:
    """Return the profile that a shape without message is of, and its code.

    ``profiles`` begin with those that are not the product's own.
    """
    named, steps = _named_shape(result, triples)
    owner = next((one for one in profiles if named in _subjects(one)), profiles[0])
    if not named:
        return owner, f"{owner.token}/unnamed-{result.component}"
    return owner, "-".join((code_of_shape(owner.token, named), *steps))


def _named_shape(
    result: Result, triples: Sequence[Triple]
) -> tuple[str, tuple[str, ...]]:
    """Return the IRI of a shape or of the nearest around it, and what leads there."""
    if "://" in result.shape or result.shape.startswith("urn:"):
        return result.shape, ()
    around = {value: subject for subject, _predicate, value in triples}
    paths = {s: text_of(o) for s, p, o in triples if p == _PATH and o[0] == "<"}
    term = _blank(result.shape, around)
    steps: list[str] = []
    for _step in range(_MOST_STEPS):
        if term in paths:
            steps.insert(0, _tail(paths[term]))
        if term not in around:
            return "", ()
        term = around[term]
        if term.startswith("<"):
            last = result.component.removesuffix("ConstraintComponent")
            return text_of(term), (*steps, last)
    return "", ()


def _blank(name: str, around: Mapping[Term, Term]) -> Term:
    """Return the blank node of this name as the shapes have it."""
    term = name if name.startswith("_:") else f"_:{name}"
    return next((one for one in around if one == term), term)


def _subjects(profile: Profile) -> frozenset[str]:
    return frozenset(
        subject
        for path in profile.shapes
        for subject in _subjects_of(path, path.stat().st_mtime_ns)
    )


@lru_cache(maxsize=64)
def _subjects_of(path: Path, _changed_ns: int) -> frozenset[str]:
    return frozenset(_named(parse(path, format="ttl")))


def _named(triples: Iterable[Triple]) -> Iterable[str]:
    return (text_of(subject) for subject, _p, _o in triples if subject[0] == "<")


def _tail(name: str) -> str:
    return name.replace("#", "/").rstrip("/").rpartition("/")[2]
