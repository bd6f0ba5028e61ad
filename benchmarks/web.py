"""Pages of many sets and of a large one: what each costs, and readers beside a writer.

CPU is that of the service process alone. The peer is a bare Flask page of the same size
in this run; ``--large`` has 500 sets of 300 images and one of 20,000, and 5 minutes.
"""

from __future__ import annotations

import http.cookies
import re
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import psutil  # type: ignore[import-untyped]

from benchmarks.figure import Figure, at_most, plain
from benchmarks.generated_images import BASE
from benchmarks.service import Answers, served
from benchmarks.web_catalogue import (
    COLLECTION,
    LARGE,
    PASSWORD,
    READER,
    Size,
    described,
    fill,
)

if TYPE_CHECKING:
    from benchmarks.service import Service

__all__ = ["run"]

_SMALL = Size(images=2_000, sets=50, images_each=100)
_FULL = Size(images=20_000, sets=500, images_each=300)
_TIMES, _READERS, _PAUSE_S = 20, 50, 2.0
_MOST_CPU_MS, _MOST_P95_MS, _MOST_SLOPE_MB = 15, 600, 10


def run(*, large: bool) -> list[Figure]:
    """Measure the CPU of each page alone, then readers beside a writer."""
    size, seconds = (_FULL, 300) if large else (_SMALL, 30)
    pages = {
        "overview": "/",
        "list of sets": "/sets",
        "small set": f"/set/{size.name(1)}",
        "large set": f"/set/{LARGE}",
        "collection": f"/collection/{COLLECTION}",
    }
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        fill(home, size)
        with served(home, base_iri=BASE) as service:
            cookie = _logged_in(service)
            peer = _peer_ms()
            figures = [plain("a bare Flask page, CPU", peer, "ms")]
            for name, url in pages.items():
                cost = _cpu_ms(service, url, cookie)
                figures.append(at_most(f"{name}, CPU", cost, "ms", _MOST_CPU_MS))
                figures.append(plain(f"{name} / bare page", cost / peer, "times"))
            figures += _readers(service, home, size, cookie, seconds)
    return figures


def _logged_in(service: Service) -> dict[str, str]:
    """Return the header of somebody of the staff who is logged in."""
    connection = service.connection()
    connection.request("GET", "/login")
    answer = connection.getresponse()
    token = re.search(r'name="csrf" value="([^"]+)"', answer.read().decode())
    assert token is not None
    sent = _cookie(answer.headers.get_all("Set-Cookie") or [])
    fields = {"csrf": token[1], "name": READER, "password": PASSWORD}
    kind = "application/x-www-form-urlencoded"
    headers = {"Cookie": sent, "Content-Type": kind}
    connection.request("POST", "/login", body=urlencode(fields), headers=headers)
    answer = connection.getresponse()
    answer.read()
    assert answer.status == 302, answer.status
    return {"Cookie": _cookie(answer.headers.get_all("Set-Cookie") or [])}


def _cookie(lines: list[str]) -> str:
    jar = http.cookies.SimpleCookie()
    for line in lines:
        jar.load(line)
    return "; ".join(f"{name}={one.value}" for name, one in jar.items())


def _cpu_ms(service: Service, url: str, cookie: dict[str, str]) -> float:
    """Return the CPU time of one look at a page that was looked at before."""
    process = psutil.Process(service.process)
    for _warm in range(3):
        status, _body = service.get(url, headers=cookie)
        assert status == 200, (url, status)
    before = process.cpu_times()
    for _time in range(_TIMES):
        service.get(url, headers=cookie)
    after = process.cpu_times()
    used = after.user + after.system - before.user - before.system
    return float(used / _TIMES * 1e3)


def _peer_ms() -> float:
    """Return the CPU time of a bare Flask page with a list of 60 things."""
    from flask import Flask, render_template_string

    app = Flask("peer")
    text = "<ul>{% for n in range(60) %}<li>" + "x" * 300 + "{{ n }}</li>{% endfor %}"
    app.add_url_rule("/", view_func=lambda: render_template_string(text))
    client = app.test_client()
    client.get("/")
    before = time.process_time()
    for _time in range(200):
        client.get("/")
    return (time.process_time() - before) / 200 * 1e3


def _readers(
    service: Service, home: Path, size: Size, cookie: dict[str, str], seconds: float
) -> list[Figure]:
    """Return what readers saw who look at page after page while somebody writes."""
    answers, ended = Answers(), threading.Event()
    urls = ["/", "/sets", f"/collection/{COLLECTION}", f"/set/{LARGE}"]
    urls += [f"/set/{size.name(number)}" for number in range(1, 20)]

    def read(first: int) -> None:
        ended.wait(first / _READERS * _PAUSE_S)
        number = first
        while not ended.is_set():
            service.timed(urls[number % len(urls)], answers, headers=cookie)
            number += 1
            ended.wait(_PAUSE_S)

    workers = [threading.Thread(target=read, args=(n,)) for n in range(_READERS)]
    workers.append(threading.Thread(target=_write, args=(home, size, ended)))
    process = psutil.Process(service.process)
    for one in workers:
        one.start()
    ended.wait(seconds / 3)
    early = process.memory_info().rss / 1e6
    ended.wait(seconds * 2 / 3)
    late = process.memory_info().rss / 1e6
    ended.set()
    for one in workers:
        one.join()
    wrong = sum(n for status, n in answers.statuses.items() if status != 200)
    return [
        plain("pages read beside a writer", len(answers.taken_ms), ""),
        at_most("pages that were no page", wrong, "", 0),
        at_most("a page beside a writer, p95", answers.p95_ms(), "ms", _MOST_P95_MS),
        plain("memory of the service", late, "MB"),
        at_most("memory, last third - first", late - early, "MB", _MOST_SLOPE_MB),
    ]


def _write(home: Path, size: Size, ended: threading.Event) -> None:
    from fair_imagic import config
    from fair_imagic.catalogue import open_catalogue

    with open_catalogue(config.load(home, environ={})) as catalogue:
        number = 0
        while not ended.wait(1):
            number += 1
            name = size.name(number % size.sets)
            catalogue.append(described(name, f"tag {number}"))
