"""Requirements of the landing page look at the page that a set will have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fair_imagic.errors import InputError
from fair_imagic.workflow.checking import check
from fair_imagic.workflow.checking.subject import snapshot_of
from fair_imagic.workflow.correcting import repair

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.workflow.base.workspace import Workspace


def test_the_page_is_checked_before_it_is_published(imported: Workspace) -> None:
    report = check.run(imported, "s", names=["dcat-ap", "bioschemas"])
    codes = {one.code for one in report.findings}
    assert {
        "dcat-ap/description-required",
        "dcat-ap/publisher-recommended",
        "bioschemas/licence-required",
        "bioschemas/creator-recommended",
    } <= codes
    assert not [code for code in codes if code.startswith(("model/", "check/"))]
    assert [one.token for one in report.profiles] == ["dcat-ap", "bioschemas"]


def test_a_correction_of_the_record_corrects_the_page(imported: Workspace) -> None:
    root = imported.record("set", "s")
    values = [("license", "CC-BY-4.0"), ("description", "Nuclei of cells. " * 5)]
    repair.set_values(imported, root, values, author="Ana Roux")
    codes = {
        one.code
        for one in check.run(imported, "s", names=["dcat-ap", "bioschemas"]).findings
    }
    assert "bioschemas/licence-required" not in codes
    assert "dcat-ap/description-required" not in codes
    assert "dcat-ap/publisher-recommended" in codes


def test_points_of_the_page_are_about_the_set_and_beside_the_others(
    imported: Workspace,
) -> None:
    root = imported.record("set", "s")
    report = check.run(imported, "s", names=["set", "bioschemas"])
    focus = {one.code: one.focus for one in report.findings}
    assert focus["bioschemas/licence-required"] == root
    assert focus["set/licence-required"] == root
    assert report.subject == root
    assert report.snapshot_hash == snapshot_of(imported, root).hash


def test_a_microscope_has_no_landing_page(imported: Workspace) -> None:
    with pytest.raises(InputError, match="landing page"):
        check.run(imported, "scope", names=["dcat-ap"])


def test_requirements_that_look_at_nothing_known_are_refused(
    imported: Workspace, tmp_path: Path
) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "profile.ttl").write_text(
        "@prefix dcat: <http://www.w3.org/ns/dcat#> ."
        "@prefix dcterms: <http://purl.org/dc/terms/> ."
        "@prefix fi: <https://w3id.org/fair-imagic/terms/> ."
        "@prefix prof: <http://www.w3.org/ns/dx/prof/> ."
        '<urn:mine> a prof:Profile ; dcterms:identifier "mine" ;'
        'dcterms:title "M"@en, "M"@fr ; dcterms:description "D"@en, "D"@fr ;'
        'dcat:version "1" ; fi:about fi:PublicationSet ; fi:blocks false ;'
        'fi:checks "the-moon" .',
        encoding="utf-8",
    )
    with pytest.raises(InputError) as caught:
        check.run(imported, "s", names=["mine"], extra=folder)
    assert caught.value.found == "the-moon"
    assert "landing-page-turtle" in caught.value.expected
