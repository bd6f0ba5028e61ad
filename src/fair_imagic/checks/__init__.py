"""Checks: profiles of archives and standards, the engine, findings and reports."""

from __future__ import annotations

from fair_imagic.checks import profiles
from fair_imagic.checks.cause import Cause, Group
from fair_imagic.checks.checker import check
from fair_imagic.checks.finding import Confidence, Finding, Proposal, Severity
from fair_imagic.checks.first_steps import Step, first_steps
from fair_imagic.checks.override import Override
from fair_imagic.checks.overview import (
    Line,
    Overview,
    PendingCorrection,
    Priority,
    Subject,
    Summary,
    TextPool,
    summary_of,
)
from fair_imagic.checks.profile import Profile
from fair_imagic.checks.report import Answers, Readiness, Report, join_reports
from fair_imagic.checks.reports import (
    as_html,
    as_json,
    as_junit,
    as_short_text,
    as_text,
    as_turtle,
)
from fair_imagic.checks.tier_check import check_with_tiers, claimed_tier
from fair_imagic.checks.tier_claim import TierClaim, speaks_of_tiers, with_claim
from fair_imagic.checks.tiers import TierReport, says_nothing, tier_report
from fair_imagic.checks.tiers_text import tier_figures, tiers_as_text

__all__ = [
    "Answers",
    "Cause",
    "Confidence",
    "Finding",
    "Group",
    "Line",
    "Override",
    "Overview",
    "PendingCorrection",
    "Priority",
    "Profile",
    "Proposal",
    "Readiness",
    "Report",
    "Severity",
    "Step",
    "Subject",
    "Summary",
    "TextPool",
    "TierClaim",
    "TierReport",
    "as_html",
    "as_json",
    "as_junit",
    "as_short_text",
    "as_text",
    "as_turtle",
    "check",
    "check_with_tiers",
    "claimed_tier",
    "first_steps",
    "join_reports",
    "profiles",
    "says_nothing",
    "speaks_of_tiers",
    "summary_of",
    "tier_figures",
    "tier_report",
    "tiers_as_text",
    "with_claim",
]
