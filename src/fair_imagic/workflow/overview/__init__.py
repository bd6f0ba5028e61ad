"""What stands where in the whole catalogue, and queries over it."""

__all__ = ["query", "rebase", "status"]
