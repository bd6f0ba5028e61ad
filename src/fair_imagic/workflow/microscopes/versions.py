"""Versions of a microscope record: how the microscope was from a date on.

The record ``instrument/NAME`` is the latest description. Each version is a record of
its own with a copy of the description, which later changes leave alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.catalogue import Change
from fair_imagic.entry import plain_value
from fair_imagic.errors import NotFoundError
from fair_imagic.i18n import _
from fair_imagic.model import InstrumentVersion, RecordGraph, slot_named, view
from fair_imagic.model import statements as statements_of
from fair_imagic.rdf import iri

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from fair_imagic.catalogue import Source
    from fair_imagic.rdf import Triple
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = [
    "Version",
    "as_version",
    "begin_version",
    "day_of",
    "in_force",
    "mirrored",
    "version_iri",
    "version_named",
    "versions_of",
]

_TYPE = iri("rdf:type")
_VALID_FROM = slot_named("InstrumentVersion", "valid_from")


@dataclass(frozen=True)
class Version:
    """One version; ``valid_from`` is an ISO date, empty for "from the beginning"."""

    iri: str
    instrument: str
    valid_from: str
    title: str

    @property
    def name(self) -> str:
        """What a person calls it: its date, or ``start``."""
        return self.valid_from or "start"


def day_of(text: str) -> str:
    """Return an ISO date that a person typed.

    Raises :class:`~fair_imagic.errors.InputError` for other texts.
    """
    return plain_value(text, _VALID_FROM)


def version_iri(workspace: Workspace, instrument: str, valid_from: str) -> str:
    """Return the IRI of the version of an instrument that is valid from a day."""
    slug = instrument.rpartition("/")[2]
    return workspace.mint("instrument-version", f"{slug}-{valid_from or 'start'}")


def versions_of(workspace: Workspace, instrument: str) -> list[Version]:
    """Return the versions of an instrument, the oldest first."""
    found = []
    for record in workspace.catalogue.records(InstrumentVersion.class_iri):
        graph = RecordGraph(workspace.catalogue.effective(record))
        seen = view(InstrumentVersion, graph, record)
        if seen.version_of == instrument:
            title = seen.title or ""
            found.append(Version(record, instrument, seen.valid_from or "", title))
    return sorted(found, key=lambda one: one.valid_from)


def version_named(workspace: Workspace, instrument: str, name: str) -> Version:
    """Return the version from a date (or ``start``), or in force on a date.

    Raises :class:`~fair_imagic.errors.NotFoundError` with the names that exist.
    """
    versions = versions_of(workspace, instrument)
    exact = [one for one in versions if one.name == name]
    found = exact[0] if exact else None
    if found is None and name[:1].isdigit():
        found = in_force(versions, day_of(name))
    if found is None:
        raise NotFoundError(
            _("There is no version {name}").format(name=name),
            expected=", ".join(one.name for one in versions),
        )
    return found


def in_force(versions: Sequence[Version], moment: str | None) -> Version | None:
    """Return the version in force at an ISO date or time; None before the first.

    Without a date it is the latest: nothing says that it was another.
    """
    day = (moment or "9999")[:10]
    past = [one for one in versions if one.valid_from <= day]
    return past[-1] if past else None


def as_version(
    triples: Iterable[Triple], instrument: str, version: str
) -> frozenset[Triple]:
    """Return statements about an instrument as statements about a version of it."""
    latest = (iri(instrument), _TYPE, iri("nboq:Instrument"))

    def moved(term: str) -> str:
        own = term == iri(instrument) or term.startswith(f"<{instrument}#")
        return f"<{version}{term[1 + len(instrument) :]}" if own else term

    return frozenset(
        (moved(s), p, iri("fi:InstrumentVersion"))
        if (s, p, o) == latest
        else (moved(s), p, moved(o))
        for s, p, o in triples
    )


def mirrored(change: Change, version: str) -> Change:
    """Return a change of an instrument as the same change of a version of it."""
    places = {
        one: place
        for triple, place in change.places.items()
        for one in as_version([triple], change.record, version)
    }
    return Change(
        record=version,
        source=change.source,
        added=as_version(change.added, change.record, version),
        removed=as_version(change.removed, change.record, version),
        places=places,
    )


def begin_version(
    workspace: Workspace,
    instrument: str,
    valid_from: str,
    *,
    said: Mapping[Source, Iterable[Triple]],
    source: Source,
) -> list[Change]:
    """Return the changes that make a version of what sources say of an instrument.

    ``source`` is what says since when it is valid.
    """
    version = version_iri(workspace, instrument, valid_from)
    head = InstrumentVersion(
        iri=version, version_of=instrument, valid_from=valid_from or None
    )
    added = {one: as_version(said[one], instrument, version) for one in said}
    added[source] = added.get(source, frozenset()) | frozenset(statements_of(head))
    return [
        Change(record=version, source=one, added=triples)
        for one, triples in added.items()
        if triples
    ]
