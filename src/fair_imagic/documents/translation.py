"""A document in the model's terms, by a mapping table of ``mappings/documents``."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from fair_imagic.documents.tree_path import pointer_text, values_at
from fair_imagic.entry import NoNames, Temper, read
from fair_imagic.entry.identifier import looks_like_orcid, orcid_of
from fair_imagic.errors import ConfigurationError
from fair_imagic.i18n import _
from fair_imagic.model import class_named, slots_of
from fair_imagic.rdf import PREFIXES, iri
from fair_imagic.resources import folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fair_imagic.documents.kind import Place, Question
    from fair_imagic.documents.tree_path import Pointer
    from fair_imagic.model import Slot
    from fair_imagic.rdf import Triple

__all__ = ["Translation", "translation_of"]

_HEADER = ("node", "class", "at", "link", "slot", "from", "convert", "asked", "note")
_NO_NAMES = NoNames()

#: Where a value stands: a text for people, from its pointer.
Where = Callable[["Pointer"], str]


@dataclass
class Translation:
    """The statements of a document, where each came from, and what may be asked."""

    root: str
    triples: list[Triple] = field(default_factory=list)
    places: dict[Place, str] = field(default_factory=dict)
    questions: frozenset[Question] = frozenset()


def translation_of(table: str, tree: Any, *, base: str, where: Where) -> Translation:
    """Return a tree in the model's terms.

    Parameters
    ----------
    table
        Name of a file in ``mappings/documents``. Its first row is the root.
    tree
        Dictionaries, lists, texts and numbers.
    base
        IRI of the document: the root's own; parts get an IRI below it.
    where
        Gives the place of a pointer in words.
    """
    rows = _rows(folder("mappings") / "documents" / f"{table}.tsv")
    work = _Work(Translation(root=base), base, where)
    nodes: dict[str, list[tuple[Pointer, Any, str]]] = {}
    for row in rows:
        if row["class"]:
            nodes[row["node"]] = list(
                work.nodes(row, tree, nodes, is_root=row is rows[0])
            )
        else:
            for pointer, value, subject in nodes[row["node"]]:
                work.values(row, pointer, value, subject)
    work.translation.questions = _questions(rows)
    return work.translation


@dataclass
class _Work:
    """One document under way."""

    translation: Translation
    base: str
    where: Where

    def nodes(
        self,
        row: dict[str, str],
        tree: Any,
        known: dict[str, list[tuple[Pointer, Any, str]]],
        *,
        is_root: bool,
    ) -> Iterator[tuple[Pointer, Any, str]]:
        """Describe and yield the nodes of a row, linked from the row's owner."""
        owner, _dot, slot = row["link"].partition(".")
        starts = known[owner] if owner else [((), tree, self.base)]
        for at, value, subject in starts:
            for pointer, part in values_at(value, row["at"]):
                if part in (None, "", {}, []):
                    continue
                here = (*at, *pointer)
                name = self.base if is_root else self.base + pointer_text(here)
                self.add(name, "rdf:type", iri(class_named(row["class"]).iri), here)
                self.translation.places[name, "", ""] = self.where(here)
                if slot:
                    path = _slot(row["owner_class"], slot).iri
                    self.add(subject, path, iri(name), here)
                yield here, part, name

    def values(
        self, row: dict[str, str], at: Pointer, value: Any, subject: str
    ) -> None:
        """Add the values of a row to one node."""
        slot = _slot(row["owner_class"], row["slot"])
        convert = _CONVERTERS[row["convert"] or "text"]
        for pointer, part in values_at(value, row["from"]):
            for text in map(convert, _texts(part)):
                if text:
                    reading = read(text, slot, _NO_NAMES, temper=Temper.FILE)
                    for path, term in reading.sure().terms:
                        self.add(subject, path, term, (*at, *pointer))

    def add(self, subject: str, path: str, term: str, pointer: Pointer) -> None:
        triple = (iri(subject), iri(path), term)
        self.translation.triples.append(triple)
        self.translation.places.setdefault(
            (subject, triple[1][1:-1], term), self.where(pointer)
        )


def _texts(value: Any) -> list[str]:
    """Return the texts of a value; a text with a language counts by its text."""
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    if isinstance(value, dict):
        kept = value.get("@value", value.get("@id", value.get("name")))
        return [] if kept is None else _texts(kept)
    if isinstance(value, bool):
        return ["true" if value else "false"]
    return [] if value is None else [" ".join(str(value).split())]


@cache
def _rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table, each with the class that its node has."""
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        if tuple(reader.fieldnames or ()) != _HEADER:
            raise ConfigurationError(
                _("The mapping table has other columns than expected"),
                where=str(path),
                expected=", ".join(_HEADER),
                found=", ".join(reader.fieldnames or ()),
            )
        rows = [{key: text or "" for key, text in row.items()} for row in reader]
    classes = {row["node"]: row["class"] for row in rows if row["class"]}
    for row in rows:
        owner = row["link"].partition(".")[0] if row["class"] else row["node"]
        row["owner_class"] = classes.get(owner, "")
    return rows


def _questions(rows: list[dict[str, str]]) -> frozenset[Question]:
    """Return what may be asked: whose requirements, and of which property."""
    questions = set()
    for row in rows:
        name = row["slot"] or row["link"].partition(".")[2]
        for token in filter(None, row["asked"].split(",")):
            questions.add((token, _slot(row["owner_class"], name).iri))
    return frozenset(questions)


@cache
def _slot(class_name: str, name: str) -> Slot:
    for slot in slots_of(class_name):
        if slot.name == name:
            return slot
    raise ConfigurationError(
        _("The mapping table names an unknown field"), found=f"{class_name}.{name}"
    )


def _ror(text: str) -> str:
    return text if "ror.org/" in text else ""


def _orcid(text: str) -> str:
    return orcid_of(text) if looks_like_orcid(text) else ""


def _taxon(text: str) -> str:
    """Return the term of the NCBI taxonomy, whatever prefix its number has."""
    number = "".join(char for char in text if char.isdigit())
    return f"{PREFIXES['obo']}NCBITaxon_{number}" if number else ""


_CONVERTERS: dict[str, Callable[[str], str]] = {
    "text": str.strip,
    "lower": str.lower,
    "orcid": _orcid,
    "ror": _ror,
    "taxon": _taxon,
}
