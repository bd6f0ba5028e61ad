"""A record of DataCite as the rules about its format look at it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fair_imagic.documents.datacite.part import Part

__all__ = ["Record"]


@dataclass(frozen=True, kw_only=True)
class Record:
    """A record: its values as attributes of a DOI, its form, and its kernel.

    ``is_new`` is whether its DOI is still to be made: DataCite takes fewer characters
    then. ``tree`` is the document's own in XML, the one that its XML would be in JSON,
    whose ``odd`` entries (place, value) have a form that DataCite's JSON has nowhere.
    """

    attributes: Mapping[str, Any]
    tree: Part
    kernel: str
    is_new: bool = False
    odd: tuple[tuple[str, Any], ...] = ()
