"""Links between records, as the model's slot table describes them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from fair_imagic.model.slots import slot_for
from fair_imagic.model.texts import lines_in
from fair_imagic.rdf import expand, record_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from fair_imagic.catalogue.line import Line

    Read = Callable[[list[str]], dict[str, str]]

__all__ = ["Link", "Reached", "follow", "links_of"]

_TYPE = expand("rdf:type")
# Raw data and what a run read are looked at, not published again.
_ALWAYS_CONTEXT = frozenset(
    expand(name) for name in ("prov:wasDerivedFrom", "fi:standsFor", "prov:used")
)
# An image that names the version of its microscope is not looked at with the others.
_CURRENT = expand("fi:acquiredWith")
_VERSION = expand("fi:instrumentVersion")
_PAGE = 500


class Link(NamedTuple):
    """A link to another record; the target of a context link is context."""

    target: str
    is_context: bool


class Reached(NamedTuple):
    """A record that was reached, with its effective lines, each with its end."""

    iri: str
    text: str
    is_context: bool


def links_of(lines: Iterable[Line]) -> list[Link]:
    """Return the links of one record to other records."""
    # Subject, predicate and object, as no IRI has a quotation mark and any literal has.
    linked = [line[1:-3].split("> <") for line in lines if '"' not in line]
    classes: dict[str, tuple[str, ...]] = {}
    for subject, predicate, value in linked:
        if predicate == _TYPE:
            classes[subject] = (*classes.get(subject, ()), value)
    dated = {subject for subject, predicate, _value in linked if predicate == _VERSION}
    found: dict[Link, None] = {}
    for subject, predicate, value in linked:
        kind = _kind(classes.get(subject, ()), predicate)
        if kind is not None and not (predicate == _CURRENT and subject in dated):
            found[Link(record_of(value), kind)] = None
    return list(found)


@cache
def _kind(classes: tuple[str, ...], predicate: str) -> bool | None:
    """Return whether a property of these classes leads to context, None if nowhere."""
    if predicate == _TYPE:
        return None
    for class_iri in classes:
        slot = slot_for(class_iri, predicate)
        if slot is not None and slot.record_link:
            return slot.context or predicate in _ALWAYS_CONTEXT
    return None


def follow(read: Read, roots: Iterable[str]) -> Iterator[Reached]:
    """Yield the roots, the records they own, then those that are their context.

    ``read`` gives the effective text of those of the named records that exist. A
    record that is reached both ways is owned; what context links to is context.
    """
    seen: set[str] = set()
    context: dict[str, None] = {}
    wave = dict.fromkeys(roots)
    while wave:
        following: dict[str, None] = {}
        for reached in _wave(read, wave, seen, is_context=False):
            yield reached
            for link in links_of(lines_in(reached.text)):
                (context if link.is_context else following)[link.target] = None
        wave = dict.fromkeys(iri for iri in following if iri not in seen)
    wave = dict.fromkeys(iri for iri in context if iri not in seen)
    while wave:
        following = {}
        for reached in _wave(read, wave, seen, is_context=True):
            yield reached
            following |= dict.fromkeys(
                link.target for link in links_of(lines_in(reached.text))
            )
        wave = dict.fromkeys(iri for iri in following if iri not in seen)


def _wave(
    read: Read, wave: dict[str, None], seen: set[str], *, is_context: bool
) -> Iterator[Reached]:
    iris = list(wave)
    seen.update(wave)
    for start in range(0, len(iris), _PAGE):
        found = read(iris[start : start + _PAGE])
        for iri, text in found.items():
            if text:
                yield Reached(iri, text, is_context)
