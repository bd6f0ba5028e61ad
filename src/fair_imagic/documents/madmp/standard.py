"""The RDA DMP Common Standard as data: every clause of its official schemas.

``mappings/standards/rda-dcs.tsv`` has a row for each key (facts of the schemas of
versions 1.0, 1.1 and 1.2): what it must be, whether it must be there, and the versions
that say so; ``rda-dcs-words.tsv`` has the words of the closed lists, which are the same
in all versions.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from fair_imagic.documents.madmp.vocabulary import ROOT
from fair_imagic.resources import folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["NEWEST", "Clause", "clauses", "version_of", "words"]

NEWEST = "1.2"
_KNOWN = ("1.0", "1.1", NEWEST)
_VERSION = re.compile(r"(?<![\d.])(1\.\d)(?![\d])")
_NAMED_BY = ("$schema", "schema")


@dataclass
class Clause:
    """What one version says of one key.

    ``kind`` is object, list, "object or list" (one or several of it), text, number,
    integer or boolean. ``least`` is how many items a list has at least, ``is_closed``
    whether an object may have the keys of the standard only.
    """

    path: str
    kind: str
    format: str
    words: str
    is_needed: bool
    least: int
    is_unique: bool
    is_closed: bool
    parts: dict[str, Clause] = field(default_factory=dict)


def version_of(document: Mapping[str, Any]) -> tuple[str, bool]:
    """Return the version that judges a document, and whether the document names it.

    It stands in the address of its schema, at the root or in the plan. Of a version
    that is not known the newest takes the place.
    """
    plan = document.get(ROOT)
    holders = [document, plan if isinstance(plan, dict) else {}]
    for text in (str(one.get(key, "")) for one in holders for key in _NAMED_BY):
        match = _VERSION.search(text)
        if match is not None and match[1] in _KNOWN:
            return match[1], True
    return NEWEST, False


@cache
def clauses(version: str) -> Clause:
    """Return what a version says of the whole document, with all below it."""
    known: dict[str, Clause] = {}
    for row in _rows("rda-dcs.tsv"):
        if version in row["versions"].split():
            known[row["path"]] = _clause(row)
    for path, clause in known.items():
        around, _slash, name = path.rpartition("/")
        if path != ".":
            known[around or "."].parts[name] = clause
    return known["."]


def _clause(row: Mapping[str, str]) -> Clause:
    return Clause(
        path=row["path"],
        kind=row["kind"],
        format=row["format"],
        words=row["list"],
        is_needed=row["needed"] == "yes",
        least=int(row["least"] or 0),
        is_unique=row["unique"] == "yes",
        is_closed=row["closed"] == "yes",
    )


@cache
def words(name: str) -> frozenset[str]:
    """Return the words of a closed list."""
    rows = _rows("rda-dcs-words.tsv")
    return frozenset(row["word"] for row in rows if row["list"] == name)


def _rows(name: str) -> Iterator[dict[str, str]]:
    path = folder("mappings") / "standards" / name
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
