"""Submissions to the BioImage Archive, as PageTab with file lists."""

from fair_imagic.publish.bioimage_archive.target import TARGET

__all__ = ["TARGET"]
