"""What is next for a publication set: decided here, for pages and commands alike.

Nothing is read here: a :class:`Standing` says how things are, :func:`path_of` what
that means.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

from fair_imagic.i18n import _, count_text, ngettext
from fair_imagic.publish.state import State

__all__ = [
    "Act",
    "Destination",
    "Path",
    "Standing",
    "Step",
    "StepRow",
    "Stop",
    "path_of",
]

_TROUBLE = frozenset({State.REFUSED, State.NEEDS_PERSON})
_UNDER_WAY = frozenset({State.QUEUED, State.SENDING, State.UNKNOWN, State.SCHEDULED})
# What people know best comes first; the rest follows in the order of the check.
_OWN_FIELDS = (
    "creators",
    "title",
    "description",
    "keywords",
    "license",
    "issued",
    "publisher",
)


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


def path_of(standing: Standing) -> Path:
    """Return the way of a set from how things are with it."""
    kind, sentence = _state(standing)
    if not standing.is_fresh:
        # what was good before a change may not be any more
        kind = "wait"
        text = _("At the last check: {state} Something has changed since.")
        sentence = text.format(state=sentence)
    return Path(
        kind=kind, sentence=sentence, steps=_steps(standing), act=_act(standing)
    )


def _state(standing: Standing) -> tuple[str, str]:
    if not standing.images:
        return "must", _("There is no image in this set yet.")
    trouble = _in_state(standing, _TROUBLE)
    if trouble is not None:
        return "must", _("{archive} did not take it: somebody has to look.").format(
            archive=trouble.title
        )
    under_way = _in_state(standing, _UNDER_WAY)
    if under_way is not None:
        text = _("On its way to {archive}; the answer is not there yet.")
        return "wait", text.format(archive=under_way.title)
    public = [one for one in standing.destinations if one.is_public]
    if any(one.changed for one in public):
        return "should", _("Published; the set has changed since.")
    if public:
        return "good", _("Published: {archives}.").format(archives=_titles(public))
    return _state_before(standing)


def _state_before(standing: Standing) -> tuple[str, str]:
    """Return the state of what is published nowhere yet."""
    if standing.stops is None:
        return "could", _("Nobody has checked this set yet.")
    ready, stopped = _sides(standing)
    if not stopped and not ready:
        gone = list(standing.destinations)
        text = _("Withdrawn from {archives}.").format(archives=_titles(gone))
        return "should", text if gone else _("No archive is known here.")
    if not stopped:
        return "good", _("Ready to publish.")
    count = sum(_stops_any(stop, stopped) for stop in standing.stops)
    todo = ngettext("{count} thing to do", "{count} things to do", count)
    todo = todo.format(count=count)
    if not ready:
        return "must", _("Not ready to publish: {todo}.").format(todo=todo)
    text = _("Ready for {ready}; {todo} for {stopped}.")
    return "should", text.format(
        ready=_titles(ready), todo=todo, stopped=_titles(stopped)
    )


def _sides(standing: Standing) -> tuple[list[Destination], list[Destination]]:
    """Return the archives that would take a set, and those that would not."""
    stops = standing.stops or ()
    stopped = {token for stop in stops for token in stop.targets}
    known = [one for one in standing.destinations if one.state is not State.WITHDRAWN]
    return (
        [one for one in known if one.token not in stopped],
        [one for one in known if one.token in stopped],
    )


def _stops_any(stop: Stop, destinations: list[Destination]) -> bool:
    return any(one.token in stop.targets for one in destinations)


def _titles(destinations: list[Destination]) -> str:
    return ", ".join(one.title for one in destinations)


def _in_state(standing: Standing, states: frozenset[State]) -> Destination | None:
    known = standing.destinations
    return next((one for one in known if one.state in states), None)


def _act(standing: Standing) -> Act:
    name = standing.name
    if not standing.images:
        return Act(
            words=_("Add images"),
            step=Step.IMAGES,
            command=f"fair-imagic set add {name} --images all",
        )
    waiting = _in_state(standing, _TROUBLE | _UNDER_WAY)
    if waiting is not None:
        return Act(
            words=_("See what became of it"),
            step=Step.PUBLISH,
            target=waiting.token,
            command=f"fair-imagic status {name} --ask",
            for_all=True,
        )
    public = [one for one in standing.destinations if one.is_public]
    changed = next((one for one in public if one.changed), None)
    if changed is None and public:
        return _see(standing, public)
    if standing.stops is None:
        return Act(
            words=_("Check the set"),
            step=Step.CHECK,
            command=f"fair-imagic check {name}",
            for_all=True,
        )
    if not standing.is_fresh:
        return Act(
            words=_("Check again"),
            step=Step.CHECK,
            command=f"fair-imagic check {name}",
            for_all=True,
        )
    if changed is not None and not _stops_any_of(standing, changed):
        return Act(
            words=_("Publish changes"),
            step=Step.PUBLISH,
            target=changed.token,
            command=f"fair-imagic publish {name} --to {changed.token}",
        )
    return _act_before(standing)


def _stops_any_of(standing: Standing, destination: Destination) -> bool:
    return any(destination.token in stop.targets for stop in standing.stops or ())


def _see(standing: Standing, public: list[Destination]) -> Act:
    named = next((one for one in public if one.has_name), public[0])
    return Act(
        words=_("See the page"),
        step=Step.PUBLISH,
        target=named.token,
        address=named.page,
        command="fair-imagic serve",
        for_all=True,
        is_end=True,
    )


def _act_before(standing: Standing) -> Act:
    """Return what brings a set nearer to its publication."""
    ready, _stopped = _sides(standing)
    if ready and not standing.questions:
        return _look(standing, ready)
    fields = {stop.field for stop in standing.stops or ()}
    own = next((field for field in _OWN_FIELDS if field in fields), "")
    if own:
        return Act(
            words=_words_of_field(own),
            step=Step.DESCRIBE,
            field=own,
            command=f"fair-imagic ask {standing.name}",
        )
    if standing.questions:
        text = ngettext(
            "Answer {count} question", "Answer {count} questions", standing.questions
        )
        return Act(
            words=text.format(count=standing.questions),
            step=Step.DESCRIBE,
            field="questions",
            command=f"fair-imagic ask {standing.name}",
        )
    if ready:
        return _look(standing, ready)
    count = len(standing.stops or ())
    if not count:
        return Act(
            words=_("See the publications"),
            step=Step.PUBLISH,
            command=f"fair-imagic status {standing.name}",
            for_all=True,
            is_end=True,
        )
    text = ngettext("See {count} point to fix", "See {count} points to fix", count)
    return Act(
        words=text.format(count=count),
        step=Step.CHECK,
        command=f"fair-imagic check {standing.name}",
        for_all=True,
    )


def _look(standing: Standing, ready: list[Destination]) -> Act:
    on = [one for one in ready if not one.off] or ready
    first = next((one for one in on if one.has_name), on[0])
    return Act(
        words=_("See what would be sent"),
        step=Step.PUBLISH,
        looks=True,
        target=first.token,
        command=f"fair-imagic publish {standing.name} --to {first.token} --dry-run",
    )


def _words_of_field(field: str) -> str:
    words = {
        "creators": _("Name an author"),
        "title": _("Give it a full title"),
        "description": _("Write a description"),
        "keywords": _("Add keywords"),
        "license": _("Choose a licence"),
        "issued": _("Choose the publication date"),
        "publisher": _("Name the publisher"),
    }
    return words[field]


def _steps(standing: Standing) -> tuple[StepRow, ...]:
    count = standing.images
    return (
        StepRow(
            step=Step.IMAGES,
            label=_("Images"),
            kind="good" if count else "must",
            words=_counted(ngettext("{count} image", "{count} images", count), count),
            count=count,
        ),
        _describe(standing),
        _check(standing),
        _publish(standing),
    )


def _counted(text: str, count: int) -> str:
    return text.format(count=count_text(count))


def _describe(standing: Standing) -> StepRow:
    count = standing.questions
    if not count:
        kind, words = ("could", "") if count is None else ("good", _("nothing to ask"))
        return StepRow(step=Step.DESCRIBE, label=_("Describe"), kind=kind, words=words)
    text = ngettext("{count} question", "{count} questions", count)
    return StepRow(
        step=Step.DESCRIBE,
        label=_("Describe"),
        kind="should",
        words=_counted(text, count),
        count=count,
    )


def _check(standing: Standing) -> StepRow:
    kind, words, count = "good", _("nothing to fix"), None
    if standing.stops is None:
        kind, words = "could", _("not checked yet")
    elif standing.stops:
        count, kind = len(standing.stops), "must"
        words = _counted(ngettext("{count} to do", "{count} to do", count), count)
    elif standing.remarks:
        count = standing.remarks
        words = _counted(ngettext("{count} remark", "{count} remarks", count), count)
    return StepRow(
        step=Step.CHECK, label=_("Check"), kind=kind, words=words, count=count
    )


def _publish(standing: Standing) -> StepRow:
    kind, words = "none", _("not yet")
    public = [one for one in standing.destinations if one.is_public]
    if _in_state(standing, _TROUBLE) is not None:
        kind, words = "must", _("not taken")
    elif _in_state(standing, _UNDER_WAY) is not None:
        kind, words = "wait", _("on its way")
    elif any(one.changed for one in public):
        kind, words = "should", _("changed since")
    elif public:
        kind, words = "good", _("published")
    return StepRow(step=Step.PUBLISH, label=_("Publish"), kind=kind, words=words)
