"""The official examples of every kind: what a curator would say about each.

The tables say what is expected of each file below ``../shared``: the exit code, and the
codes of obligatory points, or the error. A file that is not listed conforms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fair_imagic.errors import FairImagicError
from fair_imagic.workflow.checking.check_files import check_path

if TYPE_CHECKING:
    from pathlib import Path

NO_KIND = "The content of the file is of no kind that can be checked"
NOTHING = "There is nothing to check"
UNKNOWN = "The document describes nothing that requirements speak about"
BROKEN = "The document is not valid Turtle"

#: Folder -> file -> what is expected; other files below the folder conform.
EXPECTED: dict[str, dict[str, str]] = {
    "reference/bia/pagetab_examples": {
        # The archive corrected this association by hand; the other file is correct.
        "S-BIAD2250/S-BIAD2250_original.json": "bioimage-archive/association-broken",
        # The archive corrected this link by hand.
        "S-BIAD1135/S-BIAD1135_original.json": "bioimage-archive/link-without-type",
        # What BioStudies says about its storage is no submission.
        "S-BIADTEST/S-BIADTEST_INFO.json": NO_KIND,
    },
    # All official examples of DataCite, kernel 4.4 to 4.7.
    "reference/datacite/examples": {},
    "reference/datacite/json-examples": {},
    # The examples give 0000-0000-0000-0000 as ORCID; one gives a DOI as address.
    "reference/dmp/rda-dcs/examples": {
        "ex1-header-fundedProject.json": "madmp/identifier-wrong",
        "ex2-dataset-planned.json": "madmp/identifier-wrong",
        "ex3-dataset-finished.json": "madmp/identifier-wrong",
        "ex5-dataset-planned-host.json": "madmp/identifier-wrong",
        "ex7-dataset-many.json": "madmp/identifier-wrong",
        "ex8-dmp-minimal-content.json": "madmp/identifier-wrong",
        "ex10-fairsharing.json": "madmp/identifier-wrong madmp/value-wrong",
    },
    # Another vocabulary than the model's: told, never called conforming.
    "reference/dmp/dcso": {
        "dcso-4.0.0.ttl": UNKNOWN,
        "dcso-4.0.1.ttl": UNKNOWN,
        "dcso.3.0.2.ttl": UNKNOWN,
        "dcsx.1.0.1.ttl": UNKNOWN,
        "rmlMappings.ttl": UNKNOWN,
        "dcso-dataset.3.0.2.shex": BROKEN,
        "dcso-dmp.3.0.2.shex": BROKEN,
        "maDMP-1-1.SHACL-schema.ttl": BROKEN,
        "failing-dataset-example_dcso.3.0.2.ttl": UNKNOWN,
        "failing-dmp-example_dcso.3.0.2.ttl": UNKNOWN,
        "valid-dataset-example_dcso.3.0.2.ttl": UNKNOWN,
        "valid-dmp-example_dcso.3.0.2.ttl": UNKNOWN,
    },
    "reference/fair/codemeta": {
        # The deposit server refuses authors with the parts of a name only.
        # Its identifier is a bare word, and one term came with version 3.0 only.
        "example_codemeta.json": "software-heritage/agent-name-needed "
        "software-heritage/author-name-required "
        "software-heritage/identifier-not-absolute software-heritage/term-not-read",
        "codemeta-2.0.jsonld": NOTHING,
        "codemeta-3.0.jsonld": NOTHING,
        "codemeta-3.1.jsonld": NOTHING,
        "crosswalk.csv": NO_KIND,
        "crosswalk_DataCite.csv": NO_KIND,
        "properties_description.csv": NO_KIND,
    },
    # Excerpts of documentation, without what RO-Crate 1.1 obliges at the root.
    "reference/fair/ro-crate": {
        "example_process_run_crate.json": "ro-crate/datepublished-needed "
        "ro-crate/description-needed set/creator-required",
        "example_workflow_run_crate.json": "ro-crate/datepublished-needed "
        "ro-crate/description-needed ro-crate/name-needed set/creator-required",
        "context-1.1.jsonld": UNKNOWN,
        "context-1.2.jsonld": UNKNOWN,
        "context-1.3.jsonld": UNKNOWN,
    },
    "reference/bia/rocrate": {
        # Both give an ORCID iD outside of the numbers that ORCID gives out.
        "example_minimal_valid_ro_crate/ro-crate-metadata.json": "ro-crate/orcid-wrong",
        "example_typical_ro_crate/ro-crate-metadata.json": "ro-crate/"
        "description-needed ro-crate/orcid-wrong",
        "example_minimal_valid_ro_crate/file_list.tsv": NO_KIND,
        "example_typical_ro_crate/file_list.tsv": NO_KIND,
        "bia_ontology.ttl": UNKNOWN,
        "bia_ro_crate_context.jsonld": NOTHING,
        "ro-crate-1.1-context.jsonld": UNKNOWN,
    },
}


def answer(path: Path) -> str:
    try:
        report = check_path(path).report
    except FairImagicError as error:
        return error.message
    codes = {one.code for one in report.findings if one.severity == "must"}
    return " ".join(sorted(codes))


@pytest.mark.parametrize("folder", EXPECTED)
def test_every_example_gets_the_answer_that_a_curator_would_give(
    shared: Path, folder: str
) -> None:
    root = shared / folder
    if not root.is_dir():
        pytest.skip(f"no {folder} in the folder of shared samples")
    files = sorted(path for path in root.rglob("*") if path.is_file())
    found = {path.relative_to(root).as_posix(): answer(path) for path in files}
    assert found == {name: EXPECTED[folder].get(name, "") for name in found}
    assert EXPECTED[folder].keys() <= found.keys()


def test_every_sample_of_ome_xml_is_read_as_images(shared: Path) -> None:
    files = sorted((shared / "samples" / "ome-xml").glob("*.xml"))
    assert files
    for path in files:
        report = check_path(path).report
        codes = {one.code for one in report.findings}
        # A file has no place for the licence of a set: it cannot conform alone.
        assert "set/licence-required" in codes, path.name
        assert {one.token for one in report.profiles} >= {"set", "nboq-tier-1"}
