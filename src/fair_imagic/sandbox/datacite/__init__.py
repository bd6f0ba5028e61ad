"""A practice DataCite: REST semantics, state machine and kernel 4 rules."""

from fair_imagic.sandbox.datacite.account import PRACTICE, DataCitePractice

__all__ = ["PRACTICE", "DataCitePractice"]
