"""The matcher: which images a text names. It knows texts only, no catalogue.

A text is tried, in this order, as the IRI of an image (or its last part), as file and
series, as the path of a file (whole, then its end by folders), as the name of a file,
with and without its ending, and as a title. The first level that fits decides, and
exact comes before pattern: only where nothing fits exactly, ``*`` stands for any
characters. All other characters stand for themselves. Accents are compared composed
(Unicode NFC), whichever way they are written.
"""

from __future__ import annotations

import difflib
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.model.image_name import SERIES_MARK, addresses, without_ending

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from fair_imagic.model.image_name import ImageName

__all__ = ["JOKER", "LEVELS", "Match", "Matcher", "fits"]

JOKER = "*"
_NEAREST = 3


@dataclass(frozen=True, kw_only=True)
class Match:
    """The images that a text names, by IRI; none, one or several.

    ``level`` says as what it was understood (a key of :data:`LEVELS`), ``by_pattern``
    whether by ``*``.
    """

    text: str
    images: tuple[str, ...] = ()
    level: str = ""
    by_pattern: bool = False

    @property
    def is_ambiguous(self) -> bool:
        """Whether an exact name is that of several images."""
        return len(self.images) > 1 and not self.by_pattern


def _iris(one: ImageName) -> Iterator[str]:
    yield one.iri
    yield one.iri.rpartition("/")[2]


def _series(one: ImageName) -> Iterator[str]:
    return (f"{path}{SERIES_MARK}{one.series}" for path in one.paths if one.series)


def _numbers(one: ImageName) -> Iterator[str]:
    return (f"{path}{SERIES_MARK}{one.number}" for path in one.paths)


def _series_of_ends(one: ImageName) -> Iterator[str]:
    if one.series and one.paths:
        for end in (*_ends(one), *_file_names(one)):
            yield f"{end}{SERIES_MARK}{one.series}"


def _numbers_of_ends(one: ImageName) -> Iterator[str]:
    if one.paths:
        for end in (*_ends(one), *_file_names(one)):
            yield f"{end}{SERIES_MARK}{one.number}"


def _paths(one: ImageName) -> Iterator[str]:
    yield from one.paths


def _ends(one: ImageName) -> Iterator[str]:
    """Yield the ends of the paths by folders, two parts at least."""
    for path in filter(None, (*one.paths, one.place)):
        parts = path.split("/")
        for start in range(len(parts) - 1):
            yield "/".join(parts[start:])


def _file_names(one: ImageName) -> Iterator[str]:
    # What has no file is reached by the same patterns as what has one.
    if one.paths:
        yield from (path.rpartition("/")[2] for path in one.paths)
    else:
        yield one.title


def _stems(one: ImageName) -> Iterator[str]:
    if one.paths:
        yield from map(without_ending, _file_names(one))


def _titles(one: ImageName) -> Iterator[str]:
    yield one.title


#: What a text may be, in the order in which it is tried.
LEVELS: dict[str, Callable[[ImageName], Iterator[str]]] = {
    "iri": _iris,
    "series": _series,
    "series of end": _series_of_ends,
    "number": _numbers,
    "number of end": _numbers_of_ends,
    "path": _paths,
    "end": _ends,
    "file": _file_names,
    "stem": _stems,
    "title": _titles,
}
# A pattern is looked for in paths and series where it speaks of one: `*control*` means
# no folder of this name.
_SPEAKS_OF = {
    "series": SERIES_MARK,
    "series of end": SERIES_MARK,
    "number": SERIES_MARK,
    "number of end": SERIES_MARK,
    "path": "/",
    "end": "/",
    "iri": "://",
}


class Matcher:
    """Finds images by their names, among those that it is given."""

    def __init__(self, names: Iterable[ImageName]) -> None:
        self.names = {one.iri: one for one in names}
        self.addresses = addresses(self.names.values())
        self._known: dict[tuple[str, bool], dict[str, list[str]]] = {}

    def match(self, text: str, *, levels: Sequence[str] = tuple(LEVELS)) -> Match:
        """Return the images that a text names, on some levels or on all."""
        for plain in (True, False):
            for level in levels:
                images = self._on(level, plain=plain).get(_folded(text, plain=plain))
                if images:
                    return Match(text=text, images=tuple(images), level=level)
        if JOKER in text:
            for level in levels:
                images = self._by_pattern(text, level)
                if images:
                    found = tuple(images)
                    return Match(text=text, images=found, level=level, by_pattern=True)
        return Match(text=text)

    def nearest(self, text: str) -> tuple[str, ...]:
        """Return names of images that look like a text that fits nothing."""
        shown = ("title", "stem", "file", "series")
        known = (name for level in shown for name in self._on(level, plain=False))
        wanted = _folded(text, plain=False)
        return tuple(
            difflib.get_close_matches(wanted, dict.fromkeys(known), n=_NEAREST)
        )

    def told(self, images: Iterable[str]) -> tuple[str, ...]:
        """Return images as lists name them: title, and file and series where known."""
        return tuple(map(self._told, images))

    def _told(self, image: str) -> str:
        title = self.names[image].title
        address = self.addresses.get(image, "")
        return address if title in ("", address) else f"{title} ({address or image})"

    def _on(self, level: str, *, plain: bool) -> dict[str, list[str]]:
        """Return the images by all that names them on a level."""
        key = (level, plain)
        if key not in self._known:
            found: dict[str, dict[str, None]] = {}
            for one in self.names.values():
                for name in LEVELS[level](one):
                    found.setdefault(_folded(name, plain=plain), {})[one.iri] = None
            found.pop("", None)
            self._known[key] = {name: list(images) for name, images in found.items()}
        return self._known[key]

    def _by_pattern(self, text: str, level: str) -> list[str]:
        if _SPEAKS_OF.get(level, "") not in text:
            return []
        pieces = _folded(text, plain=False).split(JOKER)
        images = {
            image
            for name, listed in self._on(level, plain=False).items()
            if _fits(name, pieces)
            for image in listed
        }
        return [image for image in self.names if image in images]


def fits(name: str, pattern: str) -> bool:
    """Return whether a name is a text, or fits it where it has ``*``."""
    text = _folded(name, plain=False)
    wanted = _folded(pattern, plain=False)
    return text == wanted or (JOKER in wanted and _fits(text, wanted.split(JOKER)))


def _fits(name: str, pieces: list[str]) -> bool:
    """Return whether a name has these pieces in this order, the ends at its ends.

    No regular expression: some patterns with many stars would take it hours.
    """
    first, *middle, last = pieces
    if not name.startswith(first) or len(name) < len(first) + len(last):
        return False
    place, end = len(first), len(name) - len(last)
    for piece in middle:
        place = name.find(piece, place, end)
        if place < 0:
            return False
        place += len(piece)
    return place <= end and name.endswith(last)


def _folded(text: str, *, plain: bool) -> str:
    """Return a text as it is compared: composed; else with its spaces counted once."""
    composed = unicodedata.normalize("NFC", text)
    return composed if plain else " ".join(composed.split())
