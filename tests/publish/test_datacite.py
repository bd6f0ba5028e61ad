"""The DataCite package: properties, XML, and rules as strict as the official XSD."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st
from study_data import BASE, ORCID, ROR, SET, people, records, settings_for, snapshot

from fair_imagic.checks.point import Points
from fair_imagic.documents.datacite.xml_writer import to_xml
from fair_imagic.errors import ConfigurationError
from fair_imagic.model import Organisation, Person, PublicationSet
from fair_imagic.publish.datacite.official import official_points
from fair_imagic.publish.datacite.rules import points_to_fix
from fair_imagic.publish.registry import load, published
from fair_imagic.rdf import parse_xml

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.config import Settings
    from fair_imagic.publish.base import Package

POINTS = Points("datacite", SET, "demo")
NAMESPACE = "{http://datacite.org/schema/kernel-4}"
SWHID = "swh:1:dir:" + "a" * 40


@pytest.fixture
def offline(tmp_path: Path) -> Settings:
    return settings_for(tmp_path / "home")


def built(settings: Settings, *changed: Any, **options: Any) -> Package:
    return load("datacite").build(snapshot(changed=list(changed)), settings, **options)


def changed_set(**values: Any) -> PublicationSet:
    record = next(one for one in records() if isinstance(one, PublicationSet))
    from dataclasses import replace

    return replace(record, **values)


def codes(attributes: dict[str, Any], *, must: bool = True) -> set[str]:
    found = points_to_fix(attributes, POINTS)
    return {one.code.partition("/")[2] for one in found if one.blocks or not must}


def test_the_study_passes_our_rules_without_any_advice(offline: Settings) -> None:
    assert load("datacite").inspect(built(offline), offline) == ()


def test_the_package_is_the_same_for_the_same_snapshot(offline: Settings) -> None:
    assert built(offline).hash == built(offline).hash


def test_people_carry_orcid_and_ror(offline: Settings) -> None:
    (creator,) = built(offline).payload["creators"]
    assert creator["name"] == "Martin, Ada"
    assert creator["nameIdentifiers"][0]["nameIdentifier"].endswith(ORCID)
    assert creator["affiliation"][0]["affiliationIdentifier"] == ROR


def test_facility_staff_are_contributors_and_the_facility_hosts(
    offline: Settings,
) -> None:
    found = built(offline).payload["contributors"]
    assert [one["contributorType"] for one in found] == [
        "DataCollector",
        "HostingInstitution",
    ]


def test_no_mail_address_is_sent(offline: Settings) -> None:
    package = built(offline)
    sent = b"".join(package.files.values()) + str(package.payload).encode()
    assert b"ada.martin" not in sent


def test_collected_is_the_span_of_the_raw_images(offline: Settings) -> None:
    dates = {one["dateType"]: one["date"] for one in built(offline).payload["dates"]}
    assert dates == {"Collected": "2026-10-01/2026-10-02", "Issued": "2026-11-22"}


def test_what_is_published_elsewhere_is_related(offline: Settings) -> None:
    elsewhere = (
        published(of=SET, target="bioimage-archive", identifier="S-BIAD1"),
        published(
            of=BASE + "software/segment",
            target="software-heritage",
            identifier=SWHID,
        ),
    )
    payload = built(offline, published=elsewhere).payload
    found = {
        (one["relationType"], one["relatedIdentifierType"], one["relatedIdentifier"])
        for one in payload["relatedIdentifiers"]
    }
    assert ("IsCompiledBy", "SWHID", SWHID) in found
    assert (
        "IsVariantFormOf",
        "URL",
        "https://www.ebi.ac.uk/biostudies/bioimages/studies/S-BIAD1",
    ) in found
    assert ("IsDocumentedBy", "DOI", "10.99999/plan") in found
    accessions = {one["alternateIdentifier"] for one in payload["alternateIdentifiers"]}
    assert accessions == {SET, "S-BIAD1"}


def test_a_keyword_that_is_an_ontology_term_keeps_the_term(offline: Settings) -> None:
    package = built(offline, changed_set(keywords=("Confocal microscopy", "nuclei")))
    subjects = package.payload["subjects"]
    found = [one for one in subjects if "microscopy" in one["subject"].lower()]
    assert len(found) == 1
    assert found[0]["valueUri"].endswith("FBbi_00000251")


def test_markup_and_control_characters_are_taken_out(offline: Settings) -> None:
    package = built(
        offline, changed_set(title="A <b>bold</b> title", description="x\x01y \x0b z")
    )
    assert package.payload["titles"][0]["title"] == "A bold title"
    assert parse_xml(package.files["datacite.xml"]) is not None


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"title": None}, "titles-needed"),
        ({"title": "  "}, "titles-needed"),
        ({"creators": ()}, "creators-needed"),
        ({"publisher": None}, "publisher-needed"),
        ({"issued": "yesterday"}, "publicationyear-needed"),
        ({"language": "fr_FR"}, "language-needed"),
        ({"title": ":tba"}, "placeholder"),
        ({"license": "CC BY NA"}, "licence-unknown"),
        ({"description": None}, "abstract-missing"),
    ],
)
def test_a_bad_value_of_the_set_is_a_point_to_fix(
    offline: Settings, values: dict[str, Any], code: str
) -> None:
    package = built(offline, changed_set(**values))
    assert code in codes(package.payload, must=False)


def test_wrong_check_digits_of_people_are_points_to_fix(offline: Settings) -> None:
    from dataclasses import replace

    ada = next(one for one in people() if isinstance(one, Person))
    place = next(one for one in people() if isinstance(one, Organisation))
    package = built(
        offline,
        replace(ada, orcid="0000-0002-1825-0098"),
        replace(place, ror="https://ror.org/051sk4036"),
    )
    assert {"orcid-wrong", "ror-wrong"} <= codes(package.payload)


def test_a_withheld_value_is_not_sent(offline: Settings) -> None:
    withheld = "https://w3id.org/fair-imagic/terms/withheld"
    package = built(offline, changed_set(funding_statement=withheld))
    assert withheld not in str(package.payload)


def test_a_practice_prefix_and_a_local_page_are_refused_for_real_publication(
    tmp_path: Path,
) -> None:
    real = settings_for(tmp_path / "home", practice_mode="no")
    found = load("datacite").inspect(built(real), real)
    assert [one.code for one in found] == [
        "datacite/practice-prefix",
        "datacite/landing-page-not-public",
    ]


def test_every_point_speaks_english_and_french(offline: Settings) -> None:
    package = built(offline, changed_set(title=None, creators=()))
    for point in load("datacite").inspect(package, offline):
        assert point.message["en"]
        assert point.message["fr"]
        assert point.repair["en"]
        assert "{" not in point.message["en"] + point.repair["en"]


# ------------------------------------------------------- against the official XSD
def test_the_study_passes_the_official_xsd(shared: Path, tmp_path: Path) -> None:
    xsd = str(shared / "reference/datacite/xsd/kernel-4.7")
    chosen = settings_for(tmp_path / "home", datacite_xsd=xsd)
    package = built(
        chosen,
        published=(
            published(
                of=BASE + "software/segment",
                target="software-heritage",
                identifier=SWHID,
            ),
        ),
    )
    assert load("datacite").inspect(package, chosen) == ()


def test_what_only_the_official_xsd_sees_is_a_point_too(
    shared: Path, offline: Settings
) -> None:
    xsd = str(shared / "reference/datacite/xsd/kernel-4.7")
    xml = built(offline).files["datacite.xml"].replace(b"Dataset", b"Datenset")
    assert [*official_points(xml, xsd, POINTS)]


def test_a_folder_without_xsd_is_a_clear_error(
    tmp_path: Path, offline: Settings
) -> None:
    with pytest.raises(ConfigurationError):
        [*official_points(built(offline).files["datacite.xml"], str(tmp_path), POINTS)]


TEXTS = st.sampled_from(
    ["", " ", "x", "Dataset", "Image", "Personal", "DOI", "URL", "HasMetadata", "en",
     "fr_FR", "a b", "\x01", "Issued", "2026", "26", "https://example.org/é", "http://[",
     "Abstract", "9999999999", "e" * 20, "\ufffe", ":tba"]
)  # fmt: skip
PLACES = st.lists(st.integers(min_value=0, max_value=40), min_size=1, max_size=5)
CHANGES = st.lists(st.tuples(PLACES, st.one_of(TEXTS, st.none())), max_size=4)


def changed(value: Any, places: list[int], new: str | None) -> None:
    """Change or take away (None) one value somewhere inside a record."""
    for place in places:
        keys = sorted(value) if isinstance(value, dict) else range(len(value))
        if not keys:
            return
        key = list(keys)[place % len(keys)]
        if isinstance(value[key], str) or place == places[-1]:
            if new is None:
                del value[key]
            elif isinstance(value[key], str):
                value[key] = new
            return
        value = value[key]


@effort(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(CHANGES)
def test_whatever_passes_our_rules_passes_the_official_xsd(
    shared: Path, offline: Settings, changes: list[tuple[list[int], str | None]]
) -> None:
    attributes = copy.deepcopy(dict(built(offline).payload))
    for places, new in changes:
        changed(attributes, places, new)
    if codes(attributes):
        return
    folder = str(shared / "reference/datacite/xsd/kernel-4.7")
    found = [*official_points(to_xml(attributes), folder, POINTS)]
    assert not found, [one.value for one in found]


@given(CHANGES)
@effort(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_the_rules_never_break_on_a_broken_record(
    offline: Settings, changes: list[tuple[list[int], str | None]]
) -> None:
    attributes = copy.deepcopy(dict(built(offline).payload))
    for places, new in changes:
        changed(attributes, places, new)
    for point in points_to_fix(attributes, POINTS):
        assert point.message["en"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("creators", "Martin, Ada"),
        ("creators", ["Martin, Ada"]),
        ("creators", [{"name": None}]),
        ("publisher", "Institut Cochin"),
        ("publicationYear", 2026),
        ("titles", {"title": "x"}),
        ("sizes", "10 GB"),
        ("identifiers", []),
        ("types", None),
    ],
)
def test_a_wrong_kind_of_value_is_a_point_and_not_a_crash(
    offline: Settings, name: str, value: Any
) -> None:
    attributes = {**built(offline).payload, name: value}
    assert codes(attributes) == {"wrong-form"}
