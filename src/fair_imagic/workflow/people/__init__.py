"""People, organisations and accounts."""

__all__ = ["accounts", "person", "sessions"]
