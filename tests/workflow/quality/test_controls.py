"""Quality control of microscopes: images name the one that was in force."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING

import pytest

from fair_imagic.checks import as_text
from fair_imagic.errors import InputError, NotFoundError, UnreadableFileError
from fair_imagic.i18n import use_language
from fair_imagic.model import Image, QualityRun, RecordGraph, view
from fair_imagic.publish import states
from fair_imagic.publish.state import State
from fair_imagic.views.history import history
from fair_imagic.workflow.base.shown_value import sections
from fair_imagic.workflow.checking import check
from fair_imagic.workflow.correcting import correction, repair
from fair_imagic.workflow.images import import_images
from fair_imagic.workflow.microscopes import instruments
from fair_imagic.workflow.quality import controls as quality
from fair_imagic.workflow.quality.table import POINTS, measured_from

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.views.history import ChangeRow
    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.demo.sample_study import StudyFolder
    from fair_imagic.workflow.quality.table import Measured

AUTHOR = "Ana Roux"
LENS = "Plan-Apochromat 20x/0.8"
HEAD = "date,point,objective,value,at_most,passed\n"


def image(workspace: Workspace, title: str = "field_01") -> Image:
    """Return an image of the microscope; field_01 is of 3 March 2026."""
    images = [
        view(Image, RecordGraph(workspace.catalogue.effective(one)), one)
        for one in workspace.catalogue.records(Image.class_iri)
    ]
    return next(one for one in images if one.title and title in one.title)


def runs(workspace: Workspace, title: str = "field_01") -> list[str]:
    found = image(workspace, title).quality_runs
    return sorted(one.rpartition("/")[2] for one in found)


def measured(day: str, point: str = "stage drift", **told: str) -> Measured:
    return measured_from({"date": day, "point": point, "passed": "yes"} | told)


def enter(workspace: Workspace, *ones: Measured) -> quality.Entered:
    return quality.add(workspace, "scope", ones, author=AUTHOR)


def test_an_image_names_the_last_control_before_it(imported: Workspace) -> None:
    enter(imported, measured("2026-01-05"), measured("2026-02-20"))
    enter(imported, measured("2026-03-04"))
    assert runs(imported) == ["scope-2026-02-20"]


def test_each_point_has_its_own_last_control(imported: Workspace) -> None:
    enter(imported, measured("2026-01-05", "camera noise"), measured("2026-01-05"))
    enter(imported, measured("2026-02-20"))
    assert runs(imported) == ["scope-2026-01-05", "scope-2026-02-20"]


def test_images_imported_later_name_it_too(
    workspace: Workspace, few: Path, study: StudyFolder
) -> None:
    instruments.import_file(
        workspace, study.microscopes["widefield"], author=AUTHOR, name="scope"
    )
    enter(workspace, measured("2026-02-20", "resolution", objective=LENS))
    import_images.run(
        workspace, [few], collection="few", author=AUTHOR, instrument="scope"
    )
    assert runs(workspace) == ["scope-2026-02-20"]
    calibration = image(workspace).optical_calibration
    assert calibration is not None
    assert "quality-run/scope-2026-02-20#resolution" in calibration


def test_control_and_links_are_one_change_that_can_be_taken_back(
    imported: Workspace,
) -> None:
    done = enter(imported, measured("2026-02-20"))
    assert done.number is not None
    assert image(imported).iri in done.images
    imported.catalogue.undo(done.number, author=AUTHOR)
    assert runs(imported) == []
    assert imported.catalogue.records(QualityRun.class_iri) == []


def test_the_same_measurement_again_changes_nothing(imported: Workspace) -> None:
    enter(imported, measured("2026-02-20", value="1"))
    assert enter(imported, measured("2026-02-20", value="1")).number is None


def test_a_measurement_is_replaced_as_a_whole(imported: Workspace) -> None:
    enter(imported, measured("2026-02-20", value="3", at_most="2", passed=""))
    assert quality.list_runs(imported)[0].failed == ("stage drift (2026-02-20)",)
    enter(imported, measured("2026-02-20"))
    (row,) = quality.list_runs(imported)
    assert (row.points, row.failed) == (("stage drift",), ())
    run = imported.record("quality-run", "scope-2026-02-20")
    told = imported.catalogue.effective(run)
    assert not [one for one in told if "atMost" in one[1] or "dqv#value" in one[1]]


def test_images_of_a_published_set_are_listed_and_left_alone(
    imported: Workspace,
) -> None:
    database = imported.catalogue.database
    subject = imported.record("set", "s")
    number = states.register(
        database,
        states.Edition(
            subject=subject, version="1.0", target="datacite", practice=True
        ),
        key="k",
    ).id
    states.enqueue(database, number, snapshot_hash="s", package_hash="p")
    for state in (State.SENDING, State.PUBLISHED):
        states.move(database, number, state)
    done = enter(imported, measured("2026-02-20"))
    assert image(imported).iri in done.published
    assert done.images == ()
    assert runs(imported) == []


def test_a_corrected_date_changes_the_control_in_force_and_undo_brings_it_back(
    imported: Workspace,
) -> None:
    enter(imported, measured("2026-02-20"), measured("2025-10-01"))
    assert runs(imported) == ["scope-2026-02-20"]
    root = imported.record("set", "s")
    dated = [("image.acquired_at", "2025-12-24T10:00:00Z")]
    repair.set_values(imported, root, dated, author=AUTHOR, images="field_01*")
    assert runs(imported) == ["scope-2025-10-01"]
    repair.undo_last(imported, root, author=AUTHOR)
    assert runs(imported) == ["scope-2026-02-20"]


def test_a_change_taken_back_by_its_number_does_the_same(imported: Workspace) -> None:
    enter(imported, measured("2026-02-20"))
    root = imported.record("set", "s")
    dated = [("image.acquired_at", "2025-12-24T10:00:00Z")]
    done = repair.set_values(imported, root, dated, author=AUTHOR, images="field_01*")
    assert runs(imported) == []
    assert done.number is not None
    correction.take_back(imported, "s", done.number, author=AUTHOR)
    assert runs(imported) == ["scope-2026-02-20"]


def test_a_calibration_counts_for_its_own_objective_only(
    imported: Workspace, tmp_path: Path, study: StudyFolder
) -> None:
    document = json.loads(study.microscopes["widefield"].read_text(encoding="utf-8"))
    lens = next(p for p in document["components"] if p["Schema_ID"] == "Objective.json")
    low = {"Name": "Low", "Model": "Low 10x", "Magnification": 10, "LensNA": 0.45}
    document["components"].append(lens | low | {"ID": str(uuid.uuid4())})
    other = tmp_path / "two-objectives.json"
    other.write_text(json.dumps(document), encoding="utf-8")
    instruments.import_file(
        imported, other, author=AUTHOR, name="scope", correction=True
    )
    enter(imported, measured("2026-02-27", "resolution", objective="low 10x"))
    assert image(imported).optical_calibration is None
    enter(imported, measured("2026-02-20", "resolution", objective=LENS.lower()))
    calibration = image(imported).optical_calibration
    assert calibration is not None
    assert "scope-2026-02-20" in calibration


def test_list_says_when_the_next_control_is_due(imported: Workspace) -> None:
    enter(imported, measured("2026-02-20"))
    (row,) = quality.list_runs(imported, "scope")
    assert (row.instrument, row.day, row.due) == ("scope", "2026-02-20", "2026-06-30")


def test_the_facility_may_choose_another_interval(
    imported: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fair_imagic.workflow.base.workspace import open_workspace

    home = imported.settings.home
    imported.catalogue.close()
    monkeypatch.setenv("FAIR_IMAGIC_QUALITY_INTERVAL_DAYS", "10")
    with open_workspace(home) as workspace:
        enter(workspace, measured("2026-02-20"))
        assert quality.list_runs(workspace)[0].due == "2026-03-02"
        report = check.run(workspace, "s", names=["facility-imagic"])
    codes = {one.code for one in report.findings}
    assert "facility-imagic/quality-control-recent" in codes
    assert not report.blocked_for("facility-imagic")


def test_the_study_has_one_microscope_in_time_and_one_too_late(
    imported: Workspace, study: StudyFolder
) -> None:
    path = study.quality["widefield"]
    done = quality.import_table(imported, path, "scope", author=AUTHOR)
    assert len(quality.list_runs(imported)[0].points) == 7
    assert done.images
    report = check.run(imported, "s", names=["facility-imagic"])
    late = {f.focus_label for f in report.findings if f.code.endswith("-recent")}
    assert late == set()


def test_reports_and_pages_name_the_points_in_the_language_of_the_reader(
    imported: Workspace,
) -> None:
    enter(imported, measured("2026-02-20", "stage drift", passed="no"))
    names = ["facility-imagic"]
    english = as_text(check.run(imported, "s", names=names), width=200)
    with use_language("fr"):
        french = as_text(check.run(imported, "s", names=names), width=200)
        run = imported.record("quality-run", "scope-2026-02-20")
        shown = [value for _n, value in _values(imported, run)]
        changes = [text for row in history(imported, run) for text in _after(row)]
    assert "stage drift (2026-02-20)" in english
    assert "camera noise" in english
    assert "dérive de la platine (2026-02-20)" in french
    assert "bruit de la caméra" in french
    assert not [point for point in POINTS if point in french]
    assert "dérive de la platine" in shown
    assert "dérive de la platine" in changes


def _values(workspace: Workspace, record: str) -> list[tuple[str, str]]:
    return [
        (row.label, value.text)
        for section in sections(workspace, record)
        for row in section.rows
        for value in row.values
    ]


def _after(row: ChangeRow) -> list[str]:
    return [text for step in row.steps for text in step.after]


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ("2026-02-30,stage drift,,,,yes", ":2:date"),
        ("2099-01-01,stage drift,,,,yes", ":2:date"),
        (",stage drift,,,,yes", ":2:date"),
        ("2026-02-20,stage,,,,yes", ":2:point"),
        ("2026-02-20,stage drift,,1e9999,,", ":2:value"),
        ("2026-02-20,stage drift,,NaN,,", ":2:value"),
        ("2026-02-20,stage drift,,1,2 mm,", ":2:at_most"),
        ("2026-02-20,stage drift,,1,,perhaps", ":2:passed"),
        ("2026-02-20,stage drift,,,,", ":2"),
        ("2026-02-20,resolution,63x,1,,", ":2:objective"),
        ("2026-02-20,stage drift,,,,yes\n2026-02-20,x,,,,yes", ":3:point"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_kept(
    imported: Workspace, tmp_path: Path, rows: str, place: str
) -> None:
    path = tmp_path / "qc.csv"
    path.write_text(HEAD + rows + "\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        quality.import_table(imported, path, "scope", author=AUTHOR)
    assert caught.value.where == f"qc.csv{place}"
    assert quality.list_runs(imported) == []


def test_a_comma_may_stand_before_the_decimals(
    imported: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "qc.csv"
    row = "2026-02-20;Stage_drift;;1,6;1,5;\n"
    path.write_text(HEAD.replace(",", ";") + row, encoding="utf-8")
    quality.import_table(imported, path, "scope", author=AUTHOR)
    assert quality.list_runs(imported)[0].failed == ("stage drift (2026-02-20)",)


def test_another_table_is_refused(
    imported: Workspace, study: StudyFolder, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match="quality control"):
        quality.import_table(imported, study.people, "scope", author=AUTHOR)
    broken = tmp_path / "qc.csv"
    broken.write_bytes(HEAD.encode() + b"\xff\xfe")
    with pytest.raises(UnreadableFileError):
        quality.import_table(imported, broken, "scope", author=AUTHOR)


def test_a_microscope_that_is_not_there_is_refused(imported: Workspace) -> None:
    with pytest.raises(NotFoundError):
        quality.add(imported, "nowhere", [measured("2026-02-20")], author=AUTHOR)
