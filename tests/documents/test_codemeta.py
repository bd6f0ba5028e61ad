"""CodeMeta as the deposit server of Software Heritage reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from fair_imagic.workflow.checking.check_files import check_path

if TYPE_CHECKING:
    from pathlib import Path

    from tests.documents.conftest import Write

ADA = {"@type": "Person", "name": "Ada Martin"}


def musts(path: Path) -> set[str]:
    report = check_path(path).report
    found = {one.code for one in report.findings if one.severity == "must"}
    return {one.removeprefix("software-heritage/") for one in found}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"identifier": "10.99999/abc"}, "identifier-not-absolute"),
        ({"identifier": "doi:10.99999/abc"}, "identifier-not-absolute"),
        ({"identifier": "swh:1:dir:" + "a" * 40}, "identifier-not-absolute"),
        (
            {"author": [{**ADA, "identifier": "0000-0002-1825-0097"}]},
            "identifier-not-absolute",
        ),
        ({"dateCreated": "02/01/2026"}, "date-refused"),
        ({"datePublished": "2026-02-30"}, "date-refused"),
        ({"embargoDate": "2026"}, "date-refused"),
        ({"contributor": {"givenName": "Ada"}}, "agent-name-needed"),
        ({"author": [{**ADA, "affiliation": {"name": ""}}]}, "affiliation-name-needed"),
        ({"author": [{**ADA, "affiliation": ""}]}, "affiliation-name-needed"),
        ({"hasSourceCode": "https://example.org"}, "term-not-read"),
        (
            {"author": [{**ADA, "@id": "https://orcid.org/0000-0002-1825-0098"}]},
            "orcid-wrong",
        ),
    ],
)
def test_what_the_server_refuses_is_named(
    write: Write, codemeta: dict[str, Any], change: dict[str, Any], code: str
) -> None:
    assert musts(write("codemeta.json", codemeta | change)) == {code}


@pytest.mark.parametrize(
    "change",
    [
        {"identifier": "https://doi.org/10.99999/abc"},
        {"identifier": "hal-01234567"},
        {"dateCreated": "2026", "datePublished": "2026-02"},
        {"dateModified": "2026-02-03T10:00:00Z"},
        {"author": [{**ADA, "affiliation": "Institut Cochin"}]},
        {"relatedLink": "swh", "contIntegration": "https://ci.example.org"},
        {"schema:award": "x"},
        {"@context": ["https://w3id.org/codemeta/3.0", {"own": "urn:own"}], "own": 1},
    ],
)
def test_what_the_server_takes_is_no_point(
    write: Write, codemeta: dict[str, Any], change: dict[str, Any]
) -> None:
    assert musts(write("codemeta.json", codemeta | change)) == set()


def test_a_document_of_version_3_is_told_what_the_server_does_not_read(
    write: Write, codemeta: dict[str, Any]
) -> None:
    codemeta |= {
        "@context": "https://w3id.org/codemeta/3.0",
        "continuousIntegration": "https://ci.example.org",
    }
    report = check_path(write("codemeta.json", codemeta)).report
    (point,) = [one for one in report.findings if one.code.endswith("term-not-read")]
    assert point.severity == "should"
