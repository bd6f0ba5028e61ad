"""The application: workspace, guards, languages, blueprints, headers."""

from __future__ import annotations

import atexit
import contextlib
import os
import secrets
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

from flask import Flask

from fair_imagic.catalogue import once
from fair_imagic.workflow.base.workspace import Workspace, open_workspace
from fair_imagic_web import (
    access,
    after_change,
    csrf,
    data_folder,
    headers,
    language,
    page,
    problems,
    static_files,
)
from fair_imagic_web.blueprints import BLUEPRINTS
from fair_imagic_web.query_queue import queues
from fair_imagic_web.service import CLOSE, EXTENSION
from fair_imagic_web.throttle import Throttle

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.config import Settings

__all__ = ["create_app"]

_MAX_FORM_BYTES = 4 << 20


def create_app(settings: Settings) -> Flask:
    """Return the application for these settings; it opens their workspace."""
    app = Flask(__name__)
    stack = contextlib.ExitStack()
    app.extensions[EXTENSION] = _opened(settings, stack)
    app.extensions[CLOSE] = stack.close
    _configure(app, settings)
    app.url_defaults(static_files.address)
    app.before_request(language.choose)
    app.before_request(access.guard)
    app.before_request(csrf.guard)
    app.before_request(data_folder.guard)
    app.after_request(language.remember)
    app.teardown_request(language.restore)
    app.teardown_request(lambda _error: once.end())
    app.after_request(headers.secured)
    app.after_request(after_change.check)
    app.view_functions["static"] = access.role("public")(app.view_functions["static"])
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    problems.register(app)
    page.register(app)
    return app


def _opened(settings: Settings, stack: contextlib.ExitStack) -> Workspace:
    """Open the workspace until the stack is closed, at the latest at exit."""
    opened = stack.enter_context(open_workspace(settings.home, tell=_tell))
    atexit.register(stack.close)
    return opened.under(settings)


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def _configure(app: Flask, settings: Settings) -> None:
    app.secret_key = _secret(settings.home / "web-secret")
    app.config.update(
        SESSION_COOKIE_NAME="fair_imagic",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.public_url.startswith("https:"),
        PERMANENT_SESSION_LIFETIME=timedelta(hours=12),
        MAX_CONTENT_LENGTH=_MAX_FORM_BYTES,
        MAX_FORM_MEMORY_SIZE=_MAX_FORM_BYTES,
        SETUP_CODE=secrets.token_urlsafe(16),
        THROTTLE=Throttle(),
        QUERY_QUEUES=queues(),
    )
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}


def _secret(path: Path) -> bytes:
    """Return the key that signs sessions, made at the first start."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(handle, "wb") as stream:
        stream.write(secrets.token_bytes(32))
    return path.read_bytes()
