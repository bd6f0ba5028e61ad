"""The overview as JSON; ``overview.schema.json`` beside this module says how.

Each subject carries the report of its own check, built as that of a single check.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from fair_imagic.checks.finding import Severity
from fair_imagic.checks.reports.json import as_json
from fair_imagic.clock import isoformat

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fair_imagic.checks.overview import Line, Overview, Priority, Subject
    from fair_imagic.checks.report import Report

__all__ = ["FORMAT", "json_of", "part_json"]

FORMAT = "fair-imagic-overview/1"
# How deep the report of a subject stands in the document.
_DEPTH = 3
_STATES = ("ready", "gaps", "blocked", "error")


def part_json(line: Line, report: Report) -> str:
    """Return a report as JSON text, indented for its place in the document."""
    return _indented(as_json(report).rstrip("\n"), levels=_DEPTH)


def json_of(overview: Overview, parts: Mapping[str, str]) -> Iterator[str]:
    """Yield one document with the overview and all reports."""
    # Reports are JSON text already: what holds them is put together around them.
    yield _text(_head(overview)).removesuffix("\n}")
    yield ',\n  "subjects": ['
    before = "\n"
    for line in overview.lines:
        said = _indented(_text(_said(line)).removesuffix("\n}"), levels=_DEPTH - 1)
        yield f"{before}    {said}"
        yield f',\n      "report": {parts.get(line.subject.iri, "null")}\n    }}'
        before = ",\n"
    yield "\n  ]\n}\n"


def _head(overview: Overview) -> dict[str, object]:
    return {
        "format": FORMAT,
        "checkedAt": isoformat(overview.checked_at),
        "conforms": overview.conforms,
        "exitCode": overview.exit_code,
        "states": {state: overview.states[state] for state in _STATES},
        "points": {str(one): overview.points[one] for one in Severity},
        "profiles": [
            {"token": one.token, "title": dict(one.title), "version": one.version}
            for one in overview.profiles
        ],
        "priorities": [_priority(one) for one in overview.priorities],
        "covered": [_subject(one) for one in overview.set_collections],
        "unasked": list(overview.silent_kinds),
    }


def _priority(priority: Priority) -> dict[str, object]:
    return {
        "code": priority.code,
        "field": dict(priority.field),
        "repair": dict(priority.repair),
        "points": priority.points,
        "stopped": priority.stop_count,
        "subjects": [line.subject.iri for line in priority.lines],
    }


def _subject(subject: Subject) -> dict[str, object]:
    return {
        "kind": subject.kind,
        "name": subject.name,
        "subject": subject.iri,
        "images": subject.images,
        "imagesInAll": subject.images_in_all,
    }


def _said(line: Line) -> dict[str, object]:
    found = line.summary
    return {
        **_subject(line.subject),
        "label": line.label,
        "state": line.state,
        "must": found.must if found else None,
        "should": found.should if found else None,
        "could": found.could if found else None,
        "error": line.error or None,
    }


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _indented(text: str, *, levels: int) -> str:
    # A text in JSON has no line end of its own.
    return text.replace("\n", "\n" + levels * "  ")
