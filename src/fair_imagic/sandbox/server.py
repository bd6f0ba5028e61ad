"""Start and stop the three practice archives on one port of this machine."""

from __future__ import annotations

import json
import signal
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from fair_imagic.errors import ConflictError
from fair_imagic.files import FileLock, write_atomically
from fair_imagic.i18n import _
from fair_imagic.sandbox.accounts import Accounts, fresh_passwords
from fair_imagic.sandbox.biostudies import BioStudies
from fair_imagic.sandbox.control import Control
from fair_imagic.sandbox.datacite import DataCite
from fair_imagic.sandbox.faults import Fault, FaultBook
from fair_imagic.sandbox.handler import Listener
from fair_imagic.sandbox.journal import Journal
from fair_imagic.sandbox.store import Store
from fair_imagic.sandbox.sword import Sword

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from fair_imagic.config import Settings
    from fair_imagic.sandbox.exchange import Service
    from fair_imagic.sandbox.store import Document

__all__ = ["Sandbox", "running", "serve", "start"]

_STATE = "sandbox.json"
_LOCK = "sandbox.lock"
_STORES = ("journal", "datacite", "biostudies", "swh")


@dataclass(frozen=True, kw_only=True)
class Sandbox:
    """The running practice archives: addresses, accounts, faults and journal."""

    folder: Path
    url: str
    accounts: Accounts
    faults: FaultBook
    _listener: Listener = field(repr=False)
    _stores: tuple[Store, ...] = field(repr=False)
    _lock: FileLock = field(repr=False)

    def settings(self) -> dict[str, str]:
        """Return the settings, by name, that lead to this sandbox."""
        return _settings(self.url, self.accounts)

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
        for store in self._stores:
            store.close()
        (self.folder / _STATE).unlink(missing_ok=True)
        self._lock.release()

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
    port: int = 0,
    host: str = "127.0.0.1",
    settings: Settings | None = None,
    accounts: Accounts | None = None,
    xsd_folder: Path | None = None,
    strict_schema_version: bool = True,
    faults: tuple[Fault, ...] = (),
) -> Sandbox:
    """Start the practice archives in a thread of this process.

    Parameters
    ----------
    folder
        Keeps what is deposited, and the passwords of the first start.
    port, host
        Where to listen; port 0 takes a free one.
    settings
        Give the DOI prefix, the deposit collection and the start of origins.
    accounts
        Who may log in; by default those of the folder, else new random passwords.
    xsd_folder
        DataCite's official XSD (``metadata.xsd``), used beside our own rules.
    strict_schema_version
        False skips validation for unknown schema versions, as the real DataCite does.
    faults
        What goes wrong, in order.

    Raises
    ------
    ConflictError
        Another process runs a sandbox on this folder, or the port is taken.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / _LOCK, wait=False)
    if not lock.acquire():
        raise ConflictError(
            _("The practice archives already run in this folder"), where=str(folder)
        )
    chosen = accounts or _accounts(folder, settings)
    stores = {name: Store(folder / f"{name}.sqlite") for name in _STORES}
    services = _services(folder, stores, accounts=chosen)
    services["datacite"] = DataCite(
        stores["datacite"],
        accounts=chosen,
        xsd_folder=xsd_folder or _xsd_of(settings),
        strict_schema_version=strict_schema_version,
    )
    book, journal = FaultBook(faults), Journal(stores["journal"])
    services["control"] = Control(book, journal=journal)
    try:
        listener = Listener(
            (host, port), services=services, faults=book, journal=journal
        )
    except OSError as error:
        lock.release()
        raise ConflictError(
            _("The practice archives cannot listen on this port"),
            where=f"{host}:{port}",
            found=str(error),
        ) from error
    return _run(folder, listener, lock=lock, accounts=chosen, stores=stores)


def _run(
    folder: Path,
    listener: Listener,
    *,
    lock: FileLock,
    accounts: Accounts,
    stores: dict[str, Store],
) -> Sandbox:
    threading.Thread(target=listener.serve_forever, args=(0.05,), daemon=True).start()
    sandbox = Sandbox(
        folder=folder,
        url=listener.url,
        accounts=accounts,
        faults=listener.faults,
        _listener=listener,
        _stores=tuple(stores.values()),
        _lock=lock,
    )
    _write_private(folder / _STATE, sandbox.settings())
    return sandbox


def running(folder: Path) -> dict[str, str] | None:
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
    port: int = 0,
    settings: Settings | None = None,
    announce: Callable[[Sandbox], None] | None = None,
) -> None:
    """Run the practice archives until Ctrl-C or a request to end (SIGTERM)."""
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda _signal, _frame: ended.set())
    with start(folder, port=port, settings=settings) as sandbox:
        if announce is not None:
            announce(sandbox)
        try:
            ended.wait()
        except KeyboardInterrupt:
            return


def _settings(url: str, accounts: Accounts) -> dict[str, str]:
    return {
        "doi_prefix": accounts.datacite_prefixes[0],
        "datacite_url": f"{url}/datacite",
        "datacite_user": accounts.datacite_user,
        "datacite_password": accounts.datacite_password,
        "biostudies_url": f"{url}/biostudies",
        "biostudies_user": accounts.biostudies_user,
        "biostudies_password": accounts.biostudies_password,
        "swh_url": f"{url}/swh/1",
        "swh_user": accounts.swh_user,
        "swh_password": accounts.swh_password,
        "swh_collection": accounts.swh_collection,
        "swh_provider_url": accounts.swh_provider_url,
    }


def _services(
    folder: Path, stores: dict[str, Store], *, accounts: Accounts
) -> dict[str, Service]:
    return {
        "biostudies": BioStudies(
            stores["biostudies"], accounts=accounts, folder=folder / "biostudies"
        ),
        "swh": Sword(stores["swh"], accounts=accounts, folder=folder / "swh"),
    }


def _xsd_of(settings: Settings | None) -> Path | None:
    return Path(settings.datacite_xsd) if settings and settings.datacite_xsd else None


def _accounts(folder: Path, settings: Settings | None) -> Accounts:
    """Return the accounts: passwords stay the same over restarts."""
    path = folder / "accounts.json"
    if path.is_file():
        passwords = json.loads(path.read_text(encoding="utf-8"))
    else:
        passwords = fresh_passwords()
        _write_private(path, passwords)
    if settings is None:
        return Accounts(**passwords)
    return Accounts(
        **passwords,
        datacite_prefixes=(settings.doi_prefix,),
        swh_collection=settings.swh_collection,
        swh_provider_url=settings.swh_provider_url,
    )


def _write_private(path: Path, content: object) -> None:
    write_atomically(path, json.dumps(content, indent=1))
    path.chmod(0o600)
