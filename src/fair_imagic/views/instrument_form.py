"""The form of one component of a microscope, drawn from the slot table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.entry.choice import name_of_value
from fair_imagic.entry.shown import typed
from fair_imagic.entry.sign import unit_sign
from fair_imagic.errors import NotFoundError
from fair_imagic.i18n import _, current_language
from fair_imagic.model import RecordGraph, class_for, class_named
from fair_imagic.workflow.base.label import label_in
from fair_imagic.workflow.microscopes.edit import component_classes, editable_slots

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fair_imagic.model import Slot
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["FormField", "FormPage", "FormPart", "form_page", "kinds", "subject_of"]

_SELF = "self"
_NUMBERS = ("integer", "decimal", "nonNegativeInteger", "float", "double")


@dataclass(frozen=True, kw_only=True)
class FormField:
    """One field: ``kind`` is ``text``, ``long``, ``number``, ``date``, ``choice``.

    ``required`` fields are demanded at ``tier``; ``choices`` are (value, label).
    """

    name: str
    label: str
    help: str
    kind: str
    unit: str
    value: str
    tier: int | None
    required: bool
    methods_text: bool
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class FormPart:
    """The fields of one tier; ``missing`` counts required ones without a value."""

    title: str
    fields: tuple[FormField, ...]
    missing: int
    open: bool


@dataclass(frozen=True, kw_only=True)
class FormPage:
    """The form of a component, or of the instrument itself (``fragment`` self)."""

    name: str
    title: str
    instrument: str
    kind: str
    fragment: str
    parts: tuple[FormPart, ...]


def subject_of(instrument: str, fragment: str) -> str:
    """Return the IRI of a component, or the instrument for ``self``."""
    return instrument if fragment == _SELF else f"{instrument}#{fragment}"


def form_page(
    workspace: Workspace,
    name: str,
    fragment: str,
    *,
    entered: Mapping[str, str] | None = None,
) -> FormPage:
    """Return the form with the values held, or those ``entered`` before.

    Raises :class:`~fair_imagic.errors.NotFoundError` for no such component.
    """
    instrument = workspace.record("instrument", name)
    graph = RecordGraph(workspace.catalogue.effective(instrument))
    subject = subject_of(instrument, fragment)
    known = next(filter(None, map(class_for, graph.types(subject))), None)
    if known is None:
        raise NotFoundError(_("There is no such component"), found=fragment[:80])
    fields = [
        _field(graph, subject, slot, entered or {})
        for slot in editable_slots(known.name)
        if slot.name != "id"  # the program of origin gave it; links name it
    ]
    fields.sort(key=lambda field: field.name not in ("name", "title"))
    return FormPage(
        name=instrument.rpartition("/")[2],
        title=label_in(graph.describe(subject), subject),
        instrument=label_in(graph.describe(instrument), instrument),
        kind=known.label.get(current_language()) or known.name,
        fragment=fragment,
        parts=tuple(_parts(fields)),
    )


def _parts(fields: list[FormField]) -> Iterable[FormPart]:
    for tier in (1, 2, 3, None):
        own = tuple(field for field in fields if field.tier == tier)
        if own:
            missing = sum(field.required and not field.value for field in own)
            title = _("Tier {tier}").format(tier=tier) if tier else _("Without a tier")
            yield FormPart(title=title, fields=own, missing=missing, open=tier == 1)


def _field(
    graph: RecordGraph, subject: str, slot: Slot, entered: Mapping[str, str]
) -> FormField:
    language = current_language()
    terms = graph.values(subject, slot.iri)
    held = "; ".join(typed(term) for term in terms)
    value = entered.get(slot.name, held)
    return FormField(
        name=slot.name,
        label=slot.label.get(language) or slot.name,
        help=slot.description.get(language, ""),
        kind=_kind(slot),
        unit=unit_sign(slot.unit) if slot.unit else "",
        value=value,
        tier=slot.tier,
        required=slot.required,
        methods_text=slot.methods_text,
        choices=_choices(slot, value),
    )


def _kind(slot: Slot) -> str:
    datatype = (slot.datatype or "").rpartition("#")[2]
    if slot.values or datatype == "boolean":
        return "choice"
    if datatype in _NUMBERS:
        return "number"
    if datatype == "date":
        return "date"
    return "long" if slot.name == "description" else "text"


def _choices(slot: Slot, value: str) -> tuple[tuple[str, str], ...]:
    if (slot.datatype or "").endswith("#boolean"):
        found = [("true", _("yes")), ("false", _("no"))]
    elif slot.values:
        found = [(text, name_of_value(slot, text)) for text in slot.values]
    else:
        return ()
    found += [(text, text) for text in (_("unknown"), _("not applicable"))]
    if value and value not in dict(found):
        found.insert(0, (value, value))  # a wrong value is shown, not lost
    return tuple(found)


def kinds() -> tuple[tuple[str, str], ...]:
    """Return the kinds of components (name and label), by label."""
    language = current_language()
    found = [
        (name, class_named(name).label.get(language) or name)
        for name in component_classes()
    ]
    return tuple(sorted(found, key=lambda one: one[1].lower()))
