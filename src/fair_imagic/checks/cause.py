"""Causes: points to fix that one act mends, and what that act is."""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.model import class_named, class_names, slot_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fair_imagic.checks.finding import Finding, Proposal, Severity
    from fair_imagic.model import Slot

__all__ = [
    "CHOOSE",
    "CLEAN",
    "CLEAN_NUMBERS",
    "CORRECT",
    "FOLLOW",
    "GIVE",
    "LINK",
    "Cause",
    "Group",
    "causes_of",
    "groups_of",
]

# What mends a cause: a value where there is none, a link to a record, another value,
# one of several values, or what the correction says in words. A rule can name what
# mends it: this last, or a cleaned copy.
GIVE, LINK, CORRECT, CHOOSE = "give", "link", "correct", "choose"
FOLLOW, CLEAN, CLEAN_NUMBERS = "follow", "clean", "clean-serial-numbers"

_SEVERAL = "MaxCountConstraintComponent"


@dataclass(frozen=True, kw_only=True)
class Group:
    """All findings of one rule that have the same correction."""

    code: str
    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """Return the finding that gives the group its texts."""
        return self.findings[0]

    @property
    def places(self) -> dict[str, str]:
        """Return what the findings are about: label by IRI, each once, in order."""
        return {finding.focus: finding.focus_label for finding in self.findings}

    @property
    def proposal(self) -> Proposal | None:
        """Return the value that is proposed for all of them, if it is one value."""
        proposed = self.first.proposal
        same = all(finding.proposal == proposed for finding in self.findings)
        return proposed if same else None


@dataclass(frozen=True, kw_only=True)
class Cause:
    """Groups that one act mends, the worst first.

    ``act`` is one of the words above.
    """

    act: str
    groups: tuple[Group, ...]

    @property
    def first(self) -> Finding:
        """Return the finding that gives the cause its weight and correction."""
        return self.groups[0].first

    @property
    def severity(self) -> Severity:
        """Return the weight of the worst of its points."""
        return self.first.severity

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes of all its rules, each once."""
        return tuple(dict.fromkeys(group.code for group in self.groups))

    @property
    def count(self) -> int:
        """Return how many findings it stands for."""
        return sum(len(group.findings) for group in self.groups)

    @functools.cached_property
    def joint(self) -> Group:
        """Return its findings as those of one rule: each thing and value once."""
        found: dict[tuple[str, str | None], Finding] = {}
        for group in self.groups:
            for one in group.findings:
                found.setdefault((one.focus, one.value), one)
        return Group(code=self.first.code, findings=tuple(found.values()))

    @functools.cached_property
    def things(self) -> dict[str, str]:
        """Return whom it concerns: label by IRI, each once, in order."""
        return self.joint.places

    @property
    def kind(self) -> str:
        """Return the class of the things, empty where the model has none."""
        return self.first.kind

    @functools.cached_property
    def slot(self) -> Slot | None:
        """Return the field that the act is about, where the model has it."""
        if self.kind not in class_names():
            return None
        return slot_for(class_named(self.kind).iri, self.first.path)

    @property
    def field(self) -> str:
        """Return the name of that field; empty where the model has none."""
        return self.slot.name if self.slot is not None else ""

    @property
    def expected_class(self) -> str:
        """Return the class of the records that a link leads to; empty for no link."""
        slot = self.slot
        return slot.range if slot is not None and slot.record_link else ""

    @functools.cached_property
    def key(self) -> str:
        """Return a name that stays while the cause is there: ``Image.sample``.

        The same field can have wrong values too, which several rules may object to.
        """
        if self.act in (CLEAN, CLEAN_NUMBERS):
            return self.act
        place = f"{self.kind}.{self.field}" if self.field else self.first.code
        if self.act in (GIVE, LINK):
            return place
        told = repr(_key(self.act, self.groups[0])).encode()
        return f"{place}:{hashlib.sha256(told).hexdigest()[:8]}"

    @property
    def anchor(self) -> str:
        """Return the key as the identifier of a place on a page."""
        return "cause-" + "".join(c if c.isalnum() else "-" for c in self.key)


def groups_of(findings: Iterable[Finding]) -> tuple[Group, ...]:
    """Return findings by rule and correction, in the order in which they come."""
    rules: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        rule = (finding.code, finding.profile, finding.repair.get("en", ""))
        rules.setdefault(rule, []).append(finding)
    return tuple(
        Group(code=code, findings=tuple(found))
        for (code, _profile, _repair), found in rules.items()
    )


def causes_of(groups: Iterable[Group]) -> tuple[Cause, ...]:
    """Return groups by what one act mends.

    A field that is missing is one cause, whoever asks for it and of how many things of
    a kind. A wrong value is one cause for those who object to the same value of the
    same things. A rule without a shape names a place, at which several things may be
    wrong.
    """
    causes: dict[object, list[Group]] = {}
    acts: dict[object, str] = {}
    for group in groups:
        for act, part in _parts(group):
            key = _key(act, part)
            acts[key] = act
            causes.setdefault(key, []).append(part)
    return tuple(Cause(act=acts[key], groups=tuple(g)) for key, g in causes.items())


def _parts(group: Group) -> Iterable[tuple[str, Group]]:
    """Return a group by what is to be done, and to which kind of things."""
    parts: dict[tuple[str, str], list[Finding]] = {}
    for one in group.findings:
        parts.setdefault((_act(one), one.kind), []).append(one)
    if len(parts) == 1:
        return [(act, group) for act, _kind in parts]
    return [
        (act, Group(code=group.code, findings=tuple(found)))
        for (act, _kind), found in parts.items()
    ]


def _act(finding: Finding) -> str:
    if finding.act in (FOLLOW, CLEAN, CLEAN_NUMBERS):
        return finding.act
    if not finding.path or "shape" not in finding.details:
        return FOLLOW
    if finding.value is not None:
        return CORRECT
    if finding.details.get("constraint") == _SEVERAL:
        return CHOOSE
    return LINK if _leads_to_record(finding.kind, finding.path) else GIVE


@functools.cache
def _leads_to_record(kind: str, path: str) -> bool:
    if kind not in class_names():
        return False
    slot = slot_for(class_named(kind).iri, path)
    return slot is not None and slot.record_link


def _key(act: str, group: Group) -> object:
    first = group.first
    if act in (GIVE, LINK, CHOOSE):
        return (act, first.kind, first.path)
    if act == CORRECT:
        values = tuple(finding.value for finding in group.findings)
        return (act, first.path, tuple(group.places), values)
    if act == FOLLOW:
        return (act, group.code, first.profile, first.repair.get("en"))
    return (act, first.kind)
