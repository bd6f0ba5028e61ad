"""The columns of a tags table: what each heading means, or that it is a named tag."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fair_imagic.checks.reports.words import in_language
from fair_imagic.errors import NotFoundError
from fair_imagic.i18n import _
from fair_imagic.mapping.headings import PERSON, TAG, fields_like, meaning_of
from fair_imagic.model import class_named, slot_named, slots_of

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["IMAGE", "SAMPLE", "TagColumn", "columns_of", "names_images"]

IMAGE, SAMPLE = "image", "sample"
_FORCED = "tag:"
_STEP = re.compile(r"(?P<name>[A-Za-z_]+)(?:\[[0-9]+\])?\Z")
# Columns of a table of figures: they say nothing of the image itself.
_ELSEWHERE = ("figure", "panel")


@dataclass(frozen=True, kw_only=True)
class TagColumn:
    """A heading, and what it became.

    ``meaning`` is ``image``, ``sample``, the path of a field, or ``tag`` (``person``:
    a tag that is not public); ``note`` says more to the reader. With a ``flaw`` the
    table cannot be used.
    """

    heading: str
    meaning: str
    note: str = ""
    flaw: str = ""
    expected: str = ""

    @property
    def is_tag(self) -> bool:
        """Whether what stands under the heading is kept as a named tag."""
        return self.meaning in (TAG, PERSON)

    @property
    def words(self) -> str:
        """What the heading became, in the language in use."""
        if self.flaw:
            return self.flaw
        told = {
            IMAGE: _("names the images"),
            SAMPLE: _("names the sample"),
            TAG: _("kept as a tag of that name"),
            PERSON: _("kept as a tag of that name, not public"),
        }
        words = told.get(self.meaning) or _("field: {name}").format(
            name=_labels_of(self.meaning)
        )
        return f"{words} ({self.note})" if self.note else words

    @property
    def name(self) -> str:
        """The name of the tag."""
        return self.heading.removeprefix(_FORCED).strip()


def names_images(headings: Sequence[str]) -> bool:
    """Return whether a table has a column that names images."""
    return any(meaning_of(heading) == IMAGE for heading in headings)


def columns_of(headings: Sequence[str]) -> tuple[TagColumn, ...]:
    """Return what each heading of a table means.

    Of two headings for one field the second is kept as a tag; of two that name the
    images, the one called ``image`` counts.
    """
    taken = dict.fromkeys(
        one for one in map(_plain, headings) if one in (IMAGE, SAMPLE) or _is_path(one)
    )
    columns = []
    for heading in headings:
        column = _column(heading)
        if column.meaning != _plain(heading) and not column.is_tag:
            if column.meaning in taken:
                column = _beside(column)
            taken[column.meaning] = None
        columns.append(column)
    return tuple(columns)


def _plain(heading: str) -> str:
    return heading.strip().removeprefix("image.")


def _column(heading: str) -> TagColumn:
    plain = _plain(heading)
    if heading.startswith(_FORCED):
        return TagColumn(heading=heading, meaning=TAG)
    if plain in (IMAGE, SAMPLE) or _is_path(plain):
        return TagColumn(heading=heading, meaning=plain)
    meaning = meaning_of(heading)
    if meaning in _ELSEWHERE:
        return TagColumn(heading=heading, meaning=TAG)
    if meaning == PERSON:
        note = _("it speaks of a person")
        return TagColumn(heading=heading, meaning=PERSON, note=note)
    if meaning:
        return TagColumn(heading=heading, meaning=meaning)
    near = (*_paths_like(plain), *fields_like(heading))
    if near:
        return TagColumn(
            heading=heading,
            meaning=TAG,
            flaw=_("This heading is nearly the name of a field"),
            expected=", ".join((*dict.fromkeys(near), f"{_FORCED}{heading}")),
        )
    return TagColumn(heading=heading, meaning=TAG)


def _beside(column: TagColumn) -> TagColumn:
    note = _("another column is {field} already").format(field=column.meaning)
    return replace(column, meaning=TAG, note=note)


def _is_path(text: str) -> bool:
    """Return whether a text is the path of a field of an image."""
    class_name = "Image"
    *links, field = text.split(".")
    try:
        for step in links:
            match = _STEP.match(step)
            if match is None:
                return False
            class_name = class_named(slot_named(class_name, match["name"]).range).name
        slot_named(class_name, field)
    except NotFoundError:
        return False
    return bool(field)


def _labels_of(path: str) -> str:
    """Return the path of a field in words: ``Sample / Organism name``."""
    class_name, labels = "Image", []
    for step in path.split("."):
        slot = slot_named(class_name, step.partition("[")[0])
        index = step[len(step.partition("[")[0]) :]
        labels.append(f"{in_language(slot.label) or slot.name}{index}")
        class_name = slot.range
    return " / ".join(labels)


def _paths_like(text: str) -> tuple[str, ...]:
    """Return paths that a wrong one may mean: ``sample.organsim``."""
    *links, field = text.split(".")
    start = ".".join(links)
    class_name = "Image"
    for step in links:
        match = _STEP.match(step)
        known = {slot.name: slot for slot in slots_of(class_name)}
        if match is None or match["name"] not in known:
            return ()
        slot = known[match["name"]]
        if slot.datatype is not None or not (slot.part or slot.record_link):
            return ()
        class_name = slot.range
    names = [slot.name for slot in slots_of(class_name)]
    near = difflib.get_close_matches(field.lower(), names, n=3, cutoff=0.75)
    return tuple(f"{start}.{name}" if start else name for name in near)
