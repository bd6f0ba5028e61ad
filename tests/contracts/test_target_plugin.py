"""A target of another package, from its installation to a plan that names its host."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.teams import let_see

from fair_imagic.workflow.base.workspace import open_workspace
from fair_imagic.workflow.correcting import repair, tags
from fair_imagic.workflow.demo.sample_study import write_study
from fair_imagic.workflow.images import import_images
from fair_imagic.workflow.people import accounts
from fair_imagic.workflow.people import person as people
from fair_imagic.workflow.sets import publication_set as sets
from fair_imagic.workflow.sets import software

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]

AUTHOR, PERSON, PASSWORD = "Ana Roux", "camille-practice", "correct horse battery"
TOKEN = "folder-archive"

_TAGS = (
    "image,sample,sample.organism,sample.organism_label,sample.biological_entity,"
    "sample.preparation_protocol,sample.material_origin\n"
    "*,U2OS,obo:NCBITaxon_9606,Homo sapiens,U2OS cells,Fixed and stained,cell line\n"
)
_PAGES = """
import re, sys
from pathlib import Path
from fair_imagic import config
from fair_imagic_web import create_app
client = create_app(config.load(Path(sys.argv[1]))).test_client()
token = re.search(r'name="csrf" value="([^"]+)"', client.get("/login").text)[1]
given = {"csrf": token, "name": "reader", "password": sys.argv[2]}
assert client.post("/login", data=given).status_code == 302
for address in sys.argv[3:]:
    answer = client.get(address)
    print(answer.status_code, answer.text)
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data folder with the set s, which lacks nothing but its licence."""
    study = write_study(tmp_path / "study")
    with open_workspace(tmp_path / "home") as workspace:
        images = [study.images["widefield"] / "field_01_control.ome.tiff"]
        import_images.run(workspace, images, collection="few", author=AUTHOR)
        people.import_table(workspace, study.people, author=AUTHOR)
        sets.create(workspace, "s", author=AUTHOR, title="Nuclei", images="all")
        values = [
            ("title", "Nuclei of U2OS cells under a microscope"),
            ("description", "A field of fluorescent nuclei, simulated for a test."),
            ("keywords", "nuclei; fluorescence"),
            ("creators", PERSON),
            ("publisher", "institut-cochin"),
        ]
        root = workspace.record("set", "s")
        repair.set_values(workspace, root, values, author=AUTHOR)
        table = tmp_path / "tags.csv"
        table.write_text(_TAGS, encoding="utf-8")
        tags.apply_file(workspace, root, table, author=AUTHOR)
        software.add(workspace, "scripts", study.scripts, author=AUTHOR, set_name="s")
        accounts.create(workspace, "reader", password=PASSWORD, role="researcher")
        let_see(workspace, "reader")
    return tmp_path / "home"


@pytest.fixture
def python(home: Path, installed: Callable[[str], Path], tmp_path: Path) -> Run:
    """Run Python in a process of its own, in which the plug-in is installed."""
    path = os.pathsep.join([str(installed("folder_archive")), os.environ["PYTHONPATH"]])

    def command(*arguments: object, code: int = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, *map(str, arguments)],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": path, "COLUMNS": "200"},
            timeout=240,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        assert done.returncode == code, done.stdout + done.stderr
        return done

    return command


@pytest.fixture
def run(home: Path, python: Run) -> Run:
    def command(*arguments: object, code: int = 0) -> subprocess.CompletedProcess[str]:
        front_door = ("-m", "fair_imagic.cli.main", "--home", home)
        return python(*front_door, *arguments, code=code)

    return command


def test_a_folder_archive_is_a_target_like_the_others(
    home: Path, tmp_path: Path, run: Run, python: Run
) -> None:
    archive = tmp_path / "archive"
    config = home / "config.toml"
    config.write_text(
        'practice_mode = "no"\n\n[target.folder-archive]\nfoldr = "x"\n', "utf-8"
    )
    refused = run("targets", code=2).stderr
    assert "foldr" in refused
    assert "Did you mean folder?" in refused

    config.write_text(
        f'practice_mode = "no"\n\n[target.{TOKEN}]\nfolder = "{archive}"\n', "utf-8"
    )
    listed = run("targets").stdout.splitlines()
    (line,) = (one for one in listed if one.startswith(TOKEN))
    assert line.rstrip().endswith("on, for real")
    (line,) = (one for one in listed if one.startswith("datacite"))
    assert "off: the setting FAIR_IMAGIC_DATACITE_URL is missing" in line
    told = run("targets", TOKEN).stdout
    for text in ("FAIR_IMAGIC_FOLDER_ARCHIVE_FOLDER", "[scripts]", "nobody deletes it"):
        assert text in told
    assert str(archive) in run("config", "show").stdout
    assert TOKEN in run("publish", "--help").stdout

    report = json.loads(run("check", "s", "--format", "json", code=1).stdout)
    codes = {finding["code"] for finding in report["findings"]}
    assert f"{TOKEN}/licence-required" in codes
    stopped = run("publish", "s", "--to", TOKEN, code=1)
    assert f"{TOKEN}/licence-required" in stopped.stdout
    assert not archive.exists()
    run("repair", "s", "--set", "license=CC-BY-4.0")

    preview = tmp_path / "preview"
    run("publish", "s", "--to", TOKEN, "--dry-run", "--output", preview)
    assert "scripts" in (preview / "not-carried.txt").read_text("utf-8")
    assert not archive.exists()

    sent = run("publish", "s", "--to", TOKEN)
    assert "published · copied whole" in sent.stdout
    assert "not carried: The scripts that belong to the set" in sent.stderr
    (copy,) = archive.iterdir()
    held = {path: path.stat().st_mtime_ns for path in archive.rglob("*")}
    names = {path.relative_to(copy).as_posix() for path in held if path.is_file()}
    assert "manifest-sha256.txt" in names
    assert any(name.endswith("field_01_control.ome.tiff") for name in names)
    again = run("publish", "s", "--to", TOKEN)
    assert copy.name in again.stdout
    assert {p: p.stat().st_mtime_ns for p in archive.rglob("*")} == held

    status = run("status", "s").stdout
    assert TOKEN in status
    assert copy.name in status
    pages = python(
        "-c",
        _PAGES,
        home,
        PASSWORD,
        "/set/s/publications?lang=en",
        "/published/set/s?lang=en",
        "/set/s/publications?lang=fr",
    ).stdout
    assert "Folder archive" in pages
    assert "copied whole" in pages
    assert "now: the setting FAIR_IMAGIC_DATACITE_URL is missing" in pages
    assert f'action="/set/s/publish/{TOKEN}/ask"' in pages
    assert 'href="/set/s/publish/datacite"' not in pages
    assert "copié en entier" in pages
    assert copy.name in pages

    run("dmp", "draft", "p", "--contact", PERSON, "--for", "s", "--author", AUTHOR)
    plan = tmp_path / "plan.json"
    run("dmp", "export", "p", "--output", plan)
    hosts = [
        place["host"]
        for dataset in json.loads(plan.read_text("utf-8"))["dmp"]["dataset"]
        for place in dataset.get("distribution", ())
    ]
    assert {
        "title": "Folder archive",
        "url": "https://folder-archive.example.org/",
    } in hosts


def test_an_installation_without_it_still_tells_where_a_set_went(
    home: Path, tmp_path: Path, run: Run
) -> None:
    text = f'practice_mode = "no"\n\n[target.{TOKEN}]\nfolder = "{tmp_path / "a"}"\n'
    (home / "config.toml").write_text(text, "utf-8")
    run("repair", "s", "--set", "license=CC-BY-4.0")
    run("publish", "s", "--to", TOKEN)
    (home / "config.toml").unlink()
    with open_workspace(home) as workspace:
        from fair_imagic.workflow.overview import status
        from fair_imagic.workflow.plans import export
        from fair_imagic.workflow.plans import plan as plans

        (delivery,) = status.run(workspace, "s").deliveries
        assert delivery.target == TOKEN
        plans.draft(workspace, "p", contact=PERSON, author=AUTHOR, sets=["s"])
        assert f'"title": "{TOKEN}"' in export.run(workspace, "p")
