"""What is next for a publication set: decided here, for pages and commands alike.

Nothing is read here: a :class:`Standing` says how things are, :func:`path_of` what
that means.
"""

from __future__ import annotations

from fair_imagic.i18n import _, count_text, ngettext
from fair_imagic.views.next_act import act_of
from fair_imagic.views.way import (
    TROUBLE,
    UNDER_WAY,
    Act,
    Destination,
    Path,
    Standing,
    Step,
    StepRow,
    Stop,
    in_state,
    sides,
)

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


def path_of(standing: Standing) -> Path:
    """Return the way of a set from how things are with it."""
    kind, sentence = _state(standing)
    return Path(
        kind=kind, sentence=sentence, steps=_steps(standing), act=act_of(standing)
    )


def _state(standing: Standing) -> tuple[str, str]:
    if not standing.images:
        return "must", _("There is no image in this set yet.")
    trouble = in_state(standing, TROUBLE)
    if trouble is not None:
        return "must", _("{archive} did not take it: somebody has to look.").format(
            archive=trouble.title
        )
    under_way = in_state(standing, UNDER_WAY)
    if under_way is not None:
        text = _("On its way to {archive}; the answer is not there yet.")
        return "wait", text.format(archive=under_way.title)
    public = [one for one in standing.destinations if one.is_public]
    if any(one.changed for one in public):
        return "should", _("Published; the set has changed since.")
    if public:
        return "good", _("Published: {archives}.").format(archives=_titles(public))
    kind, sentence = _state_before(standing)
    if standing.is_fresh or standing.stops is None:
        return kind, sentence
    # What was good before a change may not be any more. Only this state rests on the
    # check: what an archive has, it has.
    text = _("At the last check: {state} Something has changed since.")
    return "wait", text.format(state=sentence)


def _state_before(standing: Standing) -> tuple[str, str]:
    """Return the state of what is published nowhere yet."""
    if standing.stops is None:
        return "could", _("Nobody has checked this set yet.")
    ready, stopped = sides(standing)
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


def _stops_any(stop: Stop, destinations: list[Destination]) -> bool:
    return any(one.token in stop.targets for one in destinations)


def _titles(destinations: list[Destination]) -> str:
    return ", ".join(one.title for one in destinations)


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
    if in_state(standing, TROUBLE) is not None:
        kind, words = "must", _("not taken")
    elif in_state(standing, UNDER_WAY) is not None:
        kind, words = "wait", _("on its way")
    elif any(one.changed for one in public):
        kind, words = "should", _("changed since")
    elif public:
        kind, words = "good", _("published")
    return StepRow(step=Step.PUBLISH, label=_("Publish"), kind=kind, words=words)
