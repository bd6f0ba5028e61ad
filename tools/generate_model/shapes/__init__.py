"""From the schema to the base SHACL shapes: kinds, values, units, at most one."""

from tools.generate_model.shapes.files import shape_files

__all__ = ["shape_files"]
