"""What a practice archive brings: a service, the settings that lead to it, its end."""

from __future__ import annotations

import importlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from fair_imagic.errors import ConfigurationError
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from fair_imagic.sandbox.exchange import Service

__all__ = ["Archive", "Place", "Practice", "practice_of"]


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a practice archive lives, and what is wanted of it.

    Parameters
    ----------
    folder
        The sandbox's folder; an archive keeps its files below it, under its own name.
    wanted
        The settings in force of the target that it stands in for, by their names.
    secret
        Gives a random text by its name, the same one after every restart.
    """

    folder: Path
    wanted: Mapping[str, str]
    secret: Callable[[str], str] = field(repr=False)

    def text(self, name: str, default: str) -> str:
        """Return what is wanted under a name, else the default."""
        return self.wanted.get(name) or default


def _nothing() -> None:
    """Close nothing."""


@dataclass(frozen=True, kw_only=True)
class Archive:
    """A practice archive that is open.

    ``settings`` returns what leads a target to it, given the address of its mount;
    ``service`` is None where it needs no requests (a folder, say).
    """

    settings: Callable[[str], dict[str, str]] = field(repr=False)
    service: Service | None = None
    close: Callable[[], None] = field(default=_nothing, repr=False)


class Practice(Protocol):
    """One kind of practice archive; ``mount`` is the first part of its path."""

    @property
    def mount(self) -> str:
        """Return the first part of its path, which also names its files."""
        ...

    def open(self, place: Place) -> Archive:
        """Return it ready to answer."""
        ...


def practice_of(where: str) -> Practice:
    """Return what an import text (``package.module:attribute``) names.

    Raises ConfigurationError where there is no such thing.
    """
    module, _colon, name = where.partition(":")
    try:
        found: Practice = getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError, ValueError) as error:
        raise ConfigurationError(
            _("The practice archive cannot be loaded"),
            where=where,
            expected="package.module:attribute",
            found=str(error),
        ) from error
    return found
