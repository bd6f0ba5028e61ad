"""Faults on demand: what a service on the internet does to its clients."""

from __future__ import annotations

import re
import threading
from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING

from fair_imagic.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fair_imagic.sandbox.exchange import Request

__all__ = ["KINDS", "Fault", "FaultBook"]

KINDS = ("status", "drop-before", "drop-after", "slow")
"""``status``: an error instead of the work; ``drop-before``: the connection breaks and
nothing was done; ``drop-after``: the work is done and the answer is lost; ``slow``:
the work is done, later."""

_TYPES: dict[str, tuple[type, ...]] = {
    "times": (int,),
    "skip": (int,),
    "status": (int,),
    "delay_s": (int, float),
}


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One planned fault.

    Parameters
    ----------
    kind
        One of :data:`KINDS`.
    service, method
        Which requests it hits: a mount name or ``*``, an HTTP method or ``*``.
    path
        Regular expression searched in the path below the mount point.
    skip, times
        How many matching requests pass first, and how many it hits then.
    status, body
        The error that ``status`` answers with.
    delay_s
        Seconds that ``slow`` waits; also the Retry-After of 429 and 503.
    """

    kind: str
    service: str = "*"
    method: str = "*"
    path: str = ""
    skip: int = 0
    times: int = 1
    status: int = 503
    body: str = "<html><body>Service Unavailable</body></html>"
    delay_s: float = 0.0

    def __post_init__(self) -> None:
        """Refuse a fault that could never happen."""
        if self.kind not in KINDS:
            raise InputError(
                "Unknown kind of fault", expected=", ".join(KINDS), found=self.kind
            )

    def hits(self, service: str, request: Request) -> bool:
        """Return whether a request is of the planned sort."""
        return (
            self.service in ("*", service)
            and self.method in ("*", request.method)
            and re.search(self.path, request.path) is not None
        )


class FaultBook:
    """The planned faults, taken one request at a time. Thread-safe."""

    def __init__(self, faults: tuple[Fault, ...] = ()) -> None:
        self._lock = threading.Lock()
        self._planned = list(faults)

    def plan(self, fault: Fault) -> None:
        """Add a fault behind those already planned."""
        with self._lock:
            self._planned.append(fault)

    def clear(self) -> None:
        """Forget all planned faults."""
        with self._lock:
            self._planned.clear()

    def planned(self) -> list[dict[str, object]]:
        """Return what is still to come."""
        with self._lock:
            return [asdict(fault) for fault in self._planned]

    def take(self, service: str, request: Request) -> Fault | None:
        """Return the fault that this request meets, and count it."""
        with self._lock:
            for index, fault in enumerate(self._planned):
                if fault.hits(service, request):
                    return self._count(index, fault)
        return None

    def _count(self, index: int, fault: Fault) -> Fault | None:
        if fault.skip > 0:
            self._planned[index] = replace(fault, skip=fault.skip - 1)
            return None
        if fault.times > 1:
            self._planned[index] = replace(fault, times=fault.times - 1)
        else:
            del self._planned[index]
        return fault


def fault_from(content: Mapping[str, object]) -> Fault:
    """Return the fault that JSON describes; raises InputError for what is not one."""
    known = {field.name for field in fields(Fault)}
    for name, value in content.items():
        if name not in known or not isinstance(value, _TYPES.get(name, (str,))):
            raise InputError(
                "This is not a field of a fault",
                expected=", ".join(sorted(known)),
                found=f"{name}={value!r}",
            )
    return Fault(**{"kind": "", **content})  # type: ignore[arg-type]
