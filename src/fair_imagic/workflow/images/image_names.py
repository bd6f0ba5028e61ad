"""The names of images of the catalogue, ready to be matched."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from fair_imagic.catalogue.voice import file_voices
from fair_imagic.errors import InputError, NotFoundError
from fair_imagic.i18n import _
from fair_imagic.model import Image, RecordGraph, view
from fair_imagic.model.image_name import ImageName, labels, names_in, number_of
from fair_imagic.rdf import iri, text_of
from fair_imagic.workflow.base.label import label_of, name_of
from fair_imagic.workflow.base.listing import rows
from fair_imagic.workflow.images.match import Matcher

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.images.match import Match

__all__ = ["inner_name", "labels_of", "matcher_for", "matcher_of", "only", "told_of"]

_SHOWN = 12
_TITLE = iri("dcterms:title")
_IMAGES = (
    "SELECT ?image ?title ?index ?fileset WHERE {{ {few} ?image a fi:Image "
    "OPTIONAL {{ ?image dcterms:title ?title }} "
    "OPTIONAL {{ ?image fi:seriesIndex ?index }} "
    "OPTIONAL {{ ?image fi:fileset ?fileset }} }}"
)
_FILES = (
    "SELECT ?fileset ?file ?path ?sha WHERE {{ {few} ?fileset fi:file ?file . "
    "?file fi:path ?path OPTIONAL {{ ?file fi:sha256 ?sha }} }}"
)
_SEVERAL = (
    "SELECT DISTINCT ?fileset WHERE {{ {few} ?image fi:fileset ?fileset ; "
    "fi:seriesIndex ?index FILTER(?index != 0) }}"
)
# So many are named in a query; of more, all that is there is listed and sorted out.
_FEW = 300


def matcher_for(workspace: Workspace, images: Collection[str] | None = None) -> Matcher:
    """Return a matcher for images of the catalogue, by default for all of them."""
    wanted = None if images is None else frozenset(images)
    listed = [
        ImageName(
            iri=image,
            title=" ".join(title.split()) or name_of(image),
            number=number_of(index),
            fileset=fileset,
        )
        for image, title, index, fileset in _rows(workspace, _IMAGES, "image", wanted)
        if wanted is None or image in wanted
    ]
    filesets = frozenset(one.fileset for one in listed if one.fileset)
    several = {row[0] for row in _rows(workspace, _SEVERAL, "fileset", filesets)}
    files = _files(workspace, filesets)
    named = [
        replace(
            one,
            paths=files[one.fileset].paths,
            place=files[one.fileset].place,
            is_alone=one.fileset not in several,
        )
        if one.fileset in files
        else one
        for one in listed
    ]
    return matcher_of(_with_series(workspace, named))


def matcher_of(names: Iterable[ImageName]) -> Matcher:
    """Return a matcher for names, in the order in which lists have them."""
    order = sorted(names, key=lambda o: (o.title, o.paths[:1], o.number, o.iri))
    return Matcher(order)


def _rows(
    workspace: Workspace, query: str, name: str, wanted: frozenset[str] | None
) -> list[tuple[str, ...]]:
    """Return the rows of a query, about a few things only where they are few."""
    few = ""
    if wanted is not None and len(wanted) <= _FEW:
        few = f"VALUES ?{name} {{ {' '.join(map(iri, sorted(wanted)))} }}"
    return rows(workspace, query.format(few=few))


def inner_name(workspace: Workspace, text: str) -> str:
    """Return a name as it is inside: IRIs may come with the base of outside."""
    return workspace.bases.inward_iri(text) if "://" in text else text


def labels_of(workspace: Workspace, images: Collection[str]) -> dict[str, str]:
    """Return the titles of images by IRI, with the address where one comes twice."""
    found = labels(matcher_for(workspace, images).names.values())
    return {image: found.get(image) or name_of(image) for image in images}


def told_of(workspace: Workspace, record: str) -> str:
    """Return what a message calls a record: of an image its file too."""
    matcher = matcher_for(workspace, [record])
    if record in matcher.names:
        return matcher.told([record])[0]
    for name in _ahead(workspace, record):
        return Matcher([name]).told([record])[0]
    return label_of(workspace, record)


def _ahead(workspace: Workspace, record: str) -> tuple[ImageName, ...]:
    """Return the name of an image that queries do not see yet; of others nothing."""
    said = RecordGraph(workspace.catalogue.effective(record))
    fileset = view(Image, said, record).fileset if said.types(record) else None
    if fileset is None:
        return ()
    files = workspace.catalogue.effective(fileset)
    return names_in(RecordGraph([*workspace.catalogue.effective(record), *files]))


def only(
    matcher: Matcher, match: Match, *, all_fitting: bool = False, where: str = ""
) -> list[str]:
    """Return the images of a match that can be acted upon.

    Raises :class:`~fair_imagic.errors.NotFoundError` where a text fits nothing, and
    :class:`~fair_imagic.errors.InputError` where an exact name is that of several
    images and nobody said that all are meant (``all_fitting``); ``where`` is the
    place of the text.
    """
    if not match.images:
        raise NotFoundError(
            _("No image is named {name}").format(name=match.text),
            where=where,
            expected=", ".join(matcher.nearest(match.text)),
            hint=_("`*` stands for any characters: *control*."),
        )
    if match.is_ambiguous and not all_fitting:
        told = matcher.told(match.images)
        raise InputError(
            _("{count} images are named {name}").format(
                count=len(told), name=match.text
            ),
            where=where,
            found="; ".join(told[:_SHOWN]) + ("; …" if len(told) > _SHOWN else ""),
            hint=_(
                "Name one by its file and series, or say that all are meant: {option}."
            ).format(option="--all-fitting"),
        )
    return list(match.images)


class _Files(NamedTuple):
    """The paths of the files of a file set, and where the first one lies here."""

    paths: tuple[str, ...]
    place: str


def _files(workspace: Workspace, filesets: frozenset[str]) -> dict[str, _Files]:
    """Return the files of file sets; the first is the one that is read first."""
    found: dict[str, list[tuple[int, str, str, str]]] = {}
    for fileset, file, path, sha in _rows(workspace, _FILES, "fileset", filesets):
        if fileset in filesets:
            # by length first: `#file-2` comes before `#file-10`
            found.setdefault(fileset, []).append((len(file), file, path, sha))
    first = {fileset: min(files)[3] for fileset, files in found.items()}
    keys = [sha for sha in first.values() if sha]
    places = workspace.catalogue.locations.last_noted(keys)
    return {
        fileset: _Files(
            paths=tuple(path for _length, _file, path, _sha in sorted(files)),
            place=_posix(places.get(first[fileset])),
        )
        for fileset, files in found.items()
    }


def _posix(path: Path | None) -> str:
    return "" if path is None else path.as_posix()


def _with_series(workspace: Workspace, names: Iterable[ImageName]) -> list[ImageName]:
    """Return names with the series: what the file calls the image, else its title.

    A person may have given another title since.
    """
    listed = list(names)
    shared = [one.iri for one in listed if not one.is_alone]
    voices = file_voices(workspace.catalogue.database, shared)
    titles = {
        image: " ".join(text_of(term).split())
        for image, voice in voices.items()
        for subject, predicate, term in voice.statements
        if (subject, predicate) == (iri(image), _TITLE)
    }
    return [replace(one, series=titles.get(one.iri, one.title)) for one in listed]
