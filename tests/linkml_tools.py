"""The programs that LinkML installs, run as a person runs them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

__all__ = ["run_linkml"]


def run_linkml(
    program: str, *arguments: str, folder: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run ``linkml-validate``, ``gen-owl`` and the like of this environment."""
    path = Path(sys.executable).with_name(program)
    return subprocess.run(
        [path, *arguments],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        cwd=folder,
    )
