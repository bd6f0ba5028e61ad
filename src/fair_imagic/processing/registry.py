"""The registered processors."""

from __future__ import annotations

import functools
from importlib.metadata import entry_points

from fair_imagic.errors import ConfigurationError, NotFoundError
from fair_imagic.i18n import _
from fair_imagic.processing.base import Processor

__all__ = ["GROUP", "package_of", "processor", "processors"]

GROUP = "fair_imagic.processors"


@functools.cache
def processors() -> dict[str, Processor]:
    """Return every registered processor by its token."""
    found = {point.name: point for point in entry_points(group=GROUP)}
    loaded = [_loaded(name, found[name].load()) for name in sorted(found)]
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
    for point in entry_points(group=GROUP, name=token):
        if point.dist is not None:
            return f"{point.dist.name} {point.dist.version}"
    return ""


def _loaded(name: str, candidate: object) -> Processor:
    if not isinstance(candidate, Processor):
        raise ConfigurationError(
            _("The processor {name} lacks a part of the interface").format(name=name),
            expected="token, title, description, makes, parameters, libraries, gaps, "
            "probe, run",
        )
    return candidate
