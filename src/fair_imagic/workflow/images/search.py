"""A search over images: conditions that all hold, as pages and commands write them.

As text it is a query for ``--images``: ``collection=nuclei & text=field_0 &
microscope=widefield-1 & from=2026-03-01``.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fair_imagic.errors import InputError
from fair_imagic.i18n import _
from fair_imagic.workflow.base.label import label_in, name_of
from fair_imagic.workflow.images.listed import folded, listed_in
from fair_imagic.workflow.images.match import JOKER, fits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.images.listed import ListedImage

__all__ = [
    "NAMES",
    "PLACES",
    "WORDS",
    "Facet",
    "FacetValue",
    "Search",
    "facets_of",
    "images_found",
    "parts_of",
    "search_in",
]

#: Where images are looked for.
PLACES = ("collection", "set")
#: Words in front of a name of images.
NAMES = ("name", "file", "title")
#: Words of conditions that a search knows itself.
WORDS = (*PLACES, "text", "microscope", "sample", "objective", "from", "until")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
# An ampersand stands in many a title: it joins conditions only where one follows.
_JOINT = re.compile(rf"\s+&\s+(?=(?:{'|'.join((*WORDS, *NAMES))}|tag:[^=&]+)\s*=)")
_FIRST = re.compile(rf"({'|'.join(WORDS)}|tag:[^=&]+)\s*=")
_MOST_VALUES = 200
_RECORDS = ("collection", "microscope", "sample")


@dataclass(frozen=True, kw_only=True)
class Search:
    """Conditions on images; an empty one asks for nothing.

    ``place`` is the short name of a collection or set with its word in front
    (``collection=nuclei``). ``microscope``, ``sample`` and ``collection`` are names of
    records, short or long; days are ISO texts, a month or a year too. ``tag`` is
    ``NAME=TEXT``.
    """

    place: str = ""
    text: str = ""
    collection: str = ""
    microscope: str = ""
    sample: str = ""
    objective: str = ""
    since: str = ""
    until: str = ""
    tag: str = ""

    @property
    def query(self) -> str:
        """Return the search as a query for ``--images``."""
        conditions = [
            ("collection", self.collection),
            ("text", self.text),
            ("microscope", self.microscope),
            ("sample", self.sample),
            ("objective", self.objective),
            ("from", self.since),
            ("until", self.until),
        ]
        told = [f"{word}={value}" for word, value in conditions if value]
        told += [f"tag:{self.tag}"] if self.tag else []
        return " & ".join([self.place, *told] if self.place else told) or "all"

    @property
    def narrows(self) -> bool:
        """Whether it asks for more than a place."""
        return self != Search(place=self.place)


@dataclass(frozen=True, kw_only=True)
class FacetValue:
    """One value that images have, and how many of them."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, kw_only=True)
class Facet:
    """The values of one property of listed images, the most frequent first."""

    word: str
    values: tuple[FacetValue, ...] = field(default_factory=tuple)


def parts_of(query: str) -> list[str]:
    """Return the conditions of a query, one where it has no ``&``."""
    return [part.strip() for part in _JOINT.split(query)]


def search_in(conditions: Iterable[str]) -> tuple[Search, list[str]]:
    """Return the search that conditions make, and those that are none of it.

    Raises :class:`~fair_imagic.errors.InputError` for a day that is none.
    """
    known: dict[str, str] = {}
    others = []
    for one in conditions:
        if not _FIRST.match(one):
            others.append(one)
            continue
        word, _equals, value = (part.strip() for part in one.partition("="))
        if word.startswith("tag:"):
            word, value = "tag", f"{word[4:].strip()}={value}"
        if word in known:
            raise InputError(
                _("The condition {word} is given twice").format(word=f"{word}="),
                found=f"{known[word]}, {value}",
            )
        _refuse_no_day(word, value)
        known[word] = value
    return _search(known), others


def _search(known: dict[str, str]) -> Search:
    place = next((word for word in ("set", "collection") if word in known), "")
    return Search(
        place=f"{place}={known[place]}" if place else "",
        text=known.get("text", ""),
        collection="" if place == "collection" else known.get("collection", ""),
        microscope=known.get("microscope", ""),
        sample=known.get("sample", ""),
        objective=known.get("objective", ""),
        since=known.get("from", ""),
        until=known.get("until", ""),
        tag=known.get("tag", ""),
    )


def images_found(
    workspace: Workspace,
    search: Search,
    *,
    visible: Callable[[ListedImage], bool] | None = None,
) -> tuple[ListedImage, ...]:
    """Return the images that a search finds, by title.

    ``visible`` says which ones somebody may see, all by default. Raises
    :class:`~fair_imagic.errors.NotFoundError` for a place that is not there.
    """
    listed = listed_in(workspace, _place(workspace, search))
    asked = _conditions(workspace, search, listed)
    if visible is not None:
        asked.append(visible)
    if not asked:
        return listed
    return tuple(one for one in listed if all(fits_it(one) for fits_it in asked))


def facets_of(workspace: Workspace, images: Iterable[ListedImage]) -> dict[str, Facet]:
    """Return by word what listed images can be narrowed by, with counts."""
    found: dict[str, Counter[str]] = {
        word: Counter()
        for word in ("collection", "microscope", "sample", "objective", "tag")
    }
    for one in images:
        if one.instrument:
            found["microscope"][one.instrument] += 1
        found["collection"].update(one.collections)
        found["sample"].update(one.samples)
        found["objective"].update(one.objectives)
        found["tag"].update(f"{name}={text}" for name, text in one.tags)
    labels = _labels(workspace, found)
    return {word: _facet(word, counts, labels[word]) for word, counts in found.items()}


def _labels(
    workspace: Workspace, found: dict[str, Counter[str]]
) -> dict[str, dict[str, str]]:
    """Return what people call the values, by word; all records are read at once."""
    linked = sorted({value for word in _RECORDS for value in found[word]})
    known = workspace.catalogue.effective_of(linked)
    return {
        word: {
            value: label_in(known.get(value, ()), value) if word in _RECORDS else value
            for value in counts
        }
        for word, counts in found.items()
    }


def _facet(word: str, counts: Counter[str], labels: dict[str, str]) -> Facet:
    values = [
        FacetValue(
            value=name_of(value) if word in _RECORDS else value,
            label=labels[value],
            count=count,
        )
        for value, count in counts.most_common(_MOST_VALUES)
    ]
    return Facet(word=word, values=tuple(sorted(values, key=lambda one: one.label)))


def _place(workspace: Workspace, search: Search) -> str:
    if not search.place:
        return ""
    kind, _equals, name = search.place.partition("=")
    return workspace.record(kind, name.strip())


def _conditions(
    workspace: Workspace, search: Search, listed: Iterable[ListedImage]
) -> list[Callable[[ListedImage], bool]]:
    """Return one question for each condition of a search."""
    asked: list[Callable[[ListedImage], bool]] = []
    if search.text:
        asked.append(_says(search.text))
    if search.since:
        asked.append(lambda one: one.day[: len(search.since)] >= search.since)
    if search.until:
        asked.append(lambda one: "" < one.day[: len(search.until)] <= search.until)
    if search.objective:
        asked.append(lambda one: any(fits(o, search.objective) for o in one.objectives))
    if search.tag:
        from fair_imagic.mapping.headings import heading_key

        name, _equals, text = search.tag.partition("=")
        key = heading_key(name)
        asked.append(
            lambda one: any(
                heading_key(n) == key and fits(t, text) for n, t in one.tags
            )
        )
    if search.microscope:
        scopes = {one.instrument for one in listed}
        microscopes = _named(workspace, scopes, search.microscope)
        asked.append(lambda one: one.instrument in microscopes)
    if search.sample:
        all_samples = {record for one in listed for record in one.samples}
        samples = _named(workspace, all_samples, search.sample)
        asked.append(lambda one: bool(one.samples & samples))
    if search.collection:
        places = {record for one in listed for record in one.collections}
        collections = _named(workspace, places, search.collection)
        asked.append(lambda one: bool(one.collections & collections))
    return asked


def _says(text: str) -> Callable[[ListedImage], bool]:
    """Return whether title or files have all words of a text; ``*`` is any text."""
    words = [word for word in folded(text).replace(JOKER, " ").split() if word]
    return lambda one: all(word in one.words for word in words)


def _named(workspace: Workspace, records: Iterable[str], name: str) -> set[str]:
    """Return the records of this short or long name."""
    wanted = folded(name)
    linked = {record for record in records if record}
    short = {record for record in linked if folded(name_of(record)) == wanted}
    if short:
        return short
    known = workspace.catalogue.effective_of(sorted(linked))
    return {one for one in known if folded(label_in(known[one], one)) == wanted}


def _refuse_no_day(word: str, value: str) -> None:
    if word in ("from", "until") and not _DATE.fullmatch(value):
        raise InputError(
            _("This is no day"),
            where=word,
            expected=_("year, month and day: {example}").format(example="2026-03-04"),
            found=value,
        )
