"""The service as a process: one waitress server with threads."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from fair_imagic.errors import ConfigurationError
from fair_imagic.i18n import _
from fair_imagic.views.query import MOST_CHARACTERS
from fair_imagic.workflow.people import accounts
from fair_imagic_web.address import TrustedProxies, networks_of
from fair_imagic_web.app import create_app
from fair_imagic_web.service import EXTENSION

if TYPE_CHECKING:
    from flask import Flask
    from waitress.server import BaseWSGIServer

    from fair_imagic.config import Settings
    from fair_imagic_web.query_queue import QueryQueue

__all__ = ["serve"]


# Threads for pages. Queries have others: no page waits behind one.
_PAGE_THREADS = 8
_MOST_BYTES_A_CHARACTER = 4


def serve(settings: Settings) -> None:
    """Answer at the configured host and port until the process is stopped.

    Where no account exists yet, prints a link that creates the first administrator.
    Raises :class:`~fair_imagic.errors.ConfigurationError` for a port that is taken.
    """
    app = create_app(settings)
    try:
        server = _server(app, settings)
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


def _server(app: Flask, settings: Settings) -> BaseWSGIServer:
    import waitress

    queues: dict[str, QueryQueue] = app.config["QUERY_QUEUES"]
    return waitress.create_server(
        TrustedProxies(app, networks_of(settings)),
        host=settings.host,
        port=settings.port,
        threads=_PAGE_THREADS + sum(queue.seats for queue in queues.values()),
        ident=None,
        # ours is the one that knows which proxies are trusted
        clear_untrusted_proxy_headers=False,
        # whoever reads an answer slowly takes a file on disk, and no thread
        outbuf_high_watermark=_MOST_BYTES_A_CHARACTER * MOST_CHARACTERS,
        # to see that a client went away while its query runs
        channel_request_lookahead=1,
    )
