"""What our targets write in a format is what its reader reads: one vocabulary."""

from __future__ import annotations

import json
from typing import Any

from fair_imagic.documents import Content
from fair_imagic.documents.datacite.vocabulary import SCHEMA_VERSION
from fair_imagic.documents.datacite.xml_reader import KIND as DATACITE_XML
from fair_imagic.documents.datacite.xml_writer import to_xml
from fair_imagic.documents.file_list import SOURCE_IMAGE, rows_of, tsv_of
from fair_imagic.documents.pagetab.section import walk
from fair_imagic.documents.pagetab.vocabulary import ATTRIBUTES, SECTION_TYPES


def test_every_part_of_a_doi_record_comes_back_from_its_xml(
    datacite: dict[str, bytes],
) -> None:
    attributes = json.loads(datacite["datacite.json"])["data"]["attributes"]
    content = Content("x.xml", data=to_xml(attributes), limit_mb=1)
    read: dict[str, Any] = DATACITE_XML.read(content).form.attributes
    del attributes["url"]  # registered beside the XML
    assert read["schemaVersion"] == SCHEMA_VERSION
    for one in attributes["descriptions"]:  # a known gap: line breaks are not kept
        one["description"] = " ".join(one["description"].split())
    assert {key: read.get(key) for key in attributes} == attributes


def test_a_submission_names_sections_and_attributes_as_the_archive_reads_them(
    submission: dict[str, bytes],
) -> None:
    section = json.loads(submission["submission.json"])["section"]
    parts = [part for _place, part in walk(section)]
    assert len(parts) > 5
    for part in parts:
        assert SECTION_TYPES[part["type"].lower()] == part["type"]
        for one in part["attributes"]:
            name = one["name"]
            assert ATTRIBUTES.get(name.lower(), name) == name


def test_a_file_list_comes_back_cell_by_cell() -> None:
    rows = {
        "b.tif": {"Image": ["two\tcells", "two cells"], "Objective": ["63x"]},
        "a.tif": {"Image": ["one"], SOURCE_IMAGE: ["b.tif"]},
    }
    assert rows_of(tsv_of(rows)) == [
        ["Files", SOURCE_IMAGE, "Image", "Objective"],
        ["a.tif", "b.tif", "one", ""],
        ["b.tif", "", "two cells", "63x"],
    ]
