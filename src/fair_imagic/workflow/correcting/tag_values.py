"""The values of a tags table, row by row, as edits of images and samples."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fair_imagic.entry.text import LONGEST
from fair_imagic.entry.told_name import told_name
from fair_imagic.errors import FairImagicError
from fair_imagic.i18n import _
from fair_imagic.mapping.headings import TAG, heading_key
from fair_imagic.model import Image, RecordGraph, Sample, slot_named, view
from fair_imagic.rdf import PREFIXES, iri
from fair_imagic.workflow.base.door import Door
from fair_imagic.workflow.base.names import RecordNames, is_slip
from fair_imagic.workflow.correcting.tag_columns import IMAGE, SAMPLE
from fair_imagic.workflow.correcting.wish import Flaw
from fair_imagic.workflow.images.image_names import told_of
from fair_imagic.workflow.images.named_tags import put_tags
from fair_imagic.workflow.images.paths import places_of
from fair_imagic.workflow.images.value import give
from fair_imagic.workflow.people.newcomers import Newcomers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fair_imagic.entry import NewName
    from fair_imagic.workflow.base.edits import Edits
    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.correcting.tag_columns import TagColumn

__all__ = ["RowToKeep", "TagValues"]

_SAMPLE_LINK = f"{PREFIXES['fi']}sample"
_OF_SAMPLE = f"{SAMPLE}."


@dataclass(frozen=True)
class RowToKeep:
    """A row: where it stands, the images that it means, its texts by heading."""

    place: str
    images: tuple[str, ...]
    cells: dict[str, str]


class TagValues:
    """Gathers the values of the rows; what contradicts itself is a flaw."""

    def __init__(
        self, workspace: Workspace, edits: Edits, columns: tuple[TagColumn, ...]
    ) -> None:
        self._workspace = workspace
        self._edits = edits
        self._door = Door(workspace)
        self.columns = {column.heading: column for column in columns}
        self.flaws: list[Flaw] = []
        self._newcomers = Newcomers(workspace)
        self._names = RecordNames(workspace)
        self._looked_up: dict[str, tuple[str, ...]] = {}
        self._told: dict[tuple[str, str], tuple[object, str]] = {}
        self._tags: dict[str, dict[str, tuple[str, str]]] = {}

    def prepare(self, rows: Iterable[RowToKeep]) -> None:
        """Keep a heading of the sample as a tag where images have no sample.

        That goes for headings that only mean a field; who writes ``sample.organism``
        is told what is missing.
        """
        listed = list(rows)
        for column in list(self.columns.values()):
            guessed = column.meaning.startswith(_OF_SAMPLE)
            if not guessed or column.heading.strip().endswith(column.meaning):
                continue
            if any(self._lacks_sample(row, column.heading) for row in listed):
                note = _("a field of the sample: name it in a column sample")
                self.columns[column.heading] = replace(column, meaning=TAG, note=note)

    def _lacks_sample(self, row: RowToKeep, heading: str) -> bool:
        if not row.cells[heading] or self._cell(row, SAMPLE)[1]:
            return False
        return any(self._image(one).sample is None for one in row.images)

    def _image(self, image: str) -> Image:
        return view(
            Image, RecordGraph(self._workspace.catalogue.effective(image)), image
        )

    def take(self, row: RowToKeep) -> None:
        """Gather what one row says."""
        if self._is_too_long(row):
            return
        sample = self._sample(row)
        for heading, text in row.cells.items():
            column = self.columns[heading]
            if not text or column.meaning in (IMAGE, SAMPLE):
                continue
            place = f"{row.place}:{heading}"
            if column.is_tag:
                self._tag(row, column.name, text, place)
                continue
            try:
                self._field(row, sample, column.meaning, text, place)
            except FairImagicError as error:
                wanted = error.expected or error.hint
                self._flaw(place, error.message, wanted, error.found or text)

    def _is_too_long(self, row: RowToKeep) -> bool:
        long = {name: one for name, one in row.cells.items() if len(one) > LONGEST}
        message = _("The text is longer than {count} characters").format(count=LONGEST)
        for heading, text in long.items():
            self._flaw(f"{row.place}:{heading}", message, "", text)
        return bool(long)

    def put_tags(self) -> None:
        """Give the images the named tags that were gathered."""
        for image, tags in self._tags.items():
            put_tags(self._workspace, self._edits, image, tags)

    def _cell(self, row: RowToKeep, meaning: str) -> tuple[str, str]:
        """Return heading and text of the column with a meaning."""
        for heading, column in self.columns.items():
            if column.meaning == meaning:
                return heading, row.cells.get(heading, "")
        return "", ""

    def _sample(self, row: RowToKeep) -> str | None:
        heading, name = self._cell(row, SAMPLE)
        if not name:
            return None
        place = f"{row.place}:{heading}"
        told = told_name(Sample.__name__, name)
        near = () if told.confirmed else self._near(told.name)
        if near:
            self._flaw_of_near(place, told, near)
            return None
        sample, made = self._newcomers.instance_of(told)
        if made is not None and not self._edits.creates(sample):
            self._edits.create(made, place=place)
        link = iri(sample)
        for image in row.images:
            if self._agrees(image, _SAMPLE_LINK, link, name, place):
                self._edits.put(image, [(_SAMPLE_LINK, link)], place=place)
        return sample

    def _near(self, name: str) -> tuple[str, ...]:
        """Return the samples whose name may be this one with a slip; none if known."""
        if name not in self._looked_up:
            slot = slot_named(Image.__name__, "sample")
            hits = self._names.find(slot, name)
            known = any(one.exact for one in hits)
            near = (one.label for one in hits if is_slip(one.label, name))
            self._looked_up[name] = () if known else tuple(near)
        return self._looked_up[name]

    def _flaw_of_near(self, place: str, told: NewName, near: tuple[str, ...]) -> None:
        self.flaws.append(
            Flaw(
                place=place,
                message=_("A sample of nearly this name is there"),
                expected=", ".join(near),
                found=told.name,
                hint=_("Write that name, or “new: {name}” for a new sample.").format(
                    name=told.words
                ),
                new=told.name,
                kind=told.kind,
                near=tuple((one, one) for one in near),
            )
        )

    def _field(
        self, row: RowToKeep, sample: str | None, path: str, text: str, place: str
    ) -> None:
        own = sample is not None and path.startswith(_OF_SAMPLE)
        subjects = (sample,) if own and sample is not None else row.images
        inner = path.removeprefix(_OF_SAMPLE) if own else path
        for subject in subjects:
            for at in places_of(self._workspace, self._edits, subject, path=inner):
                reading = self._door.read(text, at.slot, subject=at.subject)
                terms = list(reading.terms)
                if self._agrees(at.subject, at.slot.iri, terms, text, place):
                    give(
                        self._workspace,
                        self._edits,
                        self._door,
                        at,
                        text,
                        where=place,
                        cell=place,
                    )

    def _tag(self, row: RowToKeep, name: str, text: str, place: str) -> None:
        for image in row.images:
            if self._agrees(image, f"tag:{heading_key(name)}", text, text, place):
                self._tags.setdefault(image, {})[name] = (text, place)

    def _agrees(
        self, subject: str, path: str, value: object, text: str, place: str
    ) -> bool:
        known, first = self._told.setdefault((subject, path), (value, place))
        if known != value:
            self._flaw(
                place,
                _("Two rows give {name} different values").format(
                    name=told_of(self._workspace, subject)
                ),
                first,
                text,
            )
        return known == value

    def _flaw(self, place: str, message: str, expected: str, found: str) -> None:
        self.flaws.append(
            Flaw(place=place, message=message, expected=expected, found=found[:200])
        )
