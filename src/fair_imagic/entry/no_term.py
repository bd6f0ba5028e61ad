"""Techniques that no ontology has a term for: why, and what is nearest.

A broader term says less than the person wrote, so it is offered and never taken.
``docs/sources.md`` says in which editions the terms were looked for.
"""

from __future__ import annotations

import csv
import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.entry.plain_name import plain_name
from fair_imagic.rdf import expand
from fair_imagic.resources import folder

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["NoTerm", "no_term"]

_TABLE = "imaging-methods"


@dataclass(frozen=True, slots=True)
class NoTerm:
    """A technique without a term: ``reason`` by language, ``nearest`` as IRIs."""

    name: str
    reason: Mapping[str, str]
    nearest: tuple[str, ...]


def no_term(table: str, name: str) -> NoTerm | None:
    """Return the technique of this name that a table has no term for, or None."""
    return _techniques().get(plain_name(name)) if table == _TABLE else None


@functools.cache
def _techniques() -> dict[str, NoTerm]:
    found: dict[str, NoTerm] = {}
    path = folder("mappings") / f"{_TABLE}-without-term.tsv"
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            one = NoTerm(
                name=row["label"],
                reason={"en": row["reason"], "fr": row["reason_fr"]},
                nearest=tuple(map(expand, row["nearest"].split("|"))),
            )
            names = (row["label"], row["label_fr"], *row["other_names"].split("|"))
            found |= dict.fromkeys(map(plain_name, names), one)
    return found
