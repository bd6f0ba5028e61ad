"""The words of DataCite that its records are made of, outside the kernel's lists."""

from __future__ import annotations

from fair_imagic.documents.datacite.kernel import NAMESPACE

__all__ = ["PLACEHOLDERS", "SCHEMA_VERSION"]

#: The only value that makes the service validate (other kernel-4.x names skip it).
SCHEMA_VERSION = f"{NAMESPACE}4"

PLACEHOLDERS = frozenset(
    {":unac", ":unal", ":unap", ":unas", ":unav", ":unkn", ":none", ":null", ":tba"}
)
