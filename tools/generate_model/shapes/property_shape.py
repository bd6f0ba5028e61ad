"""One named property shape for each field, as Turtle text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.generate_model.shapes.turtle import literal, resource, short, text_lines
from tools.generate_model.shapes.wording import (
    REPAIR,
    UNIT_REPAIR,
    expectation,
    field_clause,
    unit_message,
)

if TYPE_CHECKING:
    from tools.generate_model.schema import Field, Model, Node

__all__ = ["ANSWERS", "own_fields", "property_shape", "shape_name", "unit_shapes"]

ANSWERS = ("fi:notApplicable", "fi:unknown", "fi:withheld")
# what SHACL calls each bound of a field; the last three are limits of physics
_BOUNDS = {
    "minimum": "sh:minInclusive",
    "maximum": "sh:maxInclusive",
    "above": "sh:minExclusive",
    "low": "sh:minInclusive",
    "high": "sh:maxInclusive",
}
_NUMBERS = ("decimal", "integer", "nonNegativeInteger")
_BOUNDED = ("pattern", *_BOUNDS)


def own_fields(node: Node, model: Model) -> list[Field]:
    """Return the fields that no superclass already constrains in the same way."""
    inherited = [f for a in node.ancestors for f in model.classes[a].fields]
    known = {_constraint(field) for field in inherited}
    return [field for field in node.fields if _constraint(field) not in known]


def shape_name(node: Node, field: Field) -> str:
    """Return the prefixed name ``fish:<Class>-<property>`` of a field's shape."""
    return f"fish:{node.name}-{short(field.iri).partition(':')[2]}"


def property_shape(node: Node, field: Field, model: Model, order: int) -> str:
    """Return the shape of a field, and of its values where they are bounded."""
    name = shape_name(node, field)
    unit = _unit_of_companion(node, field)
    lines = [f"sh:path {short(field.iri)}", *_values(name, field, model, unit)]
    if not field.multivalued:
        lines.append("sh:maxCount 1")
    lines += [f"sh:order {order}", "sh:severity sh:Violation"]
    if _is_number(field):
        # a number that cannot be stops every target
        lines.append("fi:blocks true")
    lines += text_lines("sh:name", field.label)
    lines += text_lines("sh:description", field.description)
    lines += text_lines("sh:message", expectation(field, model, unit))
    lines += text_lines("fi:repair", REPAIR)
    lines += text_lines("fi:clause", field_clause(field))
    shape = resource(name, "sh:PropertyShape", lines)
    return shape + (_bounded_value(name, field) if _is_bounded(field) else "")


def unit_shapes(node: Node, field: Field) -> str:
    """Return the shapes that demand a unit beside the value of a field."""
    name = shape_name(node, field)
    # plain shapes that the rule chooses between, so that nothing is a blank node;
    # "all values are among these" also holds where there is no value
    present = resource(
        f"{name}-unit-present",
        "sh:PropertyShape",
        [f"sh:path {short(field.iri)}Unit", "sh:minCount 1"],
    )
    answered = resource(
        f"{name}-answered",
        "sh:PropertyShape",
        [f"sh:path {short(field.iri)}", f"sh:in ( {' '.join(ANSWERS)} )"],
    )
    lines = [
        f"sh:targetClass {short(node.iri)}",
        f"sh:or ( {name}-unit-present {name}-answered )",
        f"fi:onPath {short(field.iri)}Unit",
        "sh:severity sh:Violation",
        *text_lines("sh:name", field.label),
        *text_lines("sh:message", unit_message(field)),
        *text_lines("fi:repair", UNIT_REPAIR),
    ]
    rule = resource(f"{name}-unit", "sh:NodeShape", lines)
    return present + answered + rule


def _constraint(field: Field) -> tuple[object, ...]:
    bounds = tuple(getattr(field, key) for key in _BOUNDED)
    return (field.iri, field.range, field.values, field.multivalued, field.unit, bounds)


def _is_number(field: Field) -> bool:
    return (field.datatype or "").rpartition("#")[2] in _NUMBERS


def _is_bounded(field: Field) -> bool:
    return any(getattr(field, key) is not None for key in _BOUNDED)


def _unit_of_companion(node: Node, field: Field) -> str | None:
    return next((f.unit for f in node.fields if f.unit_slot == field.name), None)


def _values(name: str, field: Field, model: Model, unit: str | None) -> list[str]:
    """Return the constraint on the values; the three answers always pass."""
    if unit is not None:
        return [f"sh:in ( {short(unit)} )"]
    if field.values:
        quoted = [literal(v) if field.datatype else short(v) for v in field.values]
        return [f"sh:in ( {' '.join([*quoted, *ANSWERS])} )"]
    if field.kind == "class":
        other = _allowed_instead(field, model)
        return ["sh:nodeKind sh:IRI", f"sh:or ( fish:is-{field.range} {other} )"]
    if field.datatype is None:
        return ["sh:nodeKind sh:IRI"]
    kind = field.datatype.rpartition("#")[2]
    value = f"{name}-value" if _is_bounded(field) else f"fish:value-{kind}"
    if field.year:
        value = f"{value} fish:value-gYear"
    return [f"sh:or ( {value} fish:answered )"]


def _allowed_instead(field: Field, model: Model) -> str:
    """Return what a link may be instead of an instance of its class.

    Parts of a record travel with it and must be there. Another record may be outside
    of what is checked: then nothing is known of it, not even a type.
    """
    linked = model.classes[field.range]
    elsewhere = linked.record or linked.iri.endswith("/Component")
    return "fish:untyped" if elsewhere else "fish:answered"


def _bounded_value(name: str, field: Field) -> str:
    lines = [f"sh:datatype {short(field.datatype)}"] if field.datatype else []
    if field.pattern is not None:
        lines.append(f"sh:pattern {literal(field.pattern)}")
    held = ((said, getattr(field, name)) for name, said in _BOUNDS.items())
    lines += [f"{said} {bound}" for said, bound in held if bound is not None]
    return resource(f"{name}-value", "sh:NodeShape", lines)
