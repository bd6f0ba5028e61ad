"""A plug-in's processor from the command line: all that it makes is there then."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
import tifffile

from fair_imagic.files import sha256_of
from fair_imagic.model import Image, PublicationSet, RecordGraph, view
from fair_imagic.workflow.base.workspace import open_workspace
from fair_imagic.workflow.images.members import images_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]

pytestmark = pytest.mark.budget(120, "a plug-in's processor as a user")


@pytest.fixture
def user(tmp_path: Path, installed: Callable[[str], Path]) -> Run:
    """Run a command as a user who has installed the plug-in."""
    site = installed("median_filter")
    path = os.pathsep.join([str(site), os.environ["PYTHONPATH"]])

    def run(*words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "fair_imagic.cli.main"]
        done = subprocess.run(
            [*command, "--home", str(tmp_path / "home"), *words],
            capture_output=True,
            text=True,
            env=os.environ | {"PYTHONPATH": path, "FAIR_IMAGIC_AUTHOR": "Ana Roux"},
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done

    return run


@pytest.fixture
def raw(tmp_path: Path, user: Run) -> Path:
    """A folder with two images, imported, and a set of them."""
    folder = tmp_path / "raw"
    folder.mkdir()
    for number in range(2):
        noise = np.random.default_rng(number).integers(0, 999, (2, 32, 48), "uint16")
        tifffile.imwrite(
            folder / f"field_{number}.ome.tif",
            noise,
            ome=True,
            photometric="minisblack",
            metadata={"axes": "CYX", "Name": f"field {number}"},
        )
    user("import", str(folder), "--collection", "noisy")
    user("set", "create", "s", "--title", "Noisy fields", "--images", "all")
    return folder


def test_all_that_a_plug_in_makes_is_kept_shown_and_found(
    user: Run, raw: Path, tmp_path: Path
) -> None:
    before = {path.name: sha256_of(path) for path in raw.iterdir()}
    assert "median  Median filter  (2.3)" in user("processors", "list").stdout
    done = user("process", "s", "--with", "median", "--set", "size_px=5")
    assert "New images: 2, tables: 2, figures: 2, other files: 2" in done.stdout
    assert "figure: image-0.png" in done.stdout
    assert "notes: image-1.txt" in done.stdout
    assert "noise is gone" in done.stdout
    assert {path.name: sha256_of(path) for path in raw.iterdir()} == before
    query = (
        "SELECT ?image ?name ?value ?unit WHERE { ?image prov:wasGeneratedBy ?run ; "
        "a fi:Image ; fi:measure ?m . ?m dcterms:title ?name ; schema:value ?value ; "
        "fi:ucumUnit ?unit } ORDER BY ?image ?name"
    )
    rows = list(
        csv.DictReader(user("query", query, "--format", "csv").stdout.splitlines())
    )
    assert [row["name"] for row in rows] == ["mean", "window"] * 2
    assert {row["value"] for row in rows if row["name"] == "window"} == {"5"}
    assert {row["unit"] for row in rows} == {"1", "{pixel}"}
    found = user(
        "query",
        "SELECT ?role ?type ?sum WHERE { ?it a fi:Result ; fi:resultRole ?role ; "
        "prov:wasDerivedFrom ?raw ; fi:file ?f . ?f dcat:mediaType ?type ; "
        "fi:sha256 ?sum } ORDER BY ?role ?sum",
        "--format",
        "csv",
    ).stdout
    results = list(csv.DictReader(found.splitlines()))
    assert {(row["role"], row["type"]) for row in results} == {
        ("table", "text/csv"),
        ("figure", "image/png"),
        ("notes", "text/plain"),
    }
    kept = {sha256_of(p) for p in (tmp_path / "home").rglob("*") if p.is_file()}
    assert {row["sum"] for row in results} <= kept
    table = next((tmp_path / "home" / "runs").rglob("image-0.csv"))
    assert "set/file-missing" not in _codes(user)
    table.unlink()
    assert "set/file-missing" in _codes(user)


def _codes(user: Run) -> set[str]:
    done = user("check", "s", "--format", "json", code=1)
    return {point["code"] for point in json.loads(done.stdout)["findings"]}


def test_outputs_join_the_set_and_leave_it_together(
    user: Run, raw: Path, tmp_path: Path
) -> None:
    with open_workspace(tmp_path / "home") as workspace:
        root = workspace.record("set", "s")
        before = images_of(workspace, root)
    user("process", "s", "--with", "median")
    with open_workspace(tmp_path / "home") as workspace:
        graph = RecordGraph(workspace.catalogue.effective(root))
        held = view(PublicationSet, graph, root)
        assert len(held.images) == 4
        assert len(held.results) == 6
        (new, *_) = sorted(set(held.images) - set(before))
        image = view(Image, RecordGraph(workspace.catalogue.effective(new)), new)
        assert image.content_kind == "processed"
        assert image.stands_for == ()
        assert set(image.derived_from) <= set(before)
        number = workspace.catalogue.last_number()
    user("process", "s", "--with", "median")
    with open_workspace(tmp_path / "home") as workspace:
        assert workspace.catalogue.last_number() == number
    user("repair", "s", "--undo")
    with open_workspace(tmp_path / "home") as workspace:
        graph = RecordGraph(workspace.catalogue.effective(root))
        held = view(PublicationSet, graph, root)
        assert sorted(held.images) == sorted(before)
        assert held.results == ()
