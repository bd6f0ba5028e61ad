"""What is said where a class has no field of a name: the nearest ones first."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from fair_imagic.errors import NotFoundError
from fair_imagic.i18n import _, current_language, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fair_imagic.model.slots import ModelClass, Slot

__all__ = ["unknown_field"]

_NEAR = 0.6
_MOST_NEAR = 3
# A list of so many is read as a whole.
_SHORT = 8


def unknown_field(
    kind: ModelClass, slots: Sequence[Slot], name: str, *, images: Sequence[Slot] = ()
) -> NotFoundError:
    """Return the error for a name that no field of a class has.

    ``images`` are the fields of the images of a set: a path leads to them.
    """
    near = _nearest(slots, name)
    shown = near or slots[:_SHORT]
    others = len(slots) - len(shown)
    names = ", ".join(_told(slot) for slot in shown)
    if others:
        names = ngettext(
            "{names}, or {count} other", "{names}, or {count} others", others
        ).format(names=names, count=others)
    of_images = () if near else _nearest(images, name)
    hint = ""
    if of_images:
        told = ", ".join(f"image.{_told(one)}" for one in of_images)
        hint = _("Images have {names}").format(names=told)
    elif len(near) == 1:
        hint = _("Did you mean {names}?").format(names=near[0].name)
    label = kind.label.get(current_language()) or kind.label["en"]
    message = _("{class_name} has no field {name}")
    return NotFoundError(
        message.format(class_name=label, name=name[:80]), expected=names, hint=hint
    )


def _nearest(slots: Sequence[Slot], name: str) -> tuple[Slot, ...]:
    """Return the fields whose name, in any language, a text nearly is."""
    names: dict[str, Slot] = {}
    for slot in slots:
        for one in (slot.name, *slot.label.values()):
            names.setdefault(_plain(one), slot)
    near = difflib.get_close_matches(_plain(name), names, n=6, cutoff=_NEAR)
    found = {names[one].name: names[one] for one in near}
    return tuple(found.values())[:_MOST_NEAR]


def _plain(name: str) -> str:
    return "".join(one for one in name.casefold() if one.isalnum())


def _told(slot: Slot) -> str:
    label = slot.label.get(current_language()) or slot.label.get("en", "")
    return f"{slot.name} ({label})" if label else slot.name
