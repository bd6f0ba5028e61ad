"""PageTab as BioStudies publishes it, and as others write it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from fair_imagic.documents.pagetab.form import Form
from fair_imagic.errors import InputError
from fair_imagic.workflow.checking.check_files import check_path

if TYPE_CHECKING:
    from pathlib import Path

    from tests.documents.conftest import Write


@pytest.fixture
def pagetab(submission: dict[str, bytes]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(submission["submission.json"])
    return found


def section(pagetab: dict[str, Any], kind: str) -> dict[str, Any]:
    sections = pagetab["section"]["subsections"]
    found: dict[str, Any] = next(one for one in sections if one["type"] == kind)
    return found


def without(attributes: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    return [one for one in attributes if one["name"] != name]


def points(path: Path) -> dict[str, str]:
    report = check_path(path).report
    return {one.code.rpartition("/")[2]: str(one.severity) for one in report.findings}


def test_a_place_is_that_of_the_innermost_section_named() -> None:
    names = ("section", "section.subsections[1]", "section.subsections[10]", "Study-1")
    form = Form(
        {}, {}, published=True, name="x", places={one: f"/{one}" for one in names}
    )
    assert (
        form.place("section.subsections[10].type") == "/section.subsections[10] (type)"
    )
    assert form.place("section.subsections[1]") == "/section.subsections[1]"
    assert form.place("section.links") == "/section (links)"
    assert form.place("Study-1.Title") == "/Study-1 (Title)"
    assert form.place("elsewhere") == "/section (elsewhere)"


def test_a_point_names_the_section(write: Write, pagetab: dict[str, Any]) -> None:
    author = section(pagetab, "Author")
    author["attributes"] = without(author["attributes"], "E-mail")
    number = pagetab["section"]["subsections"].index(author)
    path = write("x.json", pagetab)
    report = check_path(path).report
    (one,) = [f for f in report.findings if f.code.endswith("author-e-mail-needed")]
    assert one.severity == "must"
    assert f"/section/subsections/{number}" in (one.origin or "")


def test_what_is_published_is_asked_less(write: Write, pagetab: dict[str, Any]) -> None:
    author = section(pagetab, "Author")
    author["attributes"] = without(author["attributes"], "E-mail")
    pagetab["section"]["attributes"] = without(
        pagetab["section"]["attributes"], "Keywords"
    )
    pagetab["accno"] = "S-BIAD4711"
    path = write("x.json", pagetab)
    found = points(path)
    assert "author-e-mail-needed" not in found
    assert found["study-keywords-needed"] == "should"
    assert "S-BIAD4711" in check_path(path).remarks[0]


def test_a_published_study_whose_links_lead_nowhere_stays_broken(
    write: Write, pagetab: dict[str, Any]
) -> None:
    component = section(pagetab, "Study Component")
    for one in component["subsections"][0]["attributes"]:
        if one["name"] == "Biosample":
            one["value"] = "another"
    pagetab["accno"] = "S-BIAD4711"
    pagetab["section"]["links"] = [{"url": "doi.org/10.1234/x"}]
    found = points(write("x.json", pagetab))
    assert found["association-broken"] == found["link-without-type"] == "must"


def test_other_spellings_are_understood_and_told(
    write: Write, pagetab: dict[str, Any]
) -> None:
    text = json.dumps(pagetab)
    text = text.replace('"type": "Author"', '"type": "author"')
    text = text.replace('"type": "organisation"', '"type": "organization"')
    text = text.replace('"name": "Keywords"', '"name": "Keyword"')
    assert points(write("x.json", text)) == points(
        write("y.json", json.dumps(pagetab))
    ) | {"name-not-read": "should"}


def test_an_organism_may_be_a_section_with_its_taxon(
    write: Write, pagetab: dict[str, Any]
) -> None:
    sample = section(pagetab, "Biosample")
    sample["attributes"] = without(sample["attributes"], "Organism")
    sample["subsections"] = [
        {
            "type": "Organism",
            "attributes": [
                {"name": "Scientific name", "value": "Homo sapiens"},
                {"name": "NCBI taxon ID", "value": "NCBI:txid9606"},
            ],
        }
    ]
    found = points(write("x.json", pagetab))
    assert "biosample-organism-needed" not in found


def test_a_reference_may_list_several_sections(
    write: Write, pagetab: dict[str, Any]
) -> None:
    author = section(pagetab, "Author")
    for one in author["attributes"]:
        if one["name"] == "affiliation":
            one["value"] = f"{one['value']}, {one['value']}"
    assert "affiliation-broken" not in points(write("x.json", pagetab))


@pytest.mark.parametrize(
    "change",
    [{"attributes": {}}, {"attributes": ["x"]}, {"subsections": [1]}],
    ids=["no list", "no objects", "no sections"],
)
def test_what_is_no_pagetab_is_refused_with_its_place(
    write: Write, pagetab: dict[str, Any], change: dict[str, Any]
) -> None:
    pagetab["section"] |= change
    if change == {"attributes": {}}:
        pagetab["section"]["attributes"] = {"Title": "x"}
    with pytest.raises(InputError) as caught:
        check_path(write("x.json", pagetab))
    assert "/section/" in caught.value.where


@pytest.mark.parametrize("number", [5, True, ["x"], {"a": 1}])
def test_a_section_whose_number_is_no_text_is_checked_by_its_place(
    write: Write, pagetab: dict[str, Any], number: object
) -> None:
    section(pagetab, "Author")["accno"] = number
    found = points(write("x.json", pagetab)).items()
    musts = [code for code, weight in found if weight == "must"]
    assert musts == ["node-of-wrong-kind"]


def test_a_file_list_names_the_row_that_is_refused(write: Write) -> None:
    rows = [{"path": "good.tif", "type": "file"}, {"path": "mé.tif", "type": "file"}]
    path = write("list.json", rows)
    (one,) = check_path(path).report.findings
    assert (one.code, one.origin) == (
        "bioimage-archive/file-name-refused",
        f"{path}, /1/path",
    )
    path = write("list.tsv", "Files\tX\ngood.tif\t1\n./bad.tif\t1\n")
    (one,) = check_path(path).report.findings
    assert one.origin == f"{path}:3"


TEXT = """Submission\t
Title\tNuclei of control and treated cells
ReleaseDate\t2026-12-01

# A comment
Study\tSECT-1
Title\tNuclei of control and treated cells
ReleaseDate\t2026-12-01
Description\tImages of nuclei of control and treated cells.
Keywords\tnuclei
License\tCC BY 4.0
[URL]\thttps://creativecommons.org/publicdomain/zero/1.0/legalcode

Author[SECT-1]\tName\tE-mail\t<affiliation>
a-1\tAda Martin\tada@example.org\to1
a-2\tBo Roux\tbo@example.org\to2

organisation\to1\tSECT-1
Name\tInstitut Cochin

Biosample\tb-1\tSECT-1
Title\tCells
Biological entity\tcell line

Links\tType
doi.org/10.1234/x\t
10.1234/x\tdoi
"""


def test_the_text_form_is_read_and_points_name_its_lines(write: Write) -> None:
    path = write("submission.tsv", TEXT)
    report = check_path(path).report
    lines = {
        one.code.rpartition("/")[2]: (one.origin or "").removeprefix(f"{path}:")
        for one in report.findings
    }
    assert lines["affiliation-broken"] == "16"
    assert lines["biosample-organism-needed"] == "21 (Organism)"
    assert lines["link-without-type"] == "6"
    assert lines["specimen-needed"] == "6"
    assert not {"study-title-needed", "release-date-needed", "author-needed"} & set(
        lines
    )


def test_a_text_form_that_is_broken_is_refused_with_its_line(write: Write) -> None:
    path = write("submission.tsv", TEXT.replace("b-1\tSECT-1", "b-1\tSECT-2"))
    with pytest.raises(InputError) as caught:
        check_path(path)
    assert (caught.value.where, caught.value.found) == (f"{path}:21", "SECT-2")
    with pytest.raises(InputError, match="not PageTab"):
        check_path(write("submission.tsv", "Submission\nTitle\tx\n"))


def test_a_table_of_components_in_a_text_is_told_with_its_line(write: Write) -> None:
    text = (
        "Submission\t\nTitle\tNuclei of cells under osmotic stress\n"
        "ReleaseDate\t2027-03-01\n\nStudy\ts1\nReleaseDate\t2027-03-01\n\n"
        "Study Component[s1]\tName\tDescription\tFile List\n"
        "c1\tOne\tAll images of it\tlist.tsv\n"
    )
    report = check_path(write("study.tsv", text)).report
    (point,) = [one for one in report.findings if "component-in-table" in one.code]
    assert (point.origin or "").endswith("study.tsv:9")
