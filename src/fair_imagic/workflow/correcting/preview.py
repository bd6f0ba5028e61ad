"""The preview: exactly what wishes would change, and what is left out and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fair_imagic.checks.reports.words import in_language
from fair_imagic.entry import UnknownNameError
from fair_imagic.entry.shown import shown
from fair_imagic.entry.told_name import told_name, without_mark
from fair_imagic.errors import (
    ConflictError,
    FairImagicError,
    InputError,
    NotFoundError,
)
from fair_imagic.i18n import _, use_language
from fair_imagic.model import slot_for
from fair_imagic.model.image_name import labels, names_in
from fair_imagic.rdf import record_of, text_of
from fair_imagic.workflow.base.door import Door
from fair_imagic.workflow.base.label import label_in
from fair_imagic.workflow.base.record_labels import RecordLabels
from fair_imagic.workflow.checking.subject import snapshot_of
from fair_imagic.workflow.correcting.item import Alike, Item, Left
from fair_imagic.workflow.correcting.office import refuse_changed_kind
from fair_imagic.workflow.correcting.shared_samples import shared_notes
from fair_imagic.workflow.correcting.wish import Flaw
from fair_imagic.workflow.images.members import images_of
from fair_imagic.workflow.people.keeping import with_note_on
from fair_imagic.workflow.people.newcomers import Newcomers

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from fair_imagic.entry import Reading
    from fair_imagic.entry.shown import Shown
    from fair_imagic.model import RecordGraph, Slot
    from fair_imagic.rdf import Term
    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.correcting.wish import Wish, Wishes

__all__ = ["Preview", "preview"]


@dataclass(frozen=True, kw_only=True)
class Preview:
    """All that wishes come to. With flaws, nothing of it can be applied.

    ``unchanged`` counts wishes for what is there already, ``notes`` say what else
    changes; ``empty`` tells that the table has no new value at all.
    """

    root: str
    title: str
    items: tuple[Item, ...]
    left: tuple[Left, ...]
    flaws: tuple[Flaw, ...]
    unchanged: int
    origin: str = ""
    sha256: str = ""
    notes: tuple[str, ...] = ()
    empty: bool = False

    @property
    def by_record(self) -> dict[str, list[Item]]:
        """Return the items by the IRI of their record."""
        found: dict[str, list[Item]] = {}
        for item in self.items:
            found.setdefault(record_of(item.subject), []).append(item)
        return found

    @property
    def alike(self) -> tuple[Alike, ...]:
        """Return the items by what they change."""
        found: dict[tuple[object, ...], list[Item]] = {}
        for item in self.items:
            found.setdefault(item.change, []).append(item)
        return tuple(Alike(items=tuple(items)) for items in found.values())

    @property
    def records(self) -> int:
        """Return how many records change."""
        return len(self.by_record)


def preview(
    workspace: Workspace,
    root: str,
    wishes: Wishes,
    *,
    new: bool | Collection[str] = (),
) -> Preview:
    """Return what wishes would change in a set; nothing is changed.

    ``new`` are names of people, organisations and samples that are told to be new, or
    says that all are. Raises :class:`~fair_imagic.errors.InputError` where the wishes
    are about another set.
    """
    graph = snapshot_of(workspace, root).graph
    if wishes.root != root:
        raise InputError(
            _("This is about another set"),
            where=wishes.origin,
            expected=label_in(graph.describe(root), root),
            found=wishes.root,
        )
    newcomers = Newcomers(workspace, confirmed=new)
    newcomers.confirm(_confirmed_in(wishes))
    work = _Preview(workspace, graph, _graph_then(workspace, wishes), newcomers)
    for wish in wishes.wishes:
        work.take(wish)
    items = work.items()
    records = (record_of(item.subject) for item in items)
    notes = shared_notes(workspace, records, images_of(workspace, root))
    return Preview(
        root=root,
        title=label_in(graph.describe(root), root),
        items=items,
        left=tuple(work.left),
        flaws=(*wishes.flaws, *work.flaws),
        unchanged=work.unchanged,
        origin=wishes.origin,
        sha256=wishes.sha256,
        notes=tuple(notes),
        empty=bool(wishes.sha256) and not (wishes.wishes or wishes.flaws),
    )


def _confirmed_in(wishes: Wishes) -> Iterator[str]:
    """Yield the names that one cell says to be new: they are in all others too."""
    for wish in wishes.wishes:
        for part in wish.text.split(";"):
            if without_mark(part)[1]:
                yield told_name("Person", part).name


def _graph_then(workspace: Workspace, wishes: Wishes) -> RecordGraph | None:
    """Return the statements that were checked, where they were kept."""
    try:
        return workspace.catalogue.load_snapshot(wishes.version).graph
    except (NotFoundError, ConflictError):
        return None


class _Preview:
    """A preview under way."""

    def __init__(
        self,
        workspace: Workspace,
        now: RecordGraph,
        then: RecordGraph | None,
        newcomers: Newcomers,
    ) -> None:
        self._workspace = workspace
        self._now = now
        self._then = then
        self._items: dict[tuple[str, str], Item] = {}
        self._images = labels(names_in(now))
        self._door = Door(workspace, newcomers)
        self._new: dict[str, str] = {}
        self.left: list[Left] = []
        self.flaws: list[Flaw] = []
        self.unchanged = 0

    def items(self) -> tuple[Item, ...]:
        return tuple(self._items.values())

    def take(self, wish: Wish) -> None:
        slot = self._slot(wish)
        if wish.subject not in self._now:
            self._leave(wish, slot, _("it is not part of the set any more"))
        elif slot is None:
            message = _("This point cannot be corrected by one value")
            self.flaws.append(
                Flaw(
                    place=_place(wish),
                    message=message,
                    found=wish.text,
                    subject=wish.subject,
                    path=wish.path,
                )
            )
        else:
            self._add(wish, slot)

    def _slot(self, wish: Wish) -> Slot | None:
        for class_iri in self._now.types(wish.subject):
            slot = slot_for(class_iri, wish.path)
            if slot is not None and not slot.part:
                return slot
        return None

    def _leave(self, wish: Wish, slot: Slot | None, reason: str) -> None:
        self.left.append(
            Left(
                label=wish.label or wish.subject,
                field=in_language(slot.label) if slot is not None else "",
                text=wish.text,
                reason=reason,
                place=wish.place,
            )
        )

    def _changed(self, wish: Wish, slot: Slot) -> bool:
        now = set(self._now.values(wish.subject, slot.iri))
        if self._then is not None and wish.subject in self._then:
            return now != set(self._then.values(wish.subject, slot.iri))
        if wish.seen is None:
            return bool(now)
        # office programs trim texts and write line ends and hard spaces their own way
        return wish.seen.split() not in [text_of(term).split() for term in now]

    def _add(self, wish: Wish, slot: Slot) -> None:
        try:
            refuse_changed_kind(slot, wish)
            reading = self._door.read(wish.text, slot, subject=wish.subject)
        except FairImagicError as error:
            self.flaws.append(_flaw(wish, error))
            return
        pairs = reading.terms
        self._name(reading)
        now = self._now.values(wish.subject, slot.iri)
        known = self._items.get((wish.subject, slot.iri))
        if {term for path, term in pairs if path == slot.iri} == set(now):
            self.unchanged += 1
        elif self._changed(wish, slot):
            seen = ", ".join(_words(self._seen(wish.subject, slot))) or _("nothing")
            reason = _("it changed since: now {value}").format(value=seen)
            self._leave(wish, slot, reason)
        elif known is None:
            self._items[wish.subject, slot.iri] = self._item(wish, slot, reading)
        elif _differ(known.reading, reading):
            self.flaws.append(
                Flaw(
                    place=_place(wish),
                    message=_("Two different values are given for one field"),
                    expected=", ".join(known.after),
                    found=wish.text,
                    subject=wish.subject,
                    path=wish.path,
                )
            )

    def _name(self, reading: Reading) -> None:
        """Keep what the records are called that are made with a value."""
        for record in {text_of(subject) for subject, _p, _o in reading.others}:
            self._new[record] = label_in(reading.others, record)

    def _item(self, wish: Wish, slot: Slot, reading: Reading) -> Item:
        pairs = reading.terms
        record = record_of(wish.subject)
        thing = wish.subject != record
        unit = next((term for path, term in pairs if path == f"{slot.iri}Unit"), None)
        new = [term for path, term in pairs if path == slot.iri]
        before = self._seen(wish.subject, slot)
        after = self._printed(new, slot, unit)
        exact = (_exact(before), _exact(after))
        texts = (_words(before), _words(after) or (_without(reading),))
        # where they differ in digits that are not printed, all digits are
        shown_before, shown_after = exact if texts[0] == texts[1] else texts
        understood = in_language(reading.note) if reading.note else ""
        return Item(
            subject=wish.subject,
            record=self._images.get(record)
            or label_in(self._now.describe(record), record),
            thing=self._label(wish.subject) if thing else "",
            path=slot.iri,
            field=in_language(slot.label) or slot.name,
            before=shown_before,
            after=shown_after,
            exact=exact,
            source=in_language(wish.source),
            confidence=wish.confidence,
            codes=wish.codes,
            place=wish.place,
            reading=reading,
            note=with_note_on(self._workspace, wish.subject, understood),
        )

    def _label(self, subject: str) -> str:
        return label_in(self._now.describe(subject), subject).rpartition("#")[2]

    def _seen(self, subject: str, slot: Slot) -> list[Shown]:
        units = self._now.values(subject, f"{slot.iri}Unit")
        values = sorted(self._now.values(subject, slot.iri))
        return self._printed(values, slot, units[0] if units else None)

    def _printed(
        self, terms: Iterable[Term], slot: Slot, unit: Term | None
    ) -> list[Shown]:
        found = [shown(term, slot, self, unit=unit) for term in terms]
        # the identifier of what is made is another one each time
        return [replace(s, full=s.text) if s.record in self._new else s for s in found]

    def label(self, iri: str, language: str) -> str | None:
        """Return what people call a record, with what is in work at this moment."""
        if not iri.startswith(self._workspace.settings.base_iri):
            return None
        if iri in self._new:
            return self._new[iri]
        known = self._now.describe(iri)
        if not known:
            return RecordLabels(self._workspace).label(iri, language)
        with use_language(language):
            return label_in(known, iri)


def _differ(one: Reading, other: Reading) -> bool:
    """Return whether two readings say different things."""
    said = ({*reading.terms, *reading.others} for reading in (one, other))
    return len({frozenset(found) for found in said}) > 1


def _without(reading: Reading) -> str:
    """Return what becomes of a field that is left without a value."""
    return in_language(reading.note) if reading.because else _("removed")


def _words(values: Iterable[Shown]) -> tuple[str, ...]:
    return tuple(one.words for one in values)


def _exact(values: Iterable[Shown]) -> tuple[str, ...]:
    return tuple(f"{one.full} {one.unit}".strip() for one in values)


def _place(wish: Wish) -> str:
    return wish.place or wish.label or wish.subject


def _flaw(wish: Wish, error: FairImagicError) -> Flaw:
    flaw = Flaw(
        place=_place(wish),
        message=error.message,
        expected=error.expected,
        found=error.found or wish.text[:200],
        hint=error.hint,
        subject=wish.subject,
        path=wish.path,
    )
    if not isinstance(error, UnknownNameError):
        return flaw
    first = error.names[0]
    near = tuple((one.text, one.name) for one in first.near)
    return replace(flaw, new=first.name, kind=first.kind, near=near)
