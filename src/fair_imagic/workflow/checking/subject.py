"""The subject of a check: what a name stands for, and its snapshot."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from fair_imagic.errors import NotFoundError
from fair_imagic.i18n import _
from fair_imagic.model import Collection, PublicationSet
from fair_imagic.rdf import iri
from fair_imagic.workflow.base.workspace import first_names
from fair_imagic.workflow.images.members import images_of, type_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fair_imagic.model import Snapshot
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["KINDS", "as_set", "find_subject", "is_subject", "snapshot_of"]

#: What a check can be about, by the words of people.
KINDS = ("set", "collection", "instrument")


def is_subject(workspace: Workspace, name: str) -> bool:
    """Return whether a name stands for something that a check can be about."""
    iris = (workspace.mint(kind, name) for kind in KINDS)
    return any(workspace.catalogue.exists(one) for one in iris)


def find_subject(
    workspace: Workspace, name: str, *, kinds: Sequence[str] = ("set", "collection")
) -> str:
    """Return the record of this name: of the first kind that has one."""
    for kind in kinds:
        with contextlib.suppress(NotFoundError):
            return workspace.record(kind, name)
    known = [one for kind in kinds for one in workspace.names(kind)]
    if kinds == KINDS:
        message = _("There is no set, collection, microscope, file or folder {name}")
    else:
        message = _("There is no publication set or collection named {name}")
    raise NotFoundError(
        message.format(name=name[:200]),
        expected=first_names(known, near=name),
        hint=_("`fair-imagic set create NAME` makes a publication set."),
    )


def snapshot_of(workspace: Workspace, record: str) -> Snapshot:
    """Return the snapshot of a set; a collection is seen as a set of its images too."""
    snapshot = workspace.catalogue.snapshot(record)
    if type_of(workspace, record) != Collection.class_iri:
        return snapshot
    return as_set(workspace, snapshot, images_of(workspace, record))


def as_set(workspace: Workspace, snapshot: Snapshot, images: Iterable[str]) -> Snapshot:
    """Return the snapshot of a collection as that of a set of these images."""
    subject = iri(snapshot.root)
    said = set(workspace.catalogue.effective(snapshot.root))
    said.add((subject, iri("rdf:type"), iri(PublicationSet.class_iri)))
    part = iri("dcterms:hasPart")
    said.update((subject, part, iri(one)) for one in images)
    return snapshot.with_root(said)
