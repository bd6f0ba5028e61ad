"""Plans of SPARQL constraints, as the cache keeps them between two runs.

To make one, pySHACL and rdflib's parser of queries must be loaded, which takes longer
than to check a small set.
"""

from __future__ import annotations

import sys
from dataclasses import is_dataclass
from enum import Enum
from importlib.metadata import version
from typing import TYPE_CHECKING

from fair_imagic import cache
from fair_imagic.checks.shacl import sparql
from fair_imagic.checks.shacl.code import code_version
from fair_imagic.checks.shacl.plain_data import from_json, to_json
from fair_imagic.rdf import is_iri

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fair_imagic.checks.shacl.sparql import Plan
    from fair_imagic.rdf import Term

    Plans = Mapping[Term, tuple[Plan | None, ...]]

__all__ = ["recall_plans"]

_LIBRARIES = ("pyshacl", "rdflib")


def recall_plans(
    digest: str, terms: frozenset[Term], compile_all: Callable[[], Plans]
) -> Plans:
    """Return the plans of these shapes from the cache, else compile and keep them.

    ``digest`` must change with any byte of the shapes.
    """
    if not all(map(is_iri, terms)):
        return compile_all()  # blank nodes have other names at the next reading
    versions = (code_version(), *map(version, _LIBRARIES))
    key = cache.key_of("SPARQL plans", *versions, digest, *sorted(terms))
    return cache.recall(key, compile_all, write=_written, read=_read)


def _written(plans: Plans) -> bytes:
    return to_json(dict(plans))


def _read(content: bytes) -> Plans:
    plans: Plans = from_json(content, *_classes())
    return plans


def _classes() -> set[type]:
    """Return all that a plan may be made of: the plain data of its package."""
    names = [name for name in sys.modules if name.startswith(f"{sparql.__name__}.")]
    members = (one for name in names for one in vars(sys.modules[name]).values())
    return {
        one
        for one in members
        if isinstance(one, type)
        and one.__module__ in names
        and (is_dataclass(one) or issubclass(one, Enum))
    }
