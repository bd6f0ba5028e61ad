"""The registered processors."""

from __future__ import annotations

import functools

from fair_imagic.errors import ConfigurationError, NotFoundError
from fair_imagic.i18n import _
from fair_imagic.processing.base import Processor
from fair_imagic.resources import registered

__all__ = ["GROUP", "package_of", "processor", "processors"]

GROUP = "fair_imagic.processors"


@functools.cache
def processors() -> dict[str, Processor]:
    """Return every registered processor by its token."""
    entries = registered(GROUP)
    loaded = [_loaded(name, entry.load()) for name, entry in entries.items()]
    return {one.token: one for one in loaded}


def processor(token: str) -> Processor:
    """Return one processor; raises NotFoundError naming those there are."""
    known = processors()
    if token not in known:
        raise NotFoundError(
            _("There is no processor {name}").format(name=token),
            expected=", ".join(known),
            found=token,
        )
    return known[token]


def package_of(token: str) -> str:
    """Return the distribution that brings a processor, with its version."""
    entry = registered(GROUP).get(token)
    if entry is None or entry.dist is None:
        return ""
    return f"{entry.dist.name} {entry.dist.version}"


def _loaded(name: str, candidate: object) -> Processor:
    if not isinstance(candidate, Processor):
        raise ConfigurationError(
            _("The processor {name} lacks a part of the interface").format(name=name),
            expected="token, title, description, makes, parameters, libraries, gaps, "
            "probe, run",
        )
    return candidate
