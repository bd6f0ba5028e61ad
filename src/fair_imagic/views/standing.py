"""How things are with a publication set, gathered for :mod:`.next_step`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.model import PublicationSet, slot_for
from fair_imagic.publish.base import Role
from fair_imagic.publish.registry import available
from fair_imagic.publish.settings import Switch, switch_of
from fair_imagic.publish.state import State
from fair_imagic.views.next_step import Destination, Standing, Stop
from fair_imagic.workflow.checking.overrides import covering

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fair_imagic.checks import Cause, Report
    from fair_imagic.config import Settings
    from fair_imagic.publish.base import Target
    from fair_imagic.views.publication import PublicationRow
    from fair_imagic.workflow.sets.publication_set import SetRow

__all__ = ["standing_of"]


def standing_of(
    listed: SetRow,
    *,
    settings: Settings,
    report: Report | None,
    published: Iterable[PublicationRow],
    has_software: bool,
    questions: int | None = None,
) -> Standing:
    """Return how things are with a set, from its report and its publications."""
    fitting = {
        token: target
        for token, target in available().items()
        if has_software or target.role is not Role.SOFTWARE
    }
    stops = None if report is None else _stops(report, fitting)
    remarks = len(report.causes) - len(stops) if report and stops is not None else 0
    rows = {row.target: row for row in published}
    return Standing(
        name=listed.name,
        images=listed.images,
        stops=stops,
        remarks=remarks,
        questions=questions,
        destinations=tuple(
            _destination(settings, target, rows.get(token))
            for token, target in fitting.items()
        ),
    )


def _stops(report: Report, fitting: Mapping[str, Target]) -> tuple[Stop, ...]:
    found = [(cause, _stopped(report, cause, fitting)) for cause in report.causes]
    return tuple(
        Stop(field=_own_field(report, cause), targets=targets)
        for cause, targets in found
        if targets
    )


def _stopped(
    report: Report, cause: Cause, fitting: Mapping[str, Target]
) -> frozenset[str]:
    """Return the archives that a cause keeps from taking a set."""
    found = set()
    for group in cause.groups:
        point = group.first
        if not point.blocks:
            continue
        asking = {one.token for one in report.profiles_with(point.profile)}
        found |= {
            token
            for token, target in fitting.items()
            if asking & set(target.profiles)
            and covering(report.overrides, point, token) is None
        }
    return frozenset(found)


def _own_field(report: Report, cause: Cause) -> str:
    point = cause.first
    if point.focus != report.subject:
        return ""
    slot = slot_for(PublicationSet.class_iri, point.path)
    return slot.name if slot is not None else ""


def _destination(
    settings: Settings, target: Target, row: PublicationRow | None
) -> Destination:
    switch = switch_of(target, settings).switch
    return Destination(
        token=target.token,
        title=target.title,
        has_name=target.role is Role.PAGE,
        off=switch is Switch.OFF,
        state=row.state if row is not None else None,
        is_public=row is not None and row.is_public,
        changed=row is not None and row.changed,
        page=row.page if row is not None and row.state is not State.WITHDRAWN else "",
    )
