"""One ORCID, one person."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    Failing = Callable[[str, str, str], list[str]]

ORCID = "0000-0002-1825-0097"


def test_an_orcid_of_two_people_is_found_however_it_is_written(
    failing: Failing,
) -> None:
    turtle = (
        f'<urn:a> a foaf:Person ; fi:orcid "{ORCID}" .'
        f'<urn:b> a foaf:Person ; fi:orcid "https://orcid.org/{ORCID}" .'
    )
    assert failing("orcid-of-one-person", turtle, "urn:a") == [ORCID]


def test_people_without_or_with_their_own_orcid_pass(failing: Failing) -> None:
    turtle = (
        f'<urn:a> a foaf:Person ; fi:orcid "{ORCID}" . <urn:b> a foaf:Person ;'
        'fi:orcid fi:unknown . <urn:c> a foaf:Person ; fi:orcid "0000-0001-5109-3700" .'
    )
    assert failing("orcid-of-one-person", turtle, "urn:a") == []
    assert failing("orcid-of-one-person", turtle, "urn:b") == []
