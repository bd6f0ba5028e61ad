"""Instruments and their components."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.checks import tier_figures, tier_report
from fair_imagic.model import Instrument, RecordGraph
from fair_imagic.rdf import expand, iri
from fair_imagic.views.control import ControlRow, controls_of_page
from fair_imagic.views.history import ChangeRow, history
from fair_imagic.views.parts import PartGroup, part_groups, stated
from fair_imagic.workflow.base.label import label_of, name_of
from fair_imagic.workflow.base.listing import rows
from fair_imagic.workflow.base.shown_value import Section, sections
from fair_imagic.workflow.images.image_names import labels_of
from fair_imagic.workflow.microscopes.images import outdated, published_images
from fair_imagic.workflow.microscopes.version_proposals import SetProposal, proposals
from fair_imagic.workflow.microscopes.versions import version_named, versions_of

if TYPE_CHECKING:
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = [
    "InstrumentPage",
    "InstrumentRow",
    "OutdatedImage",
    "VersionRow",
    "instrument_page",
    "instruments_page",
]


@dataclass(frozen=True, kw_only=True)
class InstrumentRow:
    """One instrument of a list, with how much is known of it and made with it."""

    iri: str
    name: str
    title: str
    components: int
    images: int
    versions: int = 1


@dataclass(frozen=True, kw_only=True)
class InstrumentPage:
    """One instrument: its own fields, its components, its changes.

    ``tiers`` say up to which tier fields are present and values plausible.
    """

    row: InstrumentRow
    own: Section | None
    groups: tuple[PartGroup, ...]
    changes: tuple[ChangeRow, ...]
    versions: tuple[VersionRow, ...]
    controls: tuple[ControlRow, ...]
    outdated: tuple[OutdatedImage, ...]
    proposals: tuple[SetProposal, ...]
    shown: str
    tiers: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class VersionRow:
    """One version, with how many images were made with it."""

    name: str
    valid_from: str
    images: int


@dataclass(frozen=True, kw_only=True)
class OutdatedImage:
    """An unpublished image that names another version than the one in force then."""

    iri: str
    title: str


def instruments_page(workspace: Workspace) -> tuple[InstrumentRow, ...]:
    """Return all instruments by title."""
    records = workspace.catalogue.records(Instrument.class_iri)
    listed = [_row(workspace, record) for record in records]
    return tuple(sorted(listed, key=lambda row: row.title.lower()))


def _row(workspace: Workspace, record: str) -> InstrumentRow:
    graph = RecordGraph(workspace.catalogue.effective(record))
    parts = graph.values(record, expand("nboq:component"))
    return InstrumentRow(
        iri=record,
        name=name_of(record),
        title=label_of(workspace, record),
        components=len(parts),
        images=_count(workspace, "fi:acquiredWith", record),
        versions=len(versions_of(workspace, record)),
    )


def instrument_page(
    workspace: Workspace, name: str, *, version: str = ""
) -> InstrumentPage:
    """Return one instrument, or a version of it (a date or ``start``).

    Raises NotFoundError where there is none.
    """
    record = workspace.record("instrument", name)
    at = version_named(workspace, record, version) if version else None
    root = at.iri if at else record
    found = sections(workspace, root, hidden=_HIDDEN)
    frozen = published_images(workspace)
    graph = RecordGraph(workspace.catalogue.effective(root))
    return InstrumentPage(
        tiers=tuple(tier_figures(tier_report(graph, root))),
        row=_row(workspace, record),
        own=next(
            (stated(section)[0] for section in found if section.subject == root), None
        ),
        groups=part_groups(found),
        changes=history(workspace, record),
        versions=tuple(
            VersionRow(
                name=one.name,
                valid_from=one.valid_from,
                images=_count(workspace, "fi:instrumentVersion", one.iri),
            )
            for one in reversed(versions_of(workspace, record))
        ),
        controls=controls_of_page(workspace, name),
        outdated=tuple(
            OutdatedImage(iri=one, title=label)
            for one, label in labels_of(
                workspace,
                [one for one in outdated(workspace, record) if one not in frozen],
            ).items()
        ),
        proposals=proposals(workspace, record),
        shown=at.name if at else "",
    )


_HIDDEN = frozenset({"components", "version_of", "valid_from"})


def _count(workspace: Workspace, link: str, target: str) -> int:
    """Return how many of the images that are seen are linked to it."""
    where = f"WHERE {{ ?i {link} {iri(target)} }}"
    if workspace.catalogue.sight is not None:
        return len(rows(workspace, f"SELECT ?i {where}"))
    return int(rows(workspace, f"SELECT (COUNT(?i) AS ?n) {where}")[0][0])
