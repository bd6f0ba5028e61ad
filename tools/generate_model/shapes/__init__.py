"""From the schema to SHACL shapes: the base ones, and the rules of the tiers."""

from tools.generate_model.shapes.files import shape_files
from tools.generate_model.shapes.tiers import tier_files

__all__ = ["shape_files", "tier_files"]
