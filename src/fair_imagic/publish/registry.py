"""The registered targets: entry points alone name them, built in or of plug-ins."""

from __future__ import annotations

import difflib
import functools
import sys
from typing import TYPE_CHECKING

from fair_imagic.errors import ConfigurationError, NotFoundError
from fair_imagic.i18n import _
from fair_imagic.publish.base import Published, Role, Target
from fair_imagic.resources import installed, registered

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from fair_imagic.publish.base import PageForm

__all__ = [
    "GROUP",
    "available",
    "load",
    "of_role",
    "page_forms",
    "published",
    "title_of",
    "tokens",
    "usual_profiles",
]

GROUP = "fair_imagic.targets"


def tokens() -> tuple[str, ...]:
    """Return the names of the targets, sorted, without loading any."""
    return tuple(sorted({entry.name for entry in installed(GROUP)}))


def available() -> dict[str, Target]:
    """Return every target by its token, sorted.

    Raises ConfigurationError where two packages register the same name, or what is
    registered is no target.
    """
    return dict(_loaded(tuple(sys.path)))


@functools.lru_cache(maxsize=16)
def _loaded(_path: tuple[str, ...]) -> dict[str, Target]:
    return {token: _target(entry) for token, entry in registered(GROUP).items()}


def _target(entry: EntryPoint) -> Target:
    found = entry.load()
    if isinstance(found, Target) and found.token == entry.name:
        return found
    raise ConfigurationError(
        _("What is registered as the target {name} is none").format(name=entry.name),
        where=entry.value,
        expected=_("a subclass of {parent} with this token").format(
            parent="fair_imagic.publish.Target"
        ),
        found=str(getattr(found, "token", type(found).__name__)),
    )


def load(token: str) -> Target:
    """Return the target of that name; NotFoundError lists the names there are."""
    targets = available()
    if token not in targets:
        close = difflib.get_close_matches(token, targets, n=3, cutoff=0.5)
        names = ", ".join(close)
        raise NotFoundError(
            _("There is no publication target {token}").format(token=token),
            expected=", ".join(targets),
            found=token,
            hint=_("Did you mean {names}?").format(names=names) if names else "",
        )
    return targets[token]


def title_of(token: str) -> str:
    """Return the name for people of a target; its token where it is not installed."""
    target = available().get(token)
    return token if target is None else target.title


def of_role(*roles: Role) -> tuple[Target, ...]:
    """Return the targets that keep one of these things, by token."""
    return tuple(one for one in available().values() if one.role in roles)


def usual_profiles() -> tuple[str, ...]:
    """Return the requirements that a set is checked against unless others are named.

    They are those of the targets that keep a set or its description: what they share
    first, then each one's own, a tier last.
    """
    targets = (*of_role(Role.PAGE), *of_role(Role.COPY))
    asked = [one.profiles for one in targets if one.profiles]
    named = [token for one in asked for token in one[:-1]]
    named += [one[-1] for one in asked]
    unique = dict.fromkeys(named)
    return tuple(sorted(unique, key=lambda token: token.startswith("nboq-tier-")))


def page_forms() -> tuple[PageForm, ...]:
    """Return the forms of packages that landing pages offer."""
    return tuple(form for one in available().values() for form in one.page_forms)


def published(
    *,
    of: str,
    target: str,
    identifier: str,
    url: str = "",
    published_at: str = "",
    version: str = "",
) -> Published:
    """Return a publication with what its target says about such an identifier.

    That of a target which is not installed any more counts as a copy.
    """
    known = available().get(target)
    return Published(
        of=of,
        target=target,
        role=known.role if known is not None else Role.COPY,
        title=title_of(target),
        identifier=identifier,
        address=(known.address_of(identifier) if known is not None else "") or url,
        url=url,
        published_at=published_at,
        version=version,
    )
