"""The control desk of the sandbox: plan faults, read the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.errors import InputError
from fair_imagic.sandbox.exchange import Answer, json_answer
from fair_imagic.sandbox.faults import fault_from

if TYPE_CHECKING:
    from fair_imagic.sandbox.exchange import Request
    from fair_imagic.sandbox.faults import FaultBook
    from fair_imagic.sandbox.journal import Journal

__all__ = ["Control"]


class Control:
    """``/control/faults`` (GET, POST, DELETE) and ``/control/journal`` (GET)."""

    def __init__(self, faults: FaultBook, *, journal: Journal) -> None:
        self._faults = faults
        self._journal = journal

    def answer(self, request: Request) -> Answer:
        """Return the answer to one request."""
        route = (request.method, request.path)
        if route == ("GET", "/journal"):
            return json_answer(200, {"requests": self._journal.entries()})
        if request.path != "/faults":
            return json_answer(404, {"error": "unknown path"})
        # A page in a browser cannot send this header to another site unasked.
        if request.method != "GET" and not request.header("x-sandbox-control"):
            return json_answer(
                403, {"error": "the header X-Sandbox-Control is missing"}
            )
        return self._change(request)

    def _change(self, request: Request) -> Answer:
        if request.method == "DELETE":
            self._faults.clear()
        elif request.method == "POST":
            try:
                content = request.json()
                if not isinstance(content, dict):
                    return json_answer(400, {"error": "a fault is a JSON object"})
                self._faults.plan(fault_from(content))
            except (ValueError, InputError) as error:
                return json_answer(400, {"error": str(error)})
        elif request.method != "GET":
            return json_answer(405, {"error": "method not allowed"})
        return json_answer(200, {"faults": self._faults.planned()})
