"""Mapping: raw facts and microscope records in the model's terms."""

from fair_imagic.mapping.image import (
    MappedStatement,
    channel_iri,
    objective_iri,
    statements_for,
)
from fair_imagic.mapping.table import MappingRow, MappingTable, load_table

__all__ = [
    "MappedStatement",
    "MappingRow",
    "MappingTable",
    "channel_iri",
    "load_table",
    "objective_iri",
    "statements_for",
]
