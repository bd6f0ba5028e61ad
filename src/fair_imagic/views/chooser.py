"""Lists of images to choose from: searched, narrowed, in pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.views.card import ImageCard, cards_of
from fair_imagic.workflow.base.label import name_of
from fair_imagic.workflow.base.listing import rows
from fair_imagic.workflow.images.search import (
    Facet,
    Search,
    facets_of,
    images_found,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from fair_imagic.workflow.base.workspace import Workspace
    from fair_imagic.workflow.images.listed import ListedImage

__all__ = ["ORDERS", "PAGE_SIZE", "Chooser", "chooser", "set_choices"]

PAGE_SIZE = 60
#: How a list may be sorted.
ORDERS = ("title", "newest", "oldest")


@dataclass(frozen=True, kw_only=True)
class Chooser:
    """One page of the images that a search found; ``start`` counts from 0.

    ``total`` is how many were found, ``every`` how many there are without the search;
    ``chosen`` are the short names of the images chosen so far, on all pages.
    """

    search: Search
    order: str
    cards: tuple[ImageCard, ...]
    start: int
    total: int
    every: int
    chosen: frozenset[str]
    facets: tuple[Facet, ...]

    @property
    def previous_start(self) -> int | None:
        """Where the page before starts, or None."""
        return max(0, self.start - PAGE_SIZE) if self.start else None

    @property
    def next_start(self) -> int | None:
        """Where the next page starts, or None."""
        end = self.start + PAGE_SIZE
        return end if end < self.total else None

    @property
    def last_start(self) -> int:
        """Where the last page starts."""
        return (self.total - 1) // PAGE_SIZE * PAGE_SIZE if self.total else 0

    @property
    def shown(self) -> str:
        """Return the short names of the images of this page, with spaces between."""
        return " ".join(card.name for card in self.cards)


def chooser(
    workspace: Workspace,
    search: Search,
    *,
    order: str = "title",
    start: int = 0,
    chosen: Collection[str] = (),
    visible: Callable[[ListedImage], bool] | None = None,
) -> Chooser:
    """Return one page of what a search finds; ``visible`` says what may be seen.

    Raises :class:`~fair_imagic.errors.InputError` for a day that is none, NotFoundError
    for a collection or set that is not there.
    """
    every = images_found(workspace, Search(place=search.place), visible=visible)
    found = every
    if search.narrows:
        found = images_found(workspace, search, visible=visible)
    order = order if order in ORDERS else ORDERS[0]
    if order != "title":
        found = tuple(sorted(found, key=lambda one: one.day, reverse=order == "newest"))
    start = min(start, max(0, len(found) - 1)) // PAGE_SIZE * PAGE_SIZE
    known = {name_of(one.iri) for one in every} if chosen else set()
    return Chooser(
        search=search,
        order=order,
        cards=cards_of(workspace, found[start : start + PAGE_SIZE]),
        start=start,
        total=len(found),
        every=len(every),
        chosen=frozenset(known.intersection(chosen)),
        facets=_facets(workspace, search, every),
    )


def _facets(
    workspace: Workspace, search: Search, images: Collection[ListedImage]
) -> tuple[Facet, ...]:
    """Return the facets that tell images apart, and those that are asked for."""
    return tuple(
        facet
        for word, facet in facets_of(workspace, images).items()
        if not (word == "collection" and search.place.startswith("collection="))
        and (getattr(search, word) or _tells_apart(facet, len(images)))
    )


def _tells_apart(facet: Facet, count: int) -> bool:
    return any(value.count < count for value in facet.values)


def set_choices(workspace: Workspace) -> tuple[tuple[str, str], ...]:
    """Return short name and title of the sets that images can be added to."""
    found = rows(
        workspace,
        "SELECT ?set ?title WHERE { ?set a fi:PublicationSet "
        "OPTIONAL { ?set dcterms:title ?title } }",
    )
    titles = {one: title or name_of(one) for one, title in found if one}
    named = [(name_of(one), title) for one, title in titles.items()]
    return tuple(sorted(named, key=lambda pair: pair[1].lower()))
