"""The sum of all that a verdict rests on, without taking a snapshot.

Two equal sums mean the same records, decisions, publications, requirements, settings
and day. What lies in the files is not in it: who shows an old verdict looks at them
apart (``kept_verdict``).
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import hashlib
from typing import TYPE_CHECKING

from fair_imagic.checks import profiles
from fair_imagic.checks.profile import MANIFEST
from fair_imagic.clock import now
from fair_imagic.errors import ConflictError
from fair_imagic.model import InstrumentVersion, Override
from fair_imagic.publish.settings import without_secrets
from fair_imagic.publish.states import ledger_sum
from fair_imagic.version import __version__
from fair_imagic.workflow.sets.defaults import defaults_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fair_imagic.config import Settings
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["shared_sum", "sum_with", "sums_of"]

# What a command beside the service has just appended is waited for, but not for long.
_WAIT_S = 2
# How a program runs on this machine says nothing of a set.
_NO_MATTER = (
    "host",
    "port",
    "language",
    "journal_url",
    "cache_folder",
    "executor",
    "tools_folder",
    "job_timeout_s",
    "job_memory_mb",
    "query_timeout_s",
    "query_rows",
    "query_memory_mb",
    "trusted_proxies",
    "document_max_mb",
    "rdf_max_mb",
    "allowed_hosts",
    "proxy_url",
    "ca_bundle",
)
# Records that no set links to, and that say something of many.
_BESIDE = (Override.class_iri, InstrumentVersion.class_iri)


def sums_of(workspace: Workspace, roots: Sequence[str]) -> dict[str, str]:
    """Return the sum of each set as it is now; none where that is not known yet."""
    # a verdict is the same for all who may see the set
    workspace = workspace.whole
    catalogue = workspace.catalogue
    with contextlib.suppress(ConflictError):
        catalogue.wait_projected(catalogue.last_number(), timeout_s=_WAIT_S)
    fingerprints = catalogue.fingerprints(roots)
    shared = shared_sum(workspace)
    return {root: sum_with(shared, one) for root, one in fingerprints.items()}


def sum_with(shared: str, fingerprint: str) -> str:
    """Return the sum of a set with this fingerprint."""
    return hashlib.sha256(f"{shared}\0{fingerprint}".encode()).hexdigest()


def shared_sum(workspace: Workspace) -> str:
    """Return the sum of what the verdicts on all sets rest on beside their records."""
    digest = hashlib.sha256()
    for text in _shared(workspace):
        digest.update(b"\0" + text.encode())
    return digest.hexdigest()


def _shared(workspace: Workspace) -> Iterator[str]:
    catalogue = workspace.catalogue
    yield f"{__version__} {now().date().isoformat()}"
    yield from _requirements()
    yield _settings(workspace.settings)
    yield repr(workspace.bases)
    yield repr(sorted(defaults_of(workspace).items()))
    yield repr(sorted(catalogue.last_changes(_BESIDE).items()))
    yield ledger_sum(catalogue.database)
    yield str(catalogue.verdicts.mark_of_places())


def _requirements() -> Iterator[str]:
    """Yield what tells that a file of requirements was changed."""
    for profile in profiles.available().values():
        for path in (profile.folder / MANIFEST, *profile.shapes):
            status = path.stat()
            yield f"{profile.token} {path.name} {status.st_size} {status.st_mtime_ns}"


@functools.lru_cache(maxsize=8)
def _settings(settings: Settings) -> str:
    plain = without_secrets(settings)
    values = {
        one.name: getattr(plain, one.name)
        for one in dataclasses.fields(plain)
        if one.name not in (*_NO_MATTER, "targets")
    }
    return repr((values, sorted(plain.targets.chosen.items())))
