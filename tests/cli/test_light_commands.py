"""What people type all the time loads little: most of its time would be imports."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from fair_imagic.workflow.base.workspace import open_workspace
from fair_imagic.workflow.images import import_images
from fair_imagic.workflow.sets import publication_set as sets

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.workflow.demo.sample_study import StudyFolder

HEAVY = ("fair_imagic.checks", "rich", "numpy", "rdflib", "openpyxl", "alembic")
COMMANDS = (("status",), ("status", "s"), ("set", "list"), ("set", "show", "s"))
_RUN = """
import sys
from fair_imagic.cli.main import main
try:
    main(sys.argv[1:])
except SystemExit as left:
    assert not left.code, left.code
print(*sorted(sys.modules), file=sys.stderr)
"""


@pytest.fixture
def home(tmp_path: Path, study: StudyFolder) -> Path:
    folder = tmp_path / "home"
    with open_workspace(folder) as workspace:
        images = [study.images["confocal"]]
        import_images.run(workspace, images, collection="c", author="Ana")
        sets.create(workspace, "s", author="Ana", images="all")
    return folder


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_list_loads_no_requirements_and_no_heavy_library(
    home: Path, command: tuple[str, ...]
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _RUN, "--home", str(home), *command],
        capture_output=True,
        text=True,
        env=dict(os.environ),
        timeout=120,
        check=True,
    )
    loaded = set(done.stderr.split())
    assert not loaded & set(HEAVY)
