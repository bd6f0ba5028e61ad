"""Identifiers: forms and check digits."""

from __future__ import annotations

import pytest

from fair_imagic.entry.identifier import (
    doi_of,
    is_doi,
    is_orcid,
    is_ror,
    is_swhid,
    is_url,
    orcid_of,
)


@pytest.mark.parametrize("orcid", ["0000-0002-1825-0097", "0000-0001-5109-3700"])
def test_a_right_orcid_is_accepted(orcid: str) -> None:
    assert is_orcid(orcid)
    assert orcid_of(f"https://orcid.org/{orcid}/") == orcid


@pytest.mark.parametrize(
    "orcid",
    ["0000-0002-1825-0098", "0000-0000-0000-0000", "0000000218250097", ""],
)
def test_an_orcid_with_a_wrong_digit_or_form_is_refused(orcid: str) -> None:
    assert not is_orcid(orcid)


@pytest.mark.parametrize(
    "ror", ["https://ror.org/051sk4035", "https://ror.org/02vjkv261"]
)
def test_a_right_ror_is_accepted(ror: str) -> None:
    assert is_ror(ror)


@pytest.mark.parametrize(
    "ror", ["https://ror.org/051sk4036", "051sk4035", "https://ror.org/051sk403l"]
)
def test_a_ror_with_a_wrong_digit_or_form_is_refused(ror: str) -> None:
    assert not is_ror(ror)


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        ("10.5281/zenodo.1", True),
        ("10.1083/jcb.202107093", True),
        ("10.5281/imag'ic", True),
        ("10.100000/A+b[c]&d#e", True),
        ("10.1000.10/123456", True),
        ("10.1002/(SICI)1098-2736(199908)36:6<637::AID-TEA4>3.0.CO;2-9", True),
        ("10.5281/a b", False),
        ("10.52/abc", False),
        ("https://doi.org/10.5281/zenodo.1", False),
    ],
)
def test_a_cited_doi_is_judged_by_the_syntax_of_dois(text: str, accepted: bool) -> None:
    assert is_doi(text) is accepted


def test_the_doi_is_found_in_any_usual_form() -> None:
    for text in (
        "10.5281/Zenodo.1",
        "https://doi.org/10.5281/zenodo.1",
        "doi:10.5281/ZENODO.1",
        "http://dx.doi.org/10.5281/zenodo.1",
    ):
        found = doi_of(text)
        assert found is not None
        assert found.lower() == "10.5281/zenodo.1"
    assert doi_of("S-BIAD1") is None
    assert doi_of("https://doi.org/10.1000/a%3Cb%3E") == "10.1000/a<b>"


def test_a_swhid_has_forty_lower_case_digits() -> None:
    assert is_swhid("swh:1:dir:" + "a" * 40)
    assert is_swhid("swh:1:cnt:" + "0" * 40 + ";origin=https://example.org")
    assert not is_swhid("swh:1:dir:" + "A" * 40)
    assert not is_swhid("0123-4567")


def test_an_address_has_no_blank() -> None:
    assert is_url("https://example.org/a?b=c#d")
    assert not is_url("https://example.org/BioImage Archive")
    assert not is_url("example.org")
