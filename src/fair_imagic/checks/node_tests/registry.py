"""All tests of nodes by name; a new module of tests is one more line here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import MappingProxyType
from typing import TYPE_CHECKING

from fair_imagic.checks.named_test import named_test
from fair_imagic.checks.node_tests import (
    authorisation,
    calibration,
    colour,
    date,
    dye,
    leak,
    licence,
    link,
    name,
    optics,
    person,
    quality,
    storage,
    term,
    title,
)
from fair_imagic.model import RecordGraph
from fair_imagic.rdf import Term

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["NODE_TESTS", "NodeTest", "node_test"]

#: All statements and the IRI of a node -> the terms that do not pass.
NodeTest = Callable[[RecordGraph, str], Iterable[Term | None]]

NODE_TESTS: Mapping[str, NodeTest] = MappingProxyType(
    {
        **authorisation.TESTS,
        **calibration.TESTS,
        **colour.TESTS,
        **date.TESTS,
        **dye.TESTS,
        **leak.TESTS,
        **licence.TESTS,
        **link.TESTS,
        **name.TESTS,
        **optics.TESTS,
        **person.TESTS,
        **quality.TESTS,
        **storage.TESTS,
        **term.TESTS,
        **title.TESTS,
    }
)


def node_test(name: str) -> NodeTest:
    """Return the test of this name; InputError lists the names."""
    return named_test(NODE_TESTS, name, said_by="fi:nodeTest")
