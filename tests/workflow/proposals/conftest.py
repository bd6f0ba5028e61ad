"""A set of three fields and a stack, and what is proposed for its points."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fair_imagic.workflow.checking import check

if TYPE_CHECKING:
    from collections.abc import Callable

    from fair_imagic.checks import Proposal
    from fair_imagic.workflow.base.workspace import Workspace


@pytest.fixture
def proposed() -> Callable[..., dict[str, Proposal]]:
    """Give the proposals of a set for a field (the end of its IRI), by thing."""

    def ask(workspace: Workspace, name: str, field: str) -> dict[str, Proposal]:
        report = check.run(workspace, name)
        return {
            finding.focus_label: finding.proposal
            for finding in report.findings
            if finding.proposal is not None and finding.path.endswith(field)
        }

    return ask
