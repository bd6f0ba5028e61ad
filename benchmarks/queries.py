"""Anonymous queries beside the pages: what the service still answers, and how fast.

Slow queries come from 8 and from 32 addresses at once, again and again, while pages
are asked for at a steady pace. The peer is the same service without any query.
"""

from __future__ import annotations

import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import psutil  # type: ignore[import-untyped]

from benchmarks.figure import Figure, at_most, plain
from benchmarks.service import Answers, served

if TYPE_CHECKING:
    from benchmarks.service import Service

__all__ = ["run"]

_SECONDS = 15
_PAUSE_S = 0.1
_TIMEOUT_S = 5
_PAGE = "/query"
# Queries over what is published take no data to be slow.
_DIGITS = " ".join(map(str, range(100)))
_SLOW = "SELECT (COUNT(*) AS ?n) { " + " ".join(
    f"VALUES ?v{number} {{ {_DIGITS} }}" for number in range(6)
)
_MUCH = "SELECT * { " + " ".join(
    f"VALUES ?v{number} {{ {_DIGITS} }}" for number in range(3)
)


def run(*, large: bool) -> list[Figure]:
    """Measure /health and a page alone, then beside slow and beside long answers."""
    seconds = _SECONDS * (4 if large else 1)
    with tempfile.TemporaryDirectory() as folder:
        given = {"trusted_proxies": "127.0.0.1", "query_timeout_s": str(_TIMEOUT_S)}
        with served(Path(folder) / "home", **given) as service:
            alone = _round(service, seconds, askers=0)
            figures = _figures("alone", alone, alone)
            for askers, query in ((8, _SLOW), (32, _SLOW), (32, _MUCH)):
                kind = "slow queries" if query is _SLOW else "long answers"
                beside = _round(service, seconds, askers=askers, query=f"{query} }}")
                figures += _figures(f"beside {askers} {kind}", beside, alone)
            resident = psutil.Process(service.process).memory_info().rss / 1e6
    return [*figures, plain("memory of the service", resident, "MB")]


def _round(
    service: Service, seconds: float, *, askers: int, query: str = ""
) -> dict[str, Answers]:
    """Return the answers to health, page and queries during some seconds."""
    answers = {name: Answers() for name in ("health", "page", "query")}
    ended = threading.Event()
    threads = [
        threading.Thread(
            target=_ask, args=(service, number, query, answers["query"], ended)
        )
        for number in range(askers)
    ]
    for thread in threads:
        thread.start()
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        service.timed("/health", answers["health"])
        service.timed(_PAGE, answers["page"])
        time.sleep(_PAUSE_S)
    ended.set()
    for thread in threads:
        thread.join()
    return answers


def _ask(
    service: Service,
    number: int,
    query: str,
    answers: Answers,
    ended: threading.Event,
) -> None:
    """Send a query again and again from an address of its own."""
    path = f"/sparql?{urlencode({'query': query})}"
    headers = {"X-Forwarded-For": f"192.0.2.{number}", "Accept": "text/csv"}
    while not ended.is_set():
        begun = time.perf_counter()
        status, _body = service.get(path, headers=headers)
        answers.add(status, (time.perf_counter() - begun) * 1e3)
        ended.wait(1)


def _figures(
    name: str, beside: dict[str, Answers], alone: dict[str, Answers]
) -> list[Figure]:
    health, page = beside["health"].p95_ms(), beside["page"].p95_ms()
    figures = [
        plain(f"/health {name}, p95", health, "ms"),
        plain(f"page {name}, p95", page, "ms"),
    ]
    if beside is not alone:
        times = health / alone["health"].p95_ms()
        statuses = beside["query"].statuses
        figures += [
            at_most(f"/health {name} / alone", times, "times", 10),
            plain(
                f"queries {name}, answered or stopped",
                sum(count for status, count in statuses.items() if status != 503),
                "",
            ),
            plain(f"queries {name}, told to come later", statuses.get(503, 0), ""),
        ]
    return figures
