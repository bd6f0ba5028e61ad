"""Where SPARQL constraints get their flags, apart from those of SHACL Core."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from fair_imagic.checks.engine.index import Index
    from fair_imagic.checks.shapes import Shapes
    from fair_imagic.rdf import Term

__all__ = ["sparql_flags"]


def sparql_flags(
    shapes: Shapes, targets: Mapping[Term, AbstractSet[Term]], index: Index
) -> Mapping[Term, AbstractSet[Term]]:
    """Return for each shape with ``sh:sparql`` the focus nodes that may break it.

    ``targets`` are its focus nodes. Without a compiler for queries, pySHACL looks at
    all of them.
    """
    return targets
