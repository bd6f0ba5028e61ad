"""Run all generators: ``python -m tools.generate_model [--nboq FOLDER]``."""

from __future__ import annotations

import argparse
from pathlib import Path

from tools.generate_model.outputs import write_all

ROOT = Path(__file__).parents[2]


def main() -> None:
    """Write every generated file below the repository root (or ``--output``)."""
    parser = argparse.ArgumentParser(prog="generate", description=main.__doc__)
    parser.add_argument(
        "--nboq",
        type=Path,
        help="folder of the NBO v02-01 sources; without it instrument.yaml is kept",
    )
    parser.add_argument("--output", type=Path, default=ROOT)
    chosen = parser.parse_args()
    if chosen.nboq is not None:
        from tools.generate_model.nboq import write_instrument

        write_instrument(chosen.nboq, chosen.output / "schema" / "instrument.yaml")
    for path in write_all(ROOT / "schema", chosen.output):
        print(path.relative_to(chosen.output))


if __name__ == "__main__":
    main()
