"""Our states of a publication, what may follow what, and their words.

Two columns of state: ours (here) and the archive's own words (``remote_state``, see the
``badges`` of each target).
"""

from __future__ import annotations

import enum

__all__ = ["STATE_BADGES", "TRANSITIONS", "TRIES", "State"]


class State(enum.StrEnum):
    """Where a publication stands on our side."""

    DRAFT = "draft"
    BLOCKED = "blocked"
    READY = "ready"
    STALE = "stale"
    SCHEDULED = "scheduled"
    QUEUED = "queued"
    SENDING = "sending"
    UNKNOWN = "unknown"
    REFUSED = "refused"
    NEEDS_PERSON = "needs-person"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


_S = State

#: What may follow what. A state may always be entered again (a repeated command).
TRANSITIONS: dict[State, frozenset[State]] = {
    _S.DRAFT: frozenset({_S.BLOCKED, _S.READY, _S.QUEUED}),
    _S.BLOCKED: frozenset({_S.DRAFT, _S.READY, _S.QUEUED}),
    _S.READY: frozenset({_S.BLOCKED, _S.STALE, _S.SCHEDULED, _S.QUEUED}),
    _S.STALE: frozenset({_S.BLOCKED, _S.READY, _S.QUEUED}),
    _S.SCHEDULED: frozenset({_S.STALE, _S.READY, _S.QUEUED}),
    _S.QUEUED: frozenset({_S.SENDING, _S.BLOCKED, _S.STALE}),
    _S.SENDING: frozenset({_S.UNKNOWN, _S.REFUSED, _S.NEEDS_PERSON, _S.PUBLISHED}),
    _S.UNKNOWN: frozenset({_S.SENDING, _S.PUBLISHED, _S.NEEDS_PERSON, _S.REFUSED}),
    _S.REFUSED: frozenset({_S.BLOCKED, _S.READY, _S.QUEUED, _S.NEEDS_PERSON}),
    _S.NEEDS_PERSON: frozenset({_S.QUEUED, _S.PUBLISHED, _S.REFUSED}),
    # What is public stays so: a later try is told by its outbox row alone.
    _S.PUBLISHED: frozenset({_S.WITHDRAWN}),
    _S.WITHDRAWN: frozenset(),
}

#: Steps of a try. One that is public already is tried again without falling to them.
TRIES = frozenset(
    {_S.BLOCKED, _S.STALE, _S.QUEUED, _S.SENDING, _S.UNKNOWN}
    | {_S.REFUSED, _S.NEEDS_PERSON}
)

STATE_BADGES: dict[State, tuple[str, str]] = {
    _S.DRAFT: ("being prepared", "en préparation"),
    _S.BLOCKED: ("points to fix", "points à corriger"),
    _S.READY: ("ready to publish", "prêt à publier"),
    _S.STALE: ("changed since it was checked", "modifié depuis la vérification"),
    _S.SCHEDULED: ("scheduled", "programmé"),
    _S.QUEUED: ("waiting to be sent", "en attente d'envoi"),
    _S.SENDING: ("being sent", "envoi en cours"),
    _S.UNKNOWN: (
        "answer lost, being checked",
        "réponse perdue, vérification en cours",
    ),
    _S.REFUSED: ("refused by the archive", "refusé par l'archive"),
    _S.NEEDS_PERSON: ("somebody has to act", "intervention nécessaire"),
    _S.PUBLISHED: ("published", "publié"),
    _S.WITHDRAWN: ("withdrawn", "retiré"),
}
