"""Correction of a cause: one value for all that it concerns, as one change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.errors import InputError, NotFoundError
from fair_imagic.i18n import _
from fair_imagic.model import Image, class_named, slot_for, slot_named
from fair_imagic.rdf import text_of
from fair_imagic.workflow.base.authors import person_source
from fair_imagic.workflow.base.door import Door
from fair_imagic.workflow.base.edits import Edits
from fair_imagic.workflow.checking.verdict import verdict_on
from fair_imagic.workflow.correcting.shared_samples import tell_shared
from fair_imagic.workflow.images.correction import Correction, keep
from fair_imagic.workflow.images.members import images_of
from fair_imagic.workflow.microscopes import instruments
from fair_imagic.workflow.microscopes.control_in_force import follow
from fair_imagic.workflow.people.newcomers import Newcomers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fair_imagic.checks import Finding
    from fair_imagic.model import Slot
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["correct_cause", "take_back"]


def correct_cause(
    workspace: Workspace,
    name: str,
    key: str,
    *,
    text: str,
    author: str,
    only: Sequence[str] | None = None,
    requirements: str = "",
) -> Correction:
    """Give one value to everything that a cause of a set's points concerns.

    ``only`` narrows to some of the things concerned, ``requirements`` to what one
    target asks. Raises :class:`~fair_imagic.errors.InputError` for a value that cannot
    be used, and NotFoundError where the cause is not there (any more).
    """
    report = verdict_on(workspace, workspace.record("set", name)).report
    asked = report.narrowed(requirements) if requirements else report
    cause = asked.cause_of(key)
    concerned = cause.joint.findings if cause is not None else ()
    findings = [one for one in concerned if only is None or one.focus in only]
    if not findings:
        raise NotFoundError(
            _("This point is not there any more"),
            found=key[:80],
            hint=_("Check the set again: somebody may have corrected it."),
        )
    edits = Edits(workspace.catalogue, person_source(workspace, author))
    door = Door(workspace, Newcomers(workspace))
    for finding in findings:
        slot = _slot(edits, finding)
        reading = door.read(text, slot, subject=finding.focus)
        edits.take(finding.focus, slot, reading)
    tell_shared(workspace, edits, images_of(workspace, workspace.record("set", name)))
    done = keep(workspace, edits, author=author, reason=f"repair {key}")
    if slot == slot_named(Image.__name__, "instrument") and reading.terms:
        # What its record knows is filled in: objective, detectors, control in force.
        things = [finding.focus for finding in findings]
        instruments.attach(workspace, things, text_of(reading.terms[0][1]))
    return done


def take_back(
    workspace: Workspace, name: str, number: int, *, author: str
) -> Correction:
    """Take one change of a set back by its inverse.

    Raises :class:`~fair_imagic.errors.ConflictError` where a later change built on it.
    """
    images = images_of(workspace, workspace.record("set", name))
    undone = workspace.catalogue.undo(number, author=author)
    follow(workspace, images, author=author)
    return Correction(number=undone, records=0, values=0)


def _slot(edits: Edits, finding: Finding) -> Slot:
    name = edits.type_of(finding.focus)
    class_iri = class_named(name).iri if name else ""
    slot = slot_for(class_iri, finding.path)
    if slot is None or slot.part:
        raise InputError(
            _("This point cannot be corrected by one value"),
            found=finding.code,
            hint=_("Follow the correction that the point describes."),
        )
    return slot
