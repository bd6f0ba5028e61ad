"""Data management plans: drafts, promises, exports."""
