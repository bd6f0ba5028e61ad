"""A plug-in target: sets kept as folders with a manifest, on a disk of the facility."""

from pathlib import Path

from folder_archive.target import FolderArchive

TARGET = FolderArchive()


def profiles() -> Path:
    """Return the folder of the requirements that come with it."""
    return Path(__file__).with_name("profiles")


__all__ = ["TARGET", "profiles"]
