"""Statements of shapes, as the cache keeps them between two runs.

To parse the shapes takes longer than to check a small set with them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic import cache
from fair_imagic.checks.shacl.code import code_version
from fair_imagic.checks.shacl.plain_data import from_json, to_json

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fair_imagic.rdf import Term, Triple

    Lists = tuple[tuple[Triple, ...], ...]

__all__ = ["recall_statements"]


def recall_statements(parts: Sequence[str], parse: Callable[[], Lists]) -> Lists:
    """Return the lists that the cache has under these texts, else parse and keep them.

    ``parts`` must change with all that ``parse`` reads, and with its code.
    """
    key = cache.key_of("shapes", code_version(), *parts)
    return cache.recall(key, parse, write=_packed, read=_unpacked)


def _packed(lists: Lists) -> bytes:
    """Return them as text, each term once: statements are numbers, three at a time."""
    numbers: dict[Term, int] = {}

    def numbered(triples: tuple[Triple, ...]) -> str:
        terms = (term for triple in triples for term in triple)
        return " ".join(str(numbers.setdefault(t, len(numbers))) for t in terms)

    texts = tuple(map(numbered, lists))
    # No term holds a line break: it is escaped there.
    return to_json((texts, "\n".join(numbers)))


def _unpacked(content: bytes) -> Lists:
    try:
        texts, text = from_json(content)
        terms = text.split("\n")
        return tuple(_listed(numbers, terms) for numbers in texts)
    except (TypeError, AttributeError, IndexError) as error:
        raise ValueError(str(error)) from error


def _listed(numbers: str, terms: Sequence[Term]) -> tuple[Triple, ...]:
    each = iter([terms[int(number)] for number in numbers.split()])
    return tuple(zip(each, each, each, strict=True))
