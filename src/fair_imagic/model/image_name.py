"""What names an image: its file and series, and how lists tell images apart.

An *address* is the path of the file below the folder that was imported, and where the
file holds several images ``#`` and the series: ``day1/mouse1.lif#Series001``.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from fair_imagic.model.classes_generated import Image
from fair_imagic.rdf import expand, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fair_imagic.model.graph import RecordGraph

__all__ = [
    "SERIES_MARK",
    "ImageName",
    "addresses",
    "labels",
    "names_in",
    "number_of",
    "without_ending",
]

_TITLE, _INDEX = expand("dcterms:title"), expand("fi:seriesIndex")
_FILESET, _FILE, _PATH = expand("fi:fileset"), expand("fi:file"), expand("fi:path")
_MOST_DIGITS = 10

#: What stands between a file and the series in it.
SERIES_MARK = "#"
_DOUBLE = (
    *(f".ome.{ending}" for ending in ("tif", "tiff", "tf2", "tf8", "btf", "xml")),
    ".companion.ome",
    ".ome.zarr",
)
_SINGLE = (
    *(".tif", ".tiff", ".tf2", ".tf8", ".btf", ".ome", ".xml", ".zarr"),
    *(".nd2", ".czi", ".lif", ".lof", ".xlef", ".lsm", ".stk", ".nd", ".zvi"),
    *(".oir", ".oib", ".oif", ".vsi", ".svs", ".ndpi", ".scn", ".mrxs", ".qptiff"),
    *(".ims", ".dv", ".r3d", ".sld", ".sldy", ".mvd2", ".ids", ".ics", ".h5"),
    *(".png", ".jpg", ".jpeg", ".bmp", ".gif", ".npy", ".mrc", ".dm3", ".dm4"),
)


@dataclass(frozen=True, kw_only=True)
class ImageName:
    """All that may name one image.

    ``paths`` are those of its files below the folder that was imported, the one that
    is read first in front; ``place`` is where that one lies on this machine, where it
    is known. ``series`` is the name that the file gives to the image, ``number``
    counts the images of the file from 1; ``is_alone`` is false where it holds several.
    """

    iri: str
    title: str = ""
    paths: tuple[str, ...] = ()
    place: str = ""
    series: str = ""
    number: int = 1
    is_alone: bool = True
    fileset: str = ""


def without_ending(name: str) -> str:
    """Return a file's name without the ending that tells its format.

    Only endings of image files are taken off: ``drug_0.5uM_A.tif`` is
    ``drug_0.5uM_A``, ``a.ome.tif`` is ``a``, and ``v1.2`` stays as it is.
    """
    lower = name.lower()
    for ending in (*_DOUBLE, *_SINGLE):
        if lower.endswith(ending) and len(name) > len(ending):
            return name[: -len(ending)]
    return name


def names_in(graph: RecordGraph) -> tuple[ImageName, ...]:
    """Return the names of the images that statements describe, with their file sets."""
    return tuple(_name_in(graph, one) for one in graph.subjects_of(Image.class_iri))


def _name_in(graph: RecordGraph, record: str) -> ImageName:
    fileset = _text(graph, record, _FILESET)
    files = sorted(map(text_of, graph.values(fileset, _FILE)), key=_in_number)
    return ImageName(
        iri=record,
        title=_text(graph, record, _TITLE) or record.rpartition("/")[2],
        paths=tuple(filter(None, (_text(graph, one, _PATH) for one in files))),
        number=number_of(_text(graph, record, _INDEX)),
        fileset=fileset,
    )


def number_of(index: str) -> int:
    """Return the number, from 1, of an image by its index, from 0, as a text."""
    return int(index) + 1 if index.isdecimal() and len(index) < _MOST_DIGITS else 1


def _text(graph: RecordGraph, subject: str, path: str) -> str:
    found = sorted(text_of(term) for term in graph.values(subject, path))
    return " ".join(found[0].split()) if found else ""


def _in_number(file: str) -> tuple[int, str]:
    """Return a key by which ``#file-2`` comes before ``#file-10``."""
    return (len(file), file)


def addresses(names: Iterable[ImageName]) -> dict[str, str]:
    """Return file and series of images, by IRI: each address is of one image only.

    Where two files have the same path below the folders that they were imported from,
    as many folders above are shown as tell them apart. Images without a file have none.
    """
    listed = [one for one in names if one.paths]
    shown = _paths_told_apart(listed)
    in_file = Counter(shown[one.iri] for one in listed)
    series = Counter((shown[one.iri], one.series) for one in listed)
    return {
        one.iri: _address(
            shown[one.iri],
            one,
            alone=one.is_alone and one.number == 1 and in_file[shown[one.iri]] == 1,
            named=bool(one.series) and series[shown[one.iri], one.series] == 1,
        )
        for one in listed
    }


def labels(names: Iterable[ImageName]) -> dict[str, str]:
    """Return the titles of images by IRI, with the address where one comes twice."""
    listed = list(names)
    counts = Counter(one.title for one in listed)
    told_apart = addresses(listed)
    return {
        one.iri: f"{one.title} ({told_apart[one.iri]})"
        if counts[one.title] > 1 and one.iri in told_apart
        else one.title
        for one in listed
    }


def _address(path: str, one: ImageName, *, alone: bool, named: bool) -> str:
    if alone:
        return path
    return f"{path}{SERIES_MARK}{one.series if named else one.number}"


def _paths_told_apart(names: list[ImageName]) -> dict[str, str]:
    """Return the path to show for each image, longer where two files share it."""
    by_path: dict[str, dict[str, str]] = {}
    for one in names:
        by_path.setdefault(one.paths[0], {})[one.fileset or one.iri] = one.place
    shown = {path: _longer(path, places) for path, places in by_path.items()}
    return {one.iri: shown[one.paths[0]][one.fileset or one.iri] for one in names}


def _longer(path: str, places: dict[str, str]) -> dict[str, str]:
    """Return the end of each place that no other one has, by file set."""
    if len(places) == 1:
        return dict.fromkeys(places, path)
    parts = {key: PurePosixPath(place).parts for key, place in places.items()}
    shown = dict.fromkeys(places, path)
    least = len(PurePosixPath(path).parts)
    for length in range(max(map(len, parts.values())), least, -1):
        ends = {key: own[-length:] for key, own in parts.items()}
        counts = Counter(ends.values())
        for key, end in ends.items():
            if counts[end] == 1 and len(end) == length and end[0] != "/":
                shown[key] = "/".join(end)
    return shown
