"""Values as pages show them: label, text, unit, and where each one comes from."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fair_imagic.entry.shown import Shown, shown
from fair_imagic.entry.thing import confidence_words
from fair_imagic.i18n import _, current_language
from fair_imagic.model import RecordGraph, class_for, slots_of
from fair_imagic.model.part_name import part_name
from fair_imagic.rdf import expand, is_iri, text_of
from fair_imagic.workflow.base.label import label_in, label_of
from fair_imagic.workflow.base.record_labels import RecordLabels

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fair_imagic.model import ModelClass, Slot
    from fair_imagic.rdf import Term, Triple
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = [
    "Origin",
    "Row",
    "Section",
    "Value",
    "natural",
    "origin_words",
    "place_words",
    "sections",
    "source_words",
]


_KEYS = frozenset({"id", "uuid"})
# where a value of a microscope record comes from: its component, and how sure that is
_FORMAT = expand("dcterms:format")
_MATCH = re.compile(r"(\S+) \((certain|likely|unsure)\)")


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where a value comes from. ``kind`` is one of the sources' kinds."""

    kind: str
    words: str
    label: str
    place: str = ""
    author: str = ""
    time: str = ""

    def is_from(self, other: Origin | None) -> bool:
        """Return whether this is the same artefact as another origin, at any place."""
        return other is not None and self.artefact == other.artefact

    @property
    def artefact(self) -> tuple[str, str, str]:
        """What the value is from, whatever the place in it and the hour."""
        return (self.kind, self.label, self.time[:10])


@dataclass(frozen=True, kw_only=True)
class Value(Shown):
    """One value as people read it, with its origin."""

    origin: Origin | None = None


@dataclass(frozen=True, kw_only=True)
class Row:
    """One field with its values. ``path`` is for the technical details only.

    So is the whole of a ``technical`` one: a key that another program gave.
    """

    label: str
    path: str
    values: tuple[Value, ...]
    description: str = ""
    technical: bool = False


@dataclass(frozen=True, kw_only=True)
class Section:
    """The fields of a record, or of one of its parts.

    ``common`` is the origin that most values share, without its place. ``kind`` is
    the class, ``name`` what the title says beside it.
    """

    title: str
    subject: str
    rows: tuple[Row, ...]
    common: Origin | None = None
    kind: str = ""
    name: str = ""


def origin_words(kind: str) -> str:
    """Return the kind of a source in the reader's words."""
    words = {
        "file": _("read from the file"),
        "instrument": _("from the microscope record"),
        "settings": _("from the settings file"),
        "rule": _("filled by a rule"),
        "table": _("from a table"),
        "person": _("entered by"),
        "default": _("by default"),
    }
    return words.get(kind.lower(), kind)


def source_words(label: str) -> str:
    """Return the name of a source or author; of the program's own, in words."""
    words = {
        "quality control": _("quality control"),
        "import": _("import"),
        "process": _("processing"),
        "defaults": _("defaults of the facility"),
    }
    return words.get(label, label)


def sections(
    workspace: Workspace,
    record: str,
    *,
    hidden: frozenset[str] = frozenset(),
) -> tuple[Section, ...]:
    """Return the fields of a record and of its parts with their origins.

    ``hidden`` are names of slots that the page shows elsewhere.
    """
    catalogue = workspace.catalogue
    graph = RecordGraph(catalogue.effective(record))
    origins = catalogue.origins(record)
    found = [
        _section(workspace, graph, origins, subject=subject, hidden=hidden)
        for subject in sorted(graph.subjects, key=natural)
    ]
    return tuple(section for section in found if section.rows)


def natural(text: str) -> list[tuple[int, str]]:
    """Return a key by which ``field 2`` comes before ``field 10``."""
    parts = re.split(r"(\d+)", text)
    return [(int(part), "") if part.isdigit() else (-1, part) for part in parts]


def _section(
    workspace: Workspace,
    graph: RecordGraph,
    origins: Mapping[Triple, object],
    *,
    subject: str,
    hidden: frozenset[str],
) -> Section:
    model_class = next(filter(None, map(class_for, graph.types(subject))), None)
    if model_class is None:
        return Section(title="", subject=subject, rows=())
    rows = [
        _row(workspace, graph, origins, subject=subject, slot=slot)
        for slot in slots_of(model_class.name)
        if slot.name not in hidden and not slot.part and not slot.name.endswith("_unit")
    ]
    filled = tuple(row for row in rows if row.values)
    return Section(
        title=_title(graph, subject, model_class),
        subject=subject,
        rows=filled,
        common=_common(filled),
        kind=model_class.name,
        name=label_in(graph.describe(subject), subject),
    )


def _title(graph: RecordGraph, subject: str, model_class: ModelClass) -> str:
    counted = part_name(subject, graph.types(subject))
    if counted is None:
        return model_class.label.get(current_language()) or model_class.name
    name = label_in(graph.describe(subject), subject)
    if name == counted or model_class.name == "FigurePanel":
        return name
    return _("{label}: {text}").format(label=counted, text=name)


def _common(rows: tuple[Row, ...]) -> Origin | None:
    """Return the origin of most values, where it is that of at least two."""
    found = [value.origin for row in rows for value in row.values if value.origin]
    counts = Counter(origin.artefact for origin in found)
    best, count = counts.most_common(1)[0] if found else (None, 0)
    origin = next((one for one in found if one.artefact == best), None)
    return replace(origin, place="") if origin is not None and count > 1 else None


def _row(
    workspace: Workspace,
    graph: RecordGraph,
    origins: Mapping[Triple, object],
    *,
    subject: str,
    slot: Slot,
) -> Row:
    unit = _unit_of(graph, subject, slot)
    values = tuple(
        _value(workspace, term, slot=slot, unit=unit, origin=origins.get(triple))
        for term in graph.values(subject, slot.iri)
        if not is_iri(term) or workspace.sees(text_of(term))
        for triple in ((f"<{subject}>", f"<{slot.iri}>", term),)
    )
    language = current_language()
    return Row(
        label=slot.label.get(language) or slot.name,
        path=slot.iri,
        values=values,
        description=slot.description.get(language, ""),
        technical=slot.name in _KEYS,
    )


def _unit_of(graph: RecordGraph, subject: str, slot: Slot) -> Term | None:
    written = graph.values(subject, f"{slot.iri}Unit")
    return written[0] if written else None


def _value(
    workspace: Workspace,
    term: Term,
    *,
    slot: Slot,
    unit: Term | None,
    origin: object,
) -> Value:
    seen = shown(term, slot, RecordLabels(workspace), unit=unit)
    if slot.iri == _FORMAT:
        from fair_imagic.readers import format_label

        seen = replace(seen, text=format_label(seen.full))
    return Value(**vars(seen), origin=_origin(workspace, origin))


def place_words(workspace: Workspace, place: str) -> str:
    """Return a place in a source in words: a matched component by its name."""
    if place == "file name":
        return _("file name")
    match = _MATCH.fullmatch(place)
    if match is None or not match[1].startswith(workspace.settings.base_iri):
        return place
    return f"{label_of(workspace, match[1])} ({confidence_words(match[2])})"


def _origin(workspace: Workspace, found: object) -> Origin | None:
    source = getattr(found, "source", None)
    if source is None:
        return None
    return Origin(
        kind=str(source.kind).lower(),
        words=origin_words(str(source.kind)),
        label=source_words(source.label),
        place=place_words(workspace, getattr(found, "place", "") or ""),
        author=source_words(getattr(found, "author", "") or ""),
        time=str(getattr(found, "time", "") or ""),
    )
