"""Practice mode: the archives on this machine stand in for the real ones."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from fair_imagic import sandbox
from fair_imagic.errors import ConfigurationError
from fair_imagic.i18n import _
from fair_imagic.publish.registry import available
from fair_imagic.publish.settings import (
    Switch,
    leading_to,
    leads_here,
    switch_of,
    values_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from fair_imagic.config import Settings
    from fair_imagic.publish.base import Target

__all__ = [
    "archives",
    "refuse_if_off",
    "sandboxes",
    "serve_practice",
    "target_settings",
]


@contextlib.contextmanager
def archives(settings: Settings) -> Iterator[Settings]:
    """Give settings that lead to the archives, real or for practice.

    In practice mode, targets without an address on this machine go to the running
    practice archives of the data folder; where none run, they run for the time of the
    block.
    """
    if not settings.practice_mode:
        yield settings
        return
    away = [
        target
        for target in available().values()
        if target.sandbox and not leads_here(target, settings)
    ]
    if not away:
        yield settings
        return
    found = sandbox.running(_folder(settings))
    if found is not None:
        yield leading_to(settings, _leads(found, away))
        return
    with sandbox.start(
        _folder(settings), archives=sandboxes(), wanted=target_settings(settings)
    ) as running:
        yield leading_to(settings, _leads(running.settings(), away))


def refuse_if_off(target: Target, settings: Settings) -> None:
    """Refuse to call a target that is off.

    Raises :class:`~fair_imagic.errors.ConfigurationError` with the reason.
    """
    state = switch_of(target, settings)
    if state.switch is Switch.OFF:
        raise ConfigurationError(
            _("{target} is off: {reason}").format(
                target=target.title, reason=state.reason
            ),
            where=f"[target.{target.token}]",
            hint=_("`fair-imagic targets` lists what each target needs."),
        )


def sandboxes() -> dict[str, str]:
    """Return the practice archives of the targets: token -> import text."""
    known = available().items()
    return {token: target.sandbox for token, target in known if target.sandbox}


def target_settings(settings: Settings) -> dict[str, dict[str, str]]:
    """Return the settings in force of each target, which its practice archive fits."""
    known = available().items()
    return {token: values_of(target, settings) for token, target in known}


def serve_practice(
    settings: Settings, *, port: int, say: Callable[[str], None]
) -> None:
    """Run the practice archives until they are stopped, and say where they are."""

    def announce(running: sandbox.Sandbox) -> None:
        say(_("The practice archives answer at {url}").format(url=running.url))
        titles = ", ".join(
            target.title for target in available().values() if target.sandbox
        )
        say(_("They stand in for: {names}").format(names=titles))
        say(_("Everything that is published in practice mode now goes there."))

    sandbox.serve(
        _folder(settings),
        archives=sandboxes(),
        wanted=target_settings(settings),
        port=port,
        announce=announce,
    )


def _leads(
    found: Mapping[str, Mapping[str, str]], targets: list[Target]
) -> dict[str, Mapping[str, str]]:
    missing = [one.title for one in targets if one.token not in found]
    if missing:
        raise ConfigurationError(
            _("The practice archives that run do not stand in for all targets"),
            expected=", ".join(missing),
            hint=_("Stop `fair-imagic sandbox`, then start it again."),
        )
    return {one.token: found[one.token] for one in targets}


def _folder(settings: Settings) -> Path:
    return settings.home / "sandbox"
