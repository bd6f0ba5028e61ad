"""Practice mode: the archives on this machine stand in for the real ones."""

from __future__ import annotations

import contextlib
import dataclasses
from typing import TYPE_CHECKING, Any

from fair_imagic import sandbox
from fair_imagic.errors import ConfigurationError
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from fair_imagic.config import Settings

__all__ = ["archives", "serve_practice"]


@contextlib.contextmanager
def archives(settings: Settings) -> Iterator[Settings]:
    """Give settings that lead to the archives, real or for practice.

    In practice mode without addresses of its own, the running practice archives of
    the data folder are used; where none run, they run for the time of the block.
    Raises :class:`~fair_imagic.errors.ConfigurationError` for real publication
    without an address.
    """
    if settings.datacite_url or settings.biostudies_url or settings.swh_url:
        yield settings
        return
    if not settings.practice_mode:
        raise ConfigurationError(
            _("No archive is configured"),
            expected="datacite_url, biostudies_url, swh_url",
            hint=_("Set their addresses, or use practice mode."),
        )
    found = sandbox.running(_folder(settings))
    if found is not None:
        yield _leading_to(settings, found)
        return
    with sandbox.start(_folder(settings), settings=settings) as running:
        yield _leading_to(settings, running.settings())


def serve_practice(
    settings: Settings, *, port: int, say: Callable[[str], None]
) -> None:
    """Run the practice archives until they are stopped, and say where they are."""

    def announce(running: sandbox.Sandbox) -> None:
        say(_("The practice archives answer at {url}").format(url=running.url))
        say(_("Everything that is published in practice mode now goes there."))

    sandbox.serve(_folder(settings), port=port, settings=settings, announce=announce)


def _leading_to(settings: Settings, texts: Mapping[str, Any]) -> Settings:
    return dataclasses.replace(settings, **texts)


def _folder(settings: Settings) -> Path:
    return settings.home / "sandbox"
