"""Words of the methods text: values, lists, and gaps that are remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.entry.placeholder import named
from fair_imagic.i18n import _
from fair_imagic.model import ANSWERS, class_for
from fair_imagic.rdf import expand, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fair_imagic.model import RecordGraph

__all__ = ["Told", "listed", "made_by", "parts_of", "value_of"]


class Told:
    """What a text had to leave open: each gap once, in the order of the text."""

    def __init__(self) -> None:
        self.gaps: list[str] = []

    def known(self, value: str | None) -> bool:
        """Return whether there is a value that says something."""
        return bool(named(value)) and value not in ANSWERS

    def gap(self, text: str) -> str:
        """Remember a gap and return it in brackets."""
        if text not in self.gaps:
            self.gaps.append(text)
        return f"[{text}]"

    def or_gap(self, value: str | None, text: str) -> str:
        """Return the value, or the gap in brackets; "not applicable" is no gap."""
        if value == expand("fi:notApplicable"):
            return _("not applicable")
        return str(value) if self.known(value) else self.gap(text)

    def take(self, other: Told) -> None:
        """Remember the gaps of another text too."""
        for text in other.gaps:
            self.gap(text)

    def part(self, graph: RecordGraph, class_name: str) -> str:
        """Return maker and model of the first component of a class, or nothing."""
        found = parts_of(graph, class_name)
        return made_by(graph, found[0]) if found else ""


def listed(texts: Iterable[str]) -> str:
    """Return texts with commas between them."""
    return ", ".join(text for text in texts if text)


def parts_of(graph: RecordGraph, class_name: str) -> list[str]:
    """Return the subjects of a class or one below it."""
    found = []
    for subject in sorted(graph.subjects):
        known = [class_for(one) for one in graph.types(subject)]
        if any(c and class_name in (c.name, *c.ancestors) for c in known):
            found.append(subject)
    return found


def value_of(graph: RecordGraph, subject: str, name: str) -> str:
    """Return the first literal of an NBO-Q property, or nothing."""
    terms = graph.values(subject, expand(f"nboq:{name}"))
    texts = [text_of(term) for term in terms if not term.startswith("<")]
    return texts[0] if texts else ""


def made_by(graph: RecordGraph, subject: str) -> str:
    """Return maker and model of a component, else its name.

    A version of a microscope has components of the same name as the microscope.
    """
    if subject not in graph.subjects:
        name = subject.partition("#")[2]
        alike = [one for one in graph.subjects if one.partition("#")[2] == name]
        subject = alike[0] if name and alike else subject
    words = [
        named(value_of(graph, subject, name)) for name in ("manufacturer", "model")
    ]
    return " ".join(filter(None, words)) or named(value_of(graph, subject, "name"))
