"""Reader of TIFF without OME-XML: plain, ImageJ, MetaMorph STK, Zeiss LSM."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fair_imagic.gaps import Gap
from fair_imagic.i18n import _, both
from fair_imagic.readers.base import (
    Claim,
    RawFact,
    RawFileset,
    RawImage,
    fact,
    limited,
    reading,
    stem_of,
)
from fair_imagic.readers.flaw import Flaw, few
from fair_imagic.readers.leak import Leak
from fair_imagic.readers.ome_pages import TYPES
from fair_imagic.readers.planes import OTHER_AXIS
from fair_imagic.readers.quantities import told_apart
from fair_imagic.readers.tiff_file import (
    TIFF_MAGIC,
    is_beside_the_image,
    refuse_cut_file,
    tiff_of,
)
from fair_imagic.readers.tiff_pixels import AXES, series_pixels, standard_axes
from fair_imagic.readers.tiff_vendors import vendor_facts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from fair_imagic.readers.opened import OpenedFile

__all__ = ["READER", "TiffReader"]

_KEPT_TAGS = (
    "ImageDescription",
    "Make",
    "Model",
    "Software",
    "ProcessingSoftware",
    "DateTime",
    "DateTimeOriginal",
    "Artist",
    "HostComputer",
    "Copyright",
    "XResolution",
    "YResolution",
    "ResolutionUnit",
    "Compression",
    "PhotometricInterpretation",
)
# Letters of tifffile for axes that the model has no place for.
_OTHER_AXES = {
    "A": "angles",
    "P": "phases",
    "R": "tiles",
    "M": "tiles",
    "V": "events",
    "L": "exposures",
}


class TiffReader:
    """Any TIFF; resolution tags count only where ImageJ or MetaMorph wrote them."""

    token = "tiff"  # noqa: S105 - a name, no secret
    label = "TIFF"
    extensions = (".tif", ".tiff", ".stk", ".btf", ".lsm")
    gaps = (
        Gap(
            "page-meaning",
            both(
                "Where nothing says what the pages are, they are taken as time points."
            ),
        ),
        Gap(
            "other-axes",
            both(
                "Of axes beside width, height, depth, channel and time (tiles, phases, "
                "angles) only the first part is shown and processed; it is told."
            ),
        ),
        Gap(
            "resolution-tags",
            both(
                "A resolution in dots per inch or centimetre is kept, but not taken as "
                "pixel size: most programs write a number without meaning there."
            ),
        ),
        Gap(
            "one-file-a-channel",
            both(
                "An image whose channels or sections lie in several plain TIFF files "
                "(MetaXpress) is read as several images; its .HTD file is not read."
            ),
        ),
    )

    def claim(self, file: OpenedFile) -> Claim:
        """Claim a file that starts as a TIFF file does."""
        if file.head[:4] not in TIFF_MAGIC:
            return Claim(0, _("it does not start as a TIFF file"))
        return Claim(10, _("it starts as a TIFF file"))

    def companions(self, file: OpenedFile) -> tuple[Path, ...]:
        """Return nothing: a plain TIFF file stands alone."""
        return ()

    def read(self, file: OpenedFile) -> RawFileset:
        """Return what the tags and the vendor's notes say."""
        problems: list[str] = []
        with reading(file.path, self.label):
            tiff = tiff_of(file)
            if not tiff.series or not len(tiff.pages):
                raise ValueError(_("there is no image in it"))
            refuse_cut_file(file)
            images = tuple(
                _image(tiff, index, stem_of(file.path), problems)
                for index in range(len(tiff.series))
                if not is_beside_the_image(tiff, index)
            )
            labels = tuple(_labels(tiff))
            images, aside = told_apart(images, zeros=bool(tiff.is_lsm))
            flaws = (*aside, *few(_other_axes(tiff, images)))
            problems += [flaw.sentence for flaw in flaws]
        return RawFileset(
            paths=(file.path,),
            reader=self.token,
            images=images,
            problems=tuple(problems),
            flaws=flaws,
            leaks=labels,
        )

    def pixels(
        self, file: OpenedFile, index: int, *, least_px: int = 0
    ) -> NDArray[Any]:
        """Return an image with axes TCZYX."""
        with reading(file.path, self.label):
            return series_pixels(file, index, least_px=least_px)


def _labels(tiff: Any) -> Iterator[Leak]:
    """Yield the pictures of the slide that show its label."""
    for index, series in enumerate(tiff.series):
        if is_beside_the_image(tiff, index) and series.name in ("Label", "Macro"):
            size = "x".join(str(length) for length in series.shape[1::-1])
            value = f"{series.name} ({size})"
            yield Leak("slide_label_in_file", value, f"series[{index}]")


def _image(tiff: Any, index: int, stem: str, problems: list[str]) -> RawImage:
    series = tiff.series[index]
    name = stem if index == 0 else f"{stem} {index + 1}"
    unknown = [axis for axis in series.axes if axis not in AXES and axis in "IQ"]
    if unknown:
        problems.append(
            _("Nothing says what the {count} pages are; taken as time points").format(
                count=series.shape[series.axes.index(unknown[0])]
            )
        )
    facts = limited(_facts(tiff, series, index), problems)
    return RawImage(index, name, facts)


def _other_axes(tiff: Any, images: tuple[RawImage, ...]) -> Iterator[Flaw]:
    """Yield the axes beside the five."""
    for image in images:
        series = tiff.series[image.index]
        for axis, count in zip(series.axes, series.shape, strict=True):
            if standard_axes(axis) == OTHER_AXIS and count > 1:
                name = _OTHER_AXES.get(axis, axis)
                place = f"series[{image.index}]/axes {series.axes}"
                yield Flaw("other_axis", f"{name} {count}", place)


def _facts(tiff: Any, series: Any, index: int) -> Iterator[RawFact]:
    where = f"series[{index}]"
    yield from _size_facts(series, where)
    page = series.keyframe
    for name in _KEPT_TAGS:
        tag = page.tags.get(name)
        if tag is not None and str(tag.value).strip():
            value = tag.value
            text = value.name if hasattr(value, "name") else value
            yield fact(f"tiff:{name}", text, f"{where}/tag {tag.code} {name}")
    yield from vendor_facts(tiff, series, where)


def _size_facts(series: Any, where: str) -> Iterator[RawFact]:
    axes = standard_axes(series.axes)
    sizes = dict.fromkeys("XYZCT", 1)
    for axis, length in zip(axes, series.shape, strict=True):
        if axis in sizes:
            sizes[axis] *= length
    place = f"{where}/axes {series.axes}"
    for axis, length in sizes.items():
        yield fact(f"Image/Pixels/Size{axis}", length, place)
    # Axes are told slowest first, OME's order fastest first.
    order = "".join(dict.fromkeys(axes[::-1].replace(OTHER_AXIS, "")))
    order += "".join(axis for axis in "XYCZT" if axis not in order)
    if order[:2] != "XY":
        order = "XY" + "".join(axis for axis in order if axis not in "XY")
    yield fact("Image/Pixels/DimensionOrder", order, place)
    kind = str(series.dtype)
    place = f"{where}/dtype"
    yield fact("Image/Pixels/Type", TYPES.get(kind, kind), place)
    if "S" in series.axes.upper():
        for number, name in enumerate(("Red", "Green", "Blue", "Alpha")[: sizes["C"]]):
            yield fact(f"Image/Pixels/Channel[{number}]/Name", name, place)
    else:
        for number in range(sizes["C"]):
            yield fact(f"Image/Pixels/Channel[{number}]/Index", number, place)


READER = TiffReader()
