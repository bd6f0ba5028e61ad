"""Run one suite: ``python -m benchmarks NAME [--large]`` (see ``scripts/bench``)."""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path

from benchmarks.figure import as_table, write

_FOLDER = Path(__file__).parent
_NOT_SUITES = {
    "__init__",
    "__main__",
    "check_catalogue",
    "check_data",
    "check_process",
    "check_report",
    "check_shapes",
    "figure",
    "generated_images",
    "generated_lif",
    "generated_ome_xml",
    "measure",
    "service",
    "web_catalogue",
}


def _suites() -> list[str]:
    names = {path.stem for path in _FOLDER.glob("*.py")} - _NOT_SUITES
    return sorted(name.replace("_", "-") for name in names)


def main() -> int:
    """Run the suite, print its table and write its result; 1 for a target missed."""
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("name", nargs="?", choices=_suites())
    parser.add_argument("--large", action="store_true", help="sizes ten times larger")
    given = parser.parse_args()
    if given.name is None:
        print("\n".join(_suites()))
        return 0
    suite = importlib.import_module(f"benchmarks.{given.name.replace('-', '_')}")
    figures = suite.run(large=given.large)
    print(as_table(figures))
    write(_FOLDER / "results" / f"{given.name}.json", given.name, figures)
    return 0 if all(figure.met for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
