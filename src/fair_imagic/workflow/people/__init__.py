"""People, organisations, accounts and teams."""

from fair_imagic.workflow.base.person_names import Hit, find

__all__ = [
    "Hit",
    "accounts",
    "erasure",
    "find",
    "keeping",
    "newcomers",
    "person",
    "sessions",
    "teams",
]
