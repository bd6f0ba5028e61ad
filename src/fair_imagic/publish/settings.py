"""The settings of targets: read, verified, and whether a target is switched on."""

from __future__ import annotations

import dataclasses
import difflib
import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from fair_imagic import net
from fair_imagic.config import SETTINGS, TargetTexts
from fair_imagic.errors import ConfigurationError
from fair_imagic.i18n import _
from fair_imagic.publish.registry import available
from fair_imagic.publish.setting import ADDRESS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import requests  # noqa: TID251  (its types only)

    from fair_imagic.config import Settings
    from fair_imagic.publish.base import Target
    from fair_imagic.publish.setting import TargetSetting

__all__ = [
    "Switch",
    "SwitchState",
    "declared",
    "hosts_of",
    "leading_to",
    "leads_here",
    "needed",
    "session_of",
    "switch_of",
    "values_of",
    "verify",
    "without_secrets",
]

_THIS_MACHINE = ("127.0.0.1", "localhost", "::1")


class Switch(enum.StrEnum):
    """Where a target leads now."""

    PRACTICE = "practice"
    REAL = "real"
    OFF = "off"


@dataclass(frozen=True)
class SwitchState:
    """Whether a target is switched on; ``reason`` says why not."""

    switch: Switch
    reason: str = ""


def declared() -> Iterator[tuple[Target, TargetSetting]]:
    """Yield every setting of every target."""
    for target in available().values():
        for setting in target.settings:
            yield target, setting


def values_of(target: Target, settings: Settings) -> dict[str, str]:
    """Return the settings of a target by name: what holds now.

    The environment comes first, then the table of the target in ``config.toml``, then
    the plain name there. Raises ConfigurationError for a value that cannot be.
    """
    texts = settings.targets
    chosen = texts.chosen.get(target.token, {})
    table = texts.tables.get(target.token, {})
    found = {}
    for one in target.settings:
        plain = texts.plain.get(one.plain_name(target.token), one.default)
        text = table.get(one.name, plain)
        text = texts.variables.get(one.variable(target.token), text)
        found[one.name] = one.read(chosen.get(one.name, text), token=target.token)
    return found


def needed(target: Target, settings: Settings) -> dict[str, str]:
    """Return the settings of a target that is about to be called.

    Raises ConfigurationError where one is missing without which it is off.
    """
    values = values_of(target, settings)
    missing = _missing(target, values)
    if missing is not None:
        raise ConfigurationError(
            _("{target} is off: the setting {name} is missing").format(
                target=target.title, name=missing.plain_name(target.token)
            ),
            where=f"[target.{target.token}] {missing.name}",
            expected=missing.variable(target.token),
            hint=_("Start practice mode, or enter your account and its address."),
        )
    return values


def _missing(target: Target, values: dict[str, str]) -> TargetSetting | None:
    wanted = (one for one in target.settings if one.required)
    return next((one for one in wanted if not values[one.name]), None)


def switch_of(target: Target, settings: Settings) -> SwitchState:
    """Return where a target leads now.

    In practice mode nothing leaves this machine: a target with an address elsewhere
    goes to its practice archive all the same, and one without such an archive is off.
    """
    if settings.practice_mode:
        if target.sandbox or leads_here(target, settings):
            return SwitchState(Switch.PRACTICE)
        return SwitchState(Switch.OFF, _("it has no practice archive"))
    missing = _missing(target, values_of(target, settings))
    if missing is None:
        return SwitchState(Switch.REAL)
    return SwitchState(
        Switch.OFF,
        _("the setting {name} is missing").format(name=missing.variable(target.token)),
    )


def leads_here(target: Target, settings: Settings) -> bool:
    """Return whether a target's own settings lead to services of this machine."""
    values = values_of(target, settings)
    hosts = hosts_of(target, settings)
    return (
        _missing(target, values) is None
        and bool(hosts)
        and all(host in _THIS_MACHINE for host in hosts)
    )


def hosts_of(target: Target, settings: Settings) -> tuple[str, ...]:
    """Return the hosts that a target contacts: its own and those of its addresses."""
    values = values_of(target, settings)
    addresses = (values[one.name] for one in target.settings if one.kind == ADDRESS)
    named = (urlsplit(address).hostname or "" for address in addresses)
    return tuple(dict.fromkeys(host for host in (*named, *target.hosts) if host))


def session_of(target: Target, settings: Settings) -> requests.Session:
    """Return an HTTP session that reaches the hosts of one target, and no other's."""
    return net.session(settings, hosts=hosts_of(target, settings))


def leading_to(settings: Settings, leads: Mapping[str, Mapping[str, str]]) -> Settings:
    """Return settings in which these values of targets come before all others."""
    chosen = {**settings.targets.chosen, **leads}
    targets = dataclasses.replace(settings.targets, chosen=chosen)
    return dataclasses.replace(settings, targets=targets)


def without_secrets(settings: Settings) -> Settings:
    """Return the settings for work that needs no password, on any machine."""
    chosen = {}
    for target in available().values():
        secret = {one.name for one in target.settings if one.secret}
        values = values_of(target, settings)
        chosen[target.token] = {n: v for n, v in values.items() if n not in secret}
    # the address of a journal in PostgreSQL holds the database's password
    return dataclasses.replace(
        settings, journal_url="", targets=TargetTexts(chosen=chosen)
    )


def verify(settings: Settings) -> None:
    """Refuse what ``config.toml`` says of targets and belongs to none, or cannot be.

    Raises ConfigurationError, which names what there is. Nothing is loaded where
    nothing is written.
    """
    texts = settings.targets
    if not texts.is_in_file:
        return
    targets = available()
    plain = {one.plain_name(target.token): (target, one) for target, one in declared()}
    ours = {one.name for one in SETTINGS} - {"home"}
    _refuse(texts.plain.keys() - plain.keys(), {*plain, *ours}, where="config.toml")
    _refuse(texts.tables.keys() - targets.keys(), targets, where="[target.…]")
    for token, table in texts.tables.items():
        names = {one.name for one in targets[token].settings}
        _refuse(table.keys() - names, names, where=f"[target.{token}]")
    for name, (target, one) in plain.items():
        if name in texts.plain and one.name in texts.tables.get(target.token, {}):
            raise ConfigurationError(
                _("Setting {name} is given twice").format(name=name),
                where=f"config.toml, [target.{target.token}] {one.name}",
                hint=_("Keep the one in the table of the target."),
            )
    for target in targets.values():
        values_of(target, settings)


def _refuse(unknown: Iterable[str], known: Iterable[str], *, where: str) -> None:
    for name in sorted(unknown):
        close = difflib.get_close_matches(name, list(known), n=3, cutoff=0.6)
        names = ", ".join(close)
        raise ConfigurationError(
            _("Unknown setting {name}").format(name=name),
            where=where,
            expected=", ".join(sorted(known)),
            hint=_("Did you mean {names}?").format(names=names) if names else "",
        )
