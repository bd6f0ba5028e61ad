"""The quick start is walked to its end, each of its commands, in both languages."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fair_imagic.workflow.demo.sample_study import write_study

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCS = Path(__file__).parents[2] / "docs"
_SERVE = "serve"


@dataclass(frozen=True)
class Page:
    path: str
    language: str
    images: str
    table: str
    word: str
    title: str


PAGES = (
    Page(
        "quick-start.md",
        "en",
        "my-images",
        "tags.csv",
        "control",
        "Nuclei of untreated cells",
    ),
    Page(
        "fr/demarrage.md",
        "fr",
        "mes-images",
        "etiquettes.csv",
        "temoin",
        "Noyaux de cellules non traitées",
    ),
)


def commands_of(page: Page) -> Iterator[list[str]]:
    """Yield the commands of a page, in order."""
    text = (DOCS / page.path).read_text(encoding="utf-8")
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ fair-imagic "):
                yield shlex.split(line.removeprefix("$ fair-imagic "))


def prepare(page: Page, folder: Path) -> None:
    """Write the files that a page speaks of."""
    study = write_study(folder / "study")
    (folder / page.images).mkdir()
    for path in sorted(study.images["widefield"].iterdir()):
        name = path.name.replace("control", page.word)
        shutil.copy(path, folder / page.images / name)
    shutil.copy(study.microscopes["widefield"], folder / "microscope.json")
    text = (DOCS / page.path).read_text(encoding="utf-8")
    (table,) = re.findall(r"```\n(image,.*?)```", text, re.DOTALL)
    (folder / page.table).write_text(table, encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.language)
def test_each_command_of_the_quick_start_works_up_to_the_page_of_the_set(
    page: Page, tmp_path: Path
) -> None:
    prepare(page, tmp_path)
    environment = {
        **os.environ,
        "FAIR_IMAGIC_HOME": str(tmp_path / "home"),
        "FAIR_IMAGIC_LANGUAGE": page.language,
    }
    said: dict[str, subprocess.CompletedProcess[str]] = {}
    for words in commands_of(page):
        if words == [_SERVE]:
            break
        done = subprocess.run(
            [sys.executable, "-m", "fair_imagic.cli.main", *words],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env=environment,
            timeout=240,
            check=False,
        )
        assert done.returncode in (0, 1), (words, done.stdout, done.stderr)
        said[shlex.join(words)] = done
    ready = said["check figure-2 --profile datacite"]
    assert ready.returncode == 0, ready.stdout
    published = said["publish figure-2 --to datacite"]
    assert published.returncode == 0, published.stdout
    (address,) = re.findall(r"https?://127\.0\.0\.1\S+", published.stdout)
    assert page.title in _seen(address, tmp_path, environment)


def _seen(address: str, folder: Path, environment: dict[str, str]) -> str:
    """Return the page at an address, on a service of its own port."""
    command = [sys.executable, "-m", "fair_imagic.cli.main", _SERVE, "--port", "0"]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=folder,
        env=environment,
    ) as server:
        assert server.stdout is not None
        try:
            line = server.stdout.readline()
            (base,) = re.findall(r"http://[0-9.:]+", line)
            path = re.sub(r"https?://[^/]+", "", address)
            with urllib.request.urlopen(base + path, timeout=60) as answer:
                return str(answer.read().decode())
        finally:
            server.send_signal(signal.SIGINT)
            server.communicate(timeout=60)
