"""Small documents that used to pass, or to be refused: the right verdict on each.

They are ours (``../shared/cases/documents``), one for a kind of fault.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fair_imagic.workflow.checking.check_files import check_path

if TYPE_CHECKING:
    from pathlib import Path

#: File or folder -> the obligatory points; an empty text conforms.
CASES = {
    "157_struct_section_links.json": "bioimage-archive/node-of-wrong-kind",
    "164_struct_section_type.json": "bioimage-archive/section-type-needed",
    "codemeta-06_identifier_bare_doi.json": "software-heritage/identifier-not-absolute",
    "codemeta-33_date_bad.json": "software-heritage/date-refused",
    "crate-unlinked": "ro-crate/part-not-linked ro-crate/version-needed",
    "datacite-doi-angle.json": "",
    "dc-creatorName2.xml": "datacite/part-repeated",
    "dc-fund-bad.xml": "datacite/part-needed",
    "dc-geo-bad.xml": "datacite/wrong-form",
    "dc-info-uri.xml": "",
    "dc-ms-date.xml": "",
    "dc-unknown-attr.xml": "datacite/part-unknown",
    "email-two-dots.json": "bioimage-archive/email-wrong",
    "madmp-09_lang_fre.json": "madmp/value-wrong",
    "madmp-16_byte_string.json": "madmp/type-wrong",
    "madmp-21_pid_string.json": "madmp/type-wrong",
    "madmp-34_status_upper.json": "madmp/value-wrong",
    "madmp-36_cost.json": "madmp/type-wrong madmp/value-wrong",
    "madmp-wrong-types.json": "madmp/type-wrong",
    "pagetab-05_pub_doi_text.json": "bioimage-archive/publication-placeholder",
    "pagetab-09_component_in_table.json": "bioimage-archive/component-in-table",
    "publication-empty.json": "bioimage-archive/publication-empty",
    "publication-tbd.json": "bioimage-archive/publication-placeholder",
    "rocrate-13_date_two": "ro-crate/date-repeated",
    "rocrate-35_orcid_badcheck": "ro-crate/orcid-wrong",
}
_RULES_OF_OTHERS = "shacl-no-message"


@pytest.fixture
def cases(shared: Path) -> Path:
    folder = shared / "cases" / "documents"
    if not folder.is_dir():
        pytest.skip("no cases/documents in the folder of shared samples")
    return folder


@pytest.mark.parametrize("name", CASES)
def test_each_document_gets_its_right_verdict(cases: Path, name: str) -> None:
    report = check_path(cases / name).report
    codes = {one.code for one in report.findings if one.severity == "must"}
    assert " ".join(sorted(codes)) == CASES[name]


def test_no_case_is_forgotten(cases: Path) -> None:
    assert {one.name for one in cases.iterdir()} == {*CASES, _RULES_OF_OTHERS}


@pytest.mark.parametrize(
    ("rules", "codes"),
    [
        ("no-msg/no-msg", {"no-msg/r1", "no-msg/r2"}),
        ("qualified-disjoint", {"qualified-disjoint/q1", "qualified-disjoint/q2"}),
    ],
)
def test_own_rules_without_messages_have_a_code_each(
    cases: Path, rules: str, codes: set[str]
) -> None:
    folder = cases / _RULES_OF_OTHERS
    token = rules.rpartition("/")[2]
    report = check_path(folder / "data.ttl", names=[token], extra=folder / rules).report
    assert {one.code for one in report.findings if one.profile == token} == codes


@pytest.mark.parametrize("name", CASES)
def test_each_point_says_its_clause_and_speaks_french(cases: Path, name: str) -> None:
    report = check_path(cases / name).report
    told = {one.code for one in report.findings if one.code in CASES[name].split()}
    for one in report.findings:
        if one.code in told and one.code != "bioimage-archive/email-wrong":
            assert one.clause.get("en"), one.code
            assert one.message["fr"] != one.message["en"]
            assert one.repair["fr"] != one.repair["en"]
