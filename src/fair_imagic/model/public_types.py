"""Classes of wider vocabularies that a record belongs to as well.

Programs that know nothing of this model know these (``sosa:Sensor``, ``dcat:Dataset``,
``schema:ImageObject``). They are said in exports; the journal keeps the own class.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.model.slots import class_for
from fair_imagic.rdf import iri, is_iri, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fair_imagic.rdf import Triple

__all__ = ["with_public_types"]


def with_public_types(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Yield the statements, and after each type the public types that it implies."""
    type_term = iri("rdf:type")
    for statement in triples:
        yield statement
        subject, predicate, value = statement
        known = predicate == type_term and is_iri(value) and class_for(text_of(value))
        if known:
            yield from ((subject, type_term, iri(t)) for t in known.public_types)
