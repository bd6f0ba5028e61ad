"""Mapping: raw facts and microscope records in the model's terms."""

from fair_imagic.mapping.contradiction import contradictions
from fair_imagic.mapping.image import (
    MappedStatement,
    channel_iri,
    objective_iri,
    statements_for,
)
from fair_imagic.mapping.instrument_export import export_instrument
from fair_imagic.mapping.instrument_record import InstrumentRecord, read_instrument
from fair_imagic.mapping.match import (
    ComponentMatch,
    Confidence,
    Matches,
    match_components,
    match_objective,
)
from fair_imagic.mapping.settings_export import export_settings
from fair_imagic.mapping.settings_record import SettingsTarget, describe_settings
from fair_imagic.mapping.table import MappingRow, MappingTable, load_table

__all__ = [
    "ComponentMatch",
    "Confidence",
    "InstrumentRecord",
    "MappedStatement",
    "MappingRow",
    "MappingTable",
    "Matches",
    "SettingsTarget",
    "channel_iri",
    "contradictions",
    "describe_settings",
    "export_instrument",
    "export_settings",
    "load_table",
    "match_components",
    "match_objective",
    "objective_iri",
    "read_instrument",
    "statements_for",
]
