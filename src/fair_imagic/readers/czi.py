"""Reader of Zeiss CZI: header, XML and block list read here, pixels by pylibCZIrw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fair_imagic.gaps import Gap
from fair_imagic.i18n import _, both
from fair_imagic.readers.base import (
    Claim,
    RawFileset,
    RawImage,
    limited,
    reading,
    stem_of,
)
from fair_imagic.readers.czi_blocks import CziFile, czi_of
from fair_imagic.readers.czi_facts import document_facts, image_facts
from fair_imagic.readers.flaw import Flaw
from fair_imagic.readers.leak import Leak, leaks_of_xml
from fair_imagic.readers.planes import few
from fair_imagic.readers.quantities import told_apart

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from fair_imagic.readers.opened import OpenedFile

__all__ = ["READER", "CziReader"]

_MAGIC = b"ZISRAWFILE"


class CziReader:
    """Zeiss CZI; each scene is an image."""

    token = "czi"  # noqa: S105 - a name, no secret
    label = "Zeiss CZI"
    extensions = (".czi",)
    gaps = (
        Gap(
            "phases-and-views",
            both(
                "Of images with several phases, rotations, illuminations or views, "
                "one of each is shown and processed; the others are left out."
            ),
        ),
        Gap(
            "single-planes",
            both("Time and stage position of single planes are not read."),
        ),
        Gap(
            "attachments",
            both(
                "Attached pictures, tables and time stamps are not read; a picture of "
                "the slide's label is told."
            ),
        ),
    )

    def claim(self, file: OpenedFile) -> Claim:
        """Claim a file with the header of CZI."""
        if file.head[:10] != _MAGIC:
            return Claim(0, _("it does not start with ZISRAWFILE"))
        return Claim(10, _("it starts with ZISRAWFILE"))

    def companions(self, file: OpenedFile) -> tuple[Path, ...]:
        """Return nothing: a CZI file stands alone."""
        return ()

    def read(self, file: OpenedFile) -> RawFileset:
        """Return what the XML and the list of blocks say."""
        problems: list[str] = []
        with reading(file.path, self.label):
            czi = czi_of(file)
            images = tuple(
                _image(czi, index, scene, file.path, problems)
                for index, scene in enumerate(czi.scenes)
            )
            facts = limited(document_facts(czi), problems)
            images, aside = told_apart(images, zeros=True)
            flaws = (*aside, *_other_axes(czi))
            problems += [flaw.sentence for flaw in flaws]
        return RawFileset(
            paths=(file.path,),
            reader=self.token,
            images=images,
            facts=facts,
            problems=tuple(problems),
            flaws=flaws,
            leaks=(*_labels(czi), *leaks_of_xml(czi.xml)),
        )

    def pixels(
        self, file: OpenedFile, index: int, *, least_px: int = 0
    ) -> NDArray[Any]:
        """Return a scene with axes TCZYX, whole or zoomed out."""
        with reading(file.path, self.label):
            return _pixels(file, index, least_px)


def _other_axes(czi: CziFile) -> Iterator[Flaw]:
    """Yield the axes of which only one plane is shown."""
    names = {"H": "phases", "R": "rotations", "I": "illuminations", "V": "views"}
    for axis, name in names.items():
        count = czi.box(None).size(axis)
        if count > 1:
            yield Flaw("other_axis", f"{name} {count}", f"ZISRAWDIRECTORY/{axis}")


def _labels(czi: CziFile) -> Iterator[Leak]:
    """Yield the pictures of the slide's label that are attached."""
    for name in czi.attachments:
        if "label" in name.casefold() or "barcode" in name.casefold():
            yield Leak("slide_label_in_file", name, f"ZISRAWATTDIR/{name}")


def _image(
    czi: CziFile, index: int, scene: int | None, path: Path, problems: list[str]
) -> RawImage:
    name = stem_of(path)
    if len(czi.scenes) > 1:
        name = f"{name} {index + 1}"
    return RawImage(index, name, limited(image_facts(czi, scene), problems))


def _pixels(file: OpenedFile, index: int, least_px: int) -> NDArray[Any]:
    import numpy as np
    from pylibCZIrw import czi as library

    czi = czi_of(file)
    scene = czi.scenes[index]
    box = czi.box(scene)
    longest = max(box.size("X"), box.size("Y"))
    zoom = min(1.0, least_px / longest) if least_px else 1.0
    times, sections = list(box.range("T")), list(box.range("Z"))
    if least_px:
        times, sections = few(times, axis="T"), few(sections, axis="Z")
    document = file.entered("pylibCZIrw", lambda: library.open_czi(str(file.path)))
    planes = [
        _plane(document, box, {"T": t, "C": c, "Z": z}, (scene, zoom))
        for t in times
        for c in box.range("C")
        for z in sections
    ]
    shape = (len(times), box.size("C"), len(sections))
    stacked = np.stack(planes)
    if stacked.shape[-1] == 1:
        return np.asarray(stacked[..., 0].reshape(*shape, *stacked.shape[1:3]))
    # Colour samples are channels; the file has them as blue, green, red.
    colours = stacked[..., ::-1].reshape(*shape, *stacked.shape[1:])
    moved = np.moveaxis(colours, -1, 2)
    return np.asarray(moved.reshape(shape[0], -1, *moved.shape[3:]))


def _plane(
    document: Any, box: Any, plane: dict[str, int], view: tuple[int | None, float]
) -> Any:
    scene, zoom = view
    roi = (box.start("X"), box.start("Y"), box.size("X"), box.size("Y"))
    return document.read(plane=plane, scene=scene, roi=roi, zoom=zoom)


READER = CziReader()
