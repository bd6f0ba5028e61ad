"""A kind of document, and what one document says in the model's terms."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fair_imagic.rdf import expand

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fair_imagic.checks import Finding
    from fair_imagic.documents.content import Content
    from fair_imagic.model import Snapshot
    from fair_imagic.rdf import Term

__all__ = ["Asked", "Document", "Kind", "Place"]

#: What a place belongs to: the node alone, or the node, a property and its value.
Place = tuple[str, str, str]
#: Whose requirements may ask about a property: their token, and the property's IRI.
Asked = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Document:
    """What a document says, and where in it; ``name`` is what people call it.

    ``profiles`` are the requirements that fit it. ``asked`` says about which properties
    those may ask: a document is not blamed for what its format has no place for, and
    what its own rules ask is not asked twice. None asks everything. ``findings``
    come from rules about the format itself.
    ``remarks`` are said beside the report.
    """

    name: str
    snapshot: Snapshot
    profiles: tuple[str, ...]
    places: Mapping[Place, str] = field(default_factory=dict)
    asked: frozenset[Asked] | None = None
    findings: tuple[Finding, ...] = ()
    remarks: tuple[str, ...] = ()

    def origin(self, focus: str, path: str, value: Term | None) -> str | None:
        """Return the place of a value, or of the node where the value is missing."""
        exact = self.places.get((focus, expand(path), value or ""))
        return exact or self.places.get((focus, "", ""))


@dataclass(frozen=True)
class Kind:
    """One kind of document; a module of this package offers it as ``KIND``.

    ``title`` gives its name in the language in use, ``recognise`` says whether a
    content is of this kind, and ``read`` what it says (InputError where it cannot be
    read).
    """

    token: str
    title: Callable[[], str]
    recognise: Callable[[Content], bool]
    read: Callable[[Content], Document]
