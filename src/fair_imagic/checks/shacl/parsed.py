"""Parsed shapes: statements and rules, as the cache keeps them between two runs.

To parse the shapes takes longer than to check a small set with them.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fair_imagic import cache, rdf
from fair_imagic.checks.constraint import Constraint
from fair_imagic.checks.finding import Severity
from fair_imagic.checks.rule import Rule
from fair_imagic.checks.shacl.plain_data import from_json, to_json
from fair_imagic.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from fair_imagic.rdf import Term, Triple

__all__ = ["Parsed", "engine_version", "kept_or_parsed"]


@dataclass(frozen=True)
class Parsed:
    """What is in files of shapes, and the subclasses of the model."""

    triples: tuple[Triple, ...]
    pairs: tuple[Triple, ...]
    rules: tuple[Rule, ...]


def kept_or_parsed(parts: Sequence[str], parse: Callable[[], Parsed]) -> Parsed:
    """Return what the cache has under these texts, else parse and keep it.

    ``parts`` must change with all that ``parse`` reads.
    """
    key = cache.key_of("shapes", engine_version(), *parts)
    content = cache.kept(key)
    if content is not None:
        with contextlib.suppress(ValueError):
            return _unpacked(content)
    parsed = parse()
    cache.keep(key, _packed(parsed))
    return parsed


@functools.cache
def engine_version() -> str:
    """Return what changes with the code that makes what is kept."""
    digest = hashlib.sha256(__version__.encode())
    for path in (*sorted(Path(__file__).parents[1].rglob("*.py")), Path(rdf.__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _packed(parsed: Parsed) -> bytes:
    """Return it as text, each term once: statements are numbers, three at a time."""
    numbers: dict[Term, int] = {}

    def numbered(triples: Iterable[Triple]) -> str:
        terms = (term for triple in triples for term in triple)
        return " ".join(str(numbers.setdefault(t, len(numbers))) for t in terms)

    triples, pairs = numbered(parsed.triples), numbered(parsed.pairs)
    # No term holds a line break: it is escaped there.
    return to_json((parsed.rules, triples, pairs, "\n".join(numbers)))


def _unpacked(content: bytes) -> Parsed:
    try:
        rules, triples, pairs, text = from_json(content, Rule, Constraint, Severity)
        terms = text.split("\n")
        return Parsed(_listed(triples, terms), _listed(pairs, terms), rules)
    except (TypeError, AttributeError, IndexError) as error:
        raise ValueError(str(error)) from error


def _listed(numbers: str, terms: Sequence[Term]) -> tuple[Triple, ...]:
    each = iter([terms[int(number)] for number in numbers.split()])
    return tuple(zip(each, each, each, strict=True))
