"""Checks in hooks and pipelines: exit codes, and what the page says to write."""

from __future__ import annotations

import contextlib
import json
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from fair_imagic.cli.main import main

if TYPE_CHECKING:
    from tests.cli.conftest import Run

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "check-without-catalogue.md"
GOOD = {
    "@context": "https://doi.org/10.5063/schema/codemeta-2.0",
    "@type": "SoftwareSourceCode",
    "name": "Segmentation of nuclei",
    "version": "1.2",
    "license": "https://spdx.org/licenses/MIT",
    "author": [{"@type": "Person", "name": "Ada Martin"}],
}


def codemeta(folder: Path, file: str = "codemeta.json", **changes: Any) -> Path:
    path = folder / file
    path.write_text(json.dumps(GOOD | changes), encoding="utf-8")
    return path


def blocks(language: str) -> list[str]:
    text = PAGE.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def pipeline(start: str) -> Any:
    (found,) = (one for one in blocks("yaml") if one.startswith(f"# {start}"))
    return yaml.safe_load(found)


def test_the_worst_file_decides(run: Run, tmp_path: Path) -> None:
    good, bad = codemeta(tmp_path), codemeta(tmp_path, "bad.json", author=[])
    other = tmp_path / "package.json"
    other.write_text('{"name": "x"}', encoding="utf-8")
    broken = tmp_path / "broken.json"
    broken.write_text('{"dmp": ', encoding="utf-8")
    assert run("check-files", good, other).returncode == 0
    points = run("check-files", good, bad)
    assert points.returncode == 1
    assert "refuses a deposit without an author" in points.stdout
    assert f"{bad}, /" in points.stdout
    all_of_them = run("check-files", good, bad, broken, other)
    assert all_of_them.returncode == 2
    assert f"{broken}:1:9" in all_of_them.stderr
    assert all_of_them.stdout.count("\n") == points.stdout.count("\n") + 1
    assert run("check-files").returncode == 0


def test_hooks_speak_french(run: Run, tmp_path: Path) -> None:
    done = run("--lang", "fr", "check-files", codemeta(tmp_path, author=[]))
    assert "obligatoire\N{NO-BREAK SPACE}: 1" in done.stdout


def test_the_command_check_takes_a_document(run: Run, tmp_path: Path) -> None:
    assert run("check", codemeta(tmp_path)).returncode == 0
    assert run("check", codemeta(tmp_path, name="")).returncode == 1


def test_no_report_is_left_of_what_cannot_be_checked(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_text("<http://s> <http://p> <http://o> .", encoding="utf-8")
    output = tmp_path / "report.html"
    done = run("check", path, "--format", "html", "--output", output)
    assert done.returncode == 2
    assert done.stdout == ""
    assert not output.exists()


def test_a_check_that_is_stopped_leaves_no_report(tmp_path: Path) -> None:
    path = tmp_path / "large.nt"
    line = "<http://s/{n}> a:a <https://w3id.org/fair-imagic/terms/PublicationSet> .\n"
    line = line.replace("a:a", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>")
    with path.open("w", encoding="utf-8") as stream:
        stream.writelines(line.format(n=number) for number in range(200_000))
    output = tmp_path / "report.json"
    command = [sys.executable, "-m", "fair_imagic.cli.main", "check", str(path)]
    command += ["--format", "json", "--output", str(output)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as running:
        time.sleep(4)  # past the start, far from the end
        assert running.poll() is None
        running.send_signal(signal.SIGINT)
        _out, errors = running.communicate(timeout=120)
    assert running.returncode in (2, 130)
    assert "Traceback" not in errors
    assert not output.exists()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["large.nt"]


def test_the_hook_checks_what_is_staged(run: Run, tmp_path: Path) -> None:
    """Do what pre-commit does: hand the staged files that match to the entry."""
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    program, *arguments = hook["entry"].split()
    assert program == "fair-imagic"
    repository = tmp_path / "repository"
    repository.mkdir()
    codemeta(repository)
    codemeta(repository, "record.datacite.json")
    codemeta(repository, "other.json", name="")
    (repository / "notes.txt").write_text("x", encoding="utf-8")

    def git(*words: str) -> str:
        command = ["git", "-c", "core.hooksPath=/dev/null", *words]
        done = subprocess.run(
            command, cwd=repository, check=True, capture_output=True, text=True
        )
        return done.stdout

    def hooked() -> tuple[list[str], int]:
        staged = git("diff", "--cached", "--name-only").splitlines()
        chosen = [name for name in staged if re.search(hook["files"], name)]
        done = run(*arguments, *(repository / name for name in chosen))
        return chosen, done.returncode

    git("init", "-q")
    git("add", ".")
    assert hooked() == (["codemeta.json", "record.datacite.json"], 0)
    codemeta(repository, author=[])
    git("add", ".")
    assert hooked()[1] == 1


@pytest.mark.parametrize(
    ("name", "ok"),
    [
        ("codemeta.json", True),
        ("data/ro-crate-metadata.json", True),
        ("datacite.xml", True),
        ("my-dmp-2026.json", True),
        ("study.fair.ttl", True),
        ("package.json", False),
        ("shapes/set/rules.ttl", False),
    ],
)
def test_the_hook_looks_at_names_that_promise_metadata(name: str, *, ok: bool) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert (re.search(hook["files"], name) is not None) is ok


def test_the_documented_hook_is_the_one_that_the_project_offers() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    (repo,) = pipeline(".pre-commit-config.yaml")["repos"]
    assert [one["id"] for one in repo["hooks"]] == [hook["id"]]


@pytest.mark.parametrize("author", [True, False], ids=["complete", "without author"])
@pytest.mark.parametrize("host", ["github", "gitlab"])
def test_the_documented_pipelines_run(
    run: Run, tmp_path: Path, host: str, *, author: bool
) -> None:
    if host == "github":
        steps = pipeline(".github/workflows/metadata.yml")["jobs"]["check"]["steps"]
        commands = [step["run"] for step in steps if "run" in step]
        report = steps[-1]["with"]["path"]
    else:
        job = pipeline(".gitlab-ci.yml")["metadata"]
        commands, report = job["script"], job["artifacts"]["reports"]["junit"]
    install, check = commands
    assert install.startswith("pip install")  # not here: nothing is fetched in tests
    codemeta(tmp_path, **({} if author else {"author": []}))
    done = run(*check.removeprefix("fair-imagic ").split())
    assert done.returncode == (0 if author else 1)
    assert (tmp_path / report).stat().st_size > 0


def test_the_documented_python_runs() -> None:
    (code,) = blocks("python")
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert "plan.json" in done.stdout


def test_many_points_fit_on_a_screen_unless_all_are_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people = [{"@type": "Person"} for _number in range(60)]
    bad = [
        str(codemeta(tmp_path, f"{n}-codemeta.json", author=people, license=f"x{n}"))
        for n in range(5)
    ]
    short = _lines_of(capsys, *bad)
    whole = _lines_of(capsys, "--all-points", *bad)
    assert len(short) <= 40 < len(whole)


def _lines_of(capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    with contextlib.suppress(SystemExit):
        main(["check-files", *words])
    return capsys.readouterr().out.splitlines()
