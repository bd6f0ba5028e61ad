"""What a part of a record is called that has no name of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fair_imagic.i18n import current_language
from fair_imagic.model.slots import class_for

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["part_name"]

# longer numbers are pieces of identifiers that other programs made
_NUMBER = re.compile(r"-(\d{1,4})\Z")


def part_name(part: str, class_iris: Iterable[str]) -> str | None:
    """Return the kind of a part and which of several it is (``Channel 2``), or None.

    People count from one; the identifiers of parts count from zero.
    """
    model_class = next(filter(None, map(class_for, class_iris)), None)
    fragment = part.partition("#")[2]
    if model_class is None or not fragment:
        return None
    kind = model_class.label.get(current_language()) or model_class.name
    number = _NUMBER.search(fragment)
    return f"{kind} {int(number[1]) + 1}" if number else kind
