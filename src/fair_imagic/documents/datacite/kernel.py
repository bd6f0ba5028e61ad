"""The kernel of DataCite as data: which parts a record has, how often, and of what.

``mappings/standards/datacite-kernel.tsv`` has a row for each element and attribute
(facts of the official schemas, kernel 4.4 to 4.7), ``datacite-words.tsv`` the words of
their closed lists; ``since`` is the first kernel that has it. The column ``json`` says
where DataCite's JSON keeps a part: a key of the object around it (``name``); an object
of its own (``publisher.name``, its text under ``name``); each item of a list
(``nameIdentifiers[].nameIdentifier``; without a key the wrapper is the list itself).
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from fair_imagic.resources import folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["KERNELS", "NAMESPACE", "Spec", "kernel_named", "record_spec", "words"]

#: How the namespaces of all kernels begin.
NAMESPACE = "http://datacite.org/schema/kernel-"
KERNELS = ("4.4", "4.5", "4.6", "4.7")
_NAMED = re.compile(r"kernel-(\d(?:\.\d+)?)")
_JSON = re.compile(r"(?P<key>\w*)(?P<listed>\[\])?(?:(?P<own>\.)(?P<text>\w*))?\Z")
_ONLY_IN_XML = "-"


@dataclass
class Spec:
    """One element or attribute of the kernel, and what may stand in it.

    ``most`` is None where it may be repeated. ``key``, ``listed``, ``own`` and ``text``
    say where the JSON keeps it; ``in_json`` is whether it has a place there at all.
    """

    name: str
    path: str
    content: str
    least: int
    most: int | None
    since: str
    key: str = ""
    listed: bool = False
    own: bool = False
    text: str = ""
    in_json: bool = True
    attributes: dict[str, Spec] = field(default_factory=dict)
    parts: dict[str, Spec] = field(default_factory=dict)

    @property
    def holds_parts(self) -> bool:
        """Whether it is made of parts (line breaks in a text are none)."""
        return self.content in ("in order", "any order", "any number")

    @property
    def is_list(self) -> bool:
        """Whether it is a list in JSON: a wrapper around items of one kind."""
        items = any(not one.key and one.listed for one in self.parts.values())
        return items and not self.own

    @property
    def is_open(self) -> bool:
        """Whether the official schema lets anything stand in it."""
        return self.content.startswith("anything")


def kernel_named(text: str) -> str:
    """Return the kernel that an address of a schema means, among those known here.

    An address without a version means the newest. Records of older kernels are judged
    by the oldest known, those of kernel 2 and 3 (which DataCite no longer takes) by the
    newest.
    """
    match = _NAMED.search(text)
    version = match[1] if match else "4"
    if not version.startswith("4."):
        return KERNELS[-1]
    number = int(version.partition(".")[2])
    fitting = [one for one in KERNELS if int(one.partition(".")[2]) <= number]
    return fitting[-1] if fitting else KERNELS[0]


@cache
def record_spec() -> Spec:
    """Return the kernel's record, with everything below it."""
    record = Spec("resource", "", "any order", 1, 1, KERNELS[0])
    known = {"": record}
    for row in _rows("datacite-kernel.tsv"):
        around, _slash, name = row["part"].rpartition("/")
        spec = _spec(row, name.removeprefix("@"))
        owner = known[around]
        (owner.attributes if name.startswith("@") else owner.parts)[spec.name] = spec
        known[row["part"]] = spec
    return record


def _spec(row: dict[str, str], name: str) -> Spec:
    spec = Spec(
        name,
        row["part"],
        row["content"],
        int(row["least"]),
        None if row["most"] == "n" else int(row["most"]),
        row["since"],
    )
    if row["json"] == _ONLY_IN_XML:
        spec.in_json = False
        return spec
    match = _JSON.match(row["json"])
    if match is not None:
        spec.key, spec.text = match["key"], match["text"] or ""
        spec.listed, spec.own = bool(match["listed"]), bool(match["own"])
    return spec


@cache
def words(name: str) -> dict[str, str]:
    """Return the words of a closed list, each with the first kernel that has it."""
    return {
        row["word"]: row["since"]
        for row in _rows("datacite-words.tsv")
        if row["list"] == name
    }


def _rows(name: str) -> Iterator[dict[str, str]]:
    path: Path = folder("mappings") / "standards" / name
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
