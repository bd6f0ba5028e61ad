"""An identifier as people read it: one of practice never looks like a real one."""

from __future__ import annotations

from fair_imagic.i18n import _

__all__ = ["shown_identifier"]


def shown_identifier(identifier: str, *, practice: bool) -> str:
    """Return an identifier; of one that a practice archive gave, that it is none."""
    if not identifier or not practice:
        return identifier
    return _("{identifier} (practice, opens nowhere)").format(identifier=identifier)
