"""Microscope records: versions, files, changes, and the images that name them."""

__all__ = [
    "control_in_force",
    "edit",
    "files",
    "images",
    "instruments",
    "quality_links",
    "tiers",
    "version_proposals",
    "versions",
]
