"""Sessions of the web service: begun at log in, ended on the server at log out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.catalogue import web_sessions

if TYPE_CHECKING:
    from fair_imagic.catalogue.accounts import Account
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["account_of", "begin", "end"]


def begin(workspace: Workspace, account: Account) -> str:
    """Open a session of an account and return its token, a secret."""
    return web_sessions.begin(workspace.catalogue.database, account)


def account_of(workspace: Workspace, token: str) -> Account | None:
    """Return the account of an open session, or None where it is over."""
    return web_sessions.account_of(workspace.catalogue.database, token)


def end(workspace: Workspace, token: str) -> None:
    """End a session, wherever its cookie was copied to."""
    web_sessions.end(workspace.catalogue.database, token)
