"""Start and stop the practice archives on one port of this machine."""

from __future__ import annotations

import contextlib
import functools
import json
import secrets
import signal
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fair_imagic.errors import ConflictError
from fair_imagic.files import FileLock, write_atomically
from fair_imagic.i18n import _
from fair_imagic.sandbox.control import Control
from fair_imagic.sandbox.faults import Fault, FaultBook
from fair_imagic.sandbox.handler import Listener
from fair_imagic.sandbox.journal import Journal
from fair_imagic.sandbox.practice import Place, practice_of
from fair_imagic.sandbox.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path
    from types import TracebackType

    from fair_imagic.sandbox.exchange import Service
    from fair_imagic.sandbox.practice import Archive, Practice
    from fair_imagic.sandbox.store import Document

    Archives = Mapping[str, str | Practice]
    #: Name of an archive -> the settings, by name, that lead to it.
    Leads = dict[str, dict[str, str]]

__all__ = ["Sandbox", "running", "serve", "start"]

_STATE = "sandbox.json"
_LOCK = "sandbox.lock"
_ACCOUNTS = "accounts.json"


@dataclass(frozen=True, kw_only=True)
class Sandbox:
    """The running practice archives: addresses, faults and journal."""

    folder: Path
    url: str
    faults: FaultBook
    _leads: Leads = field(repr=False)
    _listener: Listener = field(repr=False)
    _close: Callable[[], None] = field(repr=False)

    def settings(self) -> Leads:
        """Return the settings that lead here, by archive and by name."""
        return {token: dict(texts) for token, texts in self._leads.items()}

    def journal(self) -> list[Document]:
        """Return all requests so far, oldest first."""
        return self._listener.journal.entries()

    def plan(self, fault: Fault) -> None:
        """Make a fault happen on the next request that it fits."""
        self.faults.plan(fault)

    def stop(self) -> None:
        """Stop listening; what was deposited stays in the folder."""
        self._listener.shutdown()
        self._listener.server_close()
        (self.folder / _STATE).unlink(missing_ok=True)
        self._close()

    def __enter__(self) -> Sandbox:
        """Return the running sandbox."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop it."""
        self.stop()


def start(
    folder: Path,
    *,
    archives: Archives,
    wanted: Mapping[str, Mapping[str, str]] | None = None,
    port: int = 0,
    host: str = "127.0.0.1",
    faults: tuple[Fault, ...] = (),
) -> Sandbox:
    """Start the practice archives in a thread of this process.

    Parameters
    ----------
    folder
        Keeps what is deposited, and the passwords of the first start.
    archives
        The archives by a name of the caller's: each as it is, or as the import text
        (``package.module:attribute``) of one.
    wanted
        By the same names, the settings in force that an archive is to fit: a DOI
        prefix, the name of a collection.
    port, host
        Where to listen; port 0 takes a free one.
    faults
        What goes wrong, in order.

    Raises
    ------
    ConflictError
        Another process runs a sandbox on this folder, or the port is taken.
    ConfigurationError
        An archive cannot be loaded.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as opened:
        lock = FileLock(folder / _LOCK, wait=False)
        if not lock.acquire():
            raise ConflictError(
                _("The practice archives already run in this folder"), where=str(folder)
            )
        opened.callback(lock.release)
        secret = _Secrets(folder / _ACCOUNTS).text
        mounted: dict[str, tuple[str, Archive]] = {}
        for token, given in archives.items():
            practice = practice_of(given) if isinstance(given, str) else given
            place = Place(
                folder=folder,
                wanted=(wanted or {}).get(token, {}),
                secret=functools.partial(secret, practice.mount),
            )
            archive = practice.open(place)
            opened.callback(archive.close)
            mounted[token] = (practice.mount, archive)
        store = Store(folder / "journal.sqlite")
        opened.callback(store.close)
        listener = _listener((host, port), mounted.values(), store, FaultBook(faults))
        return _run(folder, listener, mounted, close=opened.pop_all().close)


def _listener(
    address: tuple[str, int],
    mounted: Iterable[tuple[str, Archive]],
    store: Store,
    faults: FaultBook,
) -> Listener:
    journal = Journal(store)
    services: dict[str, Service] = {"control": Control(faults, journal=journal)}
    for mount, archive in mounted:
        if archive.service is not None:
            services[mount] = archive.service
    try:
        return Listener(address, services=services, faults=faults, journal=journal)
    except OSError as error:
        raise ConflictError(
            _("The practice archives cannot listen on this port"),
            where="{}:{}".format(*address),
            found=str(error),
        ) from error


def _run(
    folder: Path,
    listener: Listener,
    mounted: Mapping[str, tuple[str, Archive]],
    *,
    close: Callable[[], None],
) -> Sandbox:
    threading.Thread(target=listener.serve_forever, args=(0.05,), daemon=True).start()
    leads = {
        token: archive.settings(f"{listener.url}/{mount}")
        for token, (mount, archive) in mounted.items()
    }
    sandbox = Sandbox(
        folder=folder,
        url=listener.url,
        faults=listener.faults,
        _leads=leads,
        _listener=listener,
        _close=close,
    )
    _write_private(folder / _STATE, leads)
    return sandbox


def running(folder: Path) -> Leads | None:
    """Return the settings of the sandbox that runs in a folder, or None."""
    if not (folder / _STATE).is_file():
        return None
    lock = FileLock(folder / _LOCK, wait=False)
    if lock.acquire():  # nobody holds it: the server was killed
        lock.release()
        return None
    return dict(json.loads((folder / _STATE).read_text(encoding="utf-8")))


def serve(
    folder: Path,
    *,
    archives: Archives,
    wanted: Mapping[str, Mapping[str, str]] | None = None,
    port: int = 0,
    announce: Callable[[Sandbox], None] | None = None,
) -> None:
    """Run the practice archives until Ctrl-C or a request to end (SIGTERM)."""
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda _signal, _frame: ended.set())
    with start(folder, archives=archives, wanted=wanted, port=port) as sandbox:
        if announce is not None:
            announce(sandbox)
        try:
            ended.wait()
        except KeyboardInterrupt:
            return


class _Secrets:
    """The passwords of the practice accounts: made once, the same after a restart."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._texts: dict[str, str] = {}
        if path.is_file():
            self._texts = json.loads(path.read_text(encoding="utf-8"))

    def text(self, mount: str, name: str) -> str:
        """Return the secret of an archive under a name."""
        key = f"{mount}_{name}"
        if key not in self._texts:
            self._texts[key] = secrets.token_urlsafe(18)
            _write_private(self._path, self._texts)
        return self._texts[key]


def _write_private(path: Path, content: object) -> None:
    write_atomically(path, json.dumps(content, indent=1))
    path.chmod(0o600)
