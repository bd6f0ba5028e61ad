"""How BioStudies says no: ``{"status": "FAIL", "log": {...}}``."""

from __future__ import annotations

from fair_imagic.sandbox.exchange import Answer, json_answer

__all__ = ["Refusal", "fail", "log_of"]


class Refusal(ValueError):
    """What the back end refuses, with one message for each point."""

    def __init__(self, *messages: str, status: int = 400) -> None:
        super().__init__("; ".join(messages))
        self.messages = messages
        self.status = status


def log_of(messages: tuple[str, ...]) -> dict[str, object]:
    """Return the log tree: one message, or a node with one child for each."""
    nodes = [{"level": "ERROR", "message": m, "subnodes": []} for m in messages]
    if len(nodes) == 1:
        return {**nodes[0]}
    return {"level": "ERROR", "message": "Submission is not valid", "subnodes": nodes}


def fail(status: int, *messages: str) -> Answer:
    """Return a refusal."""
    return json_answer(status, {"status": "FAIL", "log": log_of(messages)})
