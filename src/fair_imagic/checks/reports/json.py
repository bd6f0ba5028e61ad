"""The report as JSON; ``report.schema.json`` beside this module says how it is built.

Texts are objects ``{"en", "fr"}``. Lists are sorted, worst first.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from fair_imagic.checks.command import command_for, path_of
from fair_imagic.checks.first_steps import first_steps
from fair_imagic.checks.reports.cause_words import act_text
from fair_imagic.clock import isoformat
from fair_imagic.i18n import in_languages

if TYPE_CHECKING:
    from fair_imagic.checks.announced import Announced
    from fair_imagic.checks.cause import Group
    from fair_imagic.checks.first_steps import Step
    from fair_imagic.checks.report import Readiness, Report

__all__ = ["FORMAT", "as_dict", "as_json"]

FORMAT = "fair-imagic-report/1"


def as_json(report: Report) -> str:
    """Return the report as indented JSON with a final line end."""
    return json.dumps(as_dict(report), ensure_ascii=False, indent=2) + "\n"


def as_dict(report: Report) -> dict[str, object]:
    """Return the report as JSON-ready data, keys and lists in a fixed order."""
    return {
        "format": FORMAT,
        "subject": report.subject,
        "subjectLabel": report.subject_label,
        "snapshot": report.snapshot_hash,
        "checkedAt": isoformat(report.checked_at),
        "conforms": report.conforms,
        "profiles": [_readiness(line) for line in report.readiness],
        "tierClaim": report.tier_claim.to_dict() if report.tier_claim else None,
        "tierReport": report.tier_report.to_dict() if report.tier_report else None,
        "firstSteps": [_step(step) for step in first_steps(report)],
        "overrides": [one.to_dict() for one in report.overrides],
        "causes": [_cause(report, step) for step in report.steps],
        "findings": [finding.to_dict() for finding in report.findings],
        "answers": [
            {
                "path": answer.path,
                "label": dict(answer.label),
                "answer": answer.answer,
                "count": answer.count,
            }
            for answer in report.answers
        ],
        "lookedAt": dict(sorted(report.focus_counts.items())),
    }


def _readiness(line: Readiness) -> dict[str, object]:
    return {
        "token": line.profile.token,
        "title": dict(line.profile.title),
        "version": line.profile.version,
        "must": line.must,
        "should": line.should,
        "could": line.could,
        "blocked": line.blocked,
        "overridden": line.overridden,
        "gaps": [
            {"code": gap.code, "text": dict(gap.text)} for gap in line.profile.all_gaps
        ],
    }


def _step(step: Step) -> dict[str, object]:
    return {
        "codes": list(step.cause.codes),
        "repair": dict(step.cause.first.repair),
        "frees": [profile.token for profile in step.frees],
        "helps": [profile.token for profile in step.helps],
        "points": step.points,
    }


def _cause(report: Report, step: Step) -> dict[str, object]:
    cause = step.cause
    return {
        "key": cause.key,
        "title": in_languages(lambda: act_text(cause)),
        "act": {
            "kind": cause.act,
            "class": cause.kind,
            "field": cause.field,
            "path": path_of(cause),
            "expectedClass": cause.expected_class,
            "command": command_for(report, cause),
        },
        "codes": list(cause.codes),
        "severity": str(cause.severity),
        "count": cause.count,
        "places": list(cause.things),
        "stops": [profile.token for profile in step.stops],
        "frees": [profile.token for profile in step.frees],
        "announced": [_announced(one) for one in report.announced_by(cause)],
        "askedBy": [_asked(report, group) for group in cause.groups],
    }


def _announced(one: Announced) -> dict[str, object]:
    return {
        "code": one.code,
        "severity": str(one.severity),
        "class": one.kind,
        "path": one.path,
        "pathLabel": dict(one.label),
    }


def _asked(report: Report, group: Group) -> dict[str, object]:
    asking = report.profiles_asking(group.first)
    return {
        "code": group.code,
        "profiles": [profile.token for profile in asking],
        "clause": group.first.clause.get("en", ""),
        "clauseTexts": dict(group.first.clause),
    }
