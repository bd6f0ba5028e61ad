"""The outbox dispatcher: what is queued is sent, exactly once, whatever crashes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.errors import (
    ConflictError,
    FairImagicError,
    RemoteRefusedError,
    RemoteUnavailableError,
)
from fair_imagic.files import FileLock
from fair_imagic.publish.states import State, delivery, enqueue, move, register

if TYPE_CHECKING:
    from fair_imagic.catalogue.database import Database
    from fair_imagic.config import Settings
    from fair_imagic.publish.base import Package, Progress, Receipt, Target
    from fair_imagic.publish.states import Delivery

__all__ = ["deliver", "refresh"]


def deliver(
    database: Database,
    target: Target,
    package: Package,
    *,
    settings: Settings,
    progress: Progress | None = None,
) -> Delivery:
    """Send a package and return where its publication stands now.

    The publication and its outbox row are stored before the first call. Calling this
    again after a crash or a lost answer completes what was begun: the archive is asked
    what it holds under the same key. Two processes never send the same publication at
    the same time.

    Raises
    ------
    RemoteUnavailableError
        No usable answer; the state is kept as ``unknown``, the same call completes.
    RemoteRefusedError
        The archive said no; the state is ``refused``.
    """
    held = register(
        database,
        subject=package.subject,
        target=package.target,
        key=package.key,
        landing_page=package.landing_page,
    )
    lock = settings.home / "locks" / f"publication-{held.id}.lock"
    with FileLock(lock, wait=False):
        held = delivery(database, held.id)
        if _is_done(held, package):
            return held
        held = enqueue(
            database,
            held.id,
            snapshot_hash=package.snapshot_hash,
            package_hash=package.hash,
        )
        return _send(database, target, package, held, settings, progress)


def _is_done(held: Delivery, package: Package) -> bool:
    return held.state is State.PUBLISHED and held.package_hash == package.hash


def _send(
    database: Database,
    target: Target,
    package: Package,
    held: Delivery,
    settings: Settings,
    progress: Progress | None,
) -> Delivery:
    move(database, held.id, State.SENDING)
    try:
        receipt = target.submit(package, held.key, settings, progress=progress)
    except RemoteUnavailableError as error:
        move(database, held.id, State.UNKNOWN, error=str(error))
        raise
    except (RemoteRefusedError, ConflictError) as error:
        move(database, held.id, State.REFUSED, error=str(error), close=True)
        raise
    except FairImagicError as error:  # nothing was sent: a setting, a file
        move(database, held.id, State.NEEDS_PERSON, error=str(error), close=True)
        raise
    return _received(database, held, receipt)


def _received(database: Database, held: Delivery, receipt: Receipt) -> Delivery:
    facts = {
        "identifier": receipt.identifier,
        "url": receipt.url,
        "remote_state": receipt.remote_state,
    }
    if not receipt.final:  # accepted, and still worked on there: ask again later
        return move(database, held.id, State.SENDING, facts=facts)
    return move(database, held.id, State.PUBLISHED, close=True, facts=facts)


def refresh(
    database: Database, target: Target, number: int, *, settings: Settings
) -> Delivery:
    """Ask the archive what it holds and return the publication brought up to date.

    Nothing is sent. A publication begun that the archive has finished becomes
    published.
    """
    held = delivery(database, number)
    remote = target.reconcile(held.key, settings)
    facts = {"remote_state": remote.state}
    if remote.identifier:
        facts |= {"identifier": remote.identifier, "url": remote.url}
    if remote.final and held.state in (State.SENDING, State.UNKNOWN):
        return move(database, held.id, State.PUBLISHED, close=True, facts=facts)
    return move(database, held.id, held.state, error=held.message, facts=facts)
