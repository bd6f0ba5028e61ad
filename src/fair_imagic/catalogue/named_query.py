"""Named queries: SPARQL files with a title in English and French in their comments."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

__all__ = ["NamedQuery", "named_queries"]

_FOLDER = Path(__file__).with_name("queries")


@dataclass(frozen=True)
class NamedQuery:
    """A query that ships with the product. ``title`` is ``{"en", "fr"}``."""

    name: str
    title: dict[str, str]
    text: str


def named_queries() -> dict[str, NamedQuery]:
    """Return the named queries by name, sorted."""
    return {path.stem: _read(path) for path in sorted(_FOLDER.glob("*.rq"))}


def _read(path: Path) -> NamedQuery:
    text = path.read_text(encoding="utf-8")
    title = {}
    for line in text.splitlines():
        # a title stands after a language: en, fr
        if line.startswith("# ") and line[4:6] == ": ":
            title[line[2:4]] = line[6:].strip()
    return NamedQuery(path.stem, title, text)
