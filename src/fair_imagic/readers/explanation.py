"""How a file is seen: who reads it, why the others do not, and what is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.i18n import _
from fair_imagic.readers.base import display_name
from fair_imagic.readers.registry import ImageFile, claims_to

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fair_imagic.readers.base import RawFact

__all__ = ["explain"]


def explain(path: Path) -> str:
    """Return a text: which reader takes a file, why, all that it finds, its gaps.

    Raises :class:`~fair_imagic.errors.UnreadableFileError` where none takes it, with
    the reason of each.
    """
    with ImageFile(path) as opened:
        return "\n".join((display_name(path), *_lines(opened)))


def _lines(opened: ImageFile) -> Iterator[str]:
    yield from _claims(opened)
    fileset, reader = opened.content, opened.reader
    yield _("read with {reader}").format(reader=fileset.reader)
    file_word, problem_word = _("file"), _("problem")
    yield from (f"  {file_word}: {display_name(other)}" for other in fileset.paths)
    yield from (f"  {problem_word}: {text}" for text in fileset.problems)
    yield from _facts(_("the whole file"), fileset.facts)
    for image in fileset.images:
        heading = _("image {index}: {name}").format(index=image.index, name=image.name)
        yield from _facts(heading, image.facts)
    if reader.gaps:
        yield _("What {reader} cannot read:").format(reader=reader.token)
        yield from (f"  {gap.code}: {gap.shown}" for gap in reader.gaps)


def _claims(opened: ImageFile) -> Iterator[str]:
    for reader, claim in claims_to(opened.file):
        reason = claim.reason
        if claim.strength and reader is not opened.reader:
            taker = opened.reader.label
            reason += f" ({_('{reader} knows it better').format(reader=taker)})"
        yield f"  {reader.token} ({reader.label}): {reason}"


def _facts(heading: str, facts: tuple[RawFact, ...]) -> Iterator[str]:
    if facts:
        yield heading
    for item in facts:
        unit = f" {item.unit}" if item.unit else ""
        value = " ".join(item.value.split())
        yield f"  {item.key} = {value}{unit}  [{item.place}]"
