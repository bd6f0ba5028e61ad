"""What a check of real images announces, and what then appears."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.workflow.checking import check
from fair_imagic.workflow.correcting import repair

if TYPE_CHECKING:
    from fair_imagic.checks import Report
    from fair_imagic.workflow.base.workspace import Workspace


def _asked(report: Report) -> set[tuple[str, str]]:
    return {(one.kind, one.path) for one in report.findings}


def test_a_bare_sample_brings_what_was_announced_and_nothing_else(
    imported: Workspace,
) -> None:
    before = check.run(imported, "s")
    cause = before.cause_of("Image.sample")
    assert cause is not None
    announced = {(one.kind, one.path) for one in before.announced_by(cause)}
    root = imported.record("set", "s")
    values = [("image.sample", "new: HeLa")]
    repair.set_values(imported, root, values, author="Ana")
    after = check.run(imported, "s")
    assert after.cause_of("Image.sample") is None
    assert _asked(after) - _asked(before) == announced
    assert announced


def test_a_new_author_brings_nothing_that_was_not_announced(
    imported: Workspace,
) -> None:
    before = check.run(imported, "s")
    cause = before.cause_of("PublicationSet.creators")
    assert cause is not None
    announced = {(one.kind, one.path) for one in before.announced_by(cause)}
    root = imported.record("set", "s")
    values = [("creators", "new: Ada Example")]
    repair.set_values(imported, root, values, author="Ana")
    after = check.run(imported, "s")
    assert _asked(after) - _asked(before) == announced
