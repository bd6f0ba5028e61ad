"""Images: import, file sets, their members, paths to their values."""

__all__ = [
    "correction",
    "filesets",
    "foresight",
    "identity",
    "image_names",
    "import_images",
    "listed",
    "match",
    "matches",
    "members",
    "microscope_settings",
    "named_tags",
    "paths",
    "search",
    "value",
]
