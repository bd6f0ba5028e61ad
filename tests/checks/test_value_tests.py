"""Tests of single values: identifiers with check digits, licences, odd characters."""

from __future__ import annotations

import pytest

from fair_imagic.checks.value_tests import VALUE_TESTS, value_test
from fair_imagic.errors import InputError


@pytest.mark.parametrize(
    "text",
    [
        "0000-0002-1825-0097",
        "0000-0001-5109-3700",
        "0000-0002-1694-233X",
        "https://orcid.org/0000-0002-1825-0097",
    ],
)
def test_an_orcid_with_the_right_last_character_passes(text: str) -> None:
    assert value_test("orcid-check-digit")(text)


@pytest.mark.parametrize(
    "text", ["0000-0002-1825-0098", "0000-0002-1852-0097", "0000-0000-0000-0000"]
)
def test_a_mistyped_orcid_fails(text: str) -> None:
    assert not value_test("orcid-check-digit")(text)


def test_every_single_digit_error_in_an_orcid_is_seen() -> None:
    right = "0000-0002-1825-0097"
    for place, digit in enumerate(right):
        for other in "0123456789":
            if digit not in ("-", other):
                wrong = right[:place] + other + right[place + 1 :]
                assert not value_test("orcid-check-digit")(wrong)


@pytest.mark.parametrize("name", ["051sk4035", "05gq02987", "00f54p054", "052gg0110"])
def test_a_real_ror_identifier_passes(name: str) -> None:
    assert value_test("ror-check-digits")(f"https://ror.org/{name}")


@pytest.mark.parametrize("name", ["051sk4036", "015sk4035", "05gq02978"])
def test_a_mistyped_ror_identifier_fails(name: str) -> None:
    assert not value_test("ror-check-digits")(f"https://ror.org/{name}")


@pytest.mark.parametrize("name", ["CC-BY-4.0", "CC0-1.0", "BSD-3-Clause", "MIT"])
def test_a_licence_of_the_spdx_list_passes(name: str) -> None:
    assert value_test("spdx-licence")(f"https://spdx.org/licenses/{name}")


@pytest.mark.parametrize(
    "text",
    [
        "https://spdx.org/licenses/CC-BY-9.9",
        "https://spdx.org/licenses/",
        "CC-BY-4.0",
        "https://creativecommons.org/licenses/by/4.0/",
    ],
)
def test_a_licence_outside_the_spdx_list_fails(text: str) -> None:
    assert not value_test("spdx-licence")(text)


@pytest.mark.parametrize("text", ["a\x00b", "a\x07b", "a\x1fb", "a\x7f", "\x9c"])
def test_a_control_character_fails(text: str) -> None:
    assert not value_test("no-control-characters")(text)


def test_tabs_line_ends_and_accents_are_no_control_characters() -> None:
    assert value_test("no-control-characters")("é\tµ\n\r細胞")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "TBD",
        "n/a",
        "N.A.",
        ":unav",
        "(:tba)",
        "todo",
        "xxx",
        "À compléter",
        "---",
        "???",
        "lorem ipsum dolor",
        "Untitled",
        "à définir",
    ],
)
def test_a_stand_in_fails(text: str) -> None:
    assert not value_test("no-placeholder")(text)


@pytest.mark.parametrize(
    "text", ["Test of adhesion in HeLa cells", "Unknown lipids in yeast", "NA 1.4 lens"]
)
def test_a_real_title_is_no_stand_in(text: str) -> None:
    assert value_test("no-placeholder")(text)


def test_an_unknown_test_is_an_error_that_lists_the_names() -> None:
    with pytest.raises(InputError) as caught:
        value_test("orcid-digit")
    assert all(name in caught.value.expected for name in VALUE_TESTS)
