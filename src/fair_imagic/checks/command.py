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

if TYPE_CHECKING:
    from fair_imagic.checks.cause import Cause
    from fair_imagic.checks.report import Report
    from fair_imagic.model import Slot

__all__ = ["command_for", "path_of", "subject_name", "table_command"]

#: From a set to what a value may be about: the steps of a path for `repair --set`.
_STEPS = {
    "PublicationSet": "",
    "Image": "image.",
    "Sample": "image.sample.",
    "Channel": "image.channels[*].",
}
_SETS = ("set", "collection")
_TABLE = "points.xlsx"


def subject_name(report: Report) -> str:
    """Return the name by which commands know what was checked."""
    return report.place or report.subject.rstrip("/").rpartition("/")[2]


def command_for(report: Report, cause: Cause) -> str:
    """Return the command that mends a cause; empty where only its correction says how.

    Words in capitals stand for what only a person knows. What lies in no catalogue is
    corrected where it comes from.
    """
    if not _is_set(report):
        return ""
    name = subject_name(report)
    if cause.act in (CLEAN, CLEAN_NUMBERS):
        more = ["--serial-numbers"] if cause.act == CLEAN_NUMBERS else []
        return shlex.join(["fair-imagic", "clean", name, *more])
    if cause.act == FOLLOW or cause.slot is None:
        return ""
    if _is_proposed(cause):
        only = [word for code in cause.codes for word in ("--only", code)]
        return shlex.join(["fair-imagic", "repair", name, *only])
    path = path_of(cause)
    if path and _one_value_serves(cause):
        words = ["fair-imagic", "repair", name, "--set"]
        words.append(f"{path}={_placeholder(cause.slot)}")
        words += ["--only-missing"] if cause.kind != "PublicationSet" else []
        return shlex.join(words)
    return table_command(report)


def table_command(report: Report) -> str:
    """Return the command that writes all points as a table to fill in."""
    if not _is_set(report):
        return ""
    words = ["fair-imagic", "check", subject_name(report), "--output", _TABLE]
    return shlex.join(words)


def path_of(cause: Cause) -> str:
    """Return the path of the field from a set (``image.sample``); empty for none."""
    steps = _STEPS.get(cause.kind)
    slot = cause.slot
    if steps is None or slot is None or slot.part:
        return ""
    return steps + slot.name


def _is_set(report: Report) -> bool:
    kind = report.subject.rstrip("/").rpartition("/")[0].rpartition("/")[2]
    return not report.place and kind in _SETS


def _one_value_serves(cause: Cause) -> bool:
    """Return whether the same value can be given to all things, and to them alone."""
    if cause.act in (GIVE, LINK):
        return True
    return cause.act in (CORRECT, CHOOSE) and cause.kind == "PublicationSet"


def _is_proposed(cause: Cause) -> bool:
    proposals = [one.proposal for one in cause.joint.findings]
    return all(
        one is not None and one.confidence is not Confidence.UNSURE for one in proposals
    )


def _placeholder(slot: Slot) -> str:
    datatype = (slot.datatype or "").rpartition("#")[2]
    if slot.record_link:
        return "NAME"
    if datatype.startswith("date"):
        return "DATE"
    if slot.unit:
        return f"NUMBER {unit_sign(slot.unit)}"
    return "TEXT" if datatype == "string" and not slot.values else "VALUE"
