"""The way of a publication set: how things are with it, its steps, and the next act."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from fair_imagic.publish.state import State

__all__ = [
    "TROUBLE",
    "UNDER_WAY",
    "Act",
    "Destination",
    "Path",
    "Standing",
    "Step",
    "StepRow",
    "Stop",
    "in_state",
    "sides",
]

TROUBLE = frozenset({State.REFUSED, State.NEEDS_PERSON})
UNDER_WAY = frozenset({State.QUEUED, State.SENDING, State.UNKNOWN, State.SCHEDULED})


class Step(enum.StrEnum):
    """The steps of a set's way to its publication."""

    IMAGES = "images"
    DESCRIBE = "describe"
    CHECK = "check"
    PUBLISH = "publish"


@dataclass(frozen=True, kw_only=True)
class Stop:
    """One thing to do before a set can be published somewhere.

    ``field`` is the name of the set's field that it is about; empty where it is about
    something else.
    """

    field: str
    targets: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Destination:
    """One archive, and how a set stands with it.

    ``has_name`` tells that its identifier is what the set is cited by; ``page`` is
    where it is shown to the public. ``off`` tells that nothing can be sent there now.
    """

    token: str
    title: str
    has_name: bool = False
    off: bool = False
    state: State | None = None
    is_public: bool = False
    changed: bool = False
    page: str = ""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How things are with a set: all that the next step rests on.

    ``stops`` are what stops a publication, None where nobody has checked yet;
    ``remarks`` counts what stops none, and ``is_fresh`` tells whether that still
    stands. ``destinations`` are the archives that fit the set; ``questions`` counts
    what only a researcher knows, None where nobody counted.
    """

    name: str
    images: int
    stops: tuple[Stop, ...] | None = None
    remarks: int = 0
    questions: int | None = None
    is_fresh: bool = True
    destinations: tuple[Destination, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Act:
    """What to do next: the words of its button, where it is done, and the command.

    ``field`` and ``target`` say which field or archive of the step, ``address`` the
    page where it is not in a step, ``looks`` that it shows what would be sent.
    ``for_all`` tells that a reader can do it too, ``is_end`` that nothing is left.
    """

    words: str
    step: Step
    command: str = ""
    field: str = ""
    target: str = ""
    address: str = ""
    looks: bool = False
    for_all: bool = False
    is_end: bool = False


@dataclass(frozen=True, kw_only=True)
class StepRow:
    """One step with its sign (``kind``), its count in words, and the bare count."""

    step: Step
    label: str
    kind: str
    words: str
    count: int | None = None


@dataclass(frozen=True, kw_only=True)
class Path:
    """The way of a set: its steps, its state in one sentence, and the next act."""

    kind: str
    sentence: str
    steps: tuple[StepRow, ...]
    act: Act


def sides(standing: Standing) -> tuple[list[Destination], list[Destination]]:
    """Return the archives that would take a set, and those that would not."""
    stops = standing.stops or ()
    stopped = {token for stop in stops for token in stop.targets}
    known = [one for one in standing.destinations if one.state is not State.WITHDRAWN]
    return (
        [one for one in known if one.token not in stopped],
        [one for one in known if one.token in stopped],
    )


def in_state(standing: Standing, states: frozenset[State]) -> Destination | None:
    """Return the first archive that is in one of these states, or None."""
    known = standing.destinations
    return next((one for one in known if one.state in states), None)
