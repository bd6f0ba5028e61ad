"""The service as a process: one waitress server with threads."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from fair_imagic.errors import ConfigurationError
from fair_imagic.i18n import _
from fair_imagic.workflow.people import accounts
from fair_imagic_web.app import create_app
from fair_imagic_web.service import EXTENSION

if TYPE_CHECKING:
    from fair_imagic.config import Settings

__all__ = ["serve"]


def serve(settings: Settings, *, threads: int = 8) -> None:
    """Answer at the configured host and port until the process is stopped.

    Where no account exists yet, prints a link that creates the first administrator.
    Raises :class:`~fair_imagic.errors.ConfigurationError` for a port that is taken.
    """
    import waitress

    app = create_app(settings)
    try:
        server = waitress.create_server(
            app,
            host=settings.host,
            port=settings.port,
            threads=threads,
            ident=None,
            clear_untrusted_proxy_headers=True,
        )
    except OSError as error:
        raise ConfigurationError(
            _("The service cannot listen at this address"),
            where=f"{settings.host}:{settings.port}",
            found=str(error),
            hint=_("Another program may use the port: choose one with --port."),
        ) from error
    root = f"http://{settings.host}:{settings.port}/"
    print(_("Service at {url} (Ctrl-C stops it)").format(url=root), file=sys.stderr)
    if accounts.nobody_yet(app.extensions[EXTENSION]):
        link = f"{root}setup?code={app.config['SETUP_CODE']}"
        text = _("No account exists yet. Create the first administrator at {url}")
        print(text.format(url=link), file=sys.stderr)
    sys.stderr.flush()
    server.run()
