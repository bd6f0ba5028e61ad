"""What a check is told that no record says: files on the disk, what is public already.

These statements live for one check. The hash of what was checked is that of the records
alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.checks.node_tests.storage import CHANGED, MISSING
from fair_imagic.files import sha256_of
from fair_imagic.i18n import _
from fair_imagic.model import File, Snapshot, Software, views
from fair_imagic.publish.base import Role
from fair_imagic.publish.registry import of_role
from fair_imagic.rdf import iri, literal, text_of
from fair_imagic.workflow.microscopes.images import published_images
from fair_imagic.workflow.microscopes.versions import versions_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from fair_imagic.rdf import Triple
    from fair_imagic.workflow.base.workspace import Workspace

    Progress = Callable[[int, int, str], None]

__all__ = ["with_surroundings"]


def with_surroundings(
    workspace: Workspace,
    snapshot: Snapshot,
    *,
    verify_files: bool = False,
    progress: Progress | None = None,
) -> Snapshot:
    """Return the snapshot with what was found around it.

    Files are looked for where they were imported from, and measured; ``verify_files``
    reads them whole and compares their checksums. Nothing is written.
    """
    files = _files(workspace, snapshot, verify_files=verify_files, progress=progress)
    around = (*_published(workspace, snapshot), *_record_starts(workspace, snapshot))
    changed = _changed_since_publication(workspace, snapshot)
    own = (*files, *changed, *_scripts(workspace, snapshot))
    return snapshot.with_more(own=own, context=around)


def _files(
    workspace: Workspace,
    snapshot: Snapshot,
    *,
    verify_files: bool,
    progress: Progress | None,
) -> Iterator[Triple]:
    known = set(snapshot.graph.subjects_of(File.class_iri))
    sizes = {text_of(s): text_of(o) for s, _p, o in snapshot.own_with("dcat:byteSize")}
    files = [
        File(iri=text_of(s), sha256=text_of(o), byte_size=sizes.get(text_of(s)))
        for s, _p, o in snapshot.own_with("fi:sha256")
        if text_of(s) in known
    ]
    places = workspace.catalogue.locations.find(
        (one.sha256 or "", one.byte_size) for one in files
    )
    there: list[tuple[File, Path]] = []
    for file in files:
        place = places[file.sha256 or ""]
        path = place.path
        if place.absent_root:
            root = literal(place.absent_root)
            yield (iri(file.iri), iri("fi:absentStorage"), root)
        elif path is None or not path.is_file():
            yield _state(file, MISSING)
        elif file.byte_size not in (None, str(path.stat().st_size)):
            yield _state(file, CHANGED)
        else:
            there.append((file, path))
    if verify_files:
        yield from _changed(there, progress)


def _changed(
    files: list[tuple[File, Path]], progress: Progress | None
) -> Iterator[Triple]:
    """Yield the files whose checksum is not the recorded one."""
    total = sum(path.stat().st_size for _file, path in files)
    done = 0

    def step(size: int) -> None:
        nonlocal done
        done += size
        if progress is not None:
            percent = 100 * done // max(total, 1)
            progress(min(percent, 100), 100, _("Reading {name}").format(name=name))

    for file, path in files:
        name = path.name
        try:
            same = sha256_of(path, progress=step) == file.sha256
        except OSError:
            yield _state(file, MISSING)
            continue
        if not same:
            yield _state(file, CHANGED)


def _state(file: File, state: str) -> Triple:
    return (iri(file.iri), iri("fi:storedState"), literal(state))


def _scripts(workspace: Workspace, snapshot: Snapshot) -> Iterator[Triple]:
    """Yield what stands against a deposit of the folders of scripts."""
    scripts = views(Software, snapshot.graph)
    scripts = [one for one in scripts if one.iri not in snapshot.context_subjects]
    if not scripts:
        return
    for software in scripts:
        folder = workspace.catalogue.locations.find_one(software.iri).path
        for target in of_role(Role.SOFTWARE):
            for state in target.folder_states(folder, identifier=software.swhid or ""):
                yield (iri(software.iri), iri("fi:storedState"), literal(state))


def _published(workspace: Workspace, snapshot: Snapshot) -> Iterator[Triple]:
    """Yield which sources outside the set are public in another one."""
    derived = snapshot.own_with("prov:wasDerivedFrom")
    sources = {text_of(source) for _s, _p, source in derived}
    elsewhere = sources & snapshot.context_subjects
    if elsewhere:
        for image in sorted(elsewhere & published_images(workspace).keys()):
            yield (iri(image), iri("fi:isPublished"), literal(True))


def _changed_since_publication(
    workspace: Workspace, snapshot: Snapshot
) -> Iterator[Triple]:
    """Yield which changes of files came after a set with their images was published."""
    changes = snapshot.own_with("fi:changedFile")
    if not changes:
        return
    published = published_images(workspace)
    first: dict[str, str] = {}
    for image, _p, fileset in snapshot.own_with("fi:fileset"):
        time = published.get(text_of(image))
        if time:
            first[fileset] = min(time, first.get(fileset, time))
    for fileset, _p, happened in changes:
        # what is told of a change begins with its time: see `images.versions`
        if fileset in first and first[fileset] <= text_of(happened):
            yield (fileset, iri("fi:changedSincePublication"), happened)


def _record_starts(workspace: Workspace, snapshot: Snapshot) -> Iterator[Triple]:
    """Yield since when a microscope is described, where images name no version."""
    dated = {image for image, _p, _o in snapshot.own_with("fi:instrumentVersion")}
    undated = {
        text_of(instrument)
        for image, _p, instrument in snapshot.own_with("fi:acquiredWith")
        if image not in dated
    }
    for instrument in sorted(undated & snapshot.context_subjects):
        versions = versions_of(workspace, instrument)
        if versions and versions[0].valid_from:
            since = literal(versions[0].valid_from, datatype="xsd:date")
            yield (iri(instrument), iri("fi:recordedSince"), since)
