"""A text that means a licence is proposed as its SPDX name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fair_imagic.checks import Confidence
from fair_imagic.model import Snapshot, slot_named
from fair_imagic.workflow.proposals import Evidence, Point
from fair_imagic.workflow.proposals.licence import from_licences

if TYPE_CHECKING:
    from fair_imagic.workflow.base.workspace import Workspace


def proposed(workspace: Workspace, text: str) -> tuple[str, Confidence] | None:
    slot = slot_named("PublicationSet", "license")
    nothing = Snapshot.make("https://x.example/a", own=())
    point = Point("https://x.example/a", "PublicationSet", slot, text)
    found = from_licences(Evidence(workspace, nothing), point)
    return None if found is None else (found.value, found.confidence)


@pytest.mark.parametrize(
    ("text", "name", "confidence"),
    [
        ("https://creativecommons.org/licenses/by/4.0/", "CC-BY-4.0", "certain"),
        ("http://creativecommons.org/publicdomain/zero/1.0/", "CC0-1.0", "certain"),
        ("CC BY 4.0", "CC-BY-4.0", "certain"),
        ("cc_by_sa_4.0", "CC-BY-SA-4.0", "certain"),
        ("Creative Commons Attribution 4.0 International", "CC-BY-4.0", "certain"),
        ("https://spdx.org/licenses/cc-by-4.0.html", "CC-BY-4.0", "certain"),
        ("mit", "MIT", "certain"),
        ("apache 2.0", "Apache-2.0", "certain"),
        ("CC-BY", "CC-BY-4.0", "unsure"),
        ("CC0", "CC0-1.0", "certain"),
        ("CC BY SA", "CC-BY-SA-4.0", "unsure"),
        ("BSD 3-Clauses", "BSD-3-Clause", "unsure"),
    ],
)
def test_a_name_near_one_of_the_list_is_found(
    workspace: Workspace, text: str, name: str, confidence: str
) -> None:
    assert proposed(workspace, text) == (name, Confidence(confidence))


@pytest.mark.parametrize("text", ["", "free", "see our web page", "CC", "????", "4.0"])
def test_a_text_that_means_no_licence_gives_none(
    workspace: Workspace, text: str
) -> None:
    assert proposed(workspace, text) is None
