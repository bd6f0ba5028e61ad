"""JSON-LD contexts that are known here: nothing is ever fetched.

The table ``mappings/documents/contexts.tsv`` says for each address which vocabulary its
plain names are terms of, and which names are terms of another one.
"""

from __future__ import annotations

import csv
from functools import cache
from typing import Any

from fair_imagic.errors import InputError
from fair_imagic.i18n import _
from fair_imagic.rdf import expand
from fair_imagic.resources import folder

__all__ = ["addresses", "with_known_contexts"]


def with_known_contexts(value: Any, *, where: str) -> Any:
    """Return a JSON-LD value in which each context given by address is written out.

    Raises :class:`~fair_imagic.errors.InputError` for an address that is not known.
    """
    if isinstance(value, list):
        return [with_known_contexts(one, where=where) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _written_out(part, where)
        if key == "@context"
        else with_known_contexts(part, where=where)
        for key, part in value.items()
    }


def addresses() -> tuple[str, ...]:
    """Return the addresses of the known contexts."""
    return tuple(sorted(_table()))


def _written_out(context: Any, where: str) -> Any:
    if isinstance(context, list):
        return [_written_out(one, where) for one in context]
    if isinstance(context, str):
        return dict(_terms_of(context, where))
    if isinstance(context, dict):
        if "@import" in context:
            _terms_of(str(context["@import"]), where)
        return {
            key: with_known_contexts(part, where=where)
            for key, part in context.items()
            if key != "@import"
        }
    return context


def _terms_of(address: str, where: str) -> dict[str, Any]:
    bare = address.removeprefix("https://").removeprefix("http://").rstrip("/").lower()
    if bare not in _table():
        raise InputError(
            _("The document refers to a context that is not known; nothing is fetched"),
            where=where,
            expected=", ".join(addresses()),
            found=address,
            hint=_("Write the terms into the document's own @context."),
        )
    return _table()[bare]


@cache
def _table() -> dict[str, dict[str, Any]]:
    path = folder("mappings") / "documents" / "contexts.tsv"
    table: dict[str, dict[str, Any]] = {}
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            terms = table.setdefault(row["address"], {})
            if row["kind"] == "link":
                terms[row["term"]] = {"@id": expand(row["iri"]), "@type": "@id"}
            else:
                terms[row["term"]] = expand(row["iri"])
    return table
