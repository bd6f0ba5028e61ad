"""Nobody is left without a next step: each command that is printed as next works."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Run

    from fair_imagic.workflow.demo.sample_study import StudyFolder

NEXT = {"en": "Next, ", "fr": "Ensuite, "}


def next_command(done: subprocess.CompletedProcess[str], language: str = "en") -> str:
    """Return the command that is printed as the next one, which is the last line."""
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith(NEXT[language]), done.stderr
    return last[last.rindex(": fair-imagic") + 2 :]


@pytest.fixture
def shell(tmp_path: Path) -> Callable[[str], subprocess.CompletedProcess[str]]:
    """Run a printed line by the shell, as who pastes it does."""
    folder = Path(sys.executable).parent

    def run(line: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            line,
            shell=True,
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env={**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"},
            timeout=240,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        assert done.returncode in (0, 1), (line, done.stderr)
        return done

    return run


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data folder whose name has to be quoted."""
    return tmp_path / "data folder's home"


def test_each_step_of_a_first_hour_names_one_that_works(
    run: Run,
    shell: Callable[[str], subprocess.CompletedProcess[str]],
    study: StudyFolder,
) -> None:
    assert next_command(run("status")) == "fair-imagic demo"
    images = study.images["widefield"]
    planned = run("import", images, "--collection", "my nuclei", "--dry-run")
    imported = shell(next_command(planned))
    assert "18 images in collection" in imported.stdout
    assert next_command(imported).endswith("check 'my nuclei'")
    shell(next_command(imported))
    created = run("set", "create", "fig", "--images", "field_01*")
    assert next_command(created).endswith(" check fig")
    scope = study.microscopes["widefield"]
    attached = shell(next_command(run("instrument", "import", scope, "--name", "w1")))
    assert "Images changed: 18" in attached.stdout
    person = run("person", "add", "Ana Roux")
    corrected = shell(next_command(person))
    assert corrected.returncode == 0
    assert next_command(corrected).endswith(" check fig")
    undone = run("repair", "fig", "--undo")
    assert next_command(undone).endswith(" check fig")


def test_all_that_is_kept_beside_a_set_names_what_is_next(
    run: Run,
    shell: Callable[[str], subprocess.CompletedProcess[str]],
    study: StudyFolder,
) -> None:
    people = run("person", "import", study.people)
    assert next_command(people) == "fair-imagic demo"
    scope = study.microscopes["widefield"]
    known = run("instrument", "import", scope, "--name", "w1")
    shell(next_command(known))
    controls = run(
        "instrument", "qc", "import", study.quality["widefield"], "--microscope", "w1"
    )
    assert "w1" in shell(next_command(controls)).stdout
    run("import", study.images["confocal"], "--collection", "c")
    run("set", "create", "s", "--images", "zstack_01*")
    plan = run("dmp", "draft", "plan 1", "--contact", "camille-practice")
    written = shell(next_command(plan))
    shell(next_command(written))


def test_a_command_in_french_names_the_next_one_in_french(run: Run) -> None:
    done = run("--lang", "fr", "status")
    assert next_command(done, "fr") == "fair-imagic demo"


def test_output_for_programs_has_no_next_step_in_it(
    run: Run, study: StudyFolder
) -> None:
    done = run("import", study.images["widefield"], "--collection", "c")
    assert "Next" not in done.stdout


def test_the_pages_open_by_the_command_that_says_so(home: Path, run: Run) -> None:
    account = run(
        "account", "create", "ana", "--role", "researcher", "--password", "x" * 16
    )
    words = shlex.split(next_command(account))
    assert words == ["fair-imagic", "--home", str(home), "serve"]
    command = [sys.executable, "-m", "fair_imagic.cli.main", *words[1:]]
    with subprocess.Popen(
        [*command, "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as server:
        assert server.stdout is not None
        assert "http://" in server.stdout.readline()
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=60)
