"""Pixels of an OME image whose planes lie in several files."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from fair_imagic.errors import InputError
from fair_imagic.i18n import _
from fair_imagic.readers.planes import few
from fair_imagic.readers.tiff_file import TIFF_MAGIC, tiff_of
from fair_imagic.readers.tiff_pixels import ordered, standard_axes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from fair_imagic.readers.ome_layout import Block, Layout
    from fair_imagic.readers.opened import OpenedFile

__all__ = ["spread_pixels"]

# t, c, z of a plane, where c counts planes and no colours.
_Plane = tuple[int, int, int]
_Spot = tuple["Path", int]


def spread_pixels(
    file: OpenedFile,
    layouts: tuple[Layout, ...],
    index: int,
    *,
    there: Mapping[str, Path],
    least_px: int = 0,
) -> NDArray[Any]:
    """Return an image with axes TCZYX; only the files of the planes asked are opened.

    ``file`` holds the document, ``there`` are the other files by their names in it.
    Planes of files that are not there are empty (the
    reader says which files are missing). Raises ValueError where none is there, and
    :class:`~fair_imagic.errors.InputError` for an image that does not exist.
    """
    if not 0 <= index < len(layouts):
        raise InputError(
            _("There is no image {index} in this file").format(index=index),
            where=str(file.path),
            expected=f"0-{len(layouts) - 1}",
        )
    layout = layouts[index]
    if layout.flaw:
        raise ValueError(
            _("its OME-XML does not say where the planes are ({detail})").format(
                detail=layout.flaw
            )
        )
    spots = _spots(file, layout, there)
    times = list(range(layout.sizes["T"]))
    sections = list(range(layout.sizes["Z"]))
    if least_px:
        times, sections = few(times, axis="T"), few(sections, axis="Z")
    planes = range(layout.sizes["C"] // layout.samples)
    wanted = list(itertools.product(times, planes, sections))
    arrays = [
        _plane(file, spots[one], layout.samples, least_px) if one in spots else None
        for one in wanted
    ]
    return _stacked(arrays, (len(times), len(planes), len(sections)))


def _spots(
    file: OpenedFile, layout: Layout, there: Mapping[str, Path]
) -> dict[_Plane, _Spot]:
    """Return file and page of each plane; no file is opened that need not be."""
    sizes = layout.sizes | {"C": layout.sizes["C"] // layout.samples}
    spots: dict[_Plane, _Spot] = {}
    for block in layout.blocks:
        path = _path(file, block.file, there)
        if path is None:
            continue
        count = block.count
        if count is None:
            count = len(tiff_of(file.member(path)).pages)
        for number, place in enumerate(_places(block, sizes, layout.order, count)):
            spots[place] = (path, block.page + number)
    return spots


def _path(file: OpenedFile, name: str | None, there: Mapping[str, Path]) -> Path | None:
    """Return where a file with planes is, or None where it is not there."""
    if name in (None, file.path.name):
        return file.path if file.head[:4] in TIFF_MAGIC else None
    return there.get(str(name))


def _places(
    block: Block, sizes: dict[str, int], order: str, count: int
) -> Iterator[_Plane]:
    """Yield the planes of a block, from its first one on, in the order of the axes."""
    start, step = 0, 1
    for axis in order:
        start += block.first[axis] * step
        step *= sizes[axis]
    for number in range(start, min(start + count, step)):
        rest, place = number, {}
        for axis in order:
            rest, place[axis] = divmod(rest, sizes[axis])
        yield place["T"], place["C"], place["Z"]


def _plane(file: OpenedFile, spot: _Spot, samples: int, least_px: int) -> NDArray[Any]:
    """Return one plane with axes CYX, where C are its colours."""
    path, number = spot
    page = _level(tiff_of(file.member(path)).pages[number], least_px)
    array = ordered(page.asarray(), standard_axes(page.axes))[0, :, 0]
    if array.shape[0] != samples:
        raise ValueError(
            _("a plane of {name} has {found} colours, not {expected}").format(
                name=path.name, found=array.shape[0], expected=samples
            )
        )
    return array


def _level(page: Any, least_px: int) -> Any:
    """Return the smallest version of a page that is large enough."""
    if not least_px or not page.subifds:
        return page
    levels = [one for one in page.pages if max(one.shape[:2]) >= least_px]
    return min((page, *levels), key=lambda one: max(one.shape[:2]))


def _stacked(
    arrays: list[NDArray[Any] | None], shape: tuple[int, int, int]
) -> NDArray[Any]:
    import numpy as np

    first = next((array for array in arrays if array is not None), None)
    if first is None:
        raise ValueError(_("none of the files with its pixels is there"))
    empty = np.zeros_like(first)
    whole = np.stack([empty if array is None else array for array in arrays])
    whole = whole.reshape(*shape, *first.shape)  # t, c, z, colours, y, x
    moved = np.moveaxis(whole, 3, 2)
    return np.asarray(moved.reshape(shape[0], -1, shape[2], *first.shape[1:]))
