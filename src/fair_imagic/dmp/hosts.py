"""The repositories that plans name, as hosts of the RDA DMP Common Standard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fair_imagic.publish.registry import available
from fair_imagic.publish.study import said

if TYPE_CHECKING:
    from fair_imagic.config import Settings
    from fair_imagic.publish.base import Published

__all__ = ["host_named", "host_of"]


def host_of(place: Published, settings: Settings) -> dict[str, Any]:
    """Return the host where a publication is kept.

    Its target tells, and the facility where that says so. Of a target that is not
    installed any more only the name is known, and where readers find the publication.
    """
    target = available().get(place.target)
    if target is None:
        return {"title": place.title, "url": place.address or place.identifier}
    host = target.host(settings)
    return dict(host) if host is not None else _facility(settings)


def _facility(settings: Settings) -> dict[str, Any]:
    return {
        "title": said(settings.facility_name) or "FAIR Imag'IC",
        "url": settings.public_url,
        "description": "Images and landing pages of the facility",
        "pid_system": ["doi"],
        "support_versioning": "yes",
    }


def host_named(name: str, settings: Settings) -> dict[str, Any] | None:
    """Return the host that a plan calls by name or address, or None."""
    text = name.strip()
    word = text.lower().replace("-", " ").rstrip("/")
    page = text.lower().rstrip("/")
    for target in available().values():
        host = target.host(settings) or {}
        title, url = (str(host.get(name, "")).lower() for name in ("title", "url"))
        if title and (title in word or url.rstrip("/") == page):
            return dict(host)
    if text.startswith(("http://", "https://")):
        return {"title": text.partition("//")[2].partition("/")[0], "url": text}
    if word and word in said(settings.facility_name).lower():
        return _facility(settings)
    return None
