"""Microscope records as files, and beside each other: export, copies, differences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.catalogue import Change
from fair_imagic.entry.shown import shown
from fair_imagic.errors import ConflictError, InputError
from fair_imagic.files import write_atomically
from fair_imagic.i18n import _, current_language
from fair_imagic.mapping import export_instrument
from fair_imagic.model import Instrument, RecordGraph, class_for, slots_of
from fair_imagic.model import statements as statements_of
from fair_imagic.rdf import iri, text_of
from fair_imagic.workflow.base.authors import person_source
from fair_imagic.workflow.base.label import label_in, name_of
from fair_imagic.workflow.microscopes.changes import keep_change
from fair_imagic.workflow.microscopes.instruments import DOCUMENT
from fair_imagic.workflow.microscopes.versions import version_named, versions_of

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.model import Slot
    from fair_imagic.rdf import Triple
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["Difference", "compare", "duplicate", "export_file", "export_text"]


@dataclass(frozen=True)
class Difference:
    """One field that differs; an empty text stands for no value."""

    component: str
    field: str
    before: str
    after: str


def export_text(workspace: Workspace, name: str, *, version: str = "") -> str:
    """Return a microscope record as the text of a Micro-Meta App file.

    ``version`` is a date or ``start``; the latest description otherwise.
    """
    instrument = workspace.record("instrument", name)
    versions = versions_of(workspace, instrument)
    root = instrument
    if version:
        root = version_named(workspace, instrument, version).iri
    document = _document(workspace, instrument, [one.iri for one in versions], root)
    effective = workspace.catalogue.effective(root)
    return export_instrument(root, _as_instrument(effective), document=document)


def export_file(
    workspace: Workspace, name: str, output: Path, *, version: str = ""
) -> Path:
    """Write a microscope record as a Micro-Meta App file and return its path."""
    write_atomically(output, export_text(workspace, name, version=version))
    return output


def _as_instrument(triples: tuple[Triple, ...]) -> list[Triple]:
    version = iri("fi:InstrumentVersion")
    return [
        (s, p, iri("nboq:Instrument") if o == version else o) for s, p, o in triples
    ]


def _document(
    workspace: Workspace, instrument: str, versions: list[str], root: str
) -> str:
    """Return the text of the file that a record was last imported from."""
    slug = instrument.rpartition("/")[2]
    kept = workspace.catalogue.facts(workspace.mint("source", f"instrument-{slug}"))
    wanted = [root] if root != instrument else list(reversed(versions))
    if root in versions:  # a version that people made has the file before it
        wanted = list(reversed(versions[: versions.index(root) + 1]))
    for one in wanted:
        for fact in kept.get(one, ()):
            if fact.key == DOCUMENT:
                return fact.value
    return ""


def duplicate(workspace: Workspace, name: str, new: str, *, author: str) -> str:
    """Copy a microscope record under a new name and return the new record.

    Raises :class:`~fair_imagic.errors.ConflictError` where the name is taken.
    """
    instrument = workspace.record("instrument", name)
    if not new.strip():
        raise InputError(_("Give a name"))
    record = workspace.mint("instrument", new)
    if workspace.catalogue.exists(record):
        raise ConflictError(_("There is a microscope of this name"), found=new)
    title = Instrument(iri=record, title=new)
    copied = [
        (_moved(s, instrument, record), p, _moved(o, instrument, record))
        for s, p, o in workspace.catalogue.effective(instrument)
        if (s, p) != (iri(instrument), iri("dcterms:title"))
    ]
    source = person_source(workspace, author)
    added = frozenset([*copied, *statements_of(title)])
    change = Change(record=record, source=source, added=added)
    reason = f"copy of {instrument.rpartition('/')[2]}"
    keep_change(workspace, change, valid_from=None, author=author, reason=reason)
    return record


def _moved(term: str, instrument: str, record: str) -> str:
    own = term == iri(instrument) or term.startswith(f"<{instrument}#")
    return f"<{record}{term[1 + len(instrument) :]}" if own else term


def compare(
    workspace: Workspace, name: str, first: str = "", second: str = ""
) -> list[Difference]:
    """Return what differs between two versions (the last two where none is named)."""
    instrument = workspace.record("instrument", name)
    versions = versions_of(workspace, instrument)
    if not second and len(versions) < 2:
        return []
    before = version_named(workspace, instrument, first or versions[-2].name)
    after = version_named(workspace, instrument, second or versions[-1].name)
    was, now = (
        _fields(workspace.catalogue.effective(one.iri), one.iri)
        for one in (before, after)
    )
    return [
        Difference(
            component=(now.get(key) or was[key])[0],
            field=key[1],
            before=was[key][1] if key in was else "",
            after=now[key][1] if key in now else "",
        )
        for key in sorted({*was, *now})
        if was.get(key, ("", ""))[1] != now.get(key, ("", ""))[1]
    ]


def _fields(
    triples: tuple[Triple, ...], root: str
) -> dict[tuple[str, str], tuple[str, str]]:
    """Return component and text of all fields, by the part's own name and label."""
    graph = RecordGraph(triples)
    found = {}
    for subject in graph.subjects:
        model_class = next(filter(None, map(class_for, graph.types(subject))), None)
        if model_class is None:
            continue
        fragment, name = subject.partition("#")[2], _name(graph, subject)
        for slot in slots_of(model_class.name):
            terms = [
                one
                for one in graph.values(subject, slot.iri)
                if not one.startswith(f"<{subject}-")  # its own parts are rows
            ]
            if not terms or slot.name.endswith("_unit") or _is_head(slot.name):
                continue
            label = slot.label.get(current_language()) or slot.name
            texts = (_text(one, root, graph, slot) for one in sorted(terms))
            found[(fragment, label)] = (name, ", ".join(texts))
    return found


def _name(graph: RecordGraph, subject: str) -> str:
    """Return the kind and name of a component, or of a part under its component."""
    model_class = next(filter(None, map(class_for, graph.types(subject))), None)
    if model_class is None:
        return ""
    kind = model_class.label.get(current_language()) or model_class.name
    if "#" not in subject:
        return kind
    owner = next((o for o in graph.subjects if subject.startswith(f"{o}-")), None)
    if owner is not None and "#" in owner:
        number = subject.rpartition("-")[2]
        counted = f"{kind} {int(number) + 1}" if number.isdecimal() else kind
        return f"{_name(graph, owner)}, {counted}"
    own = label_in(graph.describe(subject), subject)
    return kind if own == name_of(subject) else f"{kind} {own}"


def _is_head(name: str) -> bool:
    return name in ("version_of", "valid_from", "components")


def _text(term: str, root: str, graph: RecordGraph, slot: Slot) -> str:
    if term.startswith(f"<{root}#"):
        return _name(graph, text_of(term)) or term.partition("#")[2][:-1]
    return shown(term, slot).words
