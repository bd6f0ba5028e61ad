"""Proposed new versions of published sets: shown, accepted by a person, undone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from fair_imagic.errors import NotFoundError
from fair_imagic.model import Image, PublicationSet, RecordGraph, view
from fair_imagic.publish import states
from fair_imagic.publish.state import State
from fair_imagic.workflow.microscopes import instruments
from fair_imagic.workflow.microscopes.version_proposals import accept, proposals

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.demo.sample_study import StudyFolder


@pytest.fixture
def outdated(imported: Workspace, study: StudyFolder, tmp_path: Path) -> Workspace:
    """A published set whose microscope had another objective, as was found later."""
    database = imported.catalogue.database
    subject = imported.record("set", "s")
    edition = states.Edition(
        subject=subject, version="1.0", target="datacite", practice=True
    )
    number = states.register(database, edition, key="k").id
    states.enqueue(database, number, snapshot_hash="s", package_hash="p")
    for state in (State.SENDING, State.PUBLISHED):
        states.move(database, number, state)
    document = json.loads(study.microscopes["widefield"].read_text(encoding="utf-8"))
    for part in document["components"]:
        if part["Schema_ID"] == "Objective.json":
            part["LensNA"] = 0.5
    path = tmp_path / "scope.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    instruments.import_file(
        imported, path, author="a", name="scope", valid_from="2026-01-01"
    )
    return imported


def images(workspace: Workspace) -> dict[str, Image]:
    found = {}
    for record in workspace.catalogue.records(Image.class_iri):
        graph = RecordGraph(workspace.catalogue.effective(record))
        found[record] = view(Image, graph, record)
    return found


def version_of_set(workspace: Workspace) -> str | None:
    record = workspace.record("set", "s")
    graph = RecordGraph(workspace.catalogue.effective(record))
    return view(PublicationSet, graph, record).version


def test_a_changed_microscope_proposes_a_new_version_of_a_published_set(
    outdated: Workspace,
) -> None:
    before = images(outdated)
    (proposed,) = proposals(outdated)
    assert (proposed.name, proposed.version) == ("s", "2")
    assert {(one.before, one.after) for one in proposed.images} == {
        ("start", "2026-01-01")
    }
    assert all(one.values > 0 for one in proposed.images)
    assert images(outdated) == before, "a proposal changes nothing"


def test_nothing_is_proposed_for_what_is_not_published(imported: Workspace) -> None:
    assert proposals(imported) == ()
    with pytest.raises(NotFoundError, match="No new version"):
        accept(imported, "s", author="a")


def test_accepting_links_the_images_and_raises_the_version_as_one_change(
    outdated: Workspace,
) -> None:
    before = images(outdated)
    (proposed,) = proposals(outdated)
    number = accept(outdated, "s", author="Ana Roux")
    assert outdated.catalogue.last_number() == number
    after = images(outdated)
    for one in proposed.images:
        assert after[one.iri].instrument_version != before[one.iri].instrument_version
    assert version_of_set(outdated) == "2"
    assert proposals(outdated) == ()
    outdated.catalogue.undo(number, author="Ana Roux")
    assert images(outdated) == before
    assert version_of_set(outdated) is None


def test_a_proposal_is_for_the_microscope_that_is_asked_about(
    outdated: Workspace, study: StudyFolder
) -> None:
    instruments.import_file(
        outdated, study.microscopes["confocal"], author="a", name="other"
    )
    assert proposals(outdated, outdated.record("instrument", "other")) == ()
    assert len(proposals(outdated, outdated.record("instrument", "scope"))) == 1
