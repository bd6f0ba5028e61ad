"""Data management plans: drafts, promises, exports."""

__all__ = ["commitments", "export", "plan"]
