"""Run all generators: ``python -m tools.generate_model [--nboq FOLDER] [--check]``."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tools.generate_model.outputs import write_all

ROOT = Path(__file__).parents[2]


def main() -> int:
    """Write every generated file into the repository, or with --check compare them."""
    parser = argparse.ArgumentParser(prog="generate", description=main.__doc__)
    parser.add_argument(
        "--nboq",
        type=Path,
        help="folder of the NBO v02-01 sources; without it the modules are kept",
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="write nothing; name the files that are not current and exit with 1",
    )
    chosen = parser.parse_args()
    if chosen.check:
        stale = _stale()
        for name in stale:
            print(f"not current: {name}")
        return 1 if stale else 0
    if chosen.nboq is not None:
        from tools.generate_model.nboq import write_modules

        for path in write_modules(chosen.nboq, ROOT / "schema"):
            print(path.relative_to(ROOT))
    for path in write_all(ROOT / "schema", ROOT):
        print(path.relative_to(ROOT))
    return 0


def _stale() -> list[Path]:
    """Return the generated files that differ from what would be written now."""
    with tempfile.TemporaryDirectory() as folder:
        made = [
            path.relative_to(folder)
            for path in write_all(ROOT / "schema", Path(folder))
        ]
        return [name for name in made if not _same(Path(folder) / name, ROOT / name)]


def _same(made: Path, held: Path) -> bool:
    return held.is_file() and held.read_bytes() == made.read_bytes()


if __name__ == "__main__":
    sys.exit(main())
