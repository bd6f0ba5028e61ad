"""Texts: many statements as sorted N-Triples lines, in pieces.

A piece is (what all its lines begin with, the lines): nearly always one record. Whole
texts cost a tenth of what as many tuples do, and most work needs no more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.rdf import terms_of_lines

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from fair_imagic.rdf import Term, Triple

__all__ = [
    "Texts",
    "begin_of",
    "in_order",
    "kinds_in",
    "lines_in",
    "mentioning",
    "of_lines",
    "of_triples",
    "subjects_in",
    "text_of",
    "triples_in",
    "with_more",
    "without",
]

Texts = tuple[tuple[str, str], ...]


def of_triples(triples: Iterable[Triple]) -> Texts:
    """Return distinct statements as texts, a piece for each record."""
    return of_lines(f"{subject} {path} {value} ." for subject, path, value in triples)


def of_lines(lines: Iterable[str]) -> Texts:
    """Return distinct lines as texts, a piece for each record."""
    pieces: dict[str, list[str]] = {}
    for line in lines:
        pieces.setdefault(begin_of(_subject(line)), []).append(line)
    return tuple(sorted((begin, text_of(held)) for begin, held in pieces.items()))


def text_of(lines: Iterable[str]) -> str:
    """Return lines as one text, sorted, each with its end."""
    return "".join([f"{line}\n" for line in sorted(lines)])


def lines_in(text: str) -> list[str]:
    """Return the lines of a text."""
    lines = text.split("\n")
    lines.pop()
    return lines


def begin_of(subject: Term) -> str:
    """Return what all lines of a subject's record begin with."""
    return subject.partition("#")[0].removesuffix(">")


def with_more(texts: Texts, more: Texts) -> Texts:
    """Return the union of two texts."""
    pieces = dict(texts)
    for begin, text in more:
        held = pieces.get(begin, "")
        pieces[begin] = text_of({*lines_in(held), *lines_in(text)}) if held else text
    return tuple(sorted(pieces.items())) if more else texts


def without(texts: Texts, others: Texts) -> Texts:
    """Return texts without the lines of others."""
    taken = dict(others)
    left = (
        (begin, text_of({*lines_in(text)} - {*lines_in(taken[begin])}))
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
        yield from ((s, p, o) for s, p, o in terms_of_lines(text))


def mentioning(texts: Texts, terms: Collection[Term]) -> Iterator[Triple]:
    """Yield the statements in which one of a few IRIs stands, be it in a literal."""
    for _begin, text in texts:
        if any(term in text for term in terms):
            for line in lines_in(text):
                if any(term in line for term in terms):
                    subject, predicate, value = line[:-2].split(" ", 2)
                    yield (subject, predicate, value)


def subjects_in(texts: Texts) -> set[Term]:
    """Return all that something is said about."""
    return {_subject(line) for _begin, text in texts for line in lines_in(text)}


def kinds_in(text: str, type_term: Term) -> dict[Term, tuple[Term, ...]]:
    """Return the types of each subject, none where none is said."""
    lines = lines_in(text)
    found: dict[Term, tuple[Term, ...]]
    found = dict.fromkeys(map(_subject, lines), ())
    for line in lines:
        if type_term in line:
            subject, predicate, value = line[:-2].split(" ", 2)
            if predicate == type_term and value not in found[subject]:
                found[subject] = (*found[subject], value)
    return found


def _sorted(texts: Sequence[str]) -> str:
    return texts[0] if len(texts) == 1 else text_of(lines_in("".join(texts)))


def _subject(line: str) -> Term:
    return line[: line.index(" ")]
