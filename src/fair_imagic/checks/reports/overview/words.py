"""The words that the forms of an overview share, in the language in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.checks.reports.words import (
    STATE_SIGNS,
    correction_line,
    first_names,
    points,
)
from fair_imagic.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.checks.overview import Overview, Priority, Subject

__all__ = [
    "SIGNS",
    "images_text",
    "kind_word",
    "kinds_word",
    "name_of",
    "priority_lines",
    "remarks",
    "state_text",
    "summary",
    "title",
]

SIGNS = {**STATE_SIGNS, "error": "?"}
SHOWN_NAMES = 4


def title() -> str:
    """Return what the document is called."""
    return _("Check of the whole catalogue")


def kind_word(kind: str) -> str:
    """Return what kind of thing a subject is."""
    words = {
        "set": _("publication set"),
        "collection": _("collection"),
        "image": _("images"),
        "instrument": _("microscope"),
    }
    return words[kind]


def kinds_word(kind: str) -> str:
    """Return the heading over subjects of a kind."""
    words = {
        "set": _("Publication sets"),
        "collection": _("Collections"),
        "image": _("Images in no collection"),
        "instrument": _("Microscopes"),
    }
    return words[kind]


def name_of(subject: Subject) -> str:
    """Return the name that commands take; images in no collection have none."""
    return _("in no collection") if subject.kind == "image" else subject.name


def images_text(subject: Subject) -> str:
    """Return how many images were looked at; of a collection, out of how many."""
    if subject.images is None:
        return ""
    if subject.images_in_all in (None, subject.images):
        return str(subject.images)
    return _("{count} of {total}").format(
        count=subject.images, total=subject.images_in_all
    )


def state_text(state: str) -> str:
    """Return the result of a check in a sign and in words."""
    words = {
        "error": _("cannot be checked"),
        "blocked": _("cannot be published yet"),
        "gaps": _("points to fix"),
        "ready": _("conforms"),
    }
    return f"{SIGNS[state]} {words[state]}"


def summary(overview: Overview) -> str:
    """Return how many subjects are in which state."""
    count = len(overview.lines)
    told = [ngettext("{count} checked", "{count} checked", count).format(count=count)]
    told += [
        _state_count(state, overview.states[state])
        for state in ("error", "blocked", "gaps", "ready")
        if overview.states[state]
    ]
    return " · ".join(told)


def _state_count(state: str, count: int) -> str:
    words = {
        "error": ngettext(
            "{count} cannot be checked", "{count} cannot be checked", count
        ),
        "blocked": ngettext(
            "{count} cannot be published yet", "{count} cannot be published yet", count
        ),
        "gaps": ngettext(
            "{count} has points to fix", "{count} have points to fix", count
        ),
        "ready": ngettext("{count} conforms", "{count} conform", count),
    }
    return words[state].format(count=count)


def priority_lines(overview: Overview, priority: Priority) -> tuple[str, str]:
    """Return a correction, and how many wait for it."""
    gains = [
        _("in {count} of {total}").format(
            count=len(priority.lines), total=len(overview.lines)
        )
    ]
    if priority.stop_count:
        text = ngettext(
            "{count} cannot be published without it",
            "{count} cannot be published without it",
            priority.stop_count,
        )
        gains.append(text.format(count=priority.stop_count))
    gains.append(points(priority.points))
    what = correction_line(priority.field, priority.repair)
    return what, " · ".join(gains)


def remarks(overview: Overview) -> Iterator[str]:
    """Yield what was not looked at and why, then what could not be checked."""
    covered = overview.set_collections
    if covered:
        names = first_names([one.name for one in covered], SHOWN_NAMES)
        text = ngettext(
            "{count} collection is not listed, as all its images are in publication "
            "sets: {names}",
            "{count} collections are not listed, as all their images are in "
            "publication sets: {names}",
            len(covered),
        )
        yield text.format(count=len(covered), names=names)
    for kind in overview.silent_kinds:
        text = _("Not checked, as none of the requirements is about them: {kind}")
        yield text.format(kind=kinds_word(kind))
    for line in overview.lines:
        if line.error:
            text = _("{name} cannot be checked: {reason}")
            yield text.format(name=name_of(line.subject), reason=line.error)
