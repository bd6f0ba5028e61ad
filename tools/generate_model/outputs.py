"""Which generator writes which file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tools.generate_model.container import container
from tools.generate_model.context import context
from tools.generate_model.json_schema import json_schema
from tools.generate_model.record_classes import record_classes
from tools.generate_model.schema import load
from tools.generate_model.shapes import shape_files, tier_files
from tools.generate_model.slot_table import slot_table

if TYPE_CHECKING:
    from tools.generate_model.schema import Model

__all__ = ["texts", "write_all"]

_BY_HAND = Path(__file__).parents[2] / "shapes"


def texts(model: Model) -> dict[str, str]:
    """Return the text of every generated file by its path in the repository."""
    shapes = {f"shapes/generated/{n}": t for n, t in shape_files(model).items()}
    tiers = {f"shapes/{n}": t for n, t in tier_files(model, _BY_HAND).items()}
    return (
        shapes
        | tiers
        | {
            "schema/records.yaml": container(model),
            "schema/generated/fair_imagic.schema.json": json_schema(model),
            "schema/generated/fair_imagic.context.jsonld": context(model),
            "src/fair_imagic/model/slots.json": slot_table(model),
            "src/fair_imagic/model/classes_generated.py": record_classes(model),
        }
    )


def write_all(schema_folder: Path, output: Path) -> list[Path]:
    """Generate everything from the schema into ``output`` and return the paths."""
    written = []
    for name, text in texts(load(schema_folder / "fair_imagic.yaml")).items():
        path = output / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return written
