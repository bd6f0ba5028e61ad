"""The words of the RDA DMP Common Standard that its documents are made of."""

from __future__ import annotations

__all__ = ["IDENTIFIERS_1_1", "LANGUAGES", "ROOT", "VERSIONS"]

ROOT = "dmp"
"""The key that holds the plan; where it stands, a document is one."""

VERSIONS = ("1.2", "1.1")
#: ISO 639-1 of our records -> ISO 639-3 of the standard.
LANGUAGES = {"en": "eng", "fr": "fra", "de": "deu", "es": "spa", "it": "ita"}
IDENTIFIERS_1_1 = frozenset({"doi", "url", "handle", "ark", "other"})
"""The kinds of identifier that version 1.1 has; 1.2 has more."""
