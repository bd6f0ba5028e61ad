"""Mapping tables: which fact of a file fills which slot of the model."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from fair_imagic.errors import ConfigurationError
from fair_imagic.i18n import _
from fair_imagic.resources import folder

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["MappingRow", "MappingTable", "load_table", "value_words"]

_HEADER = ("source_key", "class", "slot", "unit_from", "converter", "note")
_VALUE_HEADER = ("slot", "source_value", "target_value", "note")


@dataclass(frozen=True, slots=True)
class MappingRow:
    """One line: a fact's key (``[*]`` for any number), a class and its property.

    ``converter`` is a name of :mod:`fair_imagic.mapping.converters`, or the unit of
    the slot where ``unit_from`` is ``fact``.
    """

    source_key: str
    class_name: str
    slot: str
    unit_from: str
    converter: str
    note: str


MappingTable = dict[str, MappingRow]


@cache
def load_table(name: str = "ome-to-model") -> MappingTable:
    """Return a table of the folder ``mappings`` by source key.

    Raises :class:`~fair_imagic.errors.ConfigurationError` for a damaged table.
    """
    path = folder("mappings") / f"{name}.tsv"
    return {
        line["source_key"]: MappingRow(*(line[column] for column in _HEADER))
        for line in _lines(path, _HEADER)
    }


@cache
def value_words(name: str = "ome-values") -> dict[tuple[str, str], str]:
    """Return the model's word for a source's word, by slot and source word.

    It is empty where the source's word says too little to choose one.
    """
    path = folder("mappings") / f"{name}.tsv"
    return {
        (line["slot"], line["source_value"]): line["target_value"]
        for line in _lines(path, _VALUE_HEADER)
    }


def _lines(path: Path, header: tuple[str, ...]) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        found = tuple(reader.fieldnames or ())
        if found != header:
            raise ConfigurationError(
                _("The mapping table has other columns than expected"),
                where=str(path),
                expected=", ".join(header),
                found=", ".join(found),
            )
        return list(reader)
