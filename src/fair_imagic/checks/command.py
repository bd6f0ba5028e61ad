"""The next command: what a person types to mend a cause, or to see more of a report."""

from __future__ import annotations

import shlex
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
from fair_imagic.checks.finding import Confidence
from fair_imagic.entry.sign import unit_sign
from fair_imagic.model import Collection, slots_of

if TYPE_CHECKING:
    from fair_imagic.checks.cause import Cause
    from fair_imagic.checks.report import Report
    from fair_imagic.model import Slot

__all__ = [
    "PROGRAM",
    "command_for",
    "import_command",
    "path_of",
    "set_command",
    "subject_name",
    "table_command",
]

#: From a set to what a value may be about: the steps of a path for `repair --set`.
_STEPS = {
    "PublicationSet": "",
    "Image": "image.",
    "Sample": "image.sample.",
    "Channel": "image.channels[*].",
}
_SETS = ("set", "collection")
_SET = "PublicationSet"
_TABLE_NAME = "points.xlsx"
PROGRAM = "fair-imagic"


def subject_name(report: Report) -> str:
    """Return the name by which commands know what was checked."""
    return report.place or report.subject.rstrip("/").rpartition("/")[2]


def command_for(report: Report, cause: Cause, *, program: str = PROGRAM) -> str:
    """Return the command that mends a cause; empty where only its correction says how.

    Words in capitals stand for what only a person knows. What lies in no catalogue is
    corrected where it comes from. ``program`` may name the data folder too.
    """
    words = _words(report, cause) if _kind(report) in _SETS else ()
    return f"{program} {shlex.join(words)}" if words else ""


def table_command(report: Report, *, program: str = PROGRAM) -> str:
    """Return the command that writes all points as a table to fill in."""
    if _kind(report) not in _SETS:
        return ""
    return f"{program} {shlex.join(_table(report))}"


def set_command(report: Report, *, program: str = PROGRAM) -> str:
    """Return the command that makes a publication set of a collection."""
    return f"{program} {shlex.join(_new_set(report))}" if _is_only(report) else ""


def import_command(report: Report, *, program: str = PROGRAM) -> str:
    """Return the command that takes a folder of images in; empty for a document."""
    kinds = {one.kind for one in report.findings}
    if not report.place or "Image" not in kinds:
        return ""
    name = report.subject.rstrip("/").rpartition("/")[2]
    words = ("import", report.place, "--collection", name)
    return f"{program} {shlex.join(words)}"


def _words(report: Report, cause: Cause) -> tuple[str, ...]:
    name = subject_name(report)
    if _is_only(report) and not _can_be_said(cause):
        return _new_set(report)
    if cause.act in (CLEAN, CLEAN_NUMBERS):
        more = ("--serial-numbers",) if cause.act == CLEAN_NUMBERS else ()
        return ("clean", name, *more)
    if cause.act == FOLLOW or cause.slot is None:
        return ()
    if _is_proposed(cause):
        only = (word for code in cause.codes for word in ("--only", code))
        return ("repair", name, *only)
    path = path_of(cause)
    if path and _one_value_serves(cause):
        more = ("--only-missing",) if cause.kind != _SET else ()
        return ("repair", name, "--set", f"{path}={_placeholder(cause.slot)}", *more)
    return _table(report)


def _table(report: Report) -> tuple[str, ...]:
    return ("check", subject_name(report), "--output", _TABLE_NAME)


def _new_set(report: Report) -> tuple[str, ...]:
    name = subject_name(report)
    return ("set", "create", name, "--images", f"collection={name}")


def _is_only(report: Report) -> bool:
    """Return whether a collection was checked, as if it were a publication set."""
    return _kind(report) == "collection"


def _can_be_said(cause: Cause) -> bool:
    """Return whether a collection can have it: authors, not a licence."""
    if cause.act in (CLEAN, CLEAN_NUMBERS):
        return False
    fields = {slot.iri for slot in slots_of(Collection.__name__)}
    return cause.kind != _SET or cause.first.path in fields


def path_of(cause: Cause) -> str:
    """Return the path of the field from a set (``image.sample``); empty for none."""
    steps = _STEPS.get(cause.kind)
    slot = cause.slot
    if steps is None or slot is None or slot.part:
        return ""
    return steps + slot.name


def _kind(report: Report) -> str:
    """Return the kind of record that was checked; empty outside a catalogue."""
    if report.place:
        return ""
    return report.subject.rstrip("/").rpartition("/")[0].rpartition("/")[2]


def _one_value_serves(cause: Cause) -> bool:
    """Return whether the same value can be given to all things, and to them alone."""
    if cause.act in (GIVE, LINK):
        return True
    return cause.act in (CORRECT, CHOOSE) and cause.kind == _SET


def _is_proposed(cause: Cause) -> bool:
    proposals = [one.proposal for one in cause.joint.findings]
    return all(
        one is not None and one.confidence is not Confidence.UNSURE for one in proposals
    )


def _placeholder(slot: Slot) -> str:
    datatype = (slot.datatype or "").rpartition("#")[2]
    if slot.record_link:
        return "LICENCE" if slot.range == "Licence" else "NAME"
    if datatype.startswith("date"):
        return "DATE"
    if slot.unit:
        return f"NUMBER {unit_sign(slot.unit)}"
    return "TEXT" if datatype == "string" and not slot.values else "VALUE"
