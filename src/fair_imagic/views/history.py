"""The history of a record: who changed what, when and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.catalogue import SourceKind
from fair_imagic.entry.shown import shown
from fair_imagic.entry.thing import thing_name
from fair_imagic.i18n import _, current_language
from fair_imagic.model import RecordGraph, class_for, slot_for
from fair_imagic.rdf import text_of
from fair_imagic.workflow.base.record_labels import RecordLabels
from fair_imagic.workflow.base.shown_value import origin_words, source_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fair_imagic.model import Slot
    from fair_imagic.rdf import Term, Triple
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["ChangeRow", "Step", "history", "steps_between"]

_MOST_SHOWN = 5
_BY_PEOPLE = (SourceKind.PERSON, SourceKind.TABLE)


@dataclass(frozen=True, kw_only=True)
class Step:
    """One field before and after a change."""

    label: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ChangeRow:
    """One change of one record; ``number`` is its place in the journal.

    ``can_undo`` is true for what a person or a table changed in a record that was
    there before, unless it is taken back already.
    """

    number: int
    time: str
    author: str
    reason: str
    source: str
    kind: str
    can_undo: bool
    steps: tuple[Step, ...]


def history(workspace: Workspace, record: str) -> tuple[ChangeRow, ...]:
    """Return the changes of a record, newest first."""
    catalogue = workspace.catalogue
    entries = catalogue.history(record)
    said = [triple for entry in entries for triple in entry.added]
    # what is removed now keeps the labels that it had
    graph = RecordGraph(dict.fromkeys((*catalogue.effective(record), *said)))
    undone = {entry.inverse_of for entry in entries}
    rows = [
        ChangeRow(
            number=entry.number,
            time=str(entry.time),
            author=source_words(entry.author),
            reason=entry.reason,
            source=source_words(entry.source.label),
            kind=origin_words(str(entry.source.kind)),
            can_undo=entry is not entries[0]
            and entry.source.kind in _BY_PEOPLE
            and entry.inverse_of is None
            and entry.number not in undone,
            steps=steps_between(workspace, graph, entry.added, entry.removed),
        )
        for entry in entries
    ]
    return tuple(sorted(rows, key=lambda row: -row.number))


def steps_between(
    workspace: Workspace,
    graph: RecordGraph,
    added: Iterable[Triple],
    removed: Iterable[Triple],
) -> tuple[Step, ...]:
    """Return what statements added and removed change, field by field.

    ``graph`` knows the classes of all that they are about.
    """
    before, after = _by_path(removed), _by_path(added)
    steps = [
        Step(
            label=_label(graph, *path),
            before=_texts(workspace, _slot(graph, *path), before.get(path, [])),
            after=_texts(workspace, _slot(graph, *path), after.get(path, [])),
        )
        for path in sorted({*before, *after})
    ]
    return tuple(step for step in steps if step.label)


def _by_path(triples: Iterable[Triple]) -> dict[tuple[str, str], list[Term]]:
    found: dict[tuple[str, str], list[Term]] = {}
    for subject, predicate, value in sorted(triples):
        path = (text_of(subject), text_of(predicate))
        found.setdefault(path, []).append(value)
    return found


def _texts(
    workspace: Workspace, slot: Slot | None, terms: list[Term]
) -> tuple[str, ...]:
    """Return the first values as texts, and how many more there are."""
    labels = RecordLabels(workspace)
    texts = [shown(term, slot, labels).words for term in terms[:_MOST_SHOWN]]
    more = len(terms) - len(texts)
    if more:
        texts.append(_("and {count} more").format(count=more))
    return tuple(texts)


def _slot(graph: RecordGraph, subject: str, predicate: str) -> Slot | None:
    found = (slot_for(class_iri, predicate) for class_iri in graph.types(subject))
    return next(filter(None, found), None)


def _label(graph: RecordGraph, subject: str, predicate: str) -> str:
    """Return the field's label; nothing for types and units, which go with others."""
    if predicate.endswith(("#type", "Unit")):
        return ""
    for class_iri in graph.types(subject):
        slot = slot_for(class_iri, predicate)
        model_class = class_for(class_iri)
        if slot is not None and model_class is not None:
            own = slot.label.get(current_language()) or slot.name
            part = model_class.label.get(current_language(), model_class.name)
            named = _("{label}: {text}").format(label=part, text=own)
            return named if "#" in subject else own
    return thing_name(predicate) or predicate
