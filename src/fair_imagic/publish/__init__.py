"""Publication: packages for archives, states, and the landing page."""

from fair_imagic.publish.address import landing_page_of, landing_path_of
from fair_imagic.publish.base import (
    Badge,
    Package,
    Published,
    Receipt,
    RemoteState,
    Target,
    available,
    load,
)
from fair_imagic.publish.preview import write_preview

__all__ = [
    "Badge",
    "Package",
    "Published",
    "Receipt",
    "RemoteState",
    "Target",
    "available",
    "landing_page_of",
    "landing_path_of",
    "load",
    "write_preview",
]
