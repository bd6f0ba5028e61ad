"""Turtle text that reads well in a review."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from fair_imagic.rdf import curie

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["PREFIXES", "literal", "prefix_lines", "resource", "short", "text_lines"]

PREFIXES = (
    "dcat", "dcterms", "dqv", "fi", "fish", "foaf", "nboq", "prov", "rdf", "rdfs",
    "schema", "sh", "sosa", "unit", "xsd",
)  # fmt: skip


def short(iri: str | None) -> str:
    """Return the prefixed name of an IRI, or the IRI in brackets."""
    text = curie(iri or "")
    local = text.partition(":")[2]
    is_name = local.replace("-", "").replace("_", "").isalnum()
    return text if text != iri and is_name else f"<{iri}>"


def literal(text: str) -> str:
    """Return a quoted string."""
    # JSON's escapes are all valid in Turtle
    return json.dumps(text, ensure_ascii=False)


def text_lines(predicate: str, texts: Mapping[str, str]) -> list[str]:
    """Return one line per language in which there is a text."""
    return [f"{predicate} {literal(t)}@{lang}" for lang, t in texts.items() if t]


def resource(name: str, type_name: str, lines: Iterable[str]) -> str:
    """Return a subject with its statements, each on a line."""
    body = " ;\n".join(f"    {line}" for line in lines)
    return f"{name} a {type_name} ;\n{body} .\n\n"


def prefix_lines() -> str:
    """Return the prefix declarations."""
    from fair_imagic.rdf import PREFIXES as known

    return "".join(f"@prefix {name}: <{known[name]}> .\n" for name in PREFIXES) + "\n"
