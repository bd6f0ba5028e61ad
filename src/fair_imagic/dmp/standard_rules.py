"""Whatever the official schema of a maDMP refuses, by the standard's table.

The table (``documents.madmp.standard``) says what each key must be in the version that
the plan names. Each point cites version and key.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from fair_imagic.checks.point import nearest_words
from fair_imagic.documents.address import has_scheme
from fair_imagic.documents.content import NumberText
from fair_imagic.documents.madmp.standard import clauses, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fair_imagic.checks import Finding
    from fair_imagic.checks.point import Points
    from fair_imagic.documents.madmp.standard import Clause

__all__ = ["standard_points"]

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)")


def standard_points(
    document: Mapping[str, Any], version: str, points: Points
) -> Iterator[Finding]:
    """Yield what the schema of a version does not let stand as it is."""
    yield from _Judge(version, points).value(document, clauses(version), "", "")


@dataclass(frozen=True)
class _Judge:
    """The table at work on one plan."""

    version: str
    points: Points

    def value(
        self, value: Any, clause: Clause, place: str, kind: str
    ) -> Iterator[Finding]:
        """Yield the points of a value and of everything in it.

        ``kind`` is the key that holds it, of an item the key of its list.
        """
        if not _is(value, clause.kind):
            yield self._of_wrong_kind(value, clause, place, clause.kind)
        elif isinstance(value, dict):
            yield from self._object(value, clause, place, kind)
        elif isinstance(value, list):
            yield from self._list(value, clause, place, kind)
        elif isinstance(value, str) and not _fits(value, clause):
            yield self.make(
                "value-wrong",
                message="{place} has a value that the standard does not accept",
                repair="Correct the value in the plan or the record behind it",
                place=place,
                value=value,
                clause=clause,
                expected=_expected(value, clause),
            )

    def _object(
        self, value: dict[str, Any], clause: Clause, place: str, kind: str
    ) -> Iterator[Finding]:
        for key, inner in clause.parts.items():
            if inner.is_needed and _is_gap(value, key, inner):
                yield self.make(
                    f"{_code(kind)}-{_code(key)}-needed",
                    message="The plan needs: {place}",
                    repair="Fill in {place} in the plan or the record behind it",
                    place=_joined(place, key),
                    clause=inner,
                )
            elif key in value:
                yield from self.value(value[key], inner, _joined(place, key), key)
        if clause.is_closed:
            for key in value.keys() - clause.parts.keys():
                yield self.make(
                    "key-not-allowed",
                    message="Version {version} of the standard allows no {name} there",
                    repair="Take {name} out, or name version 1.2 as the schema",
                    place=_joined(place, key),
                    clause=clause,
                    name=key,
                )

    def _list(
        self, value: list[Any], clause: Clause, place: str, kind: str
    ) -> Iterator[Finding]:
        if len(value) < clause.least:
            yield self.make(
                "list-too-short",
                message="{place} must hold {least} at least",
                repair="Fill in {place} in the plan or the record behind it",
                place=place,
                clause=clause,
                least=clause.least,
            )
        if clause.is_unique and _has_twins(value):
            yield self.make(
                "list-with-twins",
                message="{place} holds the same twice",
                repair="Keep one of them",
                place=place,
                value=_shown(value),
                clause=clause,
            )
        for number, one in enumerate(value):
            at = f"{place}[{number}]"
            if clause.kind == "object or list":  # each is what one alone would be
                if isinstance(one, dict):
                    yield from self._object(one, clause, at, kind)
                else:
                    yield self._of_wrong_kind(one, clause, at, "object")
            elif "*" in clause.parts:
                yield from self.value(one, clause.parts["*"], at, kind)

    def _of_wrong_kind(
        self, value: Any, clause: Clause, place: str, wanted: str
    ) -> Finding:
        return self.make(
            "type-wrong",
            message="{place} must have the form {wanted} in JSON",
            repair="Correct the value in the plan or the record behind it",
            place=place,
            value=_shown(value),
            clause=clause,
            wanted=_NAMES[wanted],
        )

    def make(
        self,
        code: str,
        *,
        message: str,
        repair: str,
        place: str,
        clause: Clause,
        value: str | None = None,
        expected: str = "",
        **names: object,
    ) -> Finding:
        """Return a point that cites version and key."""
        cited = f"RDA DMP Common Standard {self.version}, {clause.path}"
        point = self.points.make
        return point(
            code,
            message=message,
            repair=repair,
            place=place or "/",
            value=value,
            must=True,
            clause=cited,
            expected=expected,
            version=self.version,
            **names,
        )


_NAMES = {
    "object": "{...}",
    "list": "[...]",
    "object or list": "{...} / [...]",
    "text": '"..."',
    "number": "1.5",
    "integer": "15",
    "boolean": "true / false",
}


def _is(value: Any, kind: str) -> bool:
    if kind == "text":
        return isinstance(value, str) and not isinstance(value, NumberText)
    if kind == "object or list":
        return isinstance(value, dict | list)
    if kind == "boolean":
        return isinstance(value, bool)
    if kind == "integer":
        return _is_integer(value)
    if kind == "number":
        is_number = isinstance(value, int | float | NumberText)
        return is_number and not isinstance(value, bool)
    return isinstance(value, dict if kind == "object" else list)


def _is_integer(value: Any) -> bool:
    if isinstance(value, bool):
        return False
    # JSON has one kind of number: 3.0 is an integer.
    written = str(value) if isinstance(value, NumberText) else ""
    plain = bool(re.fullmatch(r"-?\d+(\.0*)?", written))
    return (
        plain
        or isinstance(value, int)
        or (isinstance(value, float) and value.is_integer())
    )


def _is_gap(value: dict[str, Any], key: str, inner: Clause) -> bool:
    """Return whether what must be there is not: an empty text is nothing either."""
    given = value.get(key)
    empty = given in (None, "", {}) or (given == [] and key != "dataset")
    return empty and not (given == {} and inner.kind == "text")


def _expected(text: str, clause: Clause) -> str:
    """Return what would pass: words of the list, or an example of the form."""
    if clause.words:
        return nearest_words(text, words(clause.words))
    return _EXAMPLES.get(clause.format, "")


def _fits(text: str, clause: Clause) -> bool:
    if clause.words:
        return text in words(clause.words)
    test = _FORMATS.get(clause.format)
    return test is None or test(text)


def _is_day(text: str) -> bool:
    try:
        return bool(_DAY.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False


def _is_time(text: str) -> bool:
    match = _TIME.fullmatch(text)
    if match is None:
        return False
    # A leap second has no place in Python's clock.
    clock = match[2].replace(":60", ":59") if match[2].endswith(":60") else match[2]
    try:
        datetime.fromisoformat(f"{match[1]}T{clock}{match[4]}")
    except ValueError:
        return False
    return True


_EXAMPLES = {
    "date": "2026-11-22",
    "date-time": "2026-11-22T10:00:00Z",
    "uri": "https://example.org/page",
}
_FORMATS = {"date": _is_day, "date-time": _is_time, "uri": has_scheme}


def _has_twins(value: list[Any]) -> bool:
    shown = [repr(one) for one in value]
    return len(set(shown)) < len(shown)


def _shown(value: Any) -> str:
    return repr(value)[:200]


def _code(name: str) -> str:
    return (name or "document").replace("_", "-")


def _joined(place: str, key: str) -> str:
    return f"{place}.{key}" if place else key
