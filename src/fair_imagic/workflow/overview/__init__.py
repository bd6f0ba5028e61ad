"""What stands where in the whole catalogue, and queries over it."""

__all__ = ["query", "query_text", "rebase", "status"]
