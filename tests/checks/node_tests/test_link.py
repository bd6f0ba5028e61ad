"""Where processed images come from: known, and within reach of a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Failing = Callable[[str, str, str], list[str]]

MASK = "<urn:s> dcterms:hasPart <urn:mask> . <urn:mask> prov:wasDerivedFrom "


@pytest.mark.parametrize(
    "address",
    [
        "https://doi.org/10.5281/zenodo.1",
        "https://www.doi.org/10.5281/zenodo.1",
        "https://doi.org/10.5281%2Fzenodo.1",
        "https://doi.org/10.1000.10/123",
        "doi:10.5281/zenodo.1",
        "https://www.ebi.ac.uk/biostudies/bioimages/studies/S-BIAD1",
        "https://idr.openmicroscopy.org/webclient/?show=image-1",
    ],
)
def test_a_source_in_an_archive_is_known_and_shared(
    failing: Failing, address: str
) -> None:
    turtle = f"{MASK} <{address}> ."
    assert failing("derived-from-something-described", turtle, "urn:mask") == []
    assert failing("derived-from-something-shared", turtle, "urn:mask") == []


@pytest.mark.parametrize(
    "address", ["https://doi.org/", "https://example.org/id/image/lost", "urn:lost"]
)
def test_another_address_of_which_nothing_is_said_is_not(
    failing: Failing, address: str
) -> None:
    turtle = f"{MASK} <{address}> ."
    assert failing("derived-from-something-described", turtle, "urn:mask") == [address]
    assert failing("derived-from-something-shared", turtle, "urn:mask") == []


def test_a_source_that_stays_at_home_is_named(failing: Failing) -> None:
    turtle = f"{MASK} <urn:raw> . <urn:raw> a fi:Image ."
    name = "derived-from-something-shared"
    assert failing(name, turtle, "urn:mask") == ["urn:raw"]
    beside = "<urn:s> dcterms:hasPart <urn:raw> ."
    assert failing(name, turtle + beside, "urn:mask") == []
    published = "<urn:raw> fi:isPublished true ."
    assert failing(name, turtle + published, "urn:mask") == []


def test_a_table_in_the_set_leads_back_to_an_image_of_the_set(failing: Failing) -> None:
    name = "derived-from-something-shared"
    table = "<urn:s> fi:result <urn:csv> . <urn:csv> prov:wasDerivedFrom <urn:raw> . "
    turtle = table + "<urn:raw> a fi:Image ."
    assert failing(name, turtle, "urn:csv") == ["urn:raw"]
    beside = "<urn:s> dcterms:hasPart <urn:raw> ."
    assert failing(name, turtle + beside, "urn:csv") == []


def test_a_cleaned_copy_in_the_set_stands_in_for_its_source(failing: Failing) -> None:
    name = "derived-from-something-shared"
    copy = (
        "<urn:copy> prov:wasDerivedFrom <urn:raw> ; prov:wasGeneratedBy <urn:run> . "
        "<urn:s> dcterms:hasPart <urn:copy> . "
    )
    turtle = f"{MASK} <urn:raw> . <urn:raw> a fi:Image . {copy}"
    other = '<urn:run> fi:processor "segmentation" .'
    clean = '<urn:run> fi:processor "cleaned-copy" .'
    for node in ("urn:mask", "urn:copy"):
        assert failing(name, turtle + other, node) == ["urn:raw"]
        assert failing(name, turtle + clean, node) == []
        stands = "<urn:copy> fi:standsFor <urn:raw> ."
        assert failing(name, turtle + other + stands, node) == []
