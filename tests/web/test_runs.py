"""The page of a run: all that it made, and the files of results to save."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from fair_imagic.workflow.processing import process

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.web.conftest import Visitor

    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.processing.outputs import RunOutputs


@pytest.fixture
def made(workspace: Workspace) -> RunOutputs:
    return process.run(
        workspace,
        "demo",
        "segmentation",
        {"channel": "0"},
        images="field_01*",
        author="Camille",
    )


def test_a_run_shows_what_it_made_and_a_result_can_be_saved(
    made: RunOutputs, logged_in: Callable[[str], Visitor]
) -> None:
    reader = logged_in("reader")
    run, result = (one.rpartition("/")[2] for one in (made.run, made.results[0]))
    for language, words in (
        (
            "en",
            ("New images: 1, tables: 1", "label mask", "object count: ", "sigma_px"),
        ),
        (
            "fr",
            ("tableaux", "masque d’étiquettes", "Valeurs mesurées", "Paramètres"),
        ),
    ):
        page = reader.get(f"/run/{run}?lang={language}")
        assert page.status_code == 200
        assert [word for word in words if word not in page.text] == []
    saved = reader.get(f"/result/{result}/file")
    assert saved.headers["Content-Disposition"].startswith("attachment")
    assert saved.text.startswith("time_point,label")
    saved.close()
    moved = reader.get(f"/result/{result}")
    assert moved.status_code == 302
    assert moved.headers["Location"] == f"/run/{run}#{result}"
    assert reader.get("/run/nothing").status_code == 404
    assert reader.get("/result/nothing/file").status_code == 404


def test_images_lead_to_what_was_made_from_them_and_to_the_run(
    made: RunOutputs, logged_in: Callable[[str], Visitor]
) -> None:
    reader = logged_in("reader")
    run, result = (one.rpartition("/")[2] for one in (made.run, made.results[0]))
    mask = reader.get(f"/image/{made.images[0].rpartition('/')[2]}?lang=en").text
    assert f'href="/run/{run}"' in mask
    assert "object count: " in mask
    raw = re.search(r'Made from</h2><ul><li><a href="([^"]+)"', mask)
    assert raw is not None
    page = reader.get(raw[1]).text
    assert f'href="/result/{result}"' in page
    assert "Results made from it" in page
    metadata = reader.get("/set/demo/describe").text
    assert f'href="/result/{result}"' in metadata


def test_who_may_not_read_does_not_get_a_result(
    made: RunOutputs, visitor: Visitor
) -> None:
    result = made.results[0].rpartition("/")[2]
    assert visitor.get(f"/result/{result}/file").status_code in (302, 401, 403)


def test_a_file_that_is_gone_is_told(
    made: RunOutputs, workspace: Workspace, logged_in: Callable[[str], Visitor]
) -> None:
    for path in (workspace.settings.home / "runs").rglob("*-objects.csv"):
        path.unlink()
    result = made.results[0].rpartition("/")[2]
    assert logged_in("reader").get(f"/result/{result}/file").status_code == 404
