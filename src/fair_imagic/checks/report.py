"""The report: every point to fix of one snapshot, and how ready it is."""

from __future__ import annotations

import functools
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from fair_imagic.checks.cause import Cause, Group, causes_of, groups_of
from fair_imagic.checks.finding import Severity
from fair_imagic.i18n import both

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from fair_imagic.checks.announced import Announced
    from fair_imagic.checks.finding import Finding
    from fair_imagic.checks.first_steps import Step
    from fair_imagic.checks.override import Override
    from fair_imagic.checks.profile import Profile
    from fair_imagic.checks.tally import Tally
    from fair_imagic.checks.tier_claim import TierClaim
    from fair_imagic.checks.tiers import TierReport

__all__ = ["Answers", "Readiness", "Report", "join_reports"]


@dataclass(frozen=True, kw_only=True)
class Readiness:
    """How far one profile is met: points by weight, and whether one of them blocks.

    ``overridden`` counts the points that only a decision of the facility lets pass.
    """

    profile: Profile
    must: int
    should: int
    could: int
    blocked: bool
    overridden: int = 0


@dataclass(frozen=True, kw_only=True)
class Answers:
    """How often a field was answered with "unknown", "withheld" or "not applicable".

    These are answers, not gaps; they are counted apart from both.
    """

    path: str
    label: Mapping[str, str]
    answer: str
    count: int


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a check found in one snapshot; ``findings`` are sorted, worst first.

    ``profiles`` are those that were asked for; their parents' rules are checked too.
    ``focus_counts`` says for each rule how many nodes it looked at: a rule that looked
    at none has said nothing. ``overrides`` are decisions of the facility,
    ``tier_claim`` is there where a tier was asked for, ``tier_report`` where it was
    asked of a microscope, ``tallies`` where rules were only counted. ``announced`` is
    what will be asked once a link is there, by the key of the cause; ``place`` the file
    or folder that was checked, empty for what is in the catalogue.
    """

    subject: str
    subject_label: str
    profiles: tuple[Profile, ...]
    findings: tuple[Finding, ...]
    checked_at: datetime
    focus_counts: Mapping[str, int]
    snapshot_hash: str
    answers: tuple[Answers, ...] = field(default=())
    overrides: tuple[Override, ...] = ()
    tier_claim: TierClaim | None = None
    tier_report: TierReport | None = None
    tallies: tuple[Tally, ...] = ()
    announced: Mapping[str, tuple[Announced, ...]] = field(default_factory=dict)
    place: str = ""

    @property
    def conforms(self) -> bool:
        """Return whether there is no point to fix of the weight "must".

        Of requirements that nobody asked for, only what stops a publication counts.
        """
        tokens = {one for p in self.profiles if p.asked for one in p.tokens}
        others = {one for p in self.profiles for one in p.tokens} - tokens
        return not any(
            f.severity is Severity.MUST and (f.blocks or f.profile not in others)
            for f in self.findings
        )

    @property
    def exit_code(self) -> int:
        """Return 0 where it conforms, else 1."""
        return 0 if self.conforms else 1

    def title_of(self, token: str) -> Mapping[str, str]:
        """Return the title of a profile that was checked, by language.

        What no profile asks is asked by the model itself.
        """
        for profile in self.profiles:
            for member in profile.lineage:
                if member.token == token:
                    return member.title
        return both("the data model")

    def findings_for(self, profile: str) -> tuple[Finding, ...]:
        """Return the findings of a requested profile, its parents' included."""
        asked = [one for one in self.profiles if one.token == profile]
        return tuple(f for f in self.findings if any(_counts(f, one) for one in asked))

    def cause_of(self, key: str) -> Cause | None:
        """Return the cause of a key, or None where it is not there (any more)."""
        return next((one for one in self.causes if one.key == key), None)

    def profiles_asking(self, finding: Finding) -> tuple[Profile, ...]:
        """Return the requested profiles that a point counts for.

        They are those whose own rule it is, and those that it stops from beside.
        """
        return tuple(one for one in self.profiles if _counts(finding, one))

    def override_of(self, finding: Finding, profile: str) -> Override | None:
        """Return the decision that lifts a point under a requested profile."""
        lifting = (one for one in self.overrides if one.covers(finding, profile))
        return next(lifting, None)

    def stops(self, finding: Finding, profile: str) -> bool:
        """Return whether a point stops a publication under a requested profile."""
        return finding.blocks and self.override_of(finding, profile) is None

    def blocked_for(self, profile: str) -> bool:
        """Return whether a publication under this profile is refused."""
        return any(self.stops(group.first, profile) for group in self._groups(profile))

    @functools.cached_property
    def groups(self) -> tuple[Group, ...]:
        """Return the findings by rule and correction, the worst first."""
        return groups_of(self.findings)

    @functools.cached_property
    def steps(self) -> tuple[Step, ...]:
        """Return the causes with what each is good for, the most useful first."""
        from fair_imagic.checks.first_steps import steps_of

        return steps_of(self, causes_of(self.groups))

    @functools.cached_property
    def causes(self) -> tuple[Cause, ...]:
        """Return the points by what one act mends, the most useful act first."""
        return tuple(step.cause for step in self.steps)

    def narrowed(self, profile: str) -> Report:
        """Return the same report with the points of one requested profile only."""
        return replace(self, findings=self.findings_for(profile))

    def announced_by(self, cause: Cause) -> tuple[Announced, ...]:
        """Return what will be asked of the record that a cause asks to link."""
        return self.announced.get(cause.key, ())

    @functools.cached_property
    def readiness(self) -> tuple[Readiness, ...]:
        """Return one line for each requested profile, in the order asked."""
        return tuple(self._readiness(profile) for profile in self.profiles)

    def _groups(self, profile: str) -> list[Group]:
        return [
            group
            for group in self.groups
            if any(p.token == profile for p in self.profiles_asking(group.first))
        ]

    def _readiness(self, profile: Profile) -> Readiness:
        counts: Counter[Severity] = Counter()
        overridden = 0
        for group in self._groups(profile.token):
            counts[group.first.severity] += len(group.findings)
            if group.first.blocks and not self.stops(group.first, profile.token):
                overridden += len(group.findings)
        return Readiness(
            profile=profile,
            must=counts[Severity.MUST],
            should=counts[Severity.SHOULD],
            could=counts[Severity.COULD],
            blocked=self.blocked_for(profile.token),
            overridden=overridden,
        )

    def to_dict(self) -> dict[str, object]:
        """Return the report as JSON-ready data in a stable order."""
        from fair_imagic.checks.reports.json import as_dict

        return as_dict(self)


def _counts(finding: Finding, profile: Profile) -> bool:
    own = finding.profile == "model" or finding.profile in profile.tokens
    return own or (finding.blocks and finding.profile in profile.beside)


def join_reports(reports: Sequence[Report]) -> Report:
    """Return several reports on one subject as one; the first gives its name."""
    found = {f.sort_key: f for report in reports for f in report.findings}
    return replace(
        reports[0],
        profiles=tuple(p for report in reports for p in report.profiles),
        findings=tuple(found[key] for key in sorted(found)),
        focus_counts={k: n for one in reports for k, n in one.focus_counts.items()},
        answers=next((one.answers for one in reports if one.answers), ()),
        announced={k: found for one in reports for k, found in one.announced.items()},
        tier_claim=next((one.tier_claim for one in reports if one.tier_claim), None),
        tier_report=next((one.tier_report for one in reports if one.tier_report), None),
    )
