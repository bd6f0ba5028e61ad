"""The states of a DOI. An impossible event is silently ignored, as DataCite does."""

from __future__ import annotations

__all__ = ["EVENTS", "after"]

EVENTS: dict[str, dict[str, str]] = {
    "register": {"draft": "registered"},
    "publish": {"draft": "findable", "registered": "findable"},
    "hide": {"findable": "registered"},
    "show": {"registered": "findable"},
}


def after(state: str, event: object) -> str:
    """Return the state that follows an event (any other value changes nothing)."""
    moves = EVENTS.get(event, {}) if isinstance(event, str) else {}
    return moves.get(state, state)
