"""Versions: what a known file set says after its files have changed.

The new version is a source of its own. What the version before said is taken back in
the same change set, so that one undo brings it back; raw facts of both are kept, and
what people said stays.
"""

from __future__ import annotations

import dataclasses
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from fair_imagic.catalogue import REMOVED, Change, SourceKind
from fair_imagic.catalogue.voice import statements_by_source
from fair_imagic.clock import isoformat, now
from fair_imagic.model import Image, RecordGraph, view
from fair_imagic.rdf import iri, literal
from fair_imagic.workflow.images import filesets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fair_imagic.catalogue import Source
    from fair_imagic.catalogue.voice import Said
    from fair_imagic.rdf import Triple
    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.images.filesets import FoundFileset

__all__ = ["changes_of_version"]

_CHANGED = iri("fi:changedFile")
_GONE = iri("fi:goneFromFile")
_BY_PEOPLE = (SourceKind.RULE, SourceKind.TABLE, SourceKind.PERSON)
_MOST_NAMED = 3
_SHOWN = 16


def changes_of_version(
    workspace: Workspace, found: FoundFileset, frame: Image
) -> tuple[Change, ...]:
    """Return what the new version of a file set changes; its raw facts are kept.

    ``frame`` holds for images that are new; the others keep their collections, to
    which that of the frame is added, and what a processing run said of them.
    """
    images = [image for image, _raw in found.images]
    said = statements_by_source(
        workspace.catalogue.database,
        [found.iri, *images],
        kinds=(SourceKind.FILE, *_BY_PEOPLE),
    )
    own = {image: _framed(frame, image, said.get(image, {})) for image in images}
    fresh = filesets.changes_for(workspace, found, frame, own)
    source = fresh[0].source
    happened = f"{isoformat(now())}: {_difference(found)}"
    changes = [
        *_told(found, said[found.iri], source, happened),
        *(_gone(image, source, happened) for image in found.gone),
        *fresh,
    ]
    taken = (
        change
        for record in (found.iri, *images)
        for change in _taken_back(record, said.get(record, {}))
    )
    return tuple(_settled([*taken, *changes]))


def _framed(frame: Image, image: str, said: Said) -> Image:
    """Return what holds of an image whatever its file says, as it was before."""
    before = (triples for source, triples in said.items() if _is_file(source))
    graph = RecordGraph([triple for triples in before for triple in triples])
    seen = view(Image, graph, image)
    if not seen.content_kind:
        return frame
    return dataclasses.replace(
        frame,
        collection=tuple(dict.fromkeys((*seen.collection, *frame.collection))),
        content_kind=seen.content_kind,
        generated_by=seen.generated_by,
        sample=seen.sample,
    )


def _taken_back(record: str, said: Said) -> Iterator[Change]:
    """Yield what versions before said, and what people answered to a change before."""
    for source, triples in said.items():
        removed = frozenset(t for t in triples if _is_file(source) or _answers(t))
        if removed:
            yield Change(record=record, source=source, removed=removed)


def _told(
    found: FoundFileset, said: Said, source: Source, happened: str
) -> Iterator[Change]:
    """Yield that the files have changed, with the changes that nobody answered yet."""
    subject = iri(found.iri)
    triples = [(one, t) for one, several in said.items() for t in several]
    answered = any(not _is_file(one) and _answers(t) for one, t in triples)
    open_still = {
        t for one, t in triples if _is_file(one) and t[1] == _CHANGED and not answered
    }
    told = {*open_still, (subject, _CHANGED, literal(happened))}
    yield Change(record=found.iri, source=source, added=frozenset(told))


def _gone(image: str, source: Source, happened: str) -> Change:
    statement = (iri(image), _GONE, literal(happened))
    return Change(record=image, source=source, added=frozenset({statement}))


def _is_file(source: Source) -> bool:
    return source.kind is SourceKind.FILE


def _answers(triple: Triple) -> bool:
    _subject, predicate, value = triple
    return _CHANGED in (predicate, value if predicate == REMOVED else "")


def _settled(changes: Sequence[Change]) -> Iterator[Change]:
    """Yield one change for each record and source: removed and said again is neither.

    A version that is there again (a file that was restored) speaks with one voice.
    """
    merged: dict[tuple[str, str], Change] = {}
    for change in changes:
        key = (change.record, change.source.iri)
        before = merged.get(key, Change(change.record, change.source))
        added, removed = before.added | change.added, before.removed | change.removed
        merged[key] = dataclasses.replace(
            before,
            added=added - removed,
            removed=removed - added,
            places={**before.places, **change.places},
        )
    yield from merged.values()


def _difference(found: FoundFileset) -> str:
    """Return which files have another content, with their checksums, for a person."""
    kept = found.identity.kept
    files = kept.files if kept is not None else ()
    before = {PurePosixPath(one.path or "").name: one.sha256 or "" for one in files}
    names = [PurePosixPath(name).name for name in found.names]
    after = dict(zip(names, found.checksums, strict=True))
    if len(before) == len(after) == 1:  # the file may have another name now
        before = dict(zip(after, before.values(), strict=True))
    changed = [n for n in {**before, **after} if before.get(n) != after.get(n)]
    texts = [
        f"{name} {before.get(name, '–')[:_SHOWN]} → {after.get(name, '–')[:_SHOWN]}"
        for name in changed[:_MOST_NAMED]
    ]
    more = len(changed) - len(texts)
    return "; ".join(texts) + (f"; +{more}" if more else "")
