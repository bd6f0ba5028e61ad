"""``fair-imagic readers``: what is read, and what is not, in the user's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fair_imagic.readers import readers

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_known_gap_is_listed(run: Run, language: str) -> None:
    # Long sentences go over several lines of the last column.
    told = "".join(run("readers", FAIR_IMAGIC_LANGUAGE=language).stdout.split())
    for reader in readers():
        for gap in reader.gaps:
            assert gap.code in told
            assert "".join(gap.text[language].split()) in told


def test_a_file_that_nobody_reads_ends_with_status_two(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("words", encoding="utf-8")
    done = run("readers", "--explain", path)
    assert done.returncode == 2
    assert "Leica LIF: it does not start with the marks of Leica LIF" in done.stderr
