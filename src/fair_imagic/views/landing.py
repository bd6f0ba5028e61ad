"""Landing pages of what is published, in every form that is asked for."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.errors import NotFoundError
from fair_imagic.i18n import _, current_language
from fair_imagic.model import Image, view
from fair_imagic.publish import landing as form
from fair_imagic.publish.address import landing_path_of
from fair_imagic.publish.base import Role
from fair_imagic.publish.outside import package_outside, published_outside
from fair_imagic.publish.registry import available, page_forms
from fair_imagic.publish.shown_identifier import shown_identifier
from fair_imagic.workflow.base.label import label_of, name_of
from fair_imagic.workflow.sets.deliveries import (
    archives_by_decision,
    public_deliveries,
    published_names,
)
from fair_imagic.workflow.sets.editions import key_of_edition

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fair_imagic.model import Snapshot
    from fair_imagic.publish.landing import Landing
    from fair_imagic.publish.states import Delivery
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = [
    "LandingPage",
    "PublishedRow",
    "landing",
    "public_image",
    "published",
    "record_of_doi",
]

_ENDINGS = {"jsonld": "application/ld+json", "ttl": "text/turtle"}
LINKSET = "application/linkset+json"


@dataclass(frozen=True, kw_only=True)
class PublishedRow:
    """One public set of a list."""

    title: str
    identifier: str
    url: str


@dataclass(frozen=True, kw_only=True)
class LandingPage:
    """A landing page: its body in each media type, and the HTTP header ``Link``.

    ``endings`` are the media types of ``metadata.<ending>``.
    """

    url: str
    link_header: str
    documents: Mapping[str, str]
    endings: Mapping[str, str]


def published(workspace: Workspace) -> tuple[PublishedRow, ...]:
    """Return what is public with a DOI, the newest first."""
    found = [one for one in public_deliveries(workspace) if _is_cited(one)]
    return tuple(
        PublishedRow(
            title=label_of(workspace, one.subject),
            identifier=shown_identifier(one.identifier, practice=one.practice),
            url=f"/{landing_path_of(one.subject)}",
        )
        for one in sorted(found, key=lambda one: one.published, reverse=True)
    )


def _is_cited(one: Delivery) -> bool:
    target = available().get(one.target)
    return target is not None and target.role is Role.PAGE


def record_of_doi(workspace: Workspace, doi: str) -> str:
    """Return the name of the published set with a DOI.

    Raises :class:`~fair_imagic.errors.NotFoundError` for a DOI that is not ours.
    """
    wanted = f"https://doi.org/{doi}".lower()
    for one in public_deliveries(workspace):
        if one.identifier.lower() == wanted:
            return name_of(one.subject)
    raise NotFoundError(_("Nothing is published here under this DOI"), found=doi[:200])


def landing(workspace: Workspace, name: str) -> LandingPage:
    """Return the landing page of a published set, as it was published.

    Raises :class:`~fair_imagic.errors.NotFoundError` where it is not public.
    """
    delivery = _delivery(workspace, name)
    snapshot = workspace.catalogue.load_snapshot(delivery.snapshot_hash)
    forms = page_forms()
    bases = workspace.bases
    outside = bases.outward_snapshot(snapshot)
    facts = form.landing_of(
        outside,
        dataclasses.replace(workspace.settings, base_iri=bases.outer),
        published=published_outside(published_names(workspace), bases),
        thumbnails=_thumbnails(workspace, outside),
        by_decision=archives_by_decision(workspace, delivery.subject),
        forms=forms,
    )
    return LandingPage(
        url=facts.url,
        link_header=form.link_header(form.links_of(facts)),
        documents=_documents(workspace, snapshot, facts),
        endings=_ENDINGS | {one.ending: one.media_type for one in forms},
    )


def _delivery(workspace: Workspace, name: str) -> Delivery:
    record = workspace.mint("set", name)
    public = [one for one in public_deliveries(workspace) if one.subject == record]
    chosen = sorted(public, key=lambda one: (not _is_cited(one), -one.id))
    if not chosen:
        raise NotFoundError(_("Nothing is published at this address"), found=name[:200])
    return chosen[0]


def _thumbnails(workspace: Workspace, snapshot: Snapshot) -> dict[str, str]:
    images = snapshot.own_graph.subjects_of(Image.class_iri)
    return {
        image: f"/published/image/{name_of(image)}.png"
        for image in images
        if (workspace.thumbnails / f"{name_of(image)}.png").is_file()
    }


def _documents(
    workspace: Workspace, snapshot: Snapshot, facts: Landing
) -> dict[str, str]:
    documents = {
        "text/html": form.to_html(facts, language=current_language()),
        "application/ld+json": form.to_jsonld(facts),
        "text/turtle": form.to_turtle(facts),
        LINKSET: form.linkset(facts),
    }
    for target in available().values():
        if target.page_forms:
            package = package_outside(
                target,
                snapshot,
                workspace.settings,
                bases=workspace.bases,
                key=key_of_edition(workspace, snapshot, target),
                published=published_names(workspace),
            )
            documents |= target.page_documents(package)
    return documents


def public_image(workspace: Workspace, name: str) -> str:
    """Return the name of an image that belongs to a published set.

    Raises :class:`~fair_imagic.errors.NotFoundError` for any other image.
    """
    image = workspace.mint("image", name)
    for one in public_deliveries(workspace):
        graph = workspace.catalogue.load_snapshot(one.snapshot_hash).own_graph
        if view(Image, graph, image).title is not None or image in graph:
            return name
    raise NotFoundError(_("This image is not public"), found=name[:80])
