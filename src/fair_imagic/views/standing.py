"""How things are with a publication set, gathered for :mod:`.next_step`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.publish.base import Role
from fair_imagic.publish.registry import available
from fair_imagic.publish.settings import Switch, switch_of
from fair_imagic.publish.state import State
from fair_imagic.views.next_step import Destination, Standing, Stop

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fair_imagic.config import Settings
    from fair_imagic.publish.base import Target
    from fair_imagic.views.publication import PublicationRow
    from fair_imagic.workflow.checking.kept_verdict import KeptCounts
    from fair_imagic.workflow.checking.verdict_counts import VerdictCounts
    from fair_imagic.workflow.sets.publication_set import SetRow

__all__ = ["standing_of"]


def standing_of(
    listed: SetRow,
    *,
    settings: Settings,
    kept: KeptCounts | None,
    published: Iterable[PublicationRow],
) -> Standing:
    """Return how things are with a set, from its last check and its publications."""
    fitting = {
        token: target
        for token, target in available().items()
        if listed.software or target.role is not Role.SOFTWARE
    }
    counts = kept.counts if kept is not None else None
    stops = None if counts is None else _stops(counts, fitting)
    remarks = counts.causes - len(stops) if counts and stops is not None else 0
    rows = {row.target: row for row in published}
    return Standing(
        name=listed.name,
        images=listed.images,
        stops=stops,
        remarks=remarks,
        questions=counts.questions if counts is not None else None,
        is_fresh=kept is None or kept.is_fresh,
        destinations=tuple(
            _destination(settings, target, rows.get(token))
            for token, target in fitting.items()
        ),
    )


def _stops(counts: VerdictCounts, fitting: Mapping[str, Target]) -> tuple[Stop, ...]:
    """Return what stops the archives that fit a set."""
    found = (
        Stop(field=one.field, targets=frozenset(one.archives) & fitting.keys())
        for one in counts.stops
    )
    return tuple(stop for stop in found if stop.targets)


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
