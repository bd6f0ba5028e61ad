"""Seeded mutations of good documents, and what two judges say of each.

A mutant is a good example with one thing changed: a part dropped, doubled, of another
type, renamed, out of its list or its range, foreign, or nested wrongly. The official
schema is the judge: what it refuses we must refuse, and what it and the archive's
written rules accept must get no obligatory point.
"""

from __future__ import annotations

import copy
import functools
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

SEED = 20261130
#: Two judges at work: one mutant -> whether it is refused, and why.
Judge = Callable[[bytes], str]

_TEXTS = ("", "banana", "12", "a b%zz", "1e400", "-999.5", "2026-13-45")
_VALUES: tuple[Any, ...] = (7, 1.5, True, None, "", "banana", [], {}, ["x"], {"x": 1})


@dataclass(frozen=True)
class Mutant:
    """A good example with one change: what was done, and where."""

    example: str
    change: str
    place: str
    build: Callable[[], bytes]

    @property
    def data(self) -> bytes:
        """The changed document, made when it is asked for."""
        return self.build()


@dataclass
class Agreement:
    """What both judges said of all mutants of one standard."""

    standard: str
    mutants: int = 0
    refused_there: int = 0
    refused_here: int = 0
    alike: int = 0
    missed: list[str] = field(default_factory=list)
    stricter: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)

    def note(self, mutant: Mutant, there: str, here: str) -> None:
        """Count one mutant; an empty text is acceptance."""
        self.mutants += 1
        self.refused_there += bool(there)
        self.refused_here += bool(here)
        self.alike += bool(there) == bool(here)
        told = f"{mutant.example}: {mutant.change} {mutant.place}"
        if there and not here:
            self.missed.append(f"{told}: {there}")
        elif here and not there:
            for code in here.split():
                self.stricter[code] += 1
                self.examples.setdefault(code, told)

    @property
    def text(self) -> str:
        """Return a line of figures, what was missed, and where we are stricter."""
        caught = self.refused_there - len(self.missed)
        lines = [
            f"{self.standard}: {self.mutants} mutants, refused by the judge "
            f"{self.refused_there}, of these by us {caught}; refused by us "
            f"{self.refused_here}; alike {self.alike}"
        ]
        lines += [f"  missed: {one}" for one in self.missed[:40]]
        lines += [
            f"  stricter: {code} {count} ({self.examples[code]})"
            for code, count in self.stricter.most_common()
        ]
        return "\n".join(lines)


def agreement_on(
    standard: str, mutants: Sequence[Mutant], *, judge: Judge, ours: Judge
) -> Agreement:
    """Return what both judges say of the mutants, and print it."""
    figures = Agreement(standard)
    for one in mutants:
        data = one.data
        figures.note(one, judge(data), ours(data))
    print(figures.text)
    return figures


def sample(mutants: Sequence[Mutant], most: int) -> list[Mutant]:
    """Return a seeded sample, each kind of change alike often as far as it goes."""
    chance = random.Random(SEED)
    by_change: dict[str, list[Mutant]] = {}
    for one in mutants:
        by_change.setdefault(one.change, []).append(one)
    for few in by_change.values():
        chance.shuffle(few)
    chosen: list[Mutant] = []
    while len(chosen) < most and any(by_change.values()):
        chosen += [few.pop() for few in by_change.values() if few]
    return chosen[:most]


# ------------------------------------------------------------------------- XML
def xml_mutants(example: str, data: bytes) -> Iterator[Mutant]:
    """Yield every mutant of an XML document."""
    root = etree.fromstring(data)
    tree = root.getroottree()
    for element in [one for one in root.iter() if isinstance(one.tag, str)]:
        place = tree.getpath(element)
        for change, act in _xml_changes(element):
            build = functools.partial(_changed_xml, data, place, act)
            yield Mutant(example, change, place, build)


def _changed_xml(data: bytes, place: str, act: Callable[[Any], object]) -> bytes:
    root = etree.fromstring(data)
    act(root.getroottree().xpath(place)[0])
    return etree.tostring(root)


def _xml_changes(element: Any) -> Iterator[tuple[str, Callable[[Any], object]]]:
    space = element.tag.partition("}")[0] + "}"
    if element.getparent() is not None:
        yield "drop", lambda e: e.getparent().remove(e)
        yield "double", lambda e: e.addnext(copy.deepcopy(e))
        yield "rename", lambda e: setattr(e, "tag", e.tag + "X")
        yield "wrong namespace", lambda e: setattr(e, "tag", "{urn:x}y")
        yield "nest in itself", _nested
        yield "move to the root", lambda e: e.getroottree().getroot().append(e)
        if element.getnext() is not None:
            yield "swap", lambda e: e.addprevious(e.getnext())
    yield "foreign element", lambda e: etree.SubElement(e, "{urn:x}foreign")
    yield "unknown element", lambda e: etree.SubElement(e, space + "unknown")
    yield "unknown attribute", lambda e: e.set("unknown", "x")
    yield "attribute of XML", lambda e: e.set(_XML + "space", "preserve")
    yield "language", lambda e: e.set(_XML + "lang", "not_a_language")
    for text in _TEXTS:
        yield f"text {text!r}", lambda e, text=text: setattr(e, "text", text)
    for name in element.attrib:
        yield f"drop @{_bare(name)}", lambda e, n=name: e.attrib.pop(n)
        yield f"rename @{_bare(name)}", lambda e, n=name: e.set("x", e.attrib.pop(n))
        for text in _TEXTS:
            if "schemaLocation" not in name:
                yield (
                    f"@{_bare(name)} {text!r}",
                    lambda e, n=name, text=text: e.set(n, text),
                )
        yield (
            f"@{_bare(name)} other case",
            lambda e, n=name: e.set(n, e.get(n).swapcase()),
        )


_XML = "{http://www.w3.org/XML/1998/namespace}"


def _bare(name: str) -> str:
    return str(name).rpartition("}")[2]


def _nested(element: Any) -> None:
    twin = copy.deepcopy(element)
    for child in list(element):
        element.remove(child)
    element.append(twin)


# ------------------------------------------------------------------------ JSON
def json_mutants(example: str, value: Any) -> Iterator[Mutant]:
    """Yield every mutant of a JSON document."""
    for path, part in _parts(value, ()):
        place = "/" + "/".join(map(str, path))
        for change, act in _json_changes(part, path):
            build = functools.partial(_changed_json, value, path, act)
            yield Mutant(example, change, place, build)


def _changed_json(
    value: Any, path: tuple[Any, ...], act: Callable[[Any, Any], object]
) -> bytes:
    holder = {"": copy.deepcopy(value)}
    steps = ("", *path)
    inner: Any = holder
    for step in steps[:-1]:
        inner = inner[step]
    act(inner, steps[-1])
    return json.dumps(holder[""]).encode()


def _parts(value: Any, path: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], Any]]:
    yield path, value
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _parts(part, (*path, key))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _parts(part, (*path, number))


def _json_changes(
    part: Any, path: tuple[Any, ...]
) -> Iterator[tuple[str, Callable[[Any, Any], object]]]:
    if path:
        yield "drop", lambda holder, key: holder.pop(key)
        yield "nest", _wrap
        yield "in a list", lambda holder, key: holder.__setitem__(key, [holder[key]])
        for value in _VALUES:
            yield (
                f"value {value!r}",
                lambda holder, key, v=value: holder.__setitem__(key, copy.deepcopy(v)),
            )
        if isinstance(path[-1], str):
            yield (
                "rename",
                lambda holder, key: holder.__setitem__(f"{key}X", holder.pop(key)),
            )
        else:
            yield "double", lambda holder, key: holder.append(holder[key])
    if isinstance(part, str):
        for text in _TEXTS[2:]:
            yield (
                f"text {text!r}",
                lambda holder, key, t=text: holder.__setitem__(key, t),
            )
        yield (
            "other case",
            lambda holder, key: holder.__setitem__(key, holder[key].swapcase()),
        )
    if isinstance(part, bool | int | float):
        yield "as text", lambda holder, key: holder.__setitem__(key, str(holder[key]))
        yield "below zero", lambda holder, key: holder.__setitem__(key, -holder[key])
    if isinstance(part, dict):
        yield "foreign key", lambda holder, key: holder[key].__setitem__("foreign", "x")


def _wrap(holder: Any, key: Any) -> None:
    holder[key] = {"nested": holder[key]}
