"""Paths that people use to name a value: ``title``, ``image.sample.organism``.

A path is a row of steps separated by dots. From a publication set, ``image`` leads to
each of its images; every other step but the last is a link of the model
(``sample``, ``objective``, ``channels[0]``; ``channels[*]`` is each of them), and the
last is the field.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.errors import InputError
from fair_imagic.i18n import _
from fair_imagic.model import PublicationSet, class_named, slot_named
from fair_imagic.rdf import iri, record_of, text_of
from fair_imagic.workflow.images.image_names import told_of
from fair_imagic.workflow.images.members import images_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fair_imagic.model import Slot
    from fair_imagic.workflow.base.edits import Edits
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["Place", "places_of", "slot_at"]

_STEP = re.compile(r"(?P<name>[A-Za-z_:/#.]+?)(?:\[(?P<index>[0-9]+|\*)\])?\Z")
_ALL = "*"


@dataclass(frozen=True)
class Place:
    """A field of one subject: where a value goes."""

    subject: str
    slot: Slot


def places_of(
    workspace: Workspace,
    edits: Edits,
    root: str,
    *,
    path: str,
    images: Sequence[str] | None = None,
) -> list[Place]:
    """Return every place that a path means from a root record.

    ``images`` are the ones that the step ``image`` leads to, by default all of the
    root's. A part that is missing (``objective``) is described on the way.
    Raises :class:`~fair_imagic.errors.InputError` where a link leads nowhere.
    """
    *links, field = path.split(".")
    subjects = [root]
    if links and links[0] in ("image", "images"):
        del links[0]
        chosen = images_of(workspace, root) if images is None else images
        subjects = list(chosen)
    for step in links:
        found = (_follow(workspace, edits, subject, step) for subject in subjects)
        subjects = list(dict.fromkeys(one for several in found for one in several))
    return [Place(s, slot_named(_class(edits, s), field)) for s in subjects]


def slot_at(path: str) -> Slot:
    """Return the field that a path means from a publication set, whatever is there.

    Raises :class:`~fair_imagic.errors.InputError` for what is no path, and
    NotFoundError with the fields that exist.
    """
    *links, field = path.split(".")
    class_name = PublicationSet.__name__
    for step in links:
        match = _STEP.match(step)
        if match is None:
            raise InputError(_("This is not a step of a path"), found=step)
        name = "images" if match["name"] == "image" else match["name"]
        class_name = slot_named(class_name, name).range
    return slot_named(class_name, field)


def _class(edits: Edits, subject: str) -> str:
    name = edits.type_of(subject)
    if name is None:
        raise InputError(_("This record is not known"), where=subject)
    return name


def _follow(workspace: Workspace, edits: Edits, subject: str, step: str) -> list[str]:
    """Return what a step leads to: one thing, or each that there is."""
    match = _STEP.match(step)
    if match is None:
        raise InputError(_("This is not a step of a path"), found=step)
    slot = slot_named(_class(edits, subject), match["name"])
    effective = workspace.catalogue.effective(record_of(subject))
    wanted = (iri(subject), iri(slot.iri))
    linked = sorted(text_of(o) for s, p, o in effective if (s, p) == wanted)
    if match["index"] == _ALL and linked:
        return linked
    index = 0 if match["index"] in (None, _ALL) else int(match["index"])
    if index < len(linked):
        return [linked[index]]
    if slot.part and match["index"] is None:
        return [_new_part(edits, subject, slot)]
    raise InputError(
        _("{record} has no {step} yet").format(
            record=told_of(workspace, record_of(subject)), step=step
        ),
        hint=_("Set {name} first.").format(name=slot.name),
    )


def _new_part(edits: Edits, subject: str, slot: Slot) -> str:
    # Two channels have a light path each: the name of a part of a part has both.
    joint = "#" if subject == record_of(subject) else "-"
    part = f"{subject}{joint}{slot.name}"
    if not edits.creates(part):
        edits.describe_as(part, class_named(slot.range).iri)
        edits.put(subject, [(slot.iri, iri(part))])
    return part
