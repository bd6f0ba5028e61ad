"""What to do next, as a command that works as things are; for all but a set's points.

The way of one publication set is in :mod:`.next_step`, what its points ask for in the
report of a check.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.i18n import _
from fair_imagic.model import PublicationSet, RecordGraph, view
from fair_imagic.publish.states import all_deliveries
from fair_imagic.workflow.sets.listing import list_sets, set_row

if TYPE_CHECKING:
    from fair_imagic.views.next_step import Act
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = [
    "NextCommand",
    "after_microscope",
    "after_people",
    "for_catalogue",
    "for_check",
    "for_set",
]


@dataclass(frozen=True)
class NextCommand:
    """A command without the program's name, and in words what it is for.

    ``in_folder`` tells that it is about the data folder in use.
    """

    words: tuple[str, ...]
    purpose: str
    in_folder: bool = True


def for_check(name: str) -> NextCommand:
    """Return the check of a set or collection."""
    return NextCommand(("check", name), _("see what is missing"))


def for_catalogue(workspace: Workspace) -> NextCommand:
    """Return what is next in a data folder as a whole."""
    waiting = _waiting(workspace)
    if waiting:
        return for_check(waiting[0])
    there = list_sets(workspace)
    if there:
        return NextCommand(("status",), _("see where your sets are published"))
    collections = workspace.names("collection")
    if collections:
        return for_check(collections[-1])
    purpose = _(
        "import images of yours (fair-imagic import FOLDER), or see it work with a "
        "sample study"
    )
    return NextCommand(("demo",), purpose, in_folder=False)


def for_set(workspace: Workspace, name: str) -> NextCommand:
    """Return what is next for a set, from what its last check said."""
    from fair_imagic.views.set_path import paths_of

    record = workspace.record("set", name)
    act = paths_of(workspace, [set_row(workspace, record)])[record].act
    return _of_act(act)


def _of_act(act: Act) -> NextCommand:
    purpose = act.words[:1].lower() + act.words[1:]
    return NextCommand(tuple(shlex.split(act.command)[1:]), purpose)


def after_microscope(workspace: Workspace, name: str) -> NextCommand:
    """Return what is next for a microscope record: the images that name none."""
    query = (
        "SELECT DISTINCT ?collection WHERE { ?image a fi:Image ; "
        "dcterms:isPartOf ?collection "
        "FILTER NOT EXISTS { ?image fi:acquiredWith ?any } } ORDER BY ?collection"
    )
    for (collection,) in workspace.catalogue.rows(query):
        if collection is not None:
            subject = collection.strip("<>").rpartition("/")[2]
            return NextCommand(
                ("instrument", "attach", name, subject),
                _("say that it took the images of a collection"),
            )
    return NextCommand(("instrument", "show", name), _("see what its record lacks"))


def after_people(workspace: Workspace, person: str) -> NextCommand:
    """Return what is next once a person is there: the set that has no author."""
    for name in _waiting(workspace):
        record = workspace.record("set", name)
        graph = RecordGraph(workspace.catalogue.effective(record))
        if not view(PublicationSet, graph, record).creators:
            return NextCommand(
                ("repair", name, "--set", f"creators={person}"),
                _("make this person its author"),
            )
    return for_catalogue(workspace)


def _waiting(workspace: Workspace) -> list[str]:
    """Return the sets that are published nowhere."""
    deliveries = all_deliveries(workspace.catalogue.database)
    public = {one.subject for one in deliveries if one.is_public}
    return [row.name for row in list_sets(workspace) if row.iri not in public]
