"""The registered readers, and the choice of one by what a file contains."""

from __future__ import annotations

import dataclasses
import functools
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from fair_imagic.errors import ConfigurationError, UnreadableFileError
from fair_imagic.i18n import _
from fair_imagic.readers.base import Reader, display_name, head_of
from fair_imagic.readers.leak import leaks_of

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from numpy.typing import NDArray

    from fair_imagic.readers.base import Claim, RawFileset

__all__ = ["choose", "explain", "pixels", "read", "readers"]

GROUP = "fair_imagic.readers"


@functools.cache
def readers() -> tuple[Reader, ...]:
    """Return every registered reader, in the order of their names."""
    # One name may come twice, from two copies of a package on the path.
    found = {point.name: point for point in entry_points(group=GROUP)}
    return tuple(_loaded(name, found[name].load()) for name in sorted(found))


def _loaded(name: str, candidate: object) -> Reader:
    if not isinstance(candidate, Reader):
        raise ConfigurationError(
            _("The reader {name} lacks a part of the interface").format(name=name),
            expected="token, label, extensions, claim, companions, read, pixels",
        )
    return candidate


def choose(path: Path) -> tuple[Reader, Claim]:
    """Return the reader for a file and why it takes it.

    The content decides, never the name. Raises
    :class:`~fair_imagic.errors.UnreadableFileError` when no reader takes it.
    """
    claims = _claims(path)
    if not claims:
        known = ", ".join(reader.label for reader in readers())
        raise UnreadableFileError(
            path,
            _("its content is no known image format, whatever its name says"),
            expected=known,
            hint=_("see 'fair-imagic readers' for the formats that can be read"),
        )
    return claims[0]


def _claims(path: Path) -> list[tuple[Reader, Claim]]:
    head = head_of(path)
    found = [
        (reader, claim)
        for reader in readers()
        if (claim := reader.claim(path, head)) is not None
    ]
    return sorted(found, key=lambda pair: -pair[1].strength)


def read(path: Path) -> RawFileset:
    """Return what a file says: its images, facts and leaks, without reading pixels.

    Raises :class:`~fair_imagic.errors.UnreadableFileError`.
    """
    reader, _claim = choose(path)
    found = reader.read(path)
    return dataclasses.replace(found, leaks=leaks_of(found))


def pixels(path: Path, index: int, *, least_px: int = 0) -> NDArray[Any]:
    """Return the pixels of one image with axes TCZYX (see :class:`Reader`)."""
    reader, _claim = choose(path)
    return reader.pixels(path, index, least_px=least_px)


def explain(path: Path) -> str:
    """Return a text: which reader takes a file, why, and all that it finds."""
    claims = _claims(path)
    lines = [display_name(path)]
    lines += [
        f"  {reader.token} ({reader.label}): {claim.reason}" for reader, claim in claims
    ]
    fileset = read(path)
    lines.append(_("read with {reader}").format(reader=fileset.reader))
    file_word, problem_word = _("file"), _("problem")
    lines += [f"  {file_word}: {display_name(other)}" for other in fileset.paths]
    lines += [f"  {problem_word}: {text}" for text in fileset.problems]
    lines += _fact_lines(_("the whole file"), fileset.facts)
    for image in fileset.images:
        heading = _("image {index}: {name}").format(index=image.index, name=image.name)
        lines += _fact_lines(heading, image.facts)
    return "\n".join(lines)


def _fact_lines(heading: str, facts: tuple[Any, ...]) -> list[str]:
    if not facts:
        return []
    lines = [heading]
    for item in facts:
        unit = f" {item.unit}" if item.unit else ""
        value = " ".join(item.value.split())
        lines.append(f"  {item.key} = {value}{unit}  [{item.place}]")
    return lines
