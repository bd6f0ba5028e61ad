"""The plan: shapes read once into what the filter and the reference do with them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fair_imagic.checks.shacl.constraints import PROPERTY
from fair_imagic.checks.shacl.shape import PATH, NodeTest, read_shape, references
from fair_imagic.checks.shacl.statements import MalformedError, Statements
from fair_imagic.checks.shacl.targets import TARGETS, Targets, read_targets
from fair_imagic.rdf import PREFIXES, iri

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fair_imagic.checks.shacl.constraints import Constraint
    from fair_imagic.rdf import Term, Triple

__all__ = ["Place", "Plan", "compile_plan"]

_TYPE = iri("rdf:type")
_NODE_SHAPE = iri("sh:NodeShape")
_PROPERTY_SHAPE = iri("sh:PropertyShape")
_DEACTIVATED = iri("sh:deactivated")
_DISJOINT = iri("sh:qualifiedValueShapesDisjoint")
_COMPONENT = iri("sh:ConstraintComponent")
_SHAPE_VALUES = tuple(
    iri(f"sh:{name}") for name in ("property", "node", "not", "qualifiedValueShape")
)
_SHAPE_LISTS = tuple(iri(f"sh:{name}") for name in ("and", "or", "xone"))
# SHACL Advanced Features that change the data or the targets.
_ADVANCED = (iri("sh:rule"), iri("sh:target"))
_ADVANCED_TYPES = tuple(
    iri(f"sh:{name}") for name in ("SHACLFunction", "SPARQLFunction", "JSFunction")
)
# The reference refuses to go deeper than 15; what is this deep is left to it whole.
_DEEPEST = 6


@dataclass(frozen=True)
class Place:
    """A shape where it is used: at its own targets, or below another by sh:property.

    ``above`` are the shapes that lead to it, the one with targets first.
    """

    above: tuple[Term, ...]
    test: NodeTest
    # Constraints that the reference must evaluate for every node here.
    opaque: tuple[Term, ...]
    children: tuple[Place, ...]
    targets: Targets | None = None

    @property
    def term(self) -> Term:
        """The shape."""
        return self.test.term


@dataclass(frozen=True)
class Plan:
    """All shapes of one graph.

    ``doubtful`` says that the reference must read the whole graph, as something in it
    may be wrong; ``whole`` that it must do the whole check.
    """

    shapes: Statements
    tests: dict[Term, NodeTest]
    places: tuple[Place, ...]
    doubtful: bool
    whole: bool

    def part(self, roots: Iterable[Term]) -> set[Term]:
        """Return the subjects of all statements that the reference needs for shapes."""
        if self.doubtful:
            return self.shapes.reach(self.shapes.all_subjects)
        kept = self.shapes.reach(roots)
        while True:
            # A qualified shape may look at its siblings: what its parents point at.
            disjoint = kept.intersection(self.shapes.subjects(_DISJOINT))
            more = {p for d in disjoint for p in self.shapes.subjects(PROPERTY, d)}
            if more <= kept:
                return kept
            kept = self.shapes.reach(kept | more)


def compile_plan(triples: Iterable[Triple]) -> Plan:
    """Return the plan of a shapes graph."""
    return _Compiler(Statements(triples)).plan()


class _Compiler:
    def __init__(self, shapes: Statements) -> None:
        self.shapes = shapes
        self.doubtful = False
        self.custom = self._custom_parameters()
        self.tests: dict[Term, NodeTest] = {}
        self._raw: dict[Term, NodeTest] = {}
        self._clear: dict[Term, bool] = {}

    def plan(self) -> Plan:
        places = []
        for term in self._all_shapes():
            self._look_for_faults(term)
            targets = read_targets(self.shapes, term)
            if targets:
                places.append(replace(self._place((), term), targets=targets))
        return Plan(
            shapes=self.shapes,
            tests=self.tests,
            places=tuple(places),
            doubtful=self.doubtful,
            whole=self._is_advanced(),
        )

    def test(self, term: Term) -> NodeTest:
        """Return a shape; what rests on a shape not understood is not understood."""
        if term not in self.tests:
            raw = self._read(term)
            clear = [c for c in raw.constraints if self._rests_well(c, (term,))]
            lost = [c.parameter for c in raw.constraints if c not in clear]
            for constraint in clear:
                for shape in references(constraint):
                    self._keep(shape)
            self.tests[term] = replace(
                raw, constraints=tuple(clear), opaque=(*raw.opaque, *lost)
            )
        return self.tests[term]

    def _keep(self, term: Term) -> None:
        for child in self.test(term).properties:
            self._keep(child)

    def _read(self, term: Term) -> NodeTest:
        if term not in self._raw:
            try:
                test = read_shape(self.shapes, term, custom=self.custom)
            except MalformedError:
                self.doubtful = True
                test = NodeTest(term, None, opaque_path=True)
            self._raw[term] = test
        return self._raw[term]

    def _rests_well(self, constraint: Constraint, trail: tuple[Term, ...]) -> bool:
        return all(self._is_clear(t, trail) for t in references(constraint))

    def _is_clear(self, term: Term, trail: tuple[Term, ...]) -> bool:
        """Return whether a shape is understood with all that it rests on."""
        if term in trail or len(trail) > _DEEPEST:
            return False
        if term not in self._clear:
            raw, longer = self._read(term), (*trail, term)
            self._clear[term] = (
                raw.is_transparent
                and all(self._rests_well(c, longer) for c in raw.constraints)
                and all(self._is_clear(child, longer) for child in raw.properties)
            )
        return self._clear[term]

    def _place(self, above: tuple[Term, ...], term: Term) -> Place:
        test = self.test(term)
        inner = (*above, term)
        if len(inner) > _DEEPEST or not set(inner).isdisjoint(test.properties):
            return Place(above, test, (*test.opaque, PROPERTY), ())
        children = tuple(self._place(inner, child) for child in test.properties)
        return Place(above, test, test.opaque, children)

    def _all_shapes(self) -> list[Term]:
        """Return what the reference takes for a shape, in a fixed order."""
        shapes = self.shapes
        found: dict[Term, None] = {}
        for kind in (_NODE_SHAPE, _PROPERTY_SHAPE):
            found.update(dict.fromkeys(shapes.subjects(_TYPE, kind)))
        for predicate in (*TARGETS, *_SHAPE_VALUES[:2]):
            found.update(dict.fromkeys(shapes.subjects(predicate)))
        for predicate in _SHAPE_VALUES:
            found.update(dict.fromkeys(shapes.objects(predicate)))
        for predicate in _SHAPE_LISTS:
            for head in shapes.objects(predicate):
                found.update(dict.fromkeys(self._members(head)))
        return list(found)

    def _members(self, head: Term) -> list[Term]:
        try:
            members = list(self.shapes.items(head))
        except MalformedError:
            members = []
        self.doubtful = self.doubtful or not members
        return members

    def _look_for_faults(self, term: Term) -> None:
        about = self.shapes.about(term)
        kinds, paths = about.get(_TYPE, {}), len(about.get(PATH, ()))
        is_property = _PROPERTY_SHAPE in kinds
        if (
            paths > 1
            or (is_property and paths != 1)
            or (_NODE_SHAPE in kinds and (is_property or paths))
            or len(about.get(_DEACTIVATED, ())) > 1
        ):
            self.doubtful = True

    def _custom_parameters(self) -> set[Term]:
        shapes, found = self.shapes, set()
        kinds = [_COMPONENT, *shapes.subjects(iri("rdfs:subClassOf"), _COMPONENT)]
        for component in (
            one for kind in kinds for one in shapes.subjects(_TYPE, kind)
        ):
            if component.startswith(f"<{PREFIXES['sh']}"):
                continue
            self.doubtful = True
            for parameter in shapes.values(component, iri("sh:parameter")):
                found.update(shapes.values(parameter, PATH))
        return found

    def _is_advanced(self) -> bool:
        shapes = self.shapes
        return (
            any(shapes.subjects(predicate) for predicate in _ADVANCED)
            or any(shapes.subjects(_TYPE, kind) for kind in _ADVANCED_TYPES)
            or bool(shapes.subjects(iri("rdfs:subClassOf"), iri("sh:Target")))
        )
