"""FAIR Signposting: typed links that lead machines from the page to its parts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fair_imagic.publish.study import said

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fair_imagic.publish.landing.facts import Landing

__all__ = ["Link", "link_header", "links_of", "linkset"]

#: More links than this make a header that servers cut: the rest is in the linkset.
_MOST_IN_HEADER = 30


@dataclass(frozen=True)
class Link:
    """One typed link: relation, address, media type, profile."""

    rel: str
    href: str
    type: str = ""
    profile: str = ""


def links_of(landing: Landing) -> list[Link]:
    """Return all links of the page, the persistent identifier first."""
    found = [
        Link("cite-as", landing.identifier),
        Link("type", "https://schema.org/AboutPage"),
        Link("type", "https://schema.org/Dataset"),
    ]
    found += [
        Link("author", f"https://orcid.org/{one.orcid}")
        for one in landing.study.creators
        if one.orcid
    ]
    if landing.licence is not None:
        found.append(Link("license", landing.licence.iri))
    found += [
        Link("describedby", f"{landing.url}/metadata.{ending}", kind, profile)
        for ending, kind, profile in (
            ("jsonld", "application/ld+json", "https://schema.org/"),
            ("ttl", "text/turtle", "http://www.w3.org/ns/dcat#"),
            *(
                (form.ending, form.media_type, form.profile)
                for form in landing.forms
                if form.profile
            ),
        )
    ]
    found += [
        Link("item", landing.file_urls[file.iri], said(file.media_type))
        for file in landing.study.files
        if file.iri in landing.file_urls
    ]
    found.append(
        Link("linkset", f"{landing.url}/linkset.json", "application/linkset+json")
    )
    return found


def link_header(links: Iterable[Link]) -> str:
    """Return the value of the HTTP header ``Link``.

    Where there are too many files the items are left to the linkset.
    """
    chosen = list(links)
    if len(chosen) > _MOST_IN_HEADER:
        chosen = [link for link in chosen if link.rel != "item"]
    return ", ".join(_header(link) for link in chosen)


def _header(link: Link) -> str:
    parts = [f"<{link.href}>", f'rel="{link.rel}"']
    if link.type:
        parts.append(f'type="{link.type}"')
    if link.profile:
        parts.append(f'profile="{link.profile}"')
    return "; ".join(parts)


def linkset(landing: Landing) -> str:
    """Return ``application/linkset+json`` (RFC 9264) with the way back from parts."""
    links = links_of(landing)
    page: dict[str, Any] = {"anchor": landing.url}
    anchors = [page]
    for link in links:
        if link.rel == "linkset":
            continue
        page.setdefault(link.rel, []).append(_target(link))
        if link.rel in ("item", "describedby"):
            back = "collection" if link.rel == "item" else "describes"
            home = {"href": landing.url, "type": "text/html"}
            anchors.append({"anchor": link.href, back: [home]})
    return json.dumps({"linkset": anchors}, indent=1, ensure_ascii=False)


def _target(link: Link) -> dict[str, Any]:
    found: dict[str, Any] = {"href": link.href}
    if link.type:
        found["type"] = link.type
    if link.profile:
        found["profile"] = [link.profile]
    return found
