"""The readiness of a set: targets by weight, and what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.checks import Severity
from fair_imagic.checks.reports.claim import claim_sentence
from fair_imagic.checks.reports.words import (
    STATE_SIGNS,
    count_kind,
    count_sign,
    in_language,
    legend,
    state_kind,
    state_word,
)
from fair_imagic.publish.registry import available

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.checks import Group, Override, Readiness, Report
    from fair_imagic.publish.base import Target

__all__ = ["Cell", "Decision", "Matrix", "MatrixRow", "Stop", "matrix_of"]


@dataclass(frozen=True, kw_only=True)
class Cell:
    """How many points of one weight: a sign, a number, and the kind of the sign."""

    kind: str
    sign: str
    count: int


@dataclass(frozen=True, kw_only=True)
class MatrixRow:
    """One target or standard: its cells, and its state in a sign and in words."""

    token: str
    title: str
    cells: tuple[Cell, ...]
    kind: str
    sign: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Decision:
    """A decision of the facility; ``point`` says what no longer stops the target."""

    code: str
    target: str
    title: str
    point: str
    reason: str
    author: str
    time: str


@dataclass(frozen=True, kw_only=True)
class Stop:
    """A point that stops a target and that the facility may decide to let pass."""

    code: str
    target: str
    title: str
    point: str


@dataclass(frozen=True, kw_only=True)
class Matrix:
    """What stands on top of the page of a set's points.

    ``claim`` says the tier claimed and reached; empty where no tier was asked for.
    """

    rows: tuple[MatrixRow, ...]
    legend: str
    claim: str
    decisions: tuple[Decision, ...]
    stops: tuple[Stop, ...]


def matrix_of(report: Report) -> Matrix:
    """Return the readiness of what a report is about, in the reader's language."""
    targets = available()
    return Matrix(
        rows=tuple(_row(line) for line in report.readiness),
        legend=legend(report),
        claim=claim_sentence(report.tier_claim) if report.tier_claim else "",
        decisions=tuple(_decision(report, one) for one in report.overrides),
        stops=tuple(s for target in targets.values() for s in _stops(report, target)),
    )


def _row(line: Readiness) -> MatrixRow:
    counts = (line.must, line.should, line.could)
    kind = state_kind(line)
    return MatrixRow(
        token=line.profile.token,
        title=in_language(line.profile.title),
        cells=tuple(
            Cell(
                kind=count_kind(line, weight),
                sign=count_sign(line, weight),
                count=count,
            )
            for weight, count in zip(Severity, counts, strict=True)
        ),
        kind=kind,
        sign=STATE_SIGNS[kind],
        words=state_word(line),
    )


def _decision(report: Report, override: Override) -> Decision:
    targets = available()
    known = targets.get(override.target)
    groups = (g for g in report.groups if g.code == override.code)
    point = next((in_language(g.first.message) for g in groups), override.code)
    return Decision(
        code=override.code,
        target=override.target,
        title=known.title if known is not None else override.target,
        point=point,
        reason=override.reason,
        author=override.author,
        time=override.time,
    )


def _stops(report: Report, target: Target) -> Iterator[Stop]:
    decided = {(one.target, one.code) for one in report.overrides}
    for group in report.groups:
        if group.first.legal or (target.token, group.code) in decided:
            continue
        if _stops_target(report, group, target):
            yield Stop(
                code=group.code,
                target=target.token,
                title=target.title,
                point=in_language(group.first.message),
            )


def _stops_target(report: Report, group: Group, target: Target) -> bool:
    asked = {profile.token for profile in report.profiles_asking(group.first)}
    return group.first.blocks and not asked.isdisjoint(target.profiles)
