"""Licences that go together, and those that contradict each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fair_imagic.checks.node_tests.licence import conditions, may_be_part_of

if TYPE_CHECKING:
    from collections.abc import Callable

    Failing = Callable[[str, str, str], list[str]]

SPDX = "https://spdx.org/licenses/"


@pytest.mark.parametrize(
    ("licence", "found"),
    [
        ("CC0-1.0", set()),
        ("CC-BY-4.0", {"by"}),
        ("CC-BY-NC-SA-3.0-IGO", {"by", "nc", "sa"}),
        ("CC-BY-NC-ND-4.0", {"by", "nc", "nd"}),
        ("etalab-2.0", {"by"}),
        ("GPL-3.0-or-later", {"by", "sa"}),
        ("BSD-3-Clause.html", {"by"}),
    ],
)
def test_the_conditions_of_a_licence_are_known(licence: str, found: set[str]) -> None:
    assert conditions(SPDX + licence) == found


def test_an_unknown_licence_says_nothing() -> None:
    assert conditions("https://example.org/our-terms") is None
    assert may_be_part_of("https://example.org/our-terms", SPDX + "CC0-1.0")


@pytest.mark.parametrize(
    ("part", "whole", "fits"),
    [
        ("CC0-1.0", "CC-BY-4.0", True),
        ("CC-BY-4.0", "CC0-1.0", False),
        ("CC-BY-NC-4.0", "CC0-1.0", False),
        ("CC-BY-NC-4.0", "CC-BY-4.0", False),
        ("CC-BY-4.0", "CC-BY-NC-SA-4.0", True),
        ("CC-BY-SA-4.0", "CC-BY-4.0", False),
        ("CC-BY-SA-4.0", "CC-BY-SA-4.0", True),
    ],
)
def test_an_image_may_ask_no_more_than_its_set(
    failing: Failing, part: str, whole: str, *, fits: bool
) -> None:
    turtle = (
        f"<urn:s> a fi:PublicationSet ; dcterms:license <{SPDX}{whole}> ;"
        f"dcterms:hasPart <urn:i> . <urn:i> dcterms:license <{SPDX}{part}> ."
    )
    found = [] if fits else [SPDX + part]
    assert failing("licence-fits-set", turtle, "urn:i") == found


def test_a_licence_is_the_promised_one_however_it_is_written(failing: Failing) -> None:
    turtle = (
        f"<urn:s> dcterms:license <{SPDX}CC-BY-4.0> ; fi:fulfils <urn:o> ."
        f'<urn:o> dcterms:license "{SPDX}cc-by-4.0.html" .'
    )
    assert failing("licence-as-promised", turtle, "urn:s") == []
    other = turtle.replace("cc-by-4.0", "cc0-1.0")
    assert failing("licence-as-promised", other, "urn:s") == [SPDX + "CC-BY-4.0"]


@pytest.mark.parametrize(
    ("scripts", "fits"),
    [("GPL-3.0-or-later", True), ("MIT", True), ("CC-BY-NC-4.0", False)],
)
def test_scripts_may_be_copyleft_but_not_for_some_uses_only(
    failing: Failing, scripts: str, *, fits: bool
) -> None:
    turtle = (
        f"<urn:s> a fi:PublicationSet ; dcterms:license <{SPDX}CC0-1.0> ;"
        f"fi:software <urn:w> . <urn:w> dcterms:license <{SPDX}{scripts}> ."
    )
    found = [] if fits else [SPDX + scripts]
    assert failing("scripts-as-open-as-set", turtle, "urn:w") == found


@pytest.mark.parametrize(
    ("source", "fits"),
    [("CC-BY-4.0", True), ("CC-BY-SA-4.0", False), ("CC-BY-ND-4.0", False)],
)
def test_what_is_made_from_an_image_follows_its_licence(
    failing: Failing, source: str, *, fits: bool
) -> None:
    turtle = (
        f"<urn:s> a fi:PublicationSet ; dcterms:license <{SPDX}CC-BY-4.0> ;"
        "dcterms:hasPart <urn:mask> . <urn:mask> prov:wasDerivedFrom <urn:raw> ."
        f"<urn:raw> dcterms:license <{SPDX}{source}> ."
    )
    found = [] if fits else ["urn:raw"]
    assert failing("source-licence-allows", turtle, "urn:mask") == found
