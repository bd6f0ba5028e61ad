"""Flaws: what the metadata of a file get wrong, or what of them has no place here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["KINDS", "Flaw", "few"]

_MOST_OF_A_KIND = 20

# The names of the slots of a file set in which flaws are kept.
KINDS = (
    "dangling_reference",
    "invalid_identifier",
    "repeated_identifier",
    "unknown_part",
    "misplaced_part",
    "contradiction",
    "missing_member",
    "renamed_member",
    "placeholder",
    "unknown_unit",
    "other_axis",
    "damaged_metadata",
)


@dataclass(frozen=True, slots=True)
class Flaw:
    """One flaw: its kind, what the file says there, and the place in the file."""

    kind: str
    value: str
    place: str

    @property
    def sentence(self) -> str:
        """What is wrong, for a person."""
        text = {
            "dangling_reference": _("{value} is not there"),
            "invalid_identifier": _("{value} is not a valid identifier"),
            "repeated_identifier": _("{value} is there more than once"),
            "unknown_part": _("{value} is unknown to OME-XML"),
            "misplaced_part": _("{value}: OME-XML has another order"),
            "contradiction": _("{value} do not agree"),
            "missing_member": _(
                "The file {value} belongs to this image and is missing"
            ),
            "renamed_member": _("{value}: recognised by its identifier"),
            "placeholder": _("{value} stands for no value"),
            "unknown_unit": _("{value}: the unit cannot be converted"),
            "other_axis": _("{value}: only the first is shown and processed"),
            "damaged_metadata": _("{value} after the end of the OME-XML"),
        }[self.kind]
        return f"{text.format(value=self.value)} ({self.place})"


def few(flaws: Iterable[Flaw]) -> Iterator[Flaw]:
    """Yield each flaw once, and at most twenty of a kind."""
    seen: dict[str, set[str]] = {}
    for flaw in flaws:
        told = seen.setdefault(flaw.kind, set())
        if flaw.value not in told and len(told) < _MOST_OF_A_KIND:
            told.add(flaw.value)
            yield flaw
