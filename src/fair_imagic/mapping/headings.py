"""Headings of the tables that facilities keep, and the fields that they stand for.

``mappings/tag-headings.tsv`` has the headings in English and French, common
misspellings among them. Case, accents, spaces, hyphens and underscores do not count.
"""

from __future__ import annotations

import csv
import difflib
import functools
import unicodedata

from fair_imagic.i18n import LANGUAGES
from fair_imagic.model import slots_of
from fair_imagic.resources import folder

__all__ = [
    "PERSON",
    "TAG",
    "fields_like",
    "heading_key",
    "meaning_of",
    "written_headings",
]

#: What headings mean that no field stands for; those of the second name persons.
TAG, PERSON = "tag", "person"
_CLASSES = {"Image": "", "Sample": "sample."}
_LEAST_ALIKE = 0.84
_LEAST_LENGTH = 5


def heading_key(heading: str) -> str:
    """Return a heading as it is compared: letters and digits alone, without accents."""
    apart = unicodedata.normalize("NFKD", heading).casefold()
    return "".join(one for one in apart if one.isalnum())


def meaning_of(heading: str) -> str:
    """Return what a heading means: ``image``, a path of a field, :data:`TAG`, ...

    Empty where nobody knows.
    """
    return _meanings().get(heading_key(heading), "")


def fields_like(heading: str) -> tuple[str, ...]:
    """Return the fields whose names a heading nearly has: it may be a slip."""
    key = heading_key(heading)
    if len(key) < _LEAST_LENGTH:
        return ()
    known = _meanings()
    near = difflib.get_close_matches(key, known, n=3, cutoff=_LEAST_ALIKE)
    fields = (known[one] for one in near)
    return tuple(dict.fromkeys(one for one in fields if one not in (TAG, PERSON)))


@functools.cache
def _meanings() -> dict[str, str]:
    """Return meanings by key; the table comes before names and labels of the model."""
    found: dict[str, str] = {}
    for heading, meaning in written_headings().items():
        found.setdefault(heading_key(heading), meaning)
    for class_name, step in _CLASSES.items():
        for slot in slots_of(class_name):
            if slot.part or slot.record_link:
                continue
            labels = (slot.label.get(language, "") for language in LANGUAGES)
            for name in filter(None, (slot.name, *labels)):
                found.setdefault(heading_key(name), f"{step}{slot.name}")
    return found


@functools.cache
def written_headings() -> dict[str, str]:
    """Return the meanings by heading, as the table writes it."""
    path = folder("mappings") / "tag-headings.tsv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream, delimiter="\t")
        return {
            heading: row["meaning"]
            for row in rows
            for heading in row["headings"].split("|")
        }
