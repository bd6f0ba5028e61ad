from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fair_imagic.errors import InputError, NotFoundError
from fair_imagic.files import sha256_of
from fair_imagic.model import (
    File,
    Fileset,
    Image,
    Parameter,
    ProcessingRun,
    RecordGraph,
    view,
)
from fair_imagic.workflow.images.members import images_of
from fair_imagic.workflow.processing import process

if TYPE_CHECKING:
    from fair_imagic.workflow.base.workspace import Workspace

PARAMETERS = {"channel": "0"}


def _view(workspace: Workspace, cls: type, record: str):  # type: ignore[no-untyped-def]
    return view(cls, RecordGraph(workspace.catalogue.effective(record)), record)


def _masks(workspace: Workspace, images: str) -> tuple[str, ...]:
    made = process.run(workspace, "s", "segmentation", PARAMETERS, images=images)
    return made.images


def test_a_mask_is_linked_to_its_raw_image_and_its_run(imported: Workspace) -> None:
    (mask,) = _masks(imported, "field_01*")
    image = _view(imported, Image, mask)
    raw = images_of(imported, imported.record("set", "s"), pattern="field_01_control")
    assert image.derived_from == (raw[0],)
    assert image.content_kind == "label mask"
    run = _view(imported, ProcessingRun, image.generated_by)
    assert run.used == (raw[0],)
    assert any(text.startswith("scikit-image ") for text in run.library_versions)
    graph = RecordGraph(imported.catalogue.effective(run.iri))
    values = {
        p.name: p.value for p in (view(Parameter, graph, one) for one in run.parameters)
    }
    assert values["channel"] == "0"
    assert len(values) > 1  # the defaults are recorded too


def test_the_file_of_a_mask_has_its_checksum(imported: Workspace) -> None:
    (mask,) = _masks(imported, "field_01*")
    fileset = _view(imported, Image, mask).fileset
    graph = RecordGraph(imported.catalogue.effective(fileset))
    part = view(File, graph, view(Fileset, graph, fileset).files[0])
    path = imported.catalogue.locations.find_one(part.sha256 or "").path
    assert path is not None
    assert sha256_of(path) == part.sha256


def test_the_same_run_is_done_once(imported: Workspace) -> None:
    first = process.run(imported, "s", "segmentation", PARAMETERS, images="field_01*")
    number = imported.catalogue.last_number()
    again = process.run(imported, "s", "segmentation", PARAMETERS, images="field_01*")
    assert (again.run, again.images, again.results) == (
        first.run,
        first.images,
        first.results,
    )
    assert imported.catalogue.last_number() == number


def test_masks_join_the_set_and_are_not_processed_again(imported: Workspace) -> None:
    masks = _masks(imported, "field*")
    members = images_of(imported, imported.record("set", "s"))
    assert set(masks) < set(members)
    assert _masks(imported, "field*") == masks


def test_progress_is_told_to_the_end(imported: Workspace) -> None:
    told: list[int] = []
    process.run(
        imported,
        "s",
        "segmentation",
        PARAMETERS,
        images="field_01*",
        progress=lambda done, _total, _what: told.append(done),
    )
    assert told == sorted(told)
    assert told[-1] == 100


@pytest.mark.parametrize(
    ("token", "parameters", "images", "kind"),
    [
        ("no-such-processor", {}, None, NotFoundError),
        ("segmentation", {"colour": "1"}, None, InputError),
        ("segmentation", {"channel": "seven"}, None, InputError),
        ("segmentation", {"channel": "7"}, "field_01*", InputError),
        ("segmentation", {}, "nothing*", NotFoundError),
    ],
)
def test_what_cannot_be_run_keeps_nothing(
    imported: Workspace,
    token: str,
    parameters: dict[str, str],
    images: str | None,
    kind: type[Exception],
) -> None:
    number = imported.catalogue.last_number()
    with pytest.raises(kind):
        process.run(imported, "s", token, parameters, images=images)
    assert imported.catalogue.last_number() == number
    assert imported.names("run") == []
