"""DOIs and their metadata at DataCite."""

from fair_imagic.publish.datacite.doi import doi_for, is_ours
from fair_imagic.publish.datacite.target import TARGET

__all__ = ["TARGET", "doi_for", "is_ours"]
