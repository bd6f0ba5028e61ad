"""A finding: one fact about somebody's metadata, and what to do about it."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fair_imagic.i18n import current_language

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Confidence", "Finding", "Proposal", "Severity", "natural_key"]


class Severity(enum.StrEnum):
    """How much a point matters: obligatory, recommended, optional."""

    MUST = "must"
    SHOULD = "should"
    COULD = "could"

    @property
    def rank(self) -> int:
        """Return 0 for must, 1 for should, 2 for could."""
        return tuple(Severity).index(self)


class Confidence(enum.StrEnum):
    """How sure a proposal is."""

    CERTAIN = "certain"
    LIKELY = "likely"
    UNSURE = "unsure"


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A value that would remove a point, as text to type, and where it comes from."""

    value: str
    source: Mapping[str, str]
    confidence: Confidence = Confidence.LIKELY

    def to_dict(self) -> dict[str, object]:
        """Return the proposal as JSON-ready data."""
        return {
            "value": self.value,
            "source": dict(self.source),
            "confidence": str(self.confidence),
        }


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One point to fix.

    ``code`` is stable (``datacite/creator-required``). ``focus`` is the IRI of what
    the point is about (``focus_names``: what people call it; ``file``: file and series
    of the image that it is or belongs to), ``path`` the property's
    IRI (empty where the point is about the whole thing) and ``value`` the text seen
    there (``value_names``: what people call it); ``origins`` says where it comes from,
    ``expected`` what would pass, ``proposal`` a value that does. Texts are given in
    every language. ``legal`` marks what the law forbids to publish: nobody can override
    it. ``clause`` says where the rule comes from. ``details`` is for the reader who
    asks: shape and constraint. ``kind`` is the class of the focus, where the model has
    one, and ``act`` what mends it, where no value does. ``term`` and ``result_path``
    are the value and the path as the engine gave them, for reports in RDF.
    """

    code: str
    severity: Severity
    profile: str
    blocks: bool
    focus: str
    focus_names: Mapping[str, str]
    path: str
    path_label: Mapping[str, str]
    value: str | None
    message: Mapping[str, str]
    repair: Mapping[str, str]
    who: str
    file: str = ""
    origins: Mapping[str, str] = field(default_factory=dict)
    value_names: Mapping[str, str] = field(default_factory=dict)
    expected: Mapping[str, str] = field(default_factory=dict)
    legal: bool = False
    clause: Mapping[str, str] = field(default_factory=dict)
    proposal: Proposal | None = None
    details: Mapping[str, str] = field(default_factory=dict)
    kind: str = ""
    act: str = ""
    term: str | None = None
    result_path: str = ""

    @property
    def focus_label(self) -> str:
        """Return what people call the focus, in the language in use."""
        return self.focus_names[current_language()]

    @property
    def origin(self) -> str | None:
        """Return where the value comes from, in the language in use."""
        return self.origins.get(current_language())

    @property
    def value_label(self) -> str | None:
        """Return what people call the value, in the language in use."""
        return self.value_names.get(current_language())

    @property
    def sort_key(self) -> tuple[object, ...]:
        """Return what findings are sorted by: weight first, then cause."""
        place = (
            natural_key(self.focus_names["en"]),
            self.focus,
            self.path,
            self.value or "",
        )
        return (self.severity.rank, self.code, self.profile, *place)

    def to_dict(self) -> dict[str, object]:
        """Return the finding as JSON-ready data, keys in a fixed order."""
        # The English clause alone, for programs that know no languages.
        details = {"clause": self.clause.get("en", "")} | dict(self.details)
        return {
            "code": self.code,
            "severity": str(self.severity),
            "profile": self.profile,
            "blocks": self.blocks,
            "legal": self.legal,
            "focus": self.focus,
            "focusLabel": self.focus_label,
            "file": self.file,
            "path": self.path,
            "pathLabel": dict(self.path_label),
            "value": self.value,
            "valueLabel": self.value_label,
            "expected": dict(self.expected),
            "message": dict(self.message),
            "repair": dict(self.repair),
            "who": self.who,
            "clauseTexts": dict(self.clause),
            "proposal": None if self.proposal is None else self.proposal.to_dict(),
            "origin": self.origin,
            "details": dict(sorted(details.items())),
        }


def natural_key(text: str) -> tuple[tuple[int, str], ...]:
    """Return a key by which ``field 2`` comes before ``field 10``."""
    parts = re.split(r"([0-9]+)", text)
    return tuple(
        # Python refuses to make numbers of thousands of digits.
        (int(p), "") if p.isdigit() and len(p) < 20 else (-1, p)
        for p in parts
        if p
    )
