"""A plan as requirements: each broken promise is a point that cites the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fair_imagic.errors import InputError, NotFoundError
from fair_imagic.model import Publication
from fair_imagic.workflow.base.authors import person_source
from fair_imagic.workflow.base.edits import Edits
from fair_imagic.workflow.checking import check
from fair_imagic.workflow.correcting import repair
from fair_imagic.workflow.plans import commitments as plan_commitments
from fair_imagic.workflow.plans import plan as plans

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.checks import Finding
    from fair_imagic.workflow.base.workspace import Workspace

SENTENCE = "Formats list: *.tif, *.lif, *.vsi, *.ome.tif, *.nd"


@pytest.fixture
def planned(imported: Workspace) -> Workspace:
    """The set s fulfils an output of the plan p; both say CC BY."""
    repair.set_values(
        imported, imported.record("set", "s"), [("license", "CC-BY-4.0")], author="a"
    )
    (contact,) = imported.names("person")[:1]
    plans.draft(imported, "p", contact=contact, author="a", sets=["s"], title="Plan P")
    return imported


def commit(workspace: Workspace, folder: Path, *rows: str) -> None:
    table = folder / "commitments.csv"
    lines = ["output,about,promised,sentence,section", *rows]
    table.write_text("\n".join(lines), encoding="utf-8")
    plan_commitments.import_table(workspace, "p", table, author="a")


def points(workspace: Workspace, *names: str) -> list[Finding]:
    report = check.run(workspace, "s", names=names or ["dmp"])
    return [one for one in report.findings if one.profile.startswith("dmp")]


def codes(workspace: Workspace) -> set[str]:
    return {one.code.rpartition("/")[2] for one in points(workspace)}


def publish(workspace: Workspace, target: str, identifier: str) -> None:
    record = workspace.mint("publication", f"s-{target}")
    edits = Edits(workspace.catalogue, person_source(workspace, "a"))
    edits.create(
        Publication(
            iri=record,
            of=workspace.record("set", "s"),
            target=target,
            identifier=identifier,
        )
    )
    edits.append("a", "answer of an archive")


def test_a_set_that_keeps_its_plan_has_no_point(
    planned: Workspace, tmp_path: Path
) -> None:
    repair.set_values(
        planned, planned.record("set", "s"), [("declared_tier", "1")], author="a"
    )
    commit(planned, tmp_path, f',formats,ome.tif;lif,"{SENTENCE}",RO1')
    report = check.run(planned, "s", names=["dmp"])
    assert [(one.code, one.value) for one in report.findings] == []
    assert any(code.endswith("/licence-as-planned") for code in report.focus_counts)


def test_another_licence_breaks_the_plan(planned: Workspace) -> None:
    repair.set_values(
        planned, planned.record("set", "s"), [("license", "CC0-1.0")], author="a"
    )
    (point,) = [p for p in points(planned) if "licence" in p.code]
    assert point.value == "https://spdx.org/licenses/CC0-1.0"
    assert not point.blocks


def test_every_file_of_another_format_is_a_point_that_cites_the_plan(
    planned: Workspace, tmp_path: Path
) -> None:
    commit(planned, tmp_path, ',formats,lif;vsi,"All images are *.lif or *.vsi",RO1')
    found = [one for one in points(planned) if "formats" in one.code]
    assert len(found) == 3
    for one in found:
        assert one.value is not None and one.value.endswith(".ome.tiff")
        assert "“All images are *.lif or *.vsi”" in one.message["en"]
        assert "« All images are *.lif or *.vsi »" in one.message["fr"]
        assert one.clause == dict.fromkeys(("en", "fr"), "Plan P, Some nuclei, RO1")


def test_a_metadata_standard_asks_for_the_claimed_tier(planned: Workspace) -> None:
    assert "metadata-standard-as-planned" in codes(planned)


def test_personal_data_are_looked_for_where_the_plan_says_no(
    planned: Workspace, tmp_path: Path
) -> None:
    commit(planned, tmp_path, ",personal-data,no,May contain personal data? No,RO1")
    assert "personal-data-as-planned" not in codes(planned)
    (image,) = [i for i in planned.catalogue.records(_IMAGE) if i][:1]
    repair.set_values(
        planned, image, [("fileset.user_name_in_file", "marie.dupont")], author="a"
    )
    assert "personal-data-as-planned" in codes(planned)


_IMAGE = "https://w3id.org/fair-imagic/terms/Image"


def test_what_archives_answered_is_compared_with_the_promises(
    planned: Workspace, tmp_path: Path
) -> None:
    commit(
        planned,
        tmp_path,
        ",identifier,DOI,identified by DOI,RO1",
        ",repository,BioImage Archive,shared through BioImage Archive,RO1",
    )
    assert not codes(planned) & {"identifier-as-planned", "repository-as-planned"}
    publish(planned, "zenodo", "https://example.org/records/1")
    assert codes(planned) >= {"identifier-as-planned", "repository-as-planned"}


def test_a_doi_keeps_the_promise_of_a_doi(planned: Workspace, tmp_path: Path) -> None:
    commit(planned, tmp_path, ",identifier,DOI,,")
    publish(planned, "datacite", "https://doi.org/10.99999/abc")
    assert "identifier-as-planned" not in codes(planned)


def test_a_set_issued_after_the_end_of_the_retention_is_told(
    planned: Workspace, tmp_path: Path
) -> None:
    commit(planned, tmp_path, ",retention,2024-12-31,End date 2024-12-31,RO1")
    repair.set_values(
        planned, planned.record("set", "s"), [("issued", "2026-11-22")], author="a"
    )
    assert "retention-as-planned" in codes(planned)


def test_a_plan_is_found_by_its_name_and_an_unknown_one_refused(
    planned: Workspace,
) -> None:
    assert points(planned, "dmp:p")
    with pytest.raises(NotFoundError):
        points(planned, "dmp:nosuch")


def test_a_set_without_a_plan_is_told_so(imported: Workspace) -> None:
    assert codes(imported) == {"research-output-required"}


def test_a_promise_that_no_program_can_compare_is_listed_as_such(
    planned: Workspace, tmp_path: Path
) -> None:
    commit(planned, tmp_path, ",retention,five years,kept for five years,RO1")
    rows = {r.about: r for r in plan_commitments.list_commitments(planned, "p")}
    assert not rows["retention"].checked
    assert rows["licence"].checked
    assert rows["retention"].sentence == "kept for five years"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (",colour,blue,,", "nothing of this name"),
        (",formats,,,", "Nothing is promised"),
        ("nosuch,formats,tif,,", "no research output nosuch"),
    ],
)
def test_a_wrong_table_is_refused_with_its_place_and_keeps_nothing(
    planned: Workspace, tmp_path: Path, row: str, words: str
) -> None:
    before = planned.catalogue.last_number()
    with pytest.raises((InputError, NotFoundError), match=words) as caught:
        commit(planned, tmp_path, ",licence,CC0-1.0,,", row)
    assert "commitments.csv:3" in caught.value.where
    assert planned.catalogue.last_number() == before


def test_hostile_words_of_a_plan_stay_words(planned: Workspace, tmp_path: Path) -> None:
    hostile = '"He said ""{x}"" \\ . <a> @en ; sh:deactivated true"'
    commit(planned, tmp_path, f",formats,lif,{hostile},RO1")
    found = [one for one in points(planned) if "formats" in one.code]
    assert len(found) == 3
    assert 'He said "{x}"' in found[0].message["en"]
