"""A report proposes corrections: shown, made as one change, taken back whole."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

import pytest

from fair_imagic.checks import Confidence, as_json
from fair_imagic.checks.reports.overview import FORMS
from fair_imagic.errors import ConflictError, InputError, UnreadableFileError
from fair_imagic.model import Image, RecordGraph, view
from fair_imagic.workflow import correcting as corrections
from fair_imagic.workflow.checking import check, check_all
from fair_imagic.workflow.correcting import repair, tags
from fair_imagic.workflow.images.members import images_of
from fair_imagic.workflow.sets import publication_set as sets

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.workflow.base.workspace import Workspace


@pytest.fixture
def report(imported: Workspace, tmp_path: Path) -> Path:
    path = tmp_path / "report.json"
    path.write_text(as_json(check.run(imported, "s")), encoding="utf-8")
    return path


def _methods(workspace: Workspace) -> list[str | None]:
    root = workspace.record("set", "s")
    found = []
    for image in images_of(workspace, root):
        graph = RecordGraph(workspace.catalogue.effective(image))
        found.append(view(Image, graph, image).imaging_method_label)
    return found


def test_a_plan_changes_nothing_and_applying_it_is_one_change(
    imported: Workspace, report: Path
) -> None:
    before = imported.catalogue.last_number()
    planned = corrections.planned(imported, "s", source=report)
    assert planned.origin == "report.json"
    assert imported.catalogue.last_number() == before
    assert _methods(imported) == [None, None, None]
    done = corrections.apply(imported, planned, author="Ana")
    assert done.number == imported.catalogue.last_number() == before + 1
    assert done.values == len(planned.items) > 3
    assert _methods(imported) == [
        "fluorescence microscopy",
        "fluorescence microscopy",
        "confocal microscopy",
    ]
    entry = imported.catalogue.history(planned.items[0].subject)[-1]
    assert (entry.author, entry.reason) == ("Ana", "repair from report.json")
    repair.undo_last(imported, imported.record("set", "s"), author="Ana")
    assert _methods(imported) == [None, None, None]


def test_a_fresh_check_and_its_report_plan_the_same(
    imported: Workspace, report: Path
) -> None:
    fresh = corrections.planned(imported, "s")
    again = corrections.planned(imported, "s", source=report)
    assert fresh.items == again.items
    assert (fresh.origin, again.origin) == ("", "report.json")


def test_of_a_report_on_the_whole_catalogue_the_part_of_the_set_is_taken(
    imported: Workspace, report: Path, tmp_path: Path
) -> None:
    parts: dict[str, str] = {}
    draw = FORMS["json"]
    overview = check_all.run(
        imported,
        only=["sets"],
        take=lambda line, one: parts.update({line.subject.iri: draw.part(line, one)}),
    )
    whole = tmp_path / "whole.json"
    whole.write_text("".join(draw.whole(overview, parts)), encoding="utf-8")

    planned = corrections.planned(imported, "s", source=whole)

    assert planned.origin == "whole.json"
    assert planned.items
    assert planned.items == corrections.planned(imported, "s", source=report).items
    with pytest.raises(UnreadableFileError, match="says nothing about few") as caught:
        corrections.planned(imported, "few", source=whole)
    assert caught.value.expected == "s"


def test_each_item_says_before_after_source_and_how_sure(imported: Workspace) -> None:
    item = next(
        one
        for one in corrections.planned(imported, "s").items
        if one.path.endswith("imagingMethodLabel")
    )
    assert item.record == "field_01_control"
    assert (item.before, item.after) == ((), ("fluorescence microscopy",))
    assert item.confidence == "likely"
    assert "all channels" in item.source
    assert item.codes == ("bioimage-archive/image-method-required",)


def test_points_images_and_sureness_narrow_the_plan(imported: Workspace) -> None:
    def planned(**options: object) -> corrections.Preview:
        return corrections.planned(imported, "s", **options)  # type: ignore[arg-type]

    every = planned()
    code = "bioimage-archive/image-method-required"
    assert {item.codes for item in planned(only=[code]).items} == {(code,)}
    assert planned(only=["bioimage-archive"]).items == every.items
    assert planned(only=["bioimage"]).items == ()
    assert planned(images="zstack*").records == 1
    assert planned(at_least=Confidence.CERTAIN).items == ()


def test_what_changed_since_the_report_is_left_out_and_named(
    imported: Workspace, report: Path
) -> None:
    root = imported.record("set", "s")
    pair = [("image.imaging_method_label", "light sheet microscopy")]
    repair.set_values(imported, root, pair, author="Bo", images="zstack*")
    planned = corrections.planned(imported, "s", source=report)
    (left,) = planned.left
    assert (left.label, left.text) == ("zstack_01", "confocal microscopy")
    assert left.reason == "it changed since: now light sheet microscopy"
    assert "zstack_01 imagingMethodLabel" not in {
        f"{item.record} {item.path}" for item in planned.items
    }


def test_what_is_there_already_is_counted_not_changed(
    imported: Workspace, report: Path
) -> None:
    first = corrections.planned(imported, "s", source=report)
    corrections.apply(imported, first, author="Ana")
    again = corrections.planned(imported, "s", source=report)
    assert (again.items, again.left) == ((), ())
    assert again.unchanged == len(first.items)


def test_an_image_that_left_the_set_is_left_out(
    imported: Workspace, report: Path
) -> None:
    sets.remove(imported, "s", images="title=zstack*", author="Ana")
    planned = corrections.planned(imported, "s", source=report)
    assert {left.label for left in planned.left} == {"zstack_01"}
    assert {left.reason for left in planned.left} == {
        "it is not part of the set any more"
    }


def test_a_report_of_another_set_is_refused(imported: Workspace, report: Path) -> None:
    sets.create(imported, "other", author="Ana", title="Other", images="all")
    with pytest.raises(InputError, match="another set"):
        corrections.planned(imported, "other", source=report)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "no report|not a report"),
        ('{"format": "fair-imagic-report/99"}', "not a report"),
        ('{"format": "fair-imagic-report/1"}', "damaged"),
        ('{"format": "fair-imagic-report/1", "findings": 5}', "damaged"),
        (
            '{"format": "fair-imagic-report/1", "subject": "x", "snapshot": "y",'
            ' "findings": [{"proposal": {"value": "z"}}]}',
            "damaged",
        ),
    ],
)
def test_a_damaged_report_is_refused_with_its_name(
    imported: Workspace, tmp_path: Path, text: str, reason: str
) -> None:
    path = tmp_path / "broken.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableFileError, match=reason) as caught:
        corrections.planned(imported, "s", source=path)
    assert "broken.json" in str(caught.value)


def test_a_report_that_names_things_outside_the_set_reaches_none_of_them(
    imported: Workspace, report: Path
) -> None:
    """Nobody corrects another set's records by editing a report."""
    sets.create(imported, "other", author="Ana", title="Mine", images="title=zstack*")
    document = json.loads(report.read_text(encoding="utf-8"))
    document["subject"] = imported.record("set", "other")
    report.write_text(json.dumps(document), encoding="utf-8")
    planned = corrections.planned(imported, "other", source=report)
    assert {item.record for item in planned.items} == {"zstack_01"}
    assert {left.label for left in planned.left} >= {"field_01_control"}


def test_only_chosen_groups_are_made_and_a_stale_choice_is_refused(
    imported: Workspace,
) -> None:
    planned = corrections.planned(imported, "s")
    chosen = next(g for g in planned.alike if g.first.after == ("confocal microscopy",))
    done = corrections.apply(imported, planned, author="Ana", keys=[chosen.key])
    assert (done.values, done.records) == (1, 1)
    later = corrections.planned(imported, "s")
    with pytest.raises(ConflictError, match="changed since"):
        corrections.apply(imported, later, author="Ana", keys=[chosen.key])


def test_wishes_travel_as_json_and_nothing_else_is_taken(imported: Workspace) -> None:
    wishes = corrections.wishes_of_report(check.run(imported, "s"))
    text = corrections.wishes_to_json(wishes)
    assert corrections.wishes_from_json(text) == wishes
    for damage in ("", "[]", "{}", text[:-20], text.replace('"path"', '"way"')):
        with pytest.raises(InputError):
            corrections.wishes_from_json(damage)
    forged = dataclasses.replace(wishes, sha256="../../etc")
    with pytest.raises(InputError):
        corrections.wishes_from_json(corrections.wishes_to_json(forged))


def test_a_correction_of_a_sample_alone_is_taken_back_too(
    imported: Workspace, tmp_path: Path
) -> None:
    root = imported.record("set", "s")
    table = tmp_path / "tags.csv"
    table.write_text("image,sample\n*,HeLa cells\n", encoding="utf-8")
    tags.apply_file(imported, root, table, author="Ana")
    planned = corrections.planned(imported, "s", only=["bioimage-archive"])
    organism = [i for i in planned.items if i.path.endswith("organismLabel")]
    assert [item.after for item in organism] == [("Homo sapiens",)]
    keys = [g.key for g in planned.alike if g.first in organism]
    done = corrections.apply(imported, planned, author="Ana", keys=keys)
    undone = repair.undo_last(imported, root, author="Ana")
    entry = imported.catalogue.history(organism[0].subject)[-1]
    assert (entry.number, entry.inverse_of) == (undone.number, done.number)
