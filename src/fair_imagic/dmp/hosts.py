"""The repositories that plans name, as hosts of the RDA DMP Common Standard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fair_imagic.publish.study import said

if TYPE_CHECKING:
    from fair_imagic.config import Settings

__all__ = ["host_for_target", "host_named"]

_BIA: dict[str, Any] = {
    "title": "BioImage Archive",
    "url": "https://www.ebi.ac.uk/bioimage-archive/",
    "description": "EMBL-EBI's archive of biological images",
    "geo_location": "GB",
    "pid_system": ["other", "doi"],
    "support_versioning": "yes",
}
_SWH: dict[str, Any] = {
    "title": "Software Heritage",
    "url": "https://www.softwareheritage.org/",
    "description": "The universal archive of software source code",
    "geo_location": "FR",
    "pid_system": ["other"],
    "support_versioning": "yes",
}


def host_for_target(target: str, settings: Settings) -> dict[str, Any]:
    """Return the host where a publication target keeps things."""
    if target == "bioimage-archive":
        return dict(_BIA)
    if target == "software-heritage":
        return dict(_SWH)
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
    for host in (_BIA, _SWH):
        if str(host["title"]).lower() in word or str(host["url"]).rstrip("/") == word:
            return dict(host)
    if text.startswith(("http://", "https://")):
        return {"title": text.partition("//")[2].partition("/")[0], "url": text}
    if word and word in said(settings.facility_name).lower():
        return host_for_target("datacite", settings)
    return None
