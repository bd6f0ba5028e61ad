"""What is checked with what: by kind, by name, with requirements of one's own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from fair_imagic.errors import InputError, NotFoundError
from fair_imagic.workflow.checking.check_files import (
    check_data,
    check_path,
    kind_of_path,
)

if TYPE_CHECKING:
    from pathlib import Path

RECORD = {
    "doi": "10.99999/x",
    "schemaVersion": "http://datacite.org/schema/kernel-4",
    "creators": [{"name": "Martin, Ada"}],
    "titles": [{"title": "Nuclei"}],
    "publisher": {"name": "Institut Cochin"},
    "publicationYear": "2026",
    "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Images"},
}
OWN = """@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix fi: <https://w3id.org/fair-imagic/terms/> .
@prefix prof: <http://www.w3.org/ns/dx/prof/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""
MANIFEST = """<https://example.org/own> a prof:Profile ;
    dcterms:identifier "own" ;
    dcterms:title "Own"@en , "Propre"@fr ;
    dcterms:description "Own rules."@en , "Règles propres."@fr ;
    dcat:version "1" ; fi:about fi:PublicationSet ; fi:blocks false .
"""
SHAPE = """<https://example.org/own/funding> a sh:PropertyShape ;
    sh:targetClass fi:PublicationSet ; sh:path fi:fundingStatement ; sh:minCount 1 ;
    sh:severity sh:Violation ; sh:name "Funding"@en , "Financement"@fr ;
    sh:message "Funding is missing."@en , "Le financement manque."@fr ;
    fi:repair "Add it."@en , "Ajoutez-le."@fr ; fi:who "researcher" ; fi:clause "x" .
"""


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "record.json"
    path.write_text(json.dumps(RECORD), encoding="utf-8")
    return path


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "profile.ttl").write_text(OWN + MANIFEST, encoding="utf-8")
    (folder / "rules.ttl").write_text(OWN + SHAPE, encoding="utf-8")
    return folder


def codes(path: Path, **options: object) -> set[str]:
    report = check_path(path, **options).report  # type: ignore[arg-type]
    return {one.code for one in report.findings if one.severity == "must"}


def test_a_document_is_not_blamed_for_what_its_format_has_no_place_for(
    record: Path,
) -> None:
    assert codes(record) == set()
    assert codes(record, names=["datacite"]) == set()


def test_requirements_that_a_person_names_ask_everything(record: Path) -> None:
    assert "set/image-required" in codes(record, names=["set"])


def test_requirements_of_ones_own_are_asked_where_they_fit(
    record: Path, own: Path
) -> None:
    assert codes(record, extra=own) == {"own/funding"}
    assert codes(record, extra=own, names=["own"]) == {"own/funding"}


def test_requirements_with_errors_are_told(record: Path, own: Path) -> None:
    (own / "rules.ttl").write_text(OWN + "<a> sh:path [ .", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        check_path(record, extra=own)
    assert "rules.ttl:" in caught.value.where


def test_requirements_in_a_circle_are_told(record: Path, own: Path) -> None:
    text = (own / "profile.ttl").read_text(encoding="utf-8")
    circle = " ; prof:isProfileOf <https://example.org/own> ."
    (own / "profile.ttl").write_text(
        text.replace("fi:blocks false .", f"fi:blocks false{circle}"), encoding="utf-8"
    )
    with pytest.raises(InputError, match="circle"):
        check_path(record, extra=own)


def test_unknown_requirements_are_told(record: Path) -> None:
    with pytest.raises(NotFoundError, match="wizardry"):
        check_path(record, names=["wizardry"])


def test_a_folder_of_images_is_checked_as_a_set(few: Path) -> None:
    assert kind_of_path(few) is None
    assert "set/image-pixel-size-required" in codes(few)


def test_an_image_that_cannot_be_read_is_a_remark(few: Path) -> None:
    (few / "broken.tif").write_bytes(b"II*\x00" + b"\xff" * 100)
    (remark,) = check_path(few, names=["set"]).remarks
    assert "broken.tif" in remark


def test_many_files_passed_over_are_told_in_one_line(few: Path) -> None:
    for number in range(30):
        (few / f"notes_{number:02}.txt").write_text("x", encoding="utf-8")
    (remark,) = check_path(few, names=["set"]).remarks
    assert remark.startswith("30 files: ")
    assert "notes_00.txt" in remark


def test_data_is_checked_like_a_file(record: Path) -> None:
    from_file = check_path(record).report.findings
    from_bytes = check_data(record.read_bytes(), name=str(record)).report.findings
    from_mapping = check_data(RECORD, name=str(record)).report.findings
    assert from_file == from_bytes == from_mapping


def test_data_of_no_kind_is_refused() -> None:
    with pytest.raises(InputError, match="of no kind"):
        check_data({"name": "x"}, name="x")


def test_a_folder_of_documents_says_what_to_do(record: Path) -> None:
    (record.parent / "notes.json").write_text("{", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        check_path(record.parent)
    assert caught.value.found == "record.json"
    assert "check-files" in caught.value.hint
