"""The outbox dispatcher: what is queued is sent, exactly once, whatever crashes."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from fair_imagic.errors import (
    ConflictError,
    FairImagicError,
    RemoteRefusedError,
    RemoteUnavailableError,
)
from fair_imagic.files import FileLock
from fair_imagic.i18n import _
from fair_imagic.publish.states import (
    Edition,
    State,
    delivery,
    enqueue,
    move,
    register,
    rekey,
    waiting,
)

if TYPE_CHECKING:
    from fair_imagic.catalogue.database import Database
    from fair_imagic.config import Settings
    from fair_imagic.publish.base import Package, Progress, Target
    from fair_imagic.publish.states import Delivery, Keep

__all__ = ["deliver", "refresh"]


def deliver(
    database: Database,
    target: Target,
    package: Package,
    *,
    settings: Settings,
    progress: Progress | None = None,
    keep: Keep | None = None,
) -> Delivery:
    """Send a package and return where its publication stands now.

    The publication and its outbox row are stored before the first call. Calling this
    again after a crash or a lost answer completes what was begun: the archive is asked
    what it holds under the same key. Two processes never send the same publication at
    the same time. ``keep`` makes the publication's record in the transaction that says
    what the archive answered. What is public stays so, whatever a later try comes to.

    Raises
    ------
    RemoteUnavailableError
        No usable answer; the state is kept as ``unknown``, the same call completes.
    RemoteRefusedError
        The archive said no; the state is ``refused``.
    """
    edition = Edition(
        subject=package.subject,
        version=package.version,
        target=package.target,
        practice=settings.practice_mode,
    )
    held = register(
        database, edition, key=package.key, landing_page=package.landing_page
    )
    lock = settings.home / "locks" / f"publication-{held.id}.lock"
    with FileLock(lock, wait=False):
        held = delivery(database, held.id)
        if _is_done(database, held, package):
            # What is public is what the set would send now, though it has changed; and
            # a crash of an older version may have left the record unsaid.
            version = {"snapshot_hash": package.snapshot_hash}
            return move(database, held.id, State.PUBLISHED, facts=version, keep=keep)
        held = enqueue(
            database,
            held.id,
            snapshot_hash=package.snapshot_hash,
            package_hash=package.hash,
        )
        return _send(database, target, package, held, settings, progress, keep)


def _is_done(database: Database, held: Delivery, package: Package) -> bool:
    """Return whether the archive has this very package, and nobody tried another."""
    if held.state is not State.PUBLISHED or held.package_hash != package.hash:
        return False
    return all(one.id != held.id for one in waiting(database))


def _send(
    database: Database,
    target: Target,
    package: Package,
    held: Delivery,
    settings: Settings,
    progress: Progress | None,
    keep: Keep | None,
) -> Delivery:
    step = functools.partial(move, database, held.id, keep=keep)
    step(State.SENDING)
    try:
        if not held.is_public:
            _refuse_twin(database, target, package, held, settings)
        receipt = target.submit(package, held.key, settings, progress=progress)
    except RemoteUnavailableError as error:
        step(State.UNKNOWN, error=str(error))
        raise
    except (RemoteRefusedError, ConflictError) as error:
        step(State.REFUSED, error=str(error), close=True)
        raise
    except FairImagicError as error:  # nothing was sent: a setting, a file
        step(State.NEEDS_PERSON, error=str(error), close=True)
        raise
    facts = {
        "identifier": receipt.identifier,
        "url": receipt.url,
        "remote_state": receipt.remote_state,
        "snapshot_hash": package.snapshot_hash,
        "package_hash": package.hash,
    }
    if not receipt.final:  # accepted, and still worked on there: ask again later
        return step(State.SENDING, facts=facts)
    return step(State.PUBLISHED, close=True, facts=facts)


def _refuse_twin(
    database: Database,
    target: Target,
    package: Package,
    held: Delivery,
    settings: Settings,
) -> None:
    """Send nothing where the archive has this version under another key: take that one.

    An older backup may have been restored, and settings changed, since it got it.
    """
    twins = target.twins(package, settings)
    if not twins:
        return
    hint = _("Ask the archive which of them is right; nothing was sent.")
    if len(twins) == 1:
        rekey(database, held.id, twins[0])
        hint = _("Publish again: the same command goes on under this identifier.")
    raise ConflictError(
        _("The archive has this version already, under another identifier"),
        where=held.subject,
        expected=package.key,
        found=", ".join(twins),
        hint=hint,
    )


def refresh(
    database: Database,
    target: Target,
    number: int,
    *,
    settings: Settings,
    keep: Keep | None = None,
) -> Delivery:
    """Ask the archive what it holds and return the publication brought up to date.

    Nothing is sent. A publication begun that the archive has finished becomes
    published, its record (``keep``) in the same transaction.
    """
    held = delivery(database, number)
    remote = target.reconcile(held.key, settings)
    facts = {"remote_state": remote.state}
    if remote.identifier:
        facts |= {"identifier": remote.identifier, "url": remote.url}
    if remote.final and held.state in (State.SENDING, State.UNKNOWN):
        state, error, done = State.PUBLISHED, "", True
    else:
        state, error, done = held.state, held.message, False
    return move(
        database,
        held.id,
        state,
        error=error,
        close=done,
        facts=facts,
        keep=keep,
    )
