from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fair_imagic.errors import NotFoundError
from fair_imagic.workflow.microscopes import instruments
from fair_imagic.workflow.microscopes.tiers import tiers_of

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.workflow.base.workspace import Workspace


def test_a_kept_microscope_says_which_tier_it_meets(
    workspace: Workspace, shared: Path
) -> None:
    path = shared / "reference/nboq/microscopes/mcgill_abif_axiovert200m.json"
    instruments.import_file(workspace, path, author="Ana", name="axio")
    report = tiers_of(workspace, "axio", declared=3)
    assert report.highest == 2
    assert not report.keeps_promise
    assert report.count(1).missing == 0
    assert len(report.components) == 44


def test_a_microscope_that_is_not_there_is_named(workspace: Workspace) -> None:
    with pytest.raises(NotFoundError):
        tiers_of(workspace, "nothing")
