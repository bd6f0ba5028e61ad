"""Contradictions: two sources for one value, and the choice of one of them.

A contradiction is kept as a text, the same in any language, and never typed: who
settles it names one of its sides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.entry.number import decimal_of
from fair_imagic.entry.reading import Option, Reading, Refusal
from fair_imagic.entry.rounding import rounded
from fair_imagic.i18n import LANGUAGES, _, both, current_language, use_language
from fair_imagic.model.slots import slot_for_field
from fair_imagic.rdf import literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fair_imagic.entry.names import Candidate, Names
    from fair_imagic.model.slots import Slot

__all__ = [
    "Contradiction",
    "Side",
    "contradiction_in",
    "contradiction_words",
    "is_contradiction",
    "is_side",
    "origin_of",
    "read_side",
    "side_of",
    "side_words",
]

# LensNA: 1.2 | 0.6, 0.8 (the file, and what the microscope record holds)
_OF_RECORD = re.compile(r"(?P<field>\w+): (?P<one>\S+) \| (?P<others>.+)")
# SizeX 512 / TIFF 256; SizeC 3 / Channel 2; 2x8x8 = 40 / TIFF 20
_OF_FILE = re.compile(
    r"(?:(?P<field>\w+) (?P<one>\S+)|(?P<planes>.+ = \d+)) / "
    r"(?P<origin>TIFF|Channel) (?P<other>.+)"
)
_MARK = "\x1f"


@dataclass(frozen=True, kw_only=True)
class Side:
    """A value that somebody says of a field: ``origin`` is who, as people read it.

    ``name`` names the origin where it is typed, the same in any language.
    """

    value: str
    name: str
    origin: Mapping[str, str]

    @property
    def words(self) -> str:
        """Return the value with its origin, in the language in use."""
        return _("{value} ({origin})").format(
            value=rounded(self.value), origin=self.origin[current_language()]
        )


@dataclass(frozen=True, kw_only=True)
class Contradiction:
    """A field, and what its sides say; ``slot`` is None where no value settles it.

    ``text`` is what is kept of it.
    """

    text: str
    slot: Slot | None
    label: Mapping[str, str]
    sides: tuple[Side, ...]

    @property
    def words(self) -> str:
        """Return the field and what each source says, in the language in use."""
        first, *rest = self.sides
        texts = {
            "record": _(
                "{field}: {file} in the file, {record} in the microscope record"
            ),
            "TIFF": _("{field}: {file} in the OME-XML, {record} in the TIFF"),
            "Channel": _("{field}: {file} in the OME-XML, {record} channels described"),
        }
        return texts[rest[0].name].format(
            field=self.label.get(current_language()) or self.text,
            file=rounded(first.value),
            record=", ".join(rounded(one.value) for one in rest),
        )

    def option(self, side: Side) -> dict[str, str]:
        """Return how a side is offered, by language."""
        found = {}
        for language in LANGUAGES:
            with use_language(language):
                label = self.label.get(language, "")
                found[language] = _("{label}: {text}").format(
                    label=label, text=side.words
                )
        return found

    def key(self, side: Side) -> str:
        """Return what stands for a side in a candidate: see :func:`side_of`."""
        return f"{self.sides.index(side)}{_MARK}{self.text}"


def is_contradiction(slot: Slot) -> bool:
    """Return whether a field holds contradictions, which are never typed."""
    return slot.name in ("contradiction", "record_contradiction")


def contradiction_in(text: str) -> Contradiction | None:
    """Return the contradiction that a kept text tells, or None."""
    match = _OF_RECORD.fullmatch(text)
    if match is not None:
        return _of_record(text, match)
    match = _OF_FILE.fullmatch(text)
    return _of_file(text, match) if match is not None else None


def contradiction_words(text: str) -> str:
    """Return both values of a contradiction with their origins; other text as it is."""
    found = contradiction_in(text)
    return text if found is None else found.words


def side_of(key: str) -> tuple[str, int]:
    """Return the kept text and the number of the side that a key names."""
    number, _mark, text = key.partition(_MARK)
    return text, int(number)


def is_side(key: str) -> bool:
    """Return whether a candidate's name stands for a side."""
    return _MARK in key


def side_words(key: str, language: str) -> str:
    """Return how the side that a key names is offered."""
    text, number = side_of(key)
    found = contradiction_in(text)
    return text if found is None else found.option(found.sides[number])[language]


def origin_of(key: str, language: str) -> tuple[str, str]:
    """Return the name of a side's origin, and what people call it."""
    text, number = side_of(key)
    found = contradiction_in(text)
    if found is None:
        return "", text
    side = found.sides[number]
    return side.name, side.origin[language]


def read_side(slot: Slot, text: str, names: Names) -> Reading | Refusal:
    """Read the side that a person chose, by its value, its origin or both."""
    choices = names.choices(slot)
    hits = [one for one in choices if _is_meant(one, text)]
    options = tuple(
        Option(
            text=one.name,
            label={language: side_words(one.iri, language) for language in LANGUAGES},
            by_name=True,
        )
        for one in choices
    )
    if len(hits) != 1:
        return Refusal(
            message=both("A contradiction is settled by choosing one of its values")
            if choices
            else both("No value that could be chosen settles this"),
            found=text,
            choices=options,
            hint=both("Write one of these values.") if choices else {},
        )
    return Reading(terms=((slot.iri, literal(hits[0].iri)),), text=text)


def _is_meant(one: Candidate, text: str) -> bool:
    """Return whether a text is a side's value, its origin, or how it is offered."""
    wanted = _plain(text)
    kept, number = side_of(one.iri)
    found = contradiction_in(kept)
    if found is None:
        return False
    side = found.sides[number]
    texts = [side.value, side.name, *found.option(side).values()]
    for language in LANGUAGES:
        with use_language(language):
            texts += [side.words, side.origin[language]]
    if wanted in map(_plain, texts):
        return True
    number_typed = decimal_of(wanted.replace(",", "."))
    return number_typed is not None and number_typed == decimal_of(side.value)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _of_record(text: str, match: re.Match[str]) -> Contradiction | None:
    slot = slot_for_field("Objective", match["field"])
    if slot is None:
        return None
    held = both("microscope record")
    sides = [Side(value=match["one"], name="file", origin=both("file"))]
    sides += [
        Side(value=one, name="record", origin=held)
        for one in match["others"].split(", ")
    ]
    return Contradiction(text=text, slot=slot, label=slot.label, sides=tuple(sides))


def _of_file(text: str, match: re.Match[str]) -> Contradiction:
    slot = slot_for_field("Pixels", match["field"]) if match["field"] else None
    described = both("OME-XML of the file")
    other = {
        "TIFF": both("TIFF pages"),
        "Channel": both("channels that are described"),
    }[match["origin"]]
    one = match["one"] or match["planes"]
    sides = (
        Side(value=one, name="OME-XML", origin=described),
        Side(value=match["other"], name=match["origin"], origin=other),
    )
    label = slot.label if slot is not None else both("Planes")
    return Contradiction(text=text, slot=slot, label=label, sides=sides)
