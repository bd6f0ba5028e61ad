"""What the machine does to a command: full disks, old terminals, odd places."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.cli.test_check_files import codemeta

if TYPE_CHECKING:
    from tests.cli.conftest import Run


def command(
    *arguments: object, memory: int | None = None, **given: Any
) -> subprocess.CompletedProcess[bytes]:
    def limit() -> None:
        if memory is not None:
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))

    words = [sys.executable, "-m", "fair_imagic.cli.main", *map(str, arguments)]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.run(
        words, timeout=240, check=False, preexec_fn=limit, **(streams | given)
    )


@pytest.mark.parametrize("coding", ["latin-1", "cp1252"])
def test_a_terminal_that_lacks_our_signs_gets_others(
    tmp_path: Path, coding: str
) -> None:
    path = codemeta(tmp_path, author=[])
    environment = {**os.environ, "PYTHONIOENCODING": coding}
    done = command("--lang", "fr", "check", path, env=environment)
    assert done.returncode == 1, done.stderr
    text = done.stdout.decode(coding)
    assert "x 1" in text  # a cross
    assert "+ 0" in text  # a tick
    assert "vérifiée" in text


def test_a_report_can_go_to_standard_output_by_name(run: Run, tmp_path: Path) -> None:
    done = run("check", codemeta(tmp_path), "--format", "json", "--output", "/dev/fd/1")
    assert done.returncode == 0
    assert json.loads(done.stdout.partition("\nReport written")[0])["conforms"]


def test_a_report_behind_a_link_replaces_the_file_and_keeps_the_link(
    run: Run, tmp_path: Path
) -> None:
    target, link = tmp_path / "real.html", tmp_path / "report.html"
    target.write_text("old", encoding="utf-8")
    link.symlink_to(target)
    run("check", codemeta(tmp_path), "--output", link)
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("place", ["full", "/proc/report.html", f"{'a' * 300}.html"])
def test_a_report_that_cannot_be_written_is_one_message(
    run: Run, tmp_path: Path, place: str
) -> None:
    (tmp_path / "full").symlink_to("/dev/full")
    done = run("check", codemeta(tmp_path), "--format", "html", "--output", place)
    assert done.returncode == 2
    assert "cannot be written" in done.stderr
    assert place in done.stderr
    assert done.stdout == ""


def test_a_full_disk_behind_standard_output_is_one_message(tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = command("check", codemeta(tmp_path), stdout=full)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert b"no room left" in done.stderr


def test_a_data_folder_that_cannot_be_made_is_one_message(run: Run) -> None:
    refused = run("--home", "/proc/nowhere", "status")
    assert refused.returncode == 2
    assert "/proc/nowhere" in refused.stderr


def test_too_little_memory_is_one_message(tmp_path: Path) -> None:
    path = tmp_path / "large.nt"
    with path.open("w", encoding="utf-8") as stream:
        for number in range(1_500_000):
            stream.write(f"<http://s/{number}> <http://p/p> <http://o/{number}> .\n")
    # enough for the program itself, which numpy made larger: the statements end it
    done = command("check", path, memory=400_000_000)
    assert done.returncode == 2, done.stderr
    assert b"Traceback" not in done.stderr
    assert b"not enough memory" in done.stderr


@pytest.mark.parametrize("subject", ["", "   "])
def test_an_empty_name_is_not_the_folder_one_is_in(run: Run, subject: str) -> None:
    done = run("check", subject)
    assert done.returncode == 2
    assert "--all" in done.stderr


def test_what_is_neither_a_name_nor_a_file_is_said_to_be_neither(run: Run) -> None:
    done = run("check", "nosuch.ttl")
    assert done.returncode == 2
    assert "nosuch.ttl" in done.stderr
    assert "file" in done.stderr


def test_a_fault_of_the_program_has_a_status_of_its_own() -> None:
    code = """
import fair_imagic.cli.main as door
def broken():
    raise KeyError("lost")
door._group = broken
door.main(["status"])
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=False
    )
    assert done.returncode == 70
    assert b"KeyError: 'lost'" in done.stderr
    assert b"fault of the program" in done.stderr
