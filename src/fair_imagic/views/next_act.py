"""The next act for a publication set: one button, or one command."""

from __future__ import annotations

from fair_imagic.i18n import _, ngettext
from fair_imagic.views.way import (
    TROUBLE,
    UNDER_WAY,
    Act,
    Destination,
    Standing,
    Step,
    in_state,
    sides,
)

__all__ = ["act_of"]

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


def act_of(standing: Standing) -> Act:
    """Return what to do next for a set that is like this."""
    name = standing.name
    if not standing.images:
        return Act(
            words=_("Add images"),
            step=Step.IMAGES,
            command=f"fair-imagic set add {name} --images all",
        )
    waiting = in_state(standing, TROUBLE | UNDER_WAY)
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
        return _look_again(standing, _("Check the set"))
    if not standing.is_fresh:
        return _look_again(standing, _("Check again"))
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
    ready, _stopped = sides(standing)
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
    if count:
        text = ngettext("See {count} point to fix", "See {count} points to fix", count)
        return _look_again(standing, text.format(count=count))
    return Act(
        words=_("See the publications"),
        step=Step.PUBLISH,
        command=f"fair-imagic status {standing.name}",
        for_all=True,
        is_end=True,
    )


def _look_again(standing: Standing, words: str) -> Act:
    return Act(
        words=words,
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
