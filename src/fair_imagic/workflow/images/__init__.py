"""Images: import, file sets, their members, paths to their values."""

__all__ = [
    "correction",
    "filesets",
    "identity",
    "import_images",
    "matches",
    "members",
    "microscope_settings",
    "paths",
    "value",
]
