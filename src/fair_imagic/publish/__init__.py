"""Publication: packages for archives, states, and the landing page."""

from fair_imagic.publish.address import landing_page_of, landing_path_of
from fair_imagic.publish.base import (
    Badge,
    Package,
    PageForm,
    Published,
    Receipt,
    RemoteState,
    Role,
    Target,
)
from fair_imagic.publish.preview import write_preview
from fair_imagic.publish.registry import available, load, published
from fair_imagic.publish.setting import TargetSetting

__all__ = [
    "Badge",
    "Package",
    "PageForm",
    "Published",
    "Receipt",
    "RemoteState",
    "Role",
    "Target",
    "TargetSetting",
    "available",
    "landing_page_of",
    "landing_path_of",
    "load",
    "published",
    "write_preview",
]
