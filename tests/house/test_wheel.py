"""What people install: a wheel with all that runs, and nothing that is for tests."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names of the files in the wheel, which is built without network."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("fair_imagic-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_every_module_is_in_the_wheel(names: set[str]) -> None:
    for folder in ("src", "webapp"):
        root = ROOT / folder
        wanted = {path.relative_to(root).as_posix() for path in root.rglob("*.py")}
        wanted = {name for name in wanted if "node_modules" not in name}
        assert wanted - names == set()


def test_schema_shapes_and_mappings_are_in_the_wheel(names: set[str]) -> None:
    for folder in ("schema", "shapes", "mappings"):
        root = ROOT / folder
        files = (path for path in root.rglob("*") if path.is_file())
        wanted = {
            f"fair_imagic/_data/{path.relative_to(ROOT).as_posix()}"
            for path in files
            if "examples" not in path.parts
        }
        assert len(wanted) > 3
        assert wanted - names == set()


def test_examples_of_tests_are_not_in_the_wheel(names: set[str]) -> None:
    assert list((ROOT / "shapes").glob("*/examples/fail/*"))
    assert [name for name in names if "/examples/" in name] == []
    assert [name for name in names if name.startswith("tests/")] == []
