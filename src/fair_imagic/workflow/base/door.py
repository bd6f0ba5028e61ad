"""The door of a data folder: what people type in it, read with its records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from fair_imagic import entry
from fair_imagic.entry import Reading
from fair_imagic.entry.contradiction import is_contradiction
from fair_imagic.errors import InputError
from fair_imagic.i18n import _, current_language
from fair_imagic.model import ANSWERS
from fair_imagic.rdf import text_of
from fair_imagic.workflow.base.contradictions import settled
from fair_imagic.workflow.base.label import label_of
from fair_imagic.workflow.base.names import RecordNames

if TYPE_CHECKING:
    from fair_imagic.entry import Refusal
    from fair_imagic.model import Slot
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["Door", "Makes", "field_note"]


def field_note(slot: Slot, reading: Reading) -> str:
    """Return what was understood of a text, after the name of its field."""
    language = current_language()
    return _("{field}: {text}").format(
        field=slot.label.get(language) or slot.name, text=reading.note[language]
    )


class Makes(Protocol):
    """Makes records for names that none has."""

    def settled(self, reading: Reading, slot: Slot) -> Reading | Refusal:
        """Return a reading whose new names are links, else what stands against it."""


class Door:
    """Reads texts for one use; a text that many things get is read once.

    ``makes`` makes records for names that none has: without it they are refused.
    """

    def __init__(self, workspace: Workspace, makes: Makes | None = None) -> None:
        self._workspace = workspace
        self._makes = makes
        self._names = RecordNames(workspace)
        self._read: dict[tuple[str, ...], Reading | Refusal] = {}

    def outcome(self, text: str, slot: Slot, *, subject: str) -> Reading | Refusal:
        """Return what a text says in a field of a thing, or why it cannot."""
        depends = not slot.record_link and slot.datatype is None
        depends = depends or is_contradiction(slot)
        seen_from = subject if depends else ""
        key = (slot.iri, slot.name, slot.range, text, seen_from)
        if key not in self._read:
            names = self._names.bound(seen_from)
            self._read[key] = entry.read(text, slot, names)
        return self._read[key]

    def read(self, text: str, slot: Slot, *, subject: str, where: str = "") -> Reading:
        """Return what a text says for certain; ``where`` is the place of the text.

        Raises :class:`~fair_imagic.errors.InputError` for what the field cannot hold,
        for what can be understood in more than one way, with how to write each, and for
        an identifier that is another record's.
        """
        outcome = self.outcome(text, slot, subject=subject)
        if isinstance(outcome, Reading) and outcome.new and self._makes is not None:
            outcome = self._makes.settled(outcome, slot)
        reading = outcome.sure(where=where)
        if is_contradiction(slot):
            return settled(self._workspace, subject, slot, reading)
        if slot.unique and reading.terms:
            self._refuse_of_another(slot, reading, subject, where)
        return reading

    def _refuse_of_another(
        self, slot: Slot, reading: Reading, subject: str, where: str
    ) -> None:
        term = reading.terms[0][1]
        if text_of(term) in ANSWERS:
            return
        question = f"SELECT ?other {{ ?other <{slot.iri}> {term} }}"
        for (other,) in self._workspace.catalogue.rows(question):
            if other is not None and text_of(other) != subject:
                raise InputError(
                    _("This identifier is another record's"),
                    where=where,
                    expected=label_of(self._workspace, text_of(other)),
                    found=reading.text or text_of(term),
                )
