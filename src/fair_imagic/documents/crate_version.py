"""Which version of RO-Crate a crate declares."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["OLDEST_JUDGED", "context_version", "declared_version"]

#: The version whose rules hold where a crate declares none, or an older one.
OLDEST_JUDGED = "1.1"
_PERMALINK = re.compile(r"https?://w3id\.org/ro/crate/(\d\.\d+)")


def declared_version(descriptor: Mapping[str, Any]) -> str:
    """Return the version that the descriptor says it conforms to, or nothing."""
    return _version(descriptor.get("conformsTo"))


def context_version(context: object) -> str:
    """Return the version of the RO-Crate context that is named, or nothing."""
    return _version(context)


def _version(value: object) -> str:
    for one in value if isinstance(value, list) else [value]:
        text = one.get("@id") if isinstance(one, dict) else one
        match = _PERMALINK.match(text) if isinstance(text, str) else None
        if match is not None:
            return match[1]
    return ""
