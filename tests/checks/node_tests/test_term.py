"""Names of terms: that of another term is told, one that no table has is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Failing = Callable[[str, str, str], list[str]]

TEST = "name-of-its-term"
TERM = "<http://purl.obolibrary.org/obo/NCBITaxon_10090>"


def sample(term: str, label: str) -> str:
    return f'<urn:s> fi:organism {term} ; fi:organismLabel "{label}" .'


def test_a_name_of_another_term_is_a_point(failing: Failing) -> None:
    assert failing(TEST, sample(TERM, "Homo sapiens"), "urn:s") == ["Homo sapiens"]


@pytest.mark.parametrize("label", ["Mus musculus", "souris", "mouse", "my mice"])
def test_a_name_of_the_term_or_of_none_is_no_point(
    failing: Failing, label: str
) -> None:
    assert failing(TEST, sample(TERM, label), "urn:s") == []


def test_a_name_without_its_term_is_no_point(failing: Failing) -> None:
    assert failing(TEST, sample("fi:unknown", "Homo sapiens"), "urn:s") == []
