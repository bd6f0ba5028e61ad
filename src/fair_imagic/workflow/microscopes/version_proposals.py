"""Proposed new versions of published sets whose microscope record has changed since.

What is published never changes silently: its images keep the version of the microscope
they were published with. A proposal says what a new version of the set would carry; a
person accepts it, as one change that can be taken back, and then publishes again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.catalogue import Change, ChangeSet
from fair_imagic.errors import NotFoundError
from fair_imagic.i18n import _
from fair_imagic.model import Image, Instrument, PublicationSet, RecordGraph, view
from fair_imagic.publish.states import all_deliveries
from fair_imagic.rdf import iri, literal, text_of
from fair_imagic.workflow.base.authors import person_source
from fair_imagic.workflow.base.label import label_of
from fair_imagic.workflow.base.shown_value import natural
from fair_imagic.workflow.microscopes.images import Linking, outdated

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["ImageProposal", "SetProposal", "accept", "proposals"]

_VERSION = iri("dcat:version")


@dataclass(frozen=True)
class ImageProposal:
    """One image: the microscope version it names, the one in force, what changes.

    ``before`` and ``after`` are dates or ``start``, or empty for none; ``values``
    counts the statements that would be added or taken away.
    """

    iri: str
    title: str
    before: str
    after: str
    values: int


@dataclass(frozen=True)
class SetProposal:
    """A published set with images to link anew, and its next version number."""

    iri: str
    name: str
    title: str
    version: str
    images: tuple[ImageProposal, ...]


def proposals(workspace: Workspace, instrument: str = "") -> tuple[SetProposal, ...]:
    """Return what the changed record of one microscope, or of any, proposes."""
    changes = _changes(workspace, instrument)
    found = []
    for record in _published_sets(workspace):
        seen = _set(workspace, record)
        images = [changes[one] for one in seen.images if one in changes]
        if images:
            found.append(
                SetProposal(
                    iri=record,
                    name=record.rpartition("/")[2],
                    title=seen.title or "",
                    version=_next(seen.version),
                    images=tuple(
                        sorted(
                            (_image(workspace, change) for change in images),
                            key=lambda one: natural(one.title),
                        )
                    ),
                )
            )
    return tuple(found)


def accept(workspace: Workspace, name: str, *, author: str) -> int:
    """Link the images of a published set anew and raise its version, as one change.

    Returns the journal number. The set is not sent: publishing it again is another
    step. Raises :class:`~fair_imagic.errors.NotFoundError` where nothing is proposed.
    """
    record = workspace.record("set", name)
    proposed = next((one for one in proposals(workspace) if one.iri == record), None)
    if proposed is None:
        raise NotFoundError(_("No new version is proposed for this set"), found=name)
    changes = _changes(workspace, "")
    wanted = [changes[one.iri] for one in proposed.images]
    raised = _raised(workspace, record, proposed.version, author=author)
    reason = f"new version of {name}: microscope records"
    return workspace.catalogue.append(ChangeSet(author, reason, (*wanted, raised)))


def _changes(workspace: Workspace, instrument: str) -> dict[str, Change]:
    """Return the change of each image whose microscope version is another one now."""
    records = [instrument] if instrument else _instruments(workspace)
    found = {}
    for record in records:
        images = outdated(workspace, record)
        link = Linking(workspace, record) if images else None
        for image in images:
            change = link.change(image) if link else None
            if change is not None and (change.added or change.removed):
                found[image] = change
    return found


def _instruments(workspace: Workspace) -> Iterable[str]:
    return sorted(workspace.catalogue.records(Instrument.class_iri))


def _published_sets(workspace: Workspace) -> list[str]:
    deliveries = all_deliveries(workspace.catalogue.database)
    subjects = {one.subject for one in deliveries if one.published}
    sets = set(workspace.catalogue.records(PublicationSet.class_iri))
    return sorted(subjects & sets)


def _set(workspace: Workspace, record: str) -> PublicationSet:
    graph = RecordGraph(workspace.catalogue.effective(record))
    return view(PublicationSet, graph, record)


def _next(version: str | None) -> str:
    """Return the version after ``2``, ``1.4`` or none (which was the first)."""
    head, dot, last = (version or "1").rpartition(".")
    return f"{head}{dot}{int(last) + 1}" if last.isdecimal() else f"{version}.1"


def _image(workspace: Workspace, change: Change) -> ImageProposal:
    graph = RecordGraph(workspace.catalogue.effective(change.record))
    seen = view(Image, graph, change.record)
    after = next(
        (text_of(o) for _s, p, o in change.added if p == iri("fi:instrumentVersion")),
        "",
    )
    return ImageProposal(
        iri=change.record,
        title=label_of(workspace, change.record),
        before=_day(workspace, seen.instrument_version or ""),
        after=_day(workspace, after),
        values=len(change.added) + len(change.removed),
    )


def _day(workspace: Workspace, version: str) -> str:
    if not version:
        return ""
    graph = RecordGraph(workspace.catalogue.effective(version))
    days = graph.values(version, iri("fi:validFrom")[1:-1])
    return text_of(days[0]) if days else _("start")


def _raised(workspace: Workspace, record: str, version: str, *, author: str) -> Change:
    source = person_source(workspace, author)
    said = workspace.catalogue.source_statements(record, source.iri)
    subject = iri(record)
    return Change(
        record=record,
        source=source,
        added=frozenset({(subject, _VERSION, literal(version))}),
        removed=frozenset(t for t in said if t[:2] == (subject, _VERSION)),
    )
