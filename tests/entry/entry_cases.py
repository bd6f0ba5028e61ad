r"""The table of cases: what people type, and what must come of it at every door.

``cases.tsv`` has a line for each: the text, class and field; whether it is read, asked
back or refused; the values, the ways to write each meaning or the first choices
(separated by ``;`` between blanks); words of the note or message; what a file's text
comes to. ``\u200b`` is a character, ``{x*10000}`` one character many times.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from fair_imagic.entry import Candidate
from fair_imagic.model import Slot, slot_named

__all__ = ["CASES", "Case", "Dictionary"]

_ESCAPED = re.compile(r"\\u([0-9a-f]{4})")
_MANY = re.compile(r"\{(.)\*(\d+)\}")


@dataclass(frozen=True)
class Case:
    """One line of the table."""

    text: str
    class_name: str
    field: str
    outcome: str
    values: tuple[str, ...]
    words: str
    from_file: str

    @property
    def slot(self) -> Slot:
        return slot_named(self.class_name, self.field)

    @property
    def name(self) -> str:
        return f"{self.class_name}.{self.field} {self.text[:30]!a}"


def _plain(text: str) -> str:
    text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return _MANY.sub(lambda match: match[1] * int(match[2]), text)


def _cases() -> tuple[Case, ...]:
    path = Path(__file__).with_name("cases.tsv")
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            continue
        text, class_name, field, outcome, values, words, from_file = line.split("\t")
        told = tuple(_plain(one) for one in values.split(" ; ") if one)
        case = Case(
            _plain(text), class_name, field, outcome, told, _plain(words), from_file
        )
        found.append(case)
    return tuple(found)


CASES = _cases()


class Dictionary:
    """Names for tests: two people of one name, and an objective."""

    _KNOWN: ClassVar[dict[str, tuple[Candidate, ...]]] = {
        "Person": (
            Candidate("https://x.example/person/p1", "p1", "Camille Practice"),
            Candidate("https://x.example/person/p2", "p2", "Jo Martin"),
            Candidate("https://x.example/person/p3", "p3", "Jo Martin"),
        ),
        "uriorcurie": (
            Candidate(
                "https://x.example/instrument/scope#o1",
                "Plan-Apochromat 63x/1.4 Oil",
                "Plan-Apochromat 63x/1.4 Oil",
            ),
        ),
    }

    def find(self, slot: Slot, text: str) -> tuple[Candidate, ...]:
        return tuple(
            one for one in self.choices(slot) if text in (one.name, one.label, one.iri)
        )

    def choices(self, slot: Slot) -> tuple[Candidate, ...]:
        return self._KNOWN.get(slot.range, ())

    def label(self, iri: str, language: str) -> str:
        return iri
