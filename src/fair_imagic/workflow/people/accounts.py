"""Accounts: who may read, correct, publish and administer."""

from __future__ import annotations

import functools
import re
from enum import StrEnum
from typing import TYPE_CHECKING

from fair_imagic.catalogue import accounts as store
from fair_imagic.catalogue.accounts import Account
from fair_imagic.errors import ConflictError, InputError
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from argon2 import PasswordHasher

    from fair_imagic.workflow.base.workspace import Workspace

__all__ = [
    "MIN_PASSWORD_LENGTH",
    "Account",
    "Role",
    "account",
    "authenticate",
    "change_password",
    "change_role",
    "create",
    "list_accounts",
    "nobody_yet",
    "set_active",
]

MIN_PASSWORD_LENGTH = 10
_NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{0,63}\Z")


class Role(StrEnum):
    """What an account may do; each role may do all that the ones before it may."""

    PUBLIC = "public"
    READER = "reader"
    RESEARCHER = "researcher"
    FACILITY = "facility"
    ADMINISTRATOR = "administrator"

    def includes(self, other: Role) -> bool:
        """Return whether this role may do what the other one may."""
        order = list(Role)
        return order.index(self) >= order.index(other)


def create(workspace: Workspace, name: str, *, password: str, role: str) -> Account:
    """Create an account and return it.

    Raises InputError for a name, password or role that cannot be used, and
    ConflictError where the name is taken.
    """
    clean = name.strip().lower()
    if not _NAME.match(clean):
        raise InputError(
            _("This account name cannot be used"),
            expected=_("1 to 64 letters without accents, digits and . _ @ -"),
            found=name[:80],
        )
    hashed = _hashed(password)
    store.add(
        workspace.catalogue.database,
        clean,
        role=_role(role).value,
        password_hash=hashed,
    )
    return account(workspace, clean) or _gone(clean)


def _gone(name: str) -> Account:
    raise ConflictError(_("The account was removed meanwhile"), found=name)


def authenticate(workspace: Workspace, name: str, *, password: str) -> Account | None:
    """Return the active account that this name and password open, or None.

    A name that does not exist takes as long as a wrong password.
    """
    from argon2.exceptions import InvalidHashError, VerificationError

    found = account(workspace, name.strip().lower())
    hashed = found.password_hash if found is not None else _decoy()
    try:
        _hasher().verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return None
    return found if found is not None and found.active else None


def account(workspace: Workspace, name: str) -> Account | None:
    """Return the account of this name, or None."""
    return store.find(workspace.catalogue.database, name)


def list_accounts(workspace: Workspace) -> tuple[Account, ...]:
    """Return all accounts by name."""
    return store.everyone(workspace.catalogue.database)


def nobody_yet(workspace: Workspace) -> bool:
    """Return whether the first administrator is still to be created."""
    return store.nobody_yet(workspace.catalogue.database)


def change_password(workspace: Workspace, name: str, *, password: str) -> None:
    """Give an account a new password and end its sessions."""
    store.change(workspace.catalogue.database, name, password_hash=_hashed(password))


def change_role(workspace: Workspace, name: str, *, role: str) -> None:
    """Give an account another role and end its sessions.

    Raises ConflictError where no administrator would be left.
    """
    wanted = _role(role)
    if wanted is not Role.ADMINISTRATOR:
        _keep_an_administrator(workspace, name)
    store.change(workspace.catalogue.database, name, role=wanted.value)


def set_active(workspace: Workspace, name: str, *, active: bool) -> None:
    """Open or close an account; closing ends its sessions at once."""
    if not active:
        _keep_an_administrator(workspace, name)
    store.change(workspace.catalogue.database, name, active=active)


def _keep_an_administrator(workspace: Workspace, name: str) -> None:
    others = (
        other
        for other in list_accounts(workspace)
        if other.name != name and other.active and other.role == Role.ADMINISTRATOR
    )
    if next(others, None) is None:
        raise ConflictError(
            _("The last administrator cannot be taken away"),
            found=name,
            hint=_("Make somebody else administrator first."),
        )


def _role(text: str) -> Role:
    choices = [role for role in Role if role is not Role.PUBLIC]
    if text not in choices:
        raise InputError(
            _("There is no such role"), expected=", ".join(choices), found=text[:80]
        )
    return Role(text)


def _hashed(password: str) -> str:
    if len(password) < MIN_PASSWORD_LENGTH:
        raise InputError(
            _("This password is too short"),
            expected=_("at least {count} characters").format(count=MIN_PASSWORD_LENGTH),
        )
    return _hasher().hash(password)


@functools.cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()


@functools.cache
def _decoy() -> str:
    return _hasher().hash("no account has this password")
