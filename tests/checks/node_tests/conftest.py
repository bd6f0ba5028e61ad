"""What tests of node tests share: Turtle in, the terms that do not pass out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fair_imagic.checks.node_tests import node_test
from fair_imagic.model import RecordGraph
from fair_imagic.rdf import PREFIXES, parse, text_of

if TYPE_CHECKING:
    from collections.abc import Callable

HEAD = "".join(f"@prefix {name}: <{base}> .\n" for name, base in PREFIXES.items())


def failing(name: str, turtle: str, focus: str) -> list[str]:
    graph = RecordGraph(parse((HEAD + turtle).encode(), format="ttl"))
    return [text_of(term) for term in node_test(name)(graph, focus) if term]


@pytest.fixture(name="failing")
def _failing() -> Callable[[str, str, str], list[str]]:
    return failing
