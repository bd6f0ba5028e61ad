"""Publication: packages, deliveries, decisions, practice mode."""

__all__ = ["asking", "confirmation", "decision", "practice", "publish"]
