"""Where a publication stands, in the reader's words; it loads no requirements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.i18n import current_language
from fair_imagic.publish.registry import available
from fair_imagic.publish.states import STATE_BADGES

if TYPE_CHECKING:
    from fair_imagic.publish.states import Delivery

__all__ = ["remote_words", "state_words"]


def state_words(one: Delivery) -> str:
    """Return where a publication stands with us, in the reader's words."""
    return STATE_BADGES[one.state][1 if current_language() == "fr" else 0]


def remote_words(one: Delivery) -> str:
    """Return what the archive says of it, in the reader's words.

    In the archive's own where its target has no others, or is not installed.
    """
    target = available().get(one.target)
    badge = target.badges.get(one.remote_state) if target is not None else None
    if badge is None:
        return one.remote_state
    return badge.fr if current_language() == "fr" else badge.en
