"""The check: what is looked at, under which requirements, and what was decided."""

__all__ = [
    "check",
    "check_all",
    "check_files",
    "counting",
    "input_sum",
    "kept_verdict",
    "overrides",
    "requirements",
    "subject",
    "verdict",
    "verdict_counts",
]
