"""A data folder is copied as the documentation says, beside a program that writes."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from fair_imagic import config
from fair_imagic.catalogue import open_catalogue

DOCS = Path(__file__).parents[2] / "docs" / "installation.md"


def commands() -> list[str]:
    """Return the commands of the section, the last one without our program's name."""
    section = DOCS.read_text(encoding="utf-8").partition("## Copying the data folder")[
        2
    ]
    block = section.partition("```console\n")[2].partition("```")[0]
    return [line.removeprefix("$ ") for line in block.splitlines()]


def test_a_copy_made_while_a_program_writes_has_all_of_it(
    catalogue, say, settings, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    for number in range(30):
        catalogue.append(say.changes(say.image(f"image/{number}", f"t{number}")))
    (settings.home / "thumbnails").mkdir()
    (settings.home / "thumbnails" / "one.png").write_bytes(b"png")
    *lines, rebuild = commands()
    assert rebuild == "fair-imagic --home COPY rebuild"
    for line in lines:
        text = re.sub(r"\bHOME\b", str(settings.home), line)
        text = re.sub(r"\bCOPY\b", str(copy), text).replace("python3", sys.executable)
        subprocess.run(["bash", "-c", text], check=True)
    assert not (copy / "store").exists()
    with open_catalogue(config.load(copy, environ={})) as copied:
        copied.rebuild()
        assert say.titles(copied) == say.titles(catalogue)
        assert len(say.titles(copied)) == 30
    assert (copy / "thumbnails" / "one.png").read_bytes() == b"png"
