"""The kinds of document that can be checked, and the choice of one by its content."""

from __future__ import annotations

import functools
import sys
from typing import TYPE_CHECKING

from fair_imagic.documents.kind import Kind
from fair_imagic.errors import ConfigurationError
from fair_imagic.i18n import _
from fair_imagic.resources import registered

if TYPE_CHECKING:
    from fair_imagic.documents.content import Content

__all__ = ["GROUP", "kind_of", "kinds"]

GROUP = "fair_imagic.documents"


def kinds() -> tuple[Kind, ...]:
    """Return every registered kind, in the order in which a content is asked about.

    Raises :class:`~fair_imagic.errors.ConfigurationError` where two packages register
    the same name, or what is registered is no kind of document.
    """
    return _loaded(tuple(sys.path))


@functools.lru_cache(maxsize=16)
def _loaded(_path: tuple[str, ...]) -> tuple[Kind, ...]:
    entries = registered(GROUP)
    loaded = [_checked(name, entry.load()) for name, entry in entries.items()]
    return tuple(sorted(loaded, key=lambda kind: (kind.order, kind.token)))


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
