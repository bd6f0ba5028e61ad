"""A plan: how the nodes of one SPARQL constraint are found, as data.

It prints itself as one query for all nodes
(:mod:`~fair_imagic.checks.shacl.sparql.batch`), or is followed step by step over the
index (:mod:`~fair_imagic.checks.shacl.sparql.join`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.checks.shacl.sparql.group import Condition, Group

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fair_imagic.checks.shacl.sparql.kinds import Check
    from fair_imagic.rdf import Term

__all__ = ["GROUP", "MARK", "THIS", "Existence", "Part", "Plan"]

THIS = "this"
MARK = "<urn:fair-imagic:focus>"
# The group of focus nodes: filled in when the plan runs.
GROUP = "<urn:fair-imagic:group>"


@dataclass(frozen=True)
class Existence:
    """``EXISTS`` or ``NOT EXISTS`` of a group.

    ``keys`` are the variables outside that it looks at, ``own`` its own that are
    compared with them, by their name or in ``across``, the conditions that see both
    sides.
    """

    absent: bool
    group: Group
    across: tuple[Condition, ...]
    keys: tuple[str, ...]
    own: tuple[str, ...]
    checks: tuple[Check, ...]

    @property
    def properties(self) -> frozenset[Term]:
        """All properties that it reads."""
        return self.group.properties

    def text(self, where: Group) -> str:
        """Return it in SPARQL, beside the group that surrounds it.

        A published query is written to be read. Asked for each solution anew it takes
        minutes where distinct values, joined once, take a fraction of a second.
        """
        text = _distinct(self.own, self.group.text)
        if self.across:
            filters = " ".join(one.text for one in self.across)
            copy = _distinct(self.keys, where.text)
            text = _distinct(self.keys, f"{{ {copy} }} {{ {text} }} {filters}")
        return f"{'MINUS ' if self.absent else ''}{{ {text} }}"


def _distinct(names: Iterable[str], text: str) -> str:
    listed = " ".join(f"?{name}" for name in names)
    return f"SELECT DISTINCT {listed} WHERE {{ {text} }}"


Part = Condition | Existence


@dataclass(frozen=True)
class Plan:
    """A group, and parts that narrow it down.

    Without the checks of the group all nodes may fail; a part whose checks do not hold
    is left out.
    """

    where: Group
    parts: tuple[Part, ...]

    @property
    def properties(self) -> frozenset[Term]:
        """All properties that the plan reads."""
        related = (one for one in self.parts if isinstance(one, Existence))
        return self.where.properties.union(*(one.properties for one in related))

    def query(self, parts: Iterable[Part]) -> str:
        """Return one query for all nodes, with some of its parts."""
        texts = (
            one.text(self.where) if isinstance(one, Existence) else one.text
            for one in parts
        )
        where = " ".join((self.where.text, *texts))
        return f"SELECT DISTINCT ?{THIS} WHERE {{ {where} }}"
