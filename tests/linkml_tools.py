"""The programs that LinkML installs, called as a person calls them.

In this process: each as a process of its own loads LinkML anew, which takes longer than
most of what they then do.
"""

from __future__ import annotations

import contextlib
import warnings
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

__all__ = ["run_linkml"]


def run_linkml(program: str, *arguments: str, folder: Path | None = None) -> Result:
    """Run ``linkml-validate``, ``gen-owl`` and the like of this environment."""
    from click.testing import CliRunner

    (script,) = entry_points(group="console_scripts", name=program)
    place = contextlib.nullcontext() if folder is None else contextlib.chdir(folder)
    with place, warnings.catch_warnings():
        # LinkML announces changes of its own defaults
        warnings.simplefilter("ignore")
        return CliRunner().invoke(script.load(), arguments)
