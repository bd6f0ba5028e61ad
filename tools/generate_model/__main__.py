"""Run all generators: ``python -m tools.generate_model [--nboq FOLDER]``."""

from __future__ import annotations

import argparse
from pathlib import Path

from tools.generate_model.outputs import write_all

ROOT = Path(__file__).parents[2]


def main() -> None:
    """Write every generated file into the repository."""
    parser = argparse.ArgumentParser(prog="generate", description=main.__doc__)
    parser.add_argument(
        "--nboq",
        type=Path,
        help="folder of the NBO v02-01 sources; without it the modules are kept",
    )
    chosen = parser.parse_args()
    if chosen.nboq is not None:
        from tools.generate_model.nboq import write_modules

        for path in write_modules(chosen.nboq, ROOT / "schema"):
            print(path.relative_to(ROOT))
    for path in write_all(ROOT / "schema", ROOT):
        print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
