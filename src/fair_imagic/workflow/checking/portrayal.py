"""A set as others will see it: what its landing page will say, before it is there.

Requirements name what they look at (``fi:checks`` in their manifest); each name is one
function here.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from fair_imagic.errors import InputError
from fair_imagic.i18n import _
from fair_imagic.model import PublicationSet, Snapshot
from fair_imagic.publish.landing import (
    jsonld_statements,
    landing_of,
    page_statements,
)
from fair_imagic.rdf import iri
from fair_imagic.workflow.sets.deliveries import published_names

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fair_imagic.publish.landing import Landing
    from fair_imagic.workflow.base.workspace import Workspace

    Portrait = Callable[[Workspace, Snapshot], Snapshot]

__all__ = ["PORTRAITS", "portrayed"]


def portrayed(workspace: Workspace, snapshot: Snapshot, name: str) -> Snapshot:
    """Return what requirements look at that check ``name``.

    Raises :class:`~fair_imagic.errors.InputError` for a name that nothing stands for,
    and for something that has no landing page.
    """
    if name not in PORTRAITS:
        raise InputError(
            _("These requirements look at something that does not exist"),
            expected=", ".join(PORTRAITS),
            found=name,
            hint=_("Correct fi:checks in the description of the requirements"),
        )
    return PORTRAITS[name](workspace, snapshot)


def _landing_turtle(workspace: Workspace, snapshot: Snapshot) -> Snapshot:
    """Return what the page tells data portals, with the records for context."""
    page, records = page_statements(_landing(workspace, snapshot))
    return Snapshot.make(snapshot.root, own=page, context=records)


def _landing_jsonld(workspace: Workspace, snapshot: Snapshot) -> Snapshot:
    """Return what the page tells search engines; points are about the set itself."""
    landing = _landing(workspace, snapshot)
    named, own = iri(landing.identifier), iri(snapshot.root)

    def about_set(term: str) -> str:
        return own if term == named else term

    statements = jsonld_statements(landing)
    said = ((about_set(s), p, about_set(o)) for s, p, o in statements)
    return Snapshot.make(snapshot.root, own=said)


def _landing(workspace: Workspace, snapshot: Snapshot) -> Landing:
    if PublicationSet.class_iri not in snapshot.graph.types(snapshot.root):
        raise InputError(
            _("Only a publication set has a landing page"), where=snapshot.root
        )
    published = published_names(workspace)
    return landing_of(snapshot, workspace.settings, published=published)


PORTRAITS: Mapping[str, Portrait] = MappingProxyType(
    {
        "landing-page-turtle": _landing_turtle,
        "landing-page-json-ld": _landing_jsonld,
    }
)
