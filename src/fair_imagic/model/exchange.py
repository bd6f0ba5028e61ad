"""Records as a LinkML document: what other programs read with the schema alone.

A document holds a list for each class (``schema/records.yaml``); records name each
other by their IRIs. Fields that were answered by no value, and statements that the
model has no field for, stand in lists of their own: nothing is left out.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from fair_imagic.model.graph import RDF_TYPE
from fair_imagic.model.slots import class_for, slot_for
from fair_imagic.rdf import PREFIXES, is_iri, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.model.graph import RecordGraph
    from fair_imagic.model.slots import ModelClass, Slot
    from fair_imagic.rdf import Term

__all__ = ["exchange_document", "exchange_json", "list_name"]

_XSD = PREFIXES["xsd"]
_NUMBERS = frozenset(f"{_XSD}{name}" for name in ("decimal", "integer"))
_NUMBERS |= {f"{_XSD}nonNegativeInteger"}
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?\Z")
_ANSWERS = {
    f"{PREFIXES['fi']}unknown": "unknown",
    f"{PREFIXES['fi']}withheld": "withheld",
    f"{PREFIXES['fi']}notApplicable": "not applicable",
}


def list_name(class_name: str) -> str:
    """Return the name of the list of a class: ``file_records`` for ``File``."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", class_name)
    return f"{words.lower()}_records"


def exchange_document(graph: RecordGraph) -> dict[str, list[dict[str, Any]]]:
    """Return the records of a graph as a document, sorted by class and IRI."""
    document: dict[str, list[dict[str, Any]]] = {}
    for subject in sorted(graph.subjects):
        kind = _class_of(graph, subject)
        if kind is not None:
            record = {"iri": subject, **dict(_fields(graph, subject, kind))}
            document.setdefault(list_name(kind.name), []).append(record)
        for name, entry in _beside(graph, subject, kind):
            document.setdefault(name, []).append(entry)
    return dict(sorted(document.items()))


def exchange_json(graph: RecordGraph) -> str:
    """Return the document as JSON text; decimals keep their digits."""
    lists = (
        f"{_json(name)}: [\n" + ",\n".join(map(_json, records)) + "\n]"
        for name, records in exchange_document(graph).items()
    )
    return "{\n" + ",\n".join(lists) + "\n}\n"


def _json(value: Any) -> str:
    # json's own writer would turn 0.110 into 0.11
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, dict):
        members = (f"{_json(key)}: {_json(one)}" for key, one in value.items())
        return f"{{{', '.join(members)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_json, value))}]"
    return json.dumps(value, ensure_ascii=False)


def _class_of(graph: RecordGraph, subject: str) -> ModelClass | None:
    known = filter(None, map(class_for, sorted(graph.types(subject))))
    return next((kind for kind in known if not kind.abstract), None)


def _fields(
    graph: RecordGraph, subject: str, kind: ModelClass
) -> Iterator[tuple[str, Any]]:
    for predicate in graph.predicates(subject):
        slot = slot_for(kind.iri, predicate)
        values = graph.values(subject, predicate)
        kept = [v for v in values if slot is not None and not _is_answer(slot, v)]
        if slot is not None and kept and (slot.multivalued or len(kept) == 1):
            written = [_value(slot, value) for value in kept]
            yield slot.name, written if slot.multivalued else written[0]


def _beside(
    graph: RecordGraph, subject: str, kind: ModelClass | None
) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield what no field of the record can hold, and the list that it goes into."""
    for predicate in graph.predicates(subject):
        slot = None if kind is None else slot_for(kind.iri, predicate)
        values = graph.values(subject, predicate)
        plain = [v for v in values if slot is None or not _is_answer(slot, v)]
        place = {"about": subject, "property": predicate}
        if slot is not None:
            for value in values:
                if value not in plain:
                    yield "answers", place | {"answer": _ANSWERS[text_of(value)]}
        if predicate == RDF_TYPE:
            plain = [v for v in plain if kind is None or text_of(v) != kind.iri]
        elif slot is not None and (slot.multivalued or len(plain) < 2):
            continue
        for value in plain:
            yield "others", place | {"value": value}


def _is_answer(slot: Slot, value: Term) -> bool:
    return is_iri(value) and text_of(value) in _ANSWERS


def _value(slot: Slot, value: Term) -> Any:
    text = text_of(value)
    if slot.datatype in _NUMBERS and _NUMBER.match(text):
        return Decimal(text) if "." in text else int(text)
    if slot.datatype == f"{_XSD}boolean" and text in ("true", "false"):
        return text == "true"
    return text
