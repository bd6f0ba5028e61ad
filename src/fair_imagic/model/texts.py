"""Texts: many statements as sorted N-Triples lines, in pieces.

A piece is (what all its lines begin with, the lines): nearly always one record. Whole
texts cost a tenth of what as many tuples do, and most work needs no more.
"""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from fair_imagic.rdf import Term, Triple

__all__ = [
    "Texts",
    "begin_of",
    "in_order",
    "kinds_in",
    "mentioning",
    "of_triples",
    "split",
    "subjects_in",
    "triples_in",
    "with_more",
    "without",
]

Texts = tuple[tuple[str, str], ...]


def of_triples(triples: Iterable[Triple]) -> Texts:
    """Return distinct statements as texts, a piece for each record."""
    pieces: dict[str, list[str]] = {}
    for subject, predicate, value in triples:
        line = f"{subject} {predicate} {value} .\n"
        pieces.setdefault(begin_of(subject), []).append(line)
    return tuple(
        sorted((begin, "".join(sorted(lines))) for begin, lines in pieces.items())
    )


def begin_of(subject: Term) -> str:
    """Return what all lines of a subject's record begin with."""
    return subject.partition("#")[0].removesuffix(">")


def with_more(texts: Texts, more: Texts) -> Texts:
    """Return the union of two texts."""
    pieces = dict(texts)
    for begin, text in more:
        held = pieces.get(begin, "")
        pieces[begin] = _text({*_lines(held), *_lines(text)}) if held else text
    return tuple(sorted(pieces.items())) if more else texts


def without(texts: Texts, others: Texts) -> Texts:
    """Return texts without the lines of others."""
    taken = dict(others)
    left = (
        (begin, _text({*_lines(text)} - {*_lines(taken[begin])}))
        if begin in taken
        else (begin, text)
        for begin, text in texts
    )
    return tuple((begin, text) for begin, text in left if text)


def in_order(pieces: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield the text of sorted pieces, its lines sorted over all of them.

    Only lines of pieces that begin alike can mix: ``<a-b>`` stands between ``<a#c>``
    and ``<a>``.
    """
    family: list[str] = []
    first = ""
    for begin, text in pieces:
        if family and not begin.startswith(first):
            yield _sorted(family)
            family = []
        if not family:
            first = begin
        family.append(text)
    if family:
        yield _sorted(family)


def triples_in(texts: Texts) -> Iterator[Triple]:
    """Yield the statements, sorted."""
    for text in in_order(texts):
        yield from ((s, p, o) for s, p, o in split(text))


def mentioning(texts: Texts, terms: Collection[Term]) -> Iterator[Triple]:
    """Yield the statements in which one of a few IRIs stands, be it in a literal."""
    for _begin, text in texts:
        if any(term in text for term in terms):
            for line in _lines(text):
                if any(term in line for term in terms):
                    subject, predicate, value = line[:-2].split(" ", 2)
                    yield (subject, predicate, value)


def split(text: str) -> Iterator[list[Term]]:
    """Yield the three terms of each line of a text."""
    lines = text.split(" .\n")
    lines.pop()
    return map(str.split, lines, repeat(" "), repeat(2))


def subjects_in(texts: Texts) -> set[Term]:
    """Return all that something is said about."""
    return {line[: line.index(" ")] for _begin, text in texts for line in _lines(text)}


def kinds_in(text: str, type_term: Term) -> dict[Term, tuple[Term, ...]]:
    """Return the types of each subject, none where none is said."""
    lines = _lines(text)
    found: dict[Term, tuple[Term, ...]]
    found = dict.fromkeys([line[: line.index(" ")] for line in lines], ())
    for line in lines:
        if type_term in line:
            subject, predicate, value = line[:-2].split(" ", 2)
            if predicate == type_term and value not in found[subject]:
                found[subject] = (*found[subject], value)
    return found


def _sorted(texts: Sequence[str]) -> str:
    return texts[0] if len(texts) == 1 else _text(_lines("".join(texts)))


def _lines(text: str) -> list[str]:
    lines = text.split("\n")
    lines.pop()
    return lines


def _text(lines: Iterable[str]) -> str:
    return "".join([f"{line}\n" for line in sorted(lines)])
