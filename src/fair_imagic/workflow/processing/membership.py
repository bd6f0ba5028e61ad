"""What a run made joins the set, or takes the place of what it stands for there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.model import PublicationSet, RecordGraph, view
from fair_imagic.rdf import expand, iri, text_of
from fair_imagic.workflow.base.authors import person_source
from fair_imagic.workflow.base.edits import Edits
from fair_imagic.workflow.images.members import images_of, type_of

if TYPE_CHECKING:
    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.processing.outputs import RunOutputs

__all__ = ["join_set"]


def join_set(
    workspace: Workspace, root: str, made: RunOutputs, *, author: str, reason: str
) -> None:
    """Put the outputs of a run into a set, as one change that can be undone.

    An image that stands for another one replaces it, in the list of images and in the
    figures; all else comes in addition. A collection stays as it is.
    """
    if type_of(workspace, root) != PublicationSet.class_iri:
        return
    edits = Edits(workspace.catalogue, person_source(workspace, author))
    _images(workspace, edits, root, made)
    _panels(workspace, edits, root, made)
    graph = RecordGraph(workspace.catalogue.effective(root))
    results = view(PublicationSet, graph, root).results
    if not set(made.results) <= set(results):
        whole = dict.fromkeys((*results, *made.results))
        edits.put(root, [(expand("fi:result"), iri(one)) for one in whole])
    edits.append(author, reason)


def _images(workspace: Workspace, edits: Edits, root: str, made: RunOutputs) -> None:
    members = images_of(workspace, root)
    replaced = [made.stand_ins.get(image, image) for image in members]
    stand_ins = set(made.stand_ins.values())
    added = [image for image in made.images if image not in stand_ins]
    whole = dict.fromkeys((*replaced, *added))
    if set(whole) != set(members):
        edits.put(root, [(expand("dcterms:hasPart"), iri(image)) for image in whole])


def _panels(workspace: Workspace, edits: Edits, root: str, made: RunOutputs) -> None:
    shown = expand("fi:panelImage")
    for subject, path, value in workspace.catalogue.effective(root):
        if text_of(path) == shown and text_of(value) in made.stand_ins:
            copy = made.stand_ins[text_of(value)]
            edits.put(text_of(subject), [(shown, iri(copy))])
