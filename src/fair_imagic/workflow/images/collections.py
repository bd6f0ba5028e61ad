"""Collections of an image: it may be in several, and joining one takes none away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.catalogue import Change, ChangeSet, SourceKind
from fair_imagic.rdf import iri
from fair_imagic.workflow.base.authors import person_source
from fair_imagic.workflow.base.label import label_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fair_imagic.catalogue import Origin
    from fair_imagic.rdf import Triple
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["join"]

_PART = iri("dcterms:isPartOf")
_TYPE = iri("rdf:type")


def join(
    workspace: Workspace, images: Sequence[str], collection: str, *, author: str
) -> int:
    """Add images to a further collection and return the number of the change set.

    Where the collections are what the import of the file said, it says one more; where
    a person has said them, the author says these and the new one.
    """
    origins = workspace.catalogue.origins_of(images)
    changes = [
        _joining(workspace, image, collection, origins[image], author=author)
        for image in images
    ]
    reason = f"collection {label_of(workspace, collection)}"
    return workspace.catalogue.append(ChangeSet(author, reason, changes))


def _joining(
    workspace: Workspace,
    image: str,
    collection: str,
    origins: Mapping[Triple, Origin],
    *,
    author: str,
) -> Change:
    subject, person = iri(image), person_source(workspace, author)
    said = {t: o.source for t, o in origins.items() if t[:2] == (subject, _PART)}
    described = [o.source for t, o in origins.items() if t[:2] == (subject, _TYPE)]
    source = next(iter([*said.values(), *described]), person)
    added = {(subject, _PART, iri(collection))}
    if source.kind is not SourceKind.FILE:
        added |= {triple for triple, other in said.items() if other.iri != person.iri}
        source = person
    return Change(record=image, source=source, added=frozenset(added))
