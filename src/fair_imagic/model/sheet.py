"""Sheets: what is said of a person, apart from what stays when that is destroyed.

A record of a personal class has two parts. Its sheet holds names, addresses and all
other values; it lies encrypted, apart from the journal and from snapshots, which know a
keyed hash of it. What stays is its class and the links to other records: snapshots
follow them, and must lead to the same records when the sheet is gone.
"""

from __future__ import annotations

from functools import cache

from fair_imagic.model.slots import class_named, class_names, slots_of
from fair_imagic.model.texts import lines_in, text_of
from fair_imagic.rdf import iri

__all__ = [
    "canonical",
    "is_of_sheet",
    "is_personal",
    "personal_classes",
    "sheet_hash_in",
    "sheet_lines",
]

_TYPE = iri("rdf:type")
_REMOVED = iri("fi:removed")
_SHEET = iri("fi:sheetHash")


@cache
def personal_classes() -> frozenset[str]:
    """Return the classes whose records have a sheet."""
    return frozenset(
        model_class.iri
        for model_class in map(class_named, class_names())
        if model_class.personal
    )


def is_personal(text: str) -> bool:
    """Return whether lines, in one text, describe a record of a personal class."""
    # a literal may hold what looks like it, but no line end
    return any(f"{mark}\n" in text or text.endswith(mark) for mark in _types())


def is_of_sheet(line: str) -> bool:
    """Return whether a line of a personal record belongs to its sheet."""
    _subject, predicate, value = line[:-2].split(" ", 2)
    if predicate == _REMOVED:
        return value not in _staying()
    return predicate not in _staying() or not value.startswith("<")


def sheet_lines(text: str) -> list[str]:
    """Return the lines of a personal record's text that belong to its sheet."""
    return [line for line in lines_in(text) if is_of_sheet(line)]


def canonical(record_iri: str, text: str, sheet_hash: str) -> str:
    """Return a record's text as hashes are made of it: with its sheet's hash alone.

    The same whether the sheet is there or destroyed. A record without a sheet, or one
    from before there were any, is as it is.
    """
    if not sheet_hash or not text:
        return text
    staying = [line for line in lines_in(text) if not is_of_sheet(line)]
    return text_of((*staying, f'<{record_iri}> {_SHEET} "{sheet_hash}" .'))


def sheet_hash_in(text: str) -> tuple[str, str]:
    """Return a canonical text without the line of its sheet, and the sheet's hash."""
    mark = f" {_SHEET} "
    if mark not in text:
        return text, ""
    lines = lines_in(text)
    said = next(line for line in lines if mark in line)
    rest = text_of(line for line in lines if line != said)
    return rest, said[:-2].rpartition(" ")[2].strip('"')


@cache
def _types() -> tuple[str, ...]:
    return tuple(f" {_TYPE} <{one}> ." for one in sorted(personal_classes()))


@cache
def _staying() -> frozenset[str]:
    """Return the properties of personal records that stay, and the whole record."""
    links = {
        f"<{slot.iri}>"
        for name in class_names()
        if class_named(name).personal
        for slot in slots_of(name)
        if slot.record_link
    }
    return frozenset({_TYPE, iri("fi:Record"), *links})
