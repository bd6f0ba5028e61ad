"""DataCite records as others write them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from fair_imagic.errors import InputError
from fair_imagic.workflow.checking.check_files import check_path

if TYPE_CHECKING:
    from pathlib import Path

    from tests.documents.conftest import Write


@pytest.fixture
def attributes(datacite: dict[str, bytes]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(datacite["datacite.json"])["data"]["attributes"]
    return found


def must(path: Path) -> list[tuple[str, str]]:
    report = check_path(path).report
    found = [one for one in report.findings if one.severity == "must"]
    return [(one.code, (one.origin or "").removeprefix(str(path))) for one in found]


@pytest.mark.parametrize(
    "change",
    [
        {"publisher": "Institut Cochin"},
        {"schemaVersion": "http://datacite.org/schema/kernel-4.3"},
        {"publicationYear": 2026},
        {"types": {"resourceTypeGeneral": "Dataset", "resourceType": ""}},
        {"rightsList": [{"rightsUri": "https://creativecommons.org/licenses/by/4.0/"}]},
        {"container": {}, "state": "findable", "viewCount": 3, "url": None},
        {
            "relatedIdentifiers": [
                {
                    "relatedIdentifier": "https://doi.org/10.1234/x",
                    "relatedIdentifierType": "DOI",
                    "relationType": "Cites",
                }
            ]
        },
        {"creators": [{"name": "Martin, Ada", "affiliation": ["Institut Cochin"]}]},
    ],
    ids=lambda change: next(iter(change)),
)
def test_forms_that_datacite_takes_are_no_points(
    write: Write, attributes: dict[str, Any], change: dict[str, Any]
) -> None:
    assert must(write("x.json", attributes | change)) == []


def test_points_name_the_pointer_below_the_wrapping(
    write: Write, attributes: dict[str, Any]
) -> None:
    attributes["creators"][0]["nameIdentifiers"][0]["nameIdentifier"] = (
        "0000-0002-1825-0098"
    )
    whole = {"data": {"type": "dois", "attributes": attributes}}
    assert must(write("x.json", whole)) == [
        (
            "datacite/orcid-wrong",
            ", /data/attributes/creators/0/nameIdentifiers",
        )
    ]


def test_points_in_xml_name_the_line(write: Write, datacite: dict[str, bytes]) -> None:
    text = datacite["datacite.xml"].decode()
    path = write("x.xml", text.replace('dateType="Issued"', 'dateType="Sometime"'))
    line = next(
        number
        for number, one in enumerate(path.read_text().splitlines(), 1)
        if "Sometime" in one
    )
    ((code, origin),) = must(path)
    assert code == "datacite/not-in-list"
    assert origin.startswith(f":{line} (")


def test_an_unknown_element_is_told(write: Write, datacite: dict[str, bytes]) -> None:
    text = datacite["datacite.xml"].decode().replace("<titles>", "<names/><titles>")
    assert [code for code, _origin in must(write("x.xml", text))] == [
        "datacite/part-unknown"
    ]


def test_another_root_than_a_record_is_refused(write: Write) -> None:
    path = write("x.xml", '<list xmlns="http://datacite.org/schema/kernel-4"/>')
    with pytest.raises(InputError, match="not a DataCite record"):
        check_path(path)


def test_the_kernel_that_judged_is_named(
    write: Write, attributes: dict[str, Any], datacite: dict[str, bytes]
) -> None:
    (remark,) = check_path(write("x.json", attributes)).remarks
    assert "kernel 4.7" in remark
    older = datacite["datacite.xml"].replace(b"kernel-4.7", b"kernel-4.5")
    (remark,) = check_path(write("x.xml", older)).remarks
    assert "kernel 4.5" in remark


@pytest.mark.parametrize(
    ("key", "value", "place"),
    [
        ("fundingReferences", [{"awardNumber": "1"}], "/fundingReferences/0"),
        (
            "geoLocations",
            [{"geoLocationPoint": {"pointLongitude": 400, "pointLatitude": 3}}],
            "/geoLocations/0/geoLocationPoint/pointLongitude",
        ),
        (
            "relatedItems",
            [{"relatedItemType": "Book", "relationType": "IsIn", "titles": []}],
            "/relatedItems/0/relationType",
        ),
    ],
)
def test_every_part_of_json_is_judged_by_the_kernel(
    write: Write, attributes: dict[str, Any], key: str, value: Any, place: str
) -> None:
    ((_code, origin),) = must(write("x.json", attributes | {key: value}))
    assert origin.endswith(place)


def test_forms_of_places_that_datacite_writes_are_no_points(
    write: Write, attributes: dict[str, Any]
) -> None:
    corner = {"pointLongitude": "4.1", "pointLatitude": 48}
    polygon = [{"polygonPoint": corner}] * 4 + [{"inPolygonPoint": corner}]
    places = [
        {"geoLocationPlace": "Paris", "geoLocationPoint": corner},
        {"geoLocationPolygon": polygon},
        {"geoLocationPolygon": [polygon, polygon]},
    ]
    assert must(write("x.json", attributes | {"geoLocations": places})) == []


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("2018-05-08T13:05:12.000+02:00", True),
        ("-0054", True),
        ("-0054/0014-08-19", True),
        ("2004-03-02/", True),
        ("/2005", True),
        ("../2005-01", True),
        ("2016-02-29T10:00Z", True),
        ("19??", True),
        ("2004-06~", True),
        ("yesterday", False),
        ("2026-02-30", False),
        ("02/01/2024", False),
        ("/", False),
        ("2024-01-01T25:00:00Z", False),
    ],
)
def test_dates_are_those_that_the_documentation_allows(
    write: Write, attributes: dict[str, Any], text: str, holds: bool
) -> None:
    attributes["dates"] = [{"date": text, "dateType": "Other"}]
    codes = [code for code, _origin in must(write("x.json", attributes))]
    assert codes == ([] if holds else ["datacite/date-wrong"])


def test_the_corrections_speak_to_the_writer_of_the_document(
    write: Write, attributes: dict[str, Any]
) -> None:
    attributes["titles"] = [{"title": ["x"]}]
    (one,) = check_path(write("x.json", attributes)).report.findings
    assert one.repair["en"] == "Correct this entry of the document"
    assert one.repair["fr"] != one.repair["en"]
