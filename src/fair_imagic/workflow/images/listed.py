"""Images as lists show and search them: a few texts of each, kept while they are true.

A list of 20,000 images is searched, counted and paged at each look. So what is needed
of each image is read once for a place (a collection, a set, or everything), and later
only of the images that changed since.
"""

from __future__ import annotations

import threading
import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from fair_imagic.rdf import iri
from fair_imagic.workflow.base.label import name_of
from fair_imagic.workflow.base.listing import rows

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from fair_imagic.catalogue import Catalogue, Sight
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["ListedImage", "folded", "listed_in"]

# Of more images that changed, all of the place is read anew.
_FEW = 300
_MOST_PLACES = 8
_MOST_IMAGES = 200_000
_IMAGES = (
    "SELECT ?image ?title ?time ?instrument ?sample ?model ?path ?format "
    "?collection WHERE {{ {place} {few} ?image a fi:Image "
    "OPTIONAL {{ ?image dcterms:title ?title }} "
    "OPTIONAL {{ ?image sosa:resultTime ?time }} "
    "OPTIONAL {{ ?image fi:acquiredWith ?instrument }} "
    "OPTIONAL {{ ?image fi:sample ?sample }} "
    "OPTIONAL {{ ?image fi:objective ?objective . ?objective nboq:model ?model }} "
    "OPTIONAL {{ ?image dcterms:isPartOf ?collection . ?collection a fi:Collection }} "
    "OPTIONAL {{ ?image fi:fileset ?fileset . ?fileset fi:file ?file . "
    "?file fi:path ?path OPTIONAL {{ ?file dcterms:format ?format }} }} }}"
)
_TAGS = (
    "SELECT ?image ?name ?text WHERE {{ {place} {few} ?image a fi:Image ; "
    "schema:additionalProperty ?tag . ?tag schema:name ?name "
    "OPTIONAL {{ ?tag schema:value ?public }} "
    "OPTIONAL {{ ?tag fi:privateValue ?private }} "
    "BIND(COALESCE(?public, ?private) AS ?text) }}"
)


@dataclass(frozen=True, kw_only=True)
class ListedImage:
    """What a list says of one image; records by IRI, the day as in ``2026-03-04``.

    ``words`` are title and paths, folded for a search.
    """

    iri: str
    title: str
    day: str = ""
    instrument: str = ""
    samples: frozenset[str] = frozenset()
    objectives: frozenset[str] = frozenset()
    collections: frozenset[str] = frozenset()
    files: frozenset[tuple[str, str]] = frozenset()
    tags: frozenset[tuple[str, str]] = frozenset()
    words: str = ""

    @property
    def linked(self) -> tuple[str, ...]:
        """The image and the records that it names."""
        named = (self.iri, self.instrument, *self.samples, *self.collections)
        return tuple(filter(None, named))


@dataclass
class _Place:
    """The images of one place as they were after a change."""

    number: int
    images: dict[str, ListedImage]
    in_order: tuple[ListedImage, ...] = ()

    def __post_init__(self) -> None:
        self.in_order = tuple(
            sorted(self.images.values(), key=lambda one: (one.title, one.iri))
        )


@dataclass
class _Shelf:
    """The places that were looked at last."""

    places: dict[str, _Place] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


_SHELVES: WeakKeyDictionary[Catalogue, _Shelf] = WeakKeyDictionary()
_NEW_SHELF = threading.Lock()


def listed_in(workspace: Workspace, place: str = "") -> tuple[ListedImage, ...]:
    """Return the images of a collection or set (all by default), by title.

    What is hidden from who looks is not among them, nor named by one of them.
    """
    whole = workspace.whole
    with _NEW_SHELF:
        shelf = _SHELVES.setdefault(whole.catalogue, _Shelf())
    with shelf.lock:
        known = shelf.places.pop(place, None)
        now = whole.catalogue.last_number()
        if known is None or known.number != now:
            known = _renewed(whole, place, known, now)
        shelf.places[place] = known
        _forget(shelf)
    sight = workspace.catalogue.sight
    return known.in_order if sight is None else _seen(sight, known.in_order)


def _seen(sight: Sight, images: Sequence[ListedImage]) -> tuple[ListedImage, ...]:
    """Return the images that somebody sees, without what they do not see."""
    linked = {record for one in images for record in one.linked}
    hidden = linked - sight.seen(linked)
    if not hidden:
        return tuple(images)
    return tuple(
        replace(
            one,
            instrument="" if one.instrument in hidden else one.instrument,
            samples=one.samples - hidden,
            collections=one.collections - hidden,
        )
        for one in images
        if one.iri not in hidden
    )


def folded(text: str) -> str:
    """Return a text as a search compares it: composed, small letters, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _forget(shelf: _Shelf) -> None:
    """Let the places go that were looked at longest ago, where they are many."""
    while len(shelf.places) > 1 and (
        len(shelf.places) > _MOST_PLACES
        or sum(len(one.images) for one in shelf.places.values()) > _MOST_IMAGES
    ):
        del shelf.places[next(iter(shelf.places))]


def _renewed(
    workspace: Workspace, place: str, known: _Place | None, now: int
) -> _Place:
    if known is None:
        return _Place(now, _read(workspace, place))
    changed = workspace.catalogue.records_changed(known.number)
    start = workspace.mint("image", "x").removesuffix("x")
    images = [one for one in changed if one.startswith(start)]
    # of a file that became another one, any image may be concerned
    others = workspace.mint("fileset", "x").removesuffix("x")
    is_whole = place in changed or any(one.startswith(others) for one in changed)
    if is_whole or len(images) > _FEW:
        return _Place(now, _read(workspace, place))
    if not images:
        return replace(known, number=now)
    kept = {one: row for one, row in known.images.items() if one not in set(images)}
    return _Place(now, kept | _read(workspace, place, images))


def _read(
    workspace: Workspace, place: str, few: Collection[str] = ()
) -> dict[str, ListedImage]:
    words = {
        "place": _pattern(workspace, place),
        "few": f"VALUES ?image {{ {' '.join(map(iri, few))} }}" if few else "",
    }
    gathered: dict[str, list[tuple[str, ...]]] = {}
    for row in rows(workspace, _IMAGES.format(**words)):
        gathered.setdefault(row[0], []).append(row)
    tags: dict[str, set[tuple[str, str]]] = {}
    for image, name, text in rows(workspace, _TAGS.format(**words)):
        tags.setdefault(image, set()).add((name, text))
    return {
        image: _image(found, frozenset(tags.get(image, ())))
        for image, found in gathered.items()
    }


def _pattern(workspace: Workspace, place: str) -> str:
    if not place:
        return ""
    if place.startswith(workspace.mint("set", "x").removesuffix("x")):
        return f"{iri(place)} dcterms:hasPart ?image ."
    return f"?image dcterms:isPartOf {iri(place)} ."


def _image(
    found: list[tuple[str, ...]], tags: frozenset[tuple[str, str]]
) -> ListedImage:
    image, title, time, instrument = found[0][:4]
    paths = sorted({row[6] for row in found if row[6]})
    shown = " ".join(title.split()) or name_of(image)
    return ListedImage(
        iri=image,
        title=shown,
        day=time[:10],
        instrument=instrument,
        samples=frozenset(row[4] for row in found if row[4]),
        objectives=frozenset(row[5] for row in found if row[5]),
        collections=frozenset(row[8] for row in found if row[8]),
        files=frozenset((row[6], row[7]) for row in found if row[6]),
        tags=tags,
        words=folded(f"{shown} {' '.join(paths)}"),
    )
