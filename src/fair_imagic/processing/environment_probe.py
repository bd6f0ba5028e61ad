"""Started by another Python: its libraries' versions, if the first one loads.

It imports nothing of this package, which that environment does not have. A library
that cannot be imported ends it with the traceback, which the caller reports.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import json
import platform
import sys
from pathlib import Path

__all__ = ["main"]


def main(question: Path, answer: Path) -> None:
    """Read the names of distributions; write their versions and that of Python."""
    libraries = json.loads(question.read_text(encoding="utf-8"))["libraries"]
    importlib.import_module(libraries[0])
    versions = {name: importlib.metadata.version(name) for name in libraries}
    content = {"python": platform.python_version(), "versions": versions}
    answer.write_text(json.dumps(content), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
