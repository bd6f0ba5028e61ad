"""A publication prepared once: what a person looks at is the very package that is sent.

What was prepared is kept as long as nothing of what it was made from has changed: the
records, the decisions, the settings, what is public already, the files on the disk.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from fair_imagic.clock import now
from fair_imagic.i18n import current_language
from fair_imagic.publish.registry import load
from fair_imagic.workflow.checking.overrides import overrides_of
from fair_imagic.workflow.publishing import publish
from fair_imagic.workflow.publishing.package import key_held
from fair_imagic.workflow.sets.published import published_names

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator
    from pathlib import Path

    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.publishing.publish import Outcome

__all__ = ["prepared"]

_KEPT = 8  # a package holds a folder of scripts
_outcomes: dict[Hashable, Outcome] = {}
_lock = threading.Lock()


def prepared(workspace: Workspace, name: str, target: str) -> Outcome:
    """Return what would be sent for a set; made anew only where something changed.

    Raises what :func:`fair_imagic.workflow.publishing.publish.prepare` raises.
    """
    key = _key(workspace, name, target)
    with _lock:
        kept = _outcomes.get(key)
    if kept is not None:
        return kept
    made = publish.prepare(workspace, name, target)
    with _lock:
        _outcomes[key] = made
        while len(_outcomes) > _KEPT:
            del _outcomes[next(iter(_outcomes))]
    return made


def _key(workspace: Workspace, name: str, target: str) -> Hashable:
    """Return everything that a package and its points are made from."""
    record = workspace.record("set", name)
    snapshot = workspace.catalogue.snapshot(record)
    places = publish.sources_of_set(workspace, snapshot)
    return (
        workspace.settings,
        target,
        snapshot.hash,
        key_held(workspace, snapshot, load(target)),
        workspace.bases,
        f"{now():%Y-%m-%d}",
        current_language(),  # what an archive cannot carry is told in words
        overrides_of(workspace, record),
        published_names(workspace),
        tuple((iri, *_state(path)) for iri, path in sorted(places.items())),
    )


def _state(path: Path) -> Iterator[Hashable]:
    """Yield the files at a place, each with what tells that it has changed."""
    for one in sorted(path.rglob("*")) if path.is_dir() else [path]:
        status = one.lstat()
        yield (str(one), status.st_size, status.st_mtime_ns)
