"""A check that also says which NBO-Q tier is claimed and which is reached."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from fair_imagic.checks import profiles
from fair_imagic.checks.checker import check
from fair_imagic.checks.tier_claim import speaks_of_tiers, with_claim
from fair_imagic.checks.tiers import TIERS, tier_report
from fair_imagic.model import Instrument
from fair_imagic.rdf import expand, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fair_imagic.checks.checker import Origin, Progress
    from fair_imagic.checks.override import Override
    from fair_imagic.checks.profile import Profile
    from fair_imagic.checks.report import Report
    from fair_imagic.model import Snapshot

__all__ = ["check_with_tiers", "claimed_tier"]

_HIGHEST = f"nboq-tier-{TIERS[-1]}"
_DECLARED = expand("fi:declaredTier")


def check_with_tiers(
    snapshot: Snapshot,
    wanted: Sequence[Profile],
    *,
    declared: int | None,
    origin: Origin | None = None,
    progress: Progress | None = None,
    overrides: Sequence[Override] = (),
) -> Report:
    """Check a snapshot; where a tier is among what is wanted, say which is reached.

    ``declared`` is the tier claimed. One evaluation serves both. Of a microscope, the
    report says up to which tier fields are present and values plausible.
    """
    of_microscope = Instrument.class_iri in snapshot.graph.types(snapshot.root)
    asked = speaks_of_tiers(wanted)
    with_tiers = asked and not of_microscope
    known = {one.token for one in wanted}
    more = [profiles.load(_HIGHEST)] if with_tiers and _HIGHEST not in known else []
    report = check(
        snapshot,
        wanted,
        counted=more,
        origin=origin,
        progress=progress,
        overrides=overrides,
    )
    if asked and of_microscope:
        held = tier_report(snapshot.graph, snapshot.root, declared=declared)
        return dataclasses.replace(report, tier_report=held)
    return with_claim(report, wanted, declared=declared) if with_tiers else report


def claimed_tier(snapshot: Snapshot) -> int | None:
    """Return the tier that a set claims in its record; None for anything else."""
    terms = snapshot.graph.values(snapshot.root, _DECLARED)
    said = {text_of(term) for term in terms}
    return next((tier for tier in reversed(TIERS) if str(tier) in said), None)
