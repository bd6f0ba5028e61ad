"""The sample study, walked from files to publication."""

__all__ = ["walk"]
