"""A plug-in with requirements: what one laboratory asks of its sets."""

from pathlib import Path


def profiles() -> Path:
    """Return the folder of the requirements."""
    return Path(__file__).with_name("profiles")


__all__ = ["profiles"]
