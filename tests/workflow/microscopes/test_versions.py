"""Versions of a microscope: old images keep theirs, past ones link images anew."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from fair_imagic.errors import InputError, NotFoundError
from fair_imagic.model import Image, RecordGraph, view
from fair_imagic.publish import states
from fair_imagic.publish.state import State
from fair_imagic.rdf import expand, text_of
from fair_imagic.workflow.microscopes import instruments
from fair_imagic.workflow.microscopes.images import outdated
from fair_imagic.workflow.microscopes.versions import version_named, versions_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.demo.sample_study import StudyFolder

    Changed = Callable[[float], Path]


@pytest.fixture
def changed(study: StudyFolder, tmp_path: Path) -> Changed:
    """Return a function that writes the microscope with another aperture."""

    def written(aperture: float) -> Path:
        text = study.microscopes["widefield"].read_text(encoding="utf-8")
        document: dict[str, Any] = json.loads(text)
        for part in document["components"]:
            if part["Schema_ID"] == "Objective.json":
                part["LensNA"] = aperture
        path = tmp_path / f"scope-{aperture}.json"
        path.write_text(json.dumps(document), encoding="utf-8")
        return path

    return written


def image_of(workspace: Workspace) -> Image:
    """Return the first image of the microscope, acquired in March 2026."""
    images = [
        view(Image, RecordGraph(workspace.catalogue.effective(one)), one)
        for one in workspace.catalogue.records(Image.class_iri)
    ]
    return next(one for one in images if one.title and "field_01" in one.title)


def scope(workspace: Workspace) -> str:
    return workspace.record("instrument", "scope")


def apertures(workspace: Workspace, record: str) -> set[str]:
    graph = RecordGraph(workspace.catalogue.effective(record))
    return {
        text_of(term)
        for subject in graph.subjects
        for term in graph.values(subject, expand("nboq:lensNA"))
    }


def test_the_first_file_is_valid_from_the_beginning(imported: Workspace) -> None:
    (version,) = versions_of(imported, scope(imported))
    assert (version.valid_from, version.name) == ("", "start")
    assert image_of(imported).instrument_version == version.iri
    assert image_of(imported).instrument == scope(imported)


def test_a_changed_objective_does_not_rewrite_old_images(
    imported: Workspace, changed: Changed
) -> None:
    before = image_of(imported)
    first = version_named(imported, scope(imported), "start")
    was = apertures(imported, first.iri)
    instruments.import_file(
        imported, changed(0.5), author="a", name="scope", valid_from="2026-06-01"
    )
    assert [one.name for one in versions_of(imported, scope(imported))] == [
        "start",
        "2026-06-01",
    ]
    assert apertures(imported, first.iri) == was
    assert apertures(imported, scope(imported)) == {"0.5"}
    assert image_of(imported) == before


def test_the_version_in_force_is_what_a_check_looks_at(
    imported: Workspace, changed: Changed
) -> None:
    instruments.import_file(imported, changed(0.5), author="a", name="scope")
    taken = imported.catalogue.snapshot(imported.record("set", "s"), keep=False)
    records = {subject[1:-1].partition("#")[0] for subject, _p, _o in taken.context}
    assert version_named(imported, scope(imported), "start").iri in records
    assert scope(imported) not in records


def test_a_version_in_the_past_links_images_anew_in_one_change(
    imported: Workspace, changed: Changed
) -> None:
    before = image_of(imported)
    done = instruments.import_file(
        imported, changed(0.5), author="a", name="scope", valid_from="2026-03-01"
    )
    assert before.iri in done.relinked.images
    assert done.relinked.published == ()
    assert image_of(imported).instrument_version == done.version
    assert done.relinked.number is not None
    imported.catalogue.undo(done.relinked.number, author="a")
    assert image_of(imported) == before
    assert before.iri in outdated(imported, scope(imported))


def test_a_version_between_two_leaves_the_latest_alone(
    imported: Workspace, changed: Changed
) -> None:
    for aperture, day in ((0.5, "2026-06-01"), (0.6, "2026-02-01")):
        instruments.import_file(
            imported, changed(aperture), author="a", name="scope", valid_from=day
        )
    assert apertures(imported, scope(imported)) == {"0.5"}
    between = version_named(imported, scope(imported), "2026-04-01")
    assert between.name == "2026-02-01"
    assert apertures(imported, between.iri) == {"0.6"}


def test_a_correction_changes_the_latest_version_itself(
    imported: Workspace, changed: Changed
) -> None:
    instruments.import_file(
        imported, changed(0.5), author="a", name="scope", correction=True
    )
    (version,) = versions_of(imported, scope(imported))
    assert apertures(imported, version.iri) == {"0.5"}


def test_a_file_that_contradicts_the_record_is_a_point_to_fix(
    imported: Workspace, changed: Changed
) -> None:
    from fair_imagic.workflow.checking import check

    instruments.import_file(
        imported, changed(0.5), author="a", name="scope", valid_from="2026-01-01"
    )
    assert any(one.endswith("| 0.5") for one in image_of(imported).record_contradiction)
    report = check.run(imported, "s", names=["set"])
    found = [
        one
        for one in report.findings
        if one.code == "set/image-contradicts-microscope-record"
    ]
    assert {one.who for one in found} == {"facility"}


def test_images_of_published_sets_are_listed_and_left_alone(
    imported: Workspace, changed: Changed
) -> None:
    _publish(imported)
    before = image_of(imported)
    done = instruments.import_file(
        imported, changed(0.5), author="a", name="scope", valid_from="2026-01-01"
    )
    assert before.iri in done.relinked.published
    assert before.iri not in done.relinked.images
    assert image_of(imported) == before


def _publish(workspace: Workspace) -> None:
    """Let the set s be published, as far as the table of publications knows."""
    database = workspace.catalogue.database
    subject = workspace.record("set", "s")
    edition = states.Edition(
        subject=subject, version="1.0", target="datacite", practice=True
    )
    number = states.register(database, edition, key="k").id
    states.enqueue(database, number, snapshot_hash="s", package_hash="p")
    for state in (State.SENDING, State.PUBLISHED):
        states.move(database, number, state)


def test_the_same_file_again_changes_nothing(
    imported: Workspace, study: StudyFolder
) -> None:
    done = instruments.import_file(
        imported, study.microscopes["widefield"], author="a", name="scope"
    )
    assert not done.changed
    assert len(versions_of(imported, scope(imported))) == 1


def test_a_wrong_date_stores_nothing(imported: Workspace, changed: Changed) -> None:
    with pytest.raises(InputError, match="not a date"):
        instruments.import_file(
            imported, changed(0.5), author="a", name="scope", valid_from="soon"
        )
    assert len(versions_of(imported, scope(imported))) == 1
    with pytest.raises(NotFoundError, match="no version tomorrow"):
        version_named(imported, scope(imported), "tomorrow")
