"""The fields of a set as one form: what they say, from where, and what is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.checks.reports.words import in_language, severity_word
from fair_imagic.model import (
    ANSWERS,
    PublicationSet,
    RecordGraph,
    slot_named,
)
from fair_imagic.rdf import text_of
from fair_imagic.workflow.base.field import field_for
from fair_imagic.workflow.base.shown_value import sections
from fair_imagic.workflow.checking.verdict import verdict_for_page
from fair_imagic.workflow.correcting.description import FIELDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fair_imagic.checks import Finding
    from fair_imagic.model import Slot
    from fair_imagic.workflow.base.field import Field
    from fair_imagic.workflow.base.shown_value import Section, Value
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["DescribedField", "Description", "description_of"]


@dataclass(frozen=True, kw_only=True)
class DescribedField:
    """One field: ``texts`` are its values as the form has them, ``values`` as read.

    ``why`` tells what asks for it, where something does, with the weight of that in a
    sign (``kind``) and in words.
    """

    name: str
    field: Field
    texts: tuple[str, ...]
    values: tuple[Value, ...]
    why: tuple[str, ...] = ()
    kind: str = ""
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Description:
    """All that is said of a set; ``parts`` are its figure panels and other parts."""

    fields: tuple[DescribedField, ...]
    parts: tuple[Section, ...]


def description_of(workspace: Workspace, name: str) -> Description:
    """Return the form of a set. Raises NotFoundError where there is none."""
    record = workspace.record("set", name)
    graph = RecordGraph(workspace.catalogue.effective(record))
    found = sections(workspace, record)
    own = next((one for one in found if one.subject == record), None)
    values = {row.path: row.values for row in own.rows} if own is not None else {}
    asked: dict[str, list[Finding]] = {}
    for point in verdict_for_page(workspace, record).report.findings:
        if point.focus == record and point.path:
            asked.setdefault(point.path, []).append(point)
    fields = (
        _field(workspace, graph, record, slot, values.get(slot.iri, ()), asked)
        for slot in (slot_named(PublicationSet.__name__, one) for one in FIELDS)
    )
    return Description(
        fields=tuple(one for one in fields if one is not None),
        parts=tuple(one for one in found if one.subject != record),
    )


def _field(
    workspace: Workspace,
    graph: RecordGraph,
    record: str,
    slot: Slot,
    values: Sequence[Value],
    asked: dict[str, list[Finding]],
) -> DescribedField | None:
    field = field_for(workspace, [PublicationSet.class_iri], slot.iri)
    if field is None:
        return None
    terms = graph.values(record, slot.iri)
    points = asked.get(slot.iri, [])
    first = min(points, key=lambda one: one.sort_key, default=None)
    return DescribedField(
        name=slot.name,
        field=field,
        texts=tuple(
            _text(field, term, value) for term, value in zip(terms, values, strict=True)
        ),
        values=tuple(values),
        why=tuple(dict.fromkeys(in_language(one.message) for one in points)),
        kind=str(first.severity) if first is not None else "",
        words=severity_word(first.severity) if first is not None else "",
    )


def _text(field: Field, term: str, value: Value) -> str:
    """Return a value as its form has it: a choice by its key, else as it is typed."""
    text = text_of(term)
    if text in ANSWERS:
        return value.text
    known = {choice.value for choice in field.choices}
    if text in known or not field.choices:
        return text
    return next((one for one in known if one == value.text), value.text)
