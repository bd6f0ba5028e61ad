"""The kinds of document that can be checked, and the choice of one by its content."""

from __future__ import annotations

import functools
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from fair_imagic.documents.kind import Kind
from fair_imagic.errors import ConfigurationError
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from fair_imagic.documents.content import Content

__all__ = ["GROUP", "kind_of", "kinds"]

GROUP = "fair_imagic.documents"


@functools.cache
def kinds() -> tuple[Kind, ...]:
    """Return every registered kind, in the order in which a content is asked about.

    Raises :class:`~fair_imagic.errors.ConfigurationError` for an entry that is none.
    """
    # One name may come twice, from two copies of a package on the path.
    points = {point.name: point for point in entry_points(group=GROUP)}
    known = [_checked(name, point.load()) for name, point in points.items()]
    return tuple(sorted(known, key=lambda kind: (kind.order, kind.token)))


def _checked(name: str, candidate: object) -> Kind:
    if not isinstance(candidate, Kind) or candidate.token != name:
        raise ConfigurationError(
            _("The kind of document {name} is not registered as it should be").format(
                name=name
            ),
            expected=f"Kind({name!r}, ...)",
            found=repr(candidate)[:100],
        )
    return candidate


def kind_of(content: Content) -> Kind | None:
    """Return the kind of a document, or None; its content decides."""
    return next((kind for kind in kinds() if kind.recognise(content)), None)
