"""The names that OME-XML 2016-06 has (the table is made by ``tools/ome_names.py``)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["VERSION", "OmeElement", "elements"]

VERSION = "2016-06"


@dataclass(frozen=True, slots=True)
class OmeElement:
    """One element: its attributes, the rank of each child, and its identifier's word.

    Children of the same rank may come in any order. What is inside an ``open``
    element is free.
    """

    attributes: frozenset[str]
    ranks: dict[str, int]
    identifier: str
    open: bool


@cache
def elements() -> dict[str, OmeElement]:
    """Return every element of the schema by name."""
    text = files("fair_imagic.readers").joinpath("ome_schema.json").read_text("utf-8")
    return {
        name: OmeElement(
            attributes=frozenset(told["attributes"]),
            ranks={
                child: rank
                for rank, step in enumerate(told["children"])
                for child in step
            },
            identifier=told["identifier"],
            open=told["open"],
        )
        for name, told in json.loads(text).items()
    }
