"""A practice DataCite: REST semantics, state machine and kernel 4 rules."""

from fair_imagic.sandbox.datacite.service import DataCite

__all__ = ["DataCite"]
