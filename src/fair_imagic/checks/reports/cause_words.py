"""The words for causes, in the language in use: what to do, for whom, what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.checks.cause import (
    CHOOSE,
    CLEAN,
    CLEAN_NUMBERS,
    CORRECT,
    FOLLOW,
    GIVE,
    LINK,
)
from fair_imagic.checks.finding import Severity
from fair_imagic.checks.reports.words import (
    STATE_SIGNS,
    first_names,
    in_language,
    points,
    severity_sign,
)
from fair_imagic.i18n import _, ngettext
from fair_imagic.model import class_named, class_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fair_imagic.checks.announced import Announced
    from fair_imagic.checks.cause import Cause
    from fair_imagic.checks.first_steps import Step
    from fair_imagic.checks.report import Report

__all__ = [
    "act_text",
    "announced_line",
    "concerned",
    "gain_text",
    "sign_of",
    "state_sentence",
    "things_text",
    "todo_heading",
]

_NAMED = 3
_FIELDS = 4


def act_text(cause: Cause) -> str:
    """Return what to do about a cause: ``Name the sample of 18 images``."""
    count = len(cause.things)
    own = _own_text(cause, count) if cause.act in (GIVE, LINK) else ""
    if own:
        return own
    if cause.act in (CLEAN, CLEAN_NUMBERS):
        return _cleaning(cause.act, count)
    label = in_language(cause.first.path_label)
    repair = in_language(cause.first.repair)
    if cause.act == FOLLOW or not label:
        return repair or label or cause.first.code
    texts = {
        CORRECT: _("Correct “{field}” for {things}"),
        CHOOSE: _("Choose one of the values of “{field}” for {things}"),
    }
    text = texts.get(cause.act, _("Fill in “{field}” for {things}"))
    if cause.kind == "PublicationSet" and cause.act != CHOOSE:
        return _("{field}: {repair}").format(field=label, repair=repair)
    return text.format(field=label, things=things_text(cause.kind, count))


def _cleaning(act: str, count: int) -> str:
    if act == CLEAN_NUMBERS:
        text = ngettext(
            "Publish a cleaned copy of {count} file with a serial number",
            "Publish cleaned copies of {count} files with serial numbers",
            count,
        )
    else:
        text = ngettext(
            "Publish a cleaned copy of {count} file with personal data",
            "Publish cleaned copies of {count} files with personal data",
            count,
        )
    return text.format(count=count)


def _own_text(cause: Cause, count: int) -> str:
    """Return the sentence for the fields that are missing most often."""
    key = f"{cause.kind}.{cause.field}"
    texts = {**_of_sets(), **_of_images(count), **_of_channels(count)}
    return texts.get(key, "").format(count=count)


def _of_sets() -> dict[str, str]:
    return {
        "PublicationSet.creators": _("Name an author"),
        "PublicationSet.title": _("Give the study a title"),
        "PublicationSet.description": _("Describe the study in a few sentences"),
        "PublicationSet.keywords": _("Add keywords"),
        "PublicationSet.license": _("Choose a licence"),
        "PublicationSet.issued": _("Give the date of publication"),
        "PublicationSet.publisher": _("Name the publisher"),
        "PublicationSet.images": _("Add images"),
        "PublicationSet.fulfils": _("Name the data management plan"),
    }


def _of_images(count: int) -> dict[str, str]:
    return {
        "Image.sample": ngettext(
            "Name the sample of {count} image",
            "Name the sample of {count} images",
            count,
        ),
        "Image.instrument": ngettext(
            "Link {count} image to its microscope",
            "Link {count} images to their microscope",
            count,
        ),
        "Image.imaging_method_label": ngettext(
            "Name the imaging method of {count} image",
            "Name the imaging method of {count} images",
            count,
        ),
        "Image.imaging_method": ngettext(
            "Choose the FBbi term of the imaging method of {count} image",
            "Choose the FBbi term of the imaging method of {count} images",
            count,
        ),
        "Image.acquired_at": ngettext(
            "Say when {count} image was acquired",
            "Say when {count} images were acquired",
            count,
        ),
        "Image.objective": ngettext(
            "Choose the objective of {count} image",
            "Choose the objective of {count} images",
            count,
        ),
    }


def _of_channels(count: int) -> dict[str, str]:
    return {
        "Channel.contrast_method": ngettext(
            "Say with which fluorophore {count} channel was stained, or its contrast "
            "method",
            "Say with which fluorophore {count} channels were stained, or their "
            "contrast method",
            count,
        ),
        "Channel.exposure_time": ngettext(
            "Give the exposure time of {count} channel",
            "Give the exposure time of {count} channels",
            count,
        ),
        "Channel.name": ngettext(
            "Name {count} channel", "Name {count} channels", count
        ),
        "Channel.illumination_type": ngettext(
            "Say how the sample was lit in {count} channel",
            "Say how the sample was lit in {count} channels",
            count,
        ),
    }


def things_text(kind: str, count: int) -> str:
    """Return how many things of a class: ``18 images``."""
    texts = {
        "Image": ngettext("{count} image", "{count} images", count),
        "Channel": ngettext("{count} channel", "{count} channels", count),
        "Sample": ngettext("{count} sample", "{count} samples", count),
        "Person": ngettext("{count} person", "{count} people", count),
        "Organisation": ngettext(
            "{count} organisation", "{count} organisations", count
        ),
        "Objective": ngettext("{count} objective", "{count} objectives", count),
        "Fileset": ngettext("{count} file", "{count} files", count),
        "File": ngettext("{count} file", "{count} files", count),
        "PublicationSet": ngettext("{count} set", "{count} sets", count),
        "Instrument": ngettext("{count} microscope", "{count} microscopes", count),
    }
    other = ngettext("{count} place", "{count} places", count)
    return texts.get(kind, other).format(count=count)


def concerned(cause: Cause, most: int = _NAMED) -> str:
    """Return the first names of those whom a cause concerns, and how many more."""
    return first_names(list(cause.things.values()), most)


def sign_of(step: Step) -> str:
    """Return the sign of a cause's weight; one that stops a target has its own."""
    if step.stops:
        return STATE_SIGNS["blocked"]
    return severity_sign(step.cause.severity)


def gain_text(report: Report, step: Step) -> str:
    """Return what a cause is good for: the targets that it opens, else its points."""
    count = step.points
    text = ngettext("{count} point", "{count} points", count)
    gained = [text.format(count=count)]
    total = len(report.profiles)
    for profiles, text in (
        (step.frees, _("opens the way to {names}")),
        (() if step.frees else step.stops, _("stops {names}")),
    ):
        if profiles:
            names = [in_language(one.title) for one in profiles]
            told = (
                _("all targets") if len(names) == total > 1 else first_names(names, 3)
            )
            gained.insert(0, text.format(names=told))
    return " · ".join(gained)


def announced_line(found: Sequence[Announced]) -> str:
    """Return what will be asked once a cause is answered; empty where nothing is."""
    if not found:
        return ""
    kind = found[0].kind
    kinds = {one.kind for one in found}
    fields = list(dict.fromkeys(in_language(one.label) or one.code for one in found))
    count = len(fields)
    text = ngettext(
        "then {count} more question per {thing} ({fields})",
        "then {count} more questions per {thing} ({fields})",
        count,
    )
    if len(kinds) > 1 or kind not in class_names():
        text = ngettext(
            "then {count} more question ({fields})",
            "then {count} more questions ({fields})",
            count,
        )
    thing = in_language(class_named(kind).label) if kind in class_names() else ""
    return text.format(
        count=count, thing=thing.lower(), fields=first_names(fields, _FIELDS)
    )


def state_sentence(report: Report) -> str:
    """Return the state in a sentence: for what it is not ready, and what is to do."""
    blocked = [line.profile for line in report.readiness if line.blocked]
    must = [one for one in report.steps if one.cause.severity is Severity.MUST]
    if not report.findings:
        return _("Everything that was asked for is there.")
    if not must:
        count = len(report.steps)
        text = ngettext(
            "Ready: {count} thing could be better.",
            "Ready: {count} things could be better.",
            count,
        )
        return text.format(count=count)
    if not blocked:
        text = ngettext(
            "Publication is possible, with gaps: {count} thing to do.",
            "Publication is possible, with gaps: {count} things to do.",
            len(must),
        )
        return text.format(count=len(must))
    stopping = sum(bool(one.stops) for one in must)
    text = ngettext(
        "Not ready for {names}: {count} thing to do.",
        "Not ready for {names}: {count} things to do.",
        stopping,
    )
    names = first_names([in_language(one.title) for one in blocked], 3)
    return text.format(names=names, count=stopping)


def todo_heading(report: Report) -> str:
    """Return what stands above all causes: as many as the state says, then the rest."""
    count = len(report.steps)
    stopping = sum(bool(step.stops) for step in report.steps)
    told = points(len(report.findings))
    if stopping in (0, count):
        text = ngettext(
            "What to do: one thing ({points})",
            "What to do, the most useful first: {count} things ({points})",
            count,
        )
        return text.format(count=count, points=told)
    text = ngettext(
        "What to do, the most useful first: {count} thing to publish, {rest} more "
        "({points})",
        "What to do, the most useful first: {count} things to publish, {rest} more "
        "({points})",
        stopping,
    )
    return text.format(count=stopping, rest=count - stopping, points=told)
