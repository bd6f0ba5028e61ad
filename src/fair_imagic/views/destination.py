"""What can be done about one archive in each state; nothing is read here."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from fair_imagic.i18n import _
from fair_imagic.publish.base import Role
from fair_imagic.publish.state import State

__all__ = ["Door", "Situation", "TargetAct", "acts_at", "changes_warning", "send_words"]

_UNDER_WAY = frozenset({State.QUEUED, State.SENDING, State.UNKNOWN})


class Door(enum.StrEnum):
    """Where an act leads: what it shows, or does after a second step."""

    POINTS = "points"
    LOOK = "look"
    SEND = "send"
    ASK = "ask"
    SEE = "see"


@dataclass(frozen=True, kw_only=True)
class TargetAct:
    """One button of an archive's card; the first of a card is its main one.

    ``for_all`` tells that a reader can use it too.
    """

    door: Door
    words: str
    for_all: bool = False


@dataclass(frozen=True, kw_only=True)
class Situation:
    """How a set stands with one archive: all that its buttons rest on.

    ``fits`` tells that it has what the archive keeps, ``stopped`` that points stand
    against it, ``off`` that nothing can be sent there now, ``has_page`` that there is
    something to see here.
    """

    role: Role
    title: str
    fits: bool = True
    stopped: bool = False
    off: bool = False
    state: State | None = None
    is_public: bool = False
    changed: bool = False
    has_page: bool = False


def acts_at(situation: Situation) -> tuple[TargetAct, ...]:
    """Return the buttons of an archive's card, the main one first."""
    if situation.is_public:
        return _after(situation)
    see = _see(situation)
    if situation.state is State.WITHDRAWN:
        return see
    if not situation.fits:
        return ()
    points = TargetAct(door=Door.POINTS, words=_("Points to fix"), for_all=True)
    look = TargetAct(door=Door.LOOK, words=_("See what would be sent"))
    ask = TargetAct(door=Door.ASK, words=_("Ask the archive"))
    again = TargetAct(door=Door.SEND, words=_("Send it again…"))
    if situation.state in (State.SENDING, State.UNKNOWN):
        acts = [ask, again, look]
    elif situation.stopped:
        acts = [points, look]
    elif situation.state in (State.QUEUED, State.REFUSED, State.NEEDS_PERSON):
        acts = [again, look]
    else:
        acts = [look, TargetAct(door=Door.SEND, words=send_words(situation))]
    return tuple(one for one in acts if not _is_shut(one, situation))


def _after(situation: Situation) -> tuple[TargetAct, ...]:
    """Return what is left to do about something that is public."""
    changes = TargetAct(door=Door.SEND, words=_("Publish changes…"))
    points = TargetAct(door=Door.POINTS, words=_("Points to fix"), for_all=True)
    ask = TargetAct(door=Door.ASK, words=_("Ask the archive"))
    acts = [*_see(situation), ask]
    if situation.changed and situation.fits:
        acts = [points if situation.stopped else changes, *acts]
    return tuple(one for one in acts if not _is_shut(one, situation))


def _see(situation: Situation) -> tuple[TargetAct, ...]:
    if not situation.has_page:
        return ()
    return (TargetAct(door=Door.SEE, words=_("See the page"), for_all=True),)


def _is_shut(act: TargetAct, situation: Situation) -> bool:
    return situation.off and act.door in (Door.SEND, Door.ASK)


def send_words(situation: Situation) -> str:
    """Return the words of the button that leads to the second step."""
    if situation.role is Role.PAGE:
        return _("Ask for the DOI…")
    return _("Send to {archive}…").format(archive=situation.title)


def changes_warning(identifier: str) -> str:
    """Return what cannot be undone where something is public already."""
    text = _(
        "{identifier} stays as it is. What the archive shows under it is replaced by "
        "what you see here; what was public before cannot be called back."
    )
    return text.format(identifier=identifier)
