"""The name under which a person knows a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.entry.choice import name_in_title
from fair_imagic.entry.panel import panel_words
from fair_imagic.i18n import _
from fair_imagic.model.part_name import part_name
from fair_imagic.model.sheet import personal_classes
from fair_imagic.rdf import PREFIXES, iri, record_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fair_imagic.rdf import Triple
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["label_in", "label_of", "name_of"]

_NAMES = tuple(
    f"<{PREFIXES[prefix]}{name}>"
    for prefix, name in (
        ("dcterms", "title"),
        ("foaf", "name"),
        ("nboq", "channelName"),
        ("nboq", "name"),
        ("nboq", "model"),
        ("dcterms", "identifier"),
        ("schema", "name"),
    )
)
_TYPE = iri("rdf:type")
_POINT = iri("fi:measurementPoint")
_FIGURE = iri("fi:figure")
_PANEL = (_FIGURE, iri("fi:panelLabel"))


def name_of(record: str) -> str:
    """Return the last part of a record's identifier, as in the page's address."""
    return record.rstrip("/").rpartition("/")[2]


def label_in(triples: Iterable[Triple], subject: str) -> str:
    """Return the title or name that statements give a subject.

    Else what kind of part it is, or its name in its address.
    """
    found = {p: o for s, p, o in triples if s == f"<{subject}>"}
    named = next((found[name] for name in _NAMES if name in found), None)
    if named is None and found.get(_TYPE, "")[1:-1] in personal_classes():
        return _("erased person")
    if named is None and _FIGURE in found:
        place, letter = (text_of(found[one]) if one in found else "" for one in _PANEL)
        return panel_words(place, letter) or name_of(subject)
    if named is None:
        kind = found.get(_TYPE, "")[1:-1]
        return part_name(subject, [kind]) or name_of(subject)
    point = found.get(_POINT)
    title = text_of(named)
    return name_in_title(title, text_of(point)) if point else title


def label_of(workspace: Workspace, subject: str) -> str:
    """Return the title or name of a record or of a part of one.

    What belongs to another team has none.
    """
    if not workspace.sees(subject):
        return _("of another team")
    return label_in(workspace.catalogue.effective(record_of(subject)), subject)
