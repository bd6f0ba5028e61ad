from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

import pytest

from fair_imagic import sandbox
from fair_imagic.errors import RemoteRefusedError, RemoteUnavailableError
from fair_imagic.model import Publication, RecordGraph, views
from fair_imagic.publish.settings import leading_to
from fair_imagic.publish.states import State, all_deliveries
from fair_imagic.workflow.correcting import repair
from fair_imagic.workflow.overview import status
from fair_imagic.workflow.plans import export as export_dmp
from fair_imagic.workflow.plans import plan as plans
from fair_imagic.workflow.publishing import asking, publish

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.workflow.base.workspace import Workspace

AUTHOR = "Ana Roux"
PERSON = "camille-practice"


def _with(ready: Workspace, archive: sandbox.Sandbox) -> Workspace:
    settings = leading_to(ready.settings, archive.settings())
    return dataclasses.replace(ready, settings=settings)


def test_a_set_with_gaps_is_not_sent(imported: Workspace) -> None:
    outcome = publish.run(imported, "s", "datacite")
    assert outcome.delivery is None
    assert any(point.code.startswith("datacite/") for point in outcome.blocking)
    assert all_deliveries(imported.catalogue.database) == []


@pytest.mark.parametrize("target", ["datacite", "bioimage-archive"])
def test_what_the_law_forbids_stops_the_set_until_it_is_answered(
    ready: Workspace, archive: sandbox.Sandbox, target: str
) -> None:
    workspace = _with(ready, archive)
    root = workspace.record("set", "s")
    origin = ("image.sample.material_origin", "human donor")
    repair.set_values(workspace, root, [origin], author=AUTHOR)
    outcome = publish.run(workspace, "s", target)
    assert {point.code for point in outcome.blocking} == {
        "ethics/human-consent-required",
        "ethics/human-donor-data-required",
        "ethics/human-legal-basis-required",
    }
    assert all(point.legal for point in outcome.blocking)
    answers = [
        ("image.sample.consent_reference", "Form 12, kept by the biobank"),
        ("image.sample.legal_basis", "task in the public interest"),
        ("image.sample.donor_data", "pseudonymised"),
    ]
    repair.set_values(workspace, root, answers, author=AUTHOR)
    assert publish.run(workspace, "s", target).delivery is not None
    assert "Form 12" not in json.dumps(archive.journal(), default=str)


@pytest.mark.parametrize("answer", ["unknown", "withheld"])
def test_material_of_unstated_origin_stops_the_set_until_it_is_answered(
    ready: Workspace, archive: sandbox.Sandbox, answer: str
) -> None:
    workspace = _with(ready, archive)
    root = workspace.record("set", "s")

    def state(origin: str) -> None:
        said = [("image.sample.material_origin", origin)]
        repair.set_values(workspace, root, said, author=AUTHOR)

    state(answer)
    (point,) = publish.run(workspace, "s", "datacite").blocking
    assert point.code == "ethics/material-origin-required"
    assert point.legal
    assert archive.journal() == []
    state("not applicable")
    assert publish.run(workspace, "s", "datacite").delivery is not None


def test_a_dry_run_sends_nothing_and_shows_everything(
    ready: Workspace, archive: sandbox.Sandbox, tmp_path: Path
) -> None:
    outcome = publish.run(
        _with(ready, archive),
        "s",
        "datacite",
        dry_run=True,
        output=tmp_path / "preview",
    )
    assert outcome.blocking == ()
    assert archive.journal() == []
    payload = json.loads((tmp_path / "preview" / "payload.json").read_text())
    assert "Nuclei of U2OS cells under two microscopes" in json.dumps(payload)


@pytest.mark.parametrize(
    ("target", "start"),
    [
        ("datacite", "https://doi.org/10.99999/"),
        ("bioimage-archive", "S-TEST"),
        ("software-heritage", "swh:1:dir:"),
    ],
)
def test_each_archive_gives_an_identifier_once(
    ready: Workspace, archive: sandbox.Sandbox, target: str, start: str
) -> None:
    workspace = _with(ready, archive)
    first = publish.run(workspace, "s", target)
    again = publish.run(workspace, "s", target)
    assert first.delivery is not None
    assert again.delivery is not None
    assert first.delivery.state is State.PUBLISHED
    assert first.delivery.identifier.startswith(start)
    assert again.delivery.identifier == first.delivery.identifier
    assert len(all_deliveries(workspace.catalogue.database)) == 1


def test_what_the_archive_answered_is_a_record(
    ready: Workspace, archive: sandbox.Sandbox
) -> None:
    workspace = _with(ready, archive)
    outcome = publish.run(workspace, "s", "datacite")
    records = workspace.catalogue.records(Publication.class_iri)
    graph = RecordGraph(
        t for one in records for t in workspace.catalogue.effective(one)
    )
    (kept,) = views(Publication, graph)
    assert outcome.delivery is not None
    assert kept.identifier == outcome.delivery.identifier
    assert kept.of == workspace.record("set", "s")
    assert status.run(workspace, "s").deliveries[0].identifier == kept.identifier


def test_a_later_try_that_is_refused_changes_neither_row_nor_record(
    ready: Workspace, archive: sandbox.Sandbox
) -> None:
    workspace = _with(ready, archive)
    done = publish.run(workspace, "s", "datacite").delivery
    assert done is not None
    root = workspace.record("set", "s")
    repair.set_values(
        workspace, root, [("title", "Nuclei of U2OS cells, once more")], author=AUTHOR
    )
    archive.plan(sandbox.Fault(kind="status", status=422, method="PUT", times=9))
    with pytest.raises(RemoteRefusedError):
        publish.run(workspace, "s", "datacite")
    (row,) = all_deliveries(workspace.catalogue.database)
    (kept,) = _publications(workspace)
    assert (str(row.state), row.snapshot_hash) == ("published", done.snapshot_hash)
    assert (kept.state, kept.snapshot) == ("published", done.snapshot_hash)
    archive.faults.clear()
    now = publish.run(workspace, "s", "datacite").delivery
    (kept,) = _publications(workspace)
    assert now is not None
    assert kept.snapshot == now.snapshot_hash != done.snapshot_hash
    assert kept.identifier == done.identifier


def _publications(workspace: Workspace) -> list[Publication]:
    records = workspace.catalogue.records(Publication.class_iri)
    triples = (t for one in records for t in workspace.catalogue.effective(one))
    return list(views(Publication, RecordGraph(triples)))


@pytest.mark.parametrize("target", ["datacite", "bioimage-archive"])
def test_an_archive_in_trouble_loses_nothing(
    ready: Workspace, archive: sandbox.Sandbox, target: str
) -> None:
    workspace = _with(ready, archive)
    archive.plan(sandbox.Fault(kind="status", status=500, times=50))
    with pytest.raises(RemoteUnavailableError):
        publish.run(workspace, "s", target)
    held = all_deliveries(workspace.catalogue.database)
    assert [one.state for one in held] == [State.UNKNOWN]
    archive.faults.clear()
    outcome = publish.run(workspace, "s", target)
    assert outcome.delivery is not None
    assert outcome.delivery.state is State.PUBLISHED
    assert len(all_deliveries(workspace.catalogue.database)) == 1


def test_a_lost_answer_is_asked_for_and_nothing_is_sent_again(
    ready: Workspace, archive: sandbox.Sandbox
) -> None:
    workspace = _with(ready, archive)
    archive.plan(sandbox.Fault(kind="drop-after", method="POST", path="/submissions$"))
    archive.plan(sandbox.Fault(kind="status", method="GET", skip=1, times=50))
    with pytest.raises(RemoteUnavailableError):
        publish.run(workspace, "s", "bioimage-archive")
    assert workspace.catalogue.records(Publication.class_iri) == []
    archive.faults.clear()
    before = len(archive.journal())
    (found,) = asking.ask(workspace, "s", author=AUTHOR)
    assert found.state is State.PUBLISHED
    asked = {(one["method"], one["path"]) for one in archive.journal()[before:]}
    asked.discard(("POST", "/auth/login"))
    assert {method for method, _path in asked} == {"GET"}
    (record,) = workspace.catalogue.records(Publication.class_iri)
    graph = RecordGraph(workspace.catalogue.effective(record))
    (kept,) = views(Publication, graph)
    assert (kept.identifier, kept.state) == (found.identifier, "published")
    again = asking.ask(workspace, "s", author=AUTHOR)
    assert [one.identifier for one in again] == [found.identifier]


def test_of_a_set_that_was_never_sent_no_archive_is_asked(
    ready: Workspace, archive: sandbox.Sandbox
) -> None:
    assert asking.ask(_with(ready, archive), "s") == []
    assert archive.journal() == []


def test_an_archive_that_is_down_is_named(ready: Workspace) -> None:
    nowhere = {"url": "http://127.0.0.1:9/datacite", "user": "u", "password": "p"}
    settings = leading_to(ready.settings, {"datacite": nowhere})
    workspace = dataclasses.replace(ready, settings=settings)
    with pytest.raises(RemoteUnavailableError, match="does not answer") as caught:
        publish.run(workspace, "s", "datacite")
    assert caught.value.hint


def test_the_plan_names_every_identifier(
    ready: Workspace, archive: sandbox.Sandbox
) -> None:
    workspace = _with(ready, archive)
    names = []
    for target in ("software-heritage", "bioimage-archive", "datacite"):
        outcome = publish.run(workspace, "s", target)
        assert outcome.delivery is not None
        names.append(outcome.delivery.identifier)
    plans.draft(workspace, "p", contact=PERSON, author=AUTHOR, sets=["s"])
    text = export_dmp.run(workspace, "p")
    assert [name for name in names if name not in text] == []
    assert json.loads(text)["dmp"]["dataset"]


def test_no_password_is_written_anywhere(
    ready: Workspace, archive: sandbox.Sandbox, tmp_path: Path
) -> None:
    secret = archive.settings()["datacite"]["password"]
    workspace = _with(ready, archive)
    publish.run(workspace, "s", "datacite", output=tmp_path / "preview")
    for path in [*workspace.settings.home.rglob("*"), *tmp_path.glob("preview/*")]:
        if path.is_file():
            assert secret.encode() not in path.read_bytes(), path
