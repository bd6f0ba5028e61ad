"""Licences that must agree: of a set, its images and scripts, and as promised.

A licence is seen as the conditions that it sets. A whole may be published under a
licence only if that sets every condition that its parts set.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.checks.node_tests import facts
from fair_imagic.entry.licence import licence_of
from fair_imagic.model import PublicationSet
from fair_imagic.rdf import expand, is_iri, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.model import RecordGraph
    from fair_imagic.rdf import Term

__all__ = ["TESTS", "conditions", "may_be_part_of"]

_LICENCE = "dcterms:license"

# by: name the author; sa: share alike; nc: no commercial use; nd: no changes.
_OTHER_FAMILIES = {
    "cc0-1.0": "",
    "pddl-1.0": "",
    "unlicense": "",
    "0bsd": "",
    "mit-0": "",
    "etalab-2.0": "by",
    "odc-by-1.0": "by",
    "odbl-1.0": "by sa",
    "mit": "by",
    "bsd-2-clause": "by",
    "bsd-3-clause": "by",
    "apache-2.0": "by",
    "cecill-b": "by",
    "mpl-2.0": "by sa",
    "cecill-2.1": "by sa",
    "cecill-c": "by sa",
}
_COPYLEFT = ("gpl-", "lgpl-", "agpl-", "cecill-")
_CONDITIONS = frozenset({"by", "sa", "nc", "nd"})


def conditions(licence: str) -> frozenset[str] | None:
    """Return the conditions of an SPDX licence; None where it is not in the table."""
    name = _name(licence)
    if name in _OTHER_FAMILIES:
        return frozenset(_OTHER_FAMILIES[name].split())
    if name.startswith("cc-by"):
        return frozenset(_CONDITIONS.intersection(name.split("-")))
    if name.startswith(_COPYLEFT):
        return frozenset({"by", "sa"})
    return None


def may_be_part_of(part: str, whole: str) -> bool:
    """Return whether something under a licence may be published under another.

    What the table does not know passes: nobody can say without reading the licence.
    """
    asked, given = conditions(part), conditions(whole)
    if asked is None or given is None:
        return True
    return asked <= given


def _fits_its_set(graph: RecordGraph, focus: str) -> Iterator[Term | None]:
    """Yield the licence of an image that its set may not be published under."""
    own = facts.values(graph, focus, _LICENCE)
    if not own:
        return
    wholes = graph.referring_to(focus, expand("dcterms:hasPart"))
    given = [text_of(one) for whole in wholes for one in _of_set(graph, whole)]
    for term in own:
        if not all(may_be_part_of(text_of(term), licence) for licence in given):
            yield term


def _of_set(graph: RecordGraph, node: str) -> list[Term]:
    if PublicationSet.class_iri not in graph.types(node):
        return []
    return facts.values(graph, node, _LICENCE)


def _as_promised(graph: RecordGraph, focus: str) -> Iterator[Term | None]:
    """Yield the licence of a set where the plan's output promises another one."""
    own = facts.values(graph, focus, _LICENCE)
    for output in facts.links(graph, focus, "fi:fulfils"):
        promised = {_bare(one) for one in facts.values(graph, output, _LICENCE)}
        yield from (one for one in own if promised and _bare(one) not in promised)


def _bare(term: Term) -> str:
    return _name(text_of(term))


def _name(text: str) -> str:
    """Return the SPDX id in small letters; of what SPDX does not know, the text."""
    known = licence_of(text)
    return (known.spdx if known is not None else text).lower()


def _scripts_as_open(graph: RecordGraph, focus: str) -> Iterator[Term | None]:
    """Yield the licence of scripts that forbids uses which the set allows.

    Scripts stay a work of their own: only what stops people from running or changing
    them contradicts an open set.
    """
    own = facts.values(graph, focus, _LICENCE)
    if not own:
        return
    wholes = graph.referring_to(focus, expand("fi:software"))
    given = [text_of(one) for whole in wholes for one in _of_set(graph, whole)]
    for term in own:
        forbidden = (conditions(text_of(term)) or frozenset()) & {"nc", "nd"}
        allowed = [conditions(licence) for licence in given]
        if any(one is not None and not forbidden <= one for one in allowed):
            yield term


def _allowed_by_its_source(graph: RecordGraph, focus: str) -> Iterator[Term | None]:
    """Yield a source whose licence forbids publishing what was made from it."""
    sources = [one for one in _derived_from(graph, focus) if is_iri(one)]
    if not sources:
        return
    own = [text_of(one) for one in _licences_of(graph, focus)]
    for source in sources:
        for term in facts.values(graph, text_of(source), _LICENCE):
            asked = conditions(text_of(term)) or frozenset()
            fits = all(may_be_part_of(text_of(term), licence) for licence in own)
            if "nd" in asked or not fits:
                yield source
                break


def _derived_from(graph: RecordGraph, focus: str) -> list[Term]:
    return facts.values(graph, focus, "prov:wasDerivedFrom")


def _licences_of(graph: RecordGraph, image: str) -> list[Term]:
    """Return the licence of an image: its own, else that of its set."""
    own = facts.values(graph, image, _LICENCE)
    if own:
        return own
    wholes = graph.referring_to(image, expand("dcterms:hasPart"))
    return [one for whole in wholes for one in _of_set(graph, whole)]


TESTS = {
    "licence-fits-set": _fits_its_set,
    "licence-as-promised": _as_promised,
    "scripts-as-open-as-set": _scripts_as_open,
    "source-licence-allows": _allowed_by_its_source,
}
