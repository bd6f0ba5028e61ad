"""Series: which image of a file set each image in its files is, and its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.catalogue.voice import file_voices
from fair_imagic.mapping import statements_for
from fair_imagic.rdf import iri, text_of
from fair_imagic.workflow.images.identity import Standing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from fair_imagic.rdf import Triple
    from fair_imagic.readers import RawFileset, RawImage
    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.images.identity import Identity, KeptImage

    Named = tuple[tuple[str, RawImage], ...]

__all__ = ["named_images"]

_TITLE = iri("dcterms:title")


def named_images(
    workspace: Workspace, identity: Identity, raw: RawFileset
) -> tuple[Named, tuple[str, ...]]:
    """Return each image of the files with its IRI, and the images that are gone.

    In a new version of the files, images are told by their titles where these tell
    them apart, else by their numbers: a person's words about one must not come to
    stand at another.
    """
    kept = identity.kept.images if identity.kept is not None else ()
    if identity.standing is not Standing.CHANGED:
        known = {one.series_index: one.iri for one in kept if not one.is_gone}
        return tuple(
            (known.get(one.index) or _name(workspace, identity, one.index), one)
            for one in raw.images
        ), ()
    matched = _matched(workspace, kept, raw.images)
    free = _free_numbers(workspace, identity, kept)
    named = tuple(
        (matched.get(one.index) or _name(workspace, identity, free(one.index)), one)
        for one in raw.images
    )
    used = {image for image, _raw in named}
    gone = tuple(one.iri for one in kept if not one.is_gone and one.iri not in used)
    return named, gone


def _name(workspace: Workspace, identity: Identity, number: int) -> str:
    return workspace.mint("image", f"{identity.key}-{number}")


def _matched(
    workspace: Workspace, kept: Sequence[KeptImage], images: Sequence[RawImage]
) -> dict[int, str]:
    """Return by number in the file the image that is recorded already."""
    voices = file_voices(workspace.catalogue.database, [one.iri for one in kept])
    before = {
        one.iri: _title(voices[one.iri].statements, one.iri)
        for one in kept
        if one.iri in voices
    }
    now = {
        one.index: _title((s.triple for s in statements_for(one, image_iri="")), "")
        for one in images
    }
    tell_apart = all(len(set(t.values())) == len(t) for t in (before, now))
    several = max(len(before), len(now)) > 1
    if several and tell_apart and set(before.values()) & set(now.values()):
        images_of = {title: image for image, title in before.items()}
        found = ((index, images_of.get(title)) for index, title in now.items())
        return {index: image for index, image in found if image is not None}
    # what was gone before counts only where nothing else has its number
    latest = sorted(kept, key=lambda one: not one.is_gone)
    numbers = {one.series_index: one.iri for one in latest}
    return {index: numbers[index] for index in now if index in numbers}


def _title(statements: Iterable[Triple], image: str) -> str:
    wanted = (iri(image), _TITLE)
    return next((text_of(one[2]) for one in statements if one[:2] == wanted), "")


def _free_numbers(
    workspace: Workspace, identity: Identity, kept: Sequence[KeptImage]
) -> Callable[[int], int]:
    """Return what gives a new image a number that no other has: its own if free."""
    taken = {one.iri for one in kept}

    def free(number: int) -> int:
        while _name(workspace, identity, number) in taken:
            number += 1
        taken.add(_name(workspace, identity, number))
        return number

    return free
