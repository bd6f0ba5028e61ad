"""Random shapes and data in Turtle, small and as odd as SHACL Core allows."""

from __future__ import annotations

from hypothesis import strategies as st

HEAD = """@prefix e: <https://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
Text = st.SearchStrategy[str]

PREDICATES = ("e:p", "e:q", "e:r")
CLASSES = ("e:A", "e:B", "e:C")
NODES = ("e:a", "e:b", "e:c", "e:d", "_:x", "_:y")
# Ill-typed, not canonical, equal in other words, texts with and without language.
LITERALS = (
    *('"a"', '"b"', '"ab"', '""', '"a"^^xsd:string', '"a"@en', '"a"@EN', '"b"@en-GB'),
    *('"a"@fr', '"tab\\there"', '"back\\\\slash"'),
    *("1", "2", "10", '"01"^^xsd:integer', '"+1"^^xsd:integer', '"x"^^xsd:integer'),
    *("1.0", '"1.00"^^xsd:decimal', '"2."^^xsd:decimal', '"NaN"^^xsd:decimal'),
    *("1e0", '"1"^^xsd:double', '"NaN"^^xsd:double', '"INF"^^xsd:double'),
    *("true", '"1"^^xsd:boolean', '"yes"^^xsd:boolean', '"-1"^^xsd:nonNegativeInteger'),
    *('"2024-01-01"^^xsd:date', '"2024-02-30"^^xsd:date', '"2024-01-02Z"^^xsd:date'),
    '"2024-01-01T10:00:00Z"^^xsd:dateTime',
    '"2024-01-01T10:00:00+00:00"^^xsd:dateTime',
    '"2024-01-01T11:00:00"^^xsd:dateTime',
    '"2024-01-01T11:00:00.5Z"^^xsd:dateTime',
    *('"PT60S"^^xsd:duration', '"0F"^^xsd:hexBinary', '" a  b "^^xsd:token'),
    *('"a"^^e:own', '"300"^^xsd:byte', '"a b"^^xsd:anyURI', '"2024"^^xsd:gYear'),
)
DATATYPES = (
    *("string", "integer", "decimal", "double", "boolean", "date", "dateTime", "token"),
    *("nonNegativeInteger", "byte", "anyURI", "duration", "gYear"),
)
KINDS = ("IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral")
LIMITS = (
    *("1", "2.0", '"1"^^xsd:double', '"b"', '"2024-01-01"^^xsd:date'),
    '"2024-01-01T10:30:00Z"^^xsd:dateTime',
)

predicate = st.sampled_from(PREDICATES)
class_name = st.sampled_from(CLASSES)
node = st.sampled_from(NODES)
literal = st.sampled_from(LITERALS)
term = st.one_of(node, literal)
# A blank node of the data is another one in the shapes.
named_term = st.one_of(st.sampled_from(NODES[:4]), literal)


def _lists(items: Text, least: int, most: int) -> Text:
    return st.lists(items, min_size=least, max_size=most).map(
        lambda members: f"( {' '.join(members)} )"
    )


def _paths() -> Text:
    def longer(inner: Text) -> Text:
        return st.one_of(
            inner.map(lambda path: f"[ sh:inversePath {path} ]"),
            _lists(inner, 2, 3),
            _lists(inner, 2, 2).map(lambda paths: f"[ sh:alternativePath {paths} ]"),
            inner.map(lambda path: f"[ sh:zeroOrMorePath {path} ]"),
            inner.map(lambda path: f"[ sh:oneOrMorePath {path} ]"),
            inner.map(lambda path: f"[ sh:zeroOrOnePath {path} ]"),
        )

    simple = st.one_of(predicate, st.just("rdf:type"))
    return st.one_of(predicate, simple, st.recursive(simple, longer, max_leaves=3))


path = _paths()
small = st.integers(0, 2)

_on_values = st.one_of(
    class_name.map(lambda name: f"sh:class {name}"),
    st.sampled_from(DATATYPES).map(lambda name: f"sh:datatype xsd:{name}"),
    st.sampled_from(["rdf:langString", "e:own", "rdfs:Literal"]).map(
        lambda name: f"sh:datatype {name}"
    ),
    st.sampled_from([*KINDS, "IRIOrLiteral"]).map(
        lambda name: f"sh:nodeKind sh:{name}"
    ),
    _lists(named_term, 0, 3).map(lambda items: f"sh:in {items}"),
    named_term.map(lambda one: f"sh:hasValue {one}"),
    st.lists(named_term, min_size=2, max_size=2).map(
        lambda two: f"sh:hasValue {', '.join(two)}"
    ),
    small.map(lambda count: f"sh:minLength {count}"),
    small.map(lambda count: f"sh:maxLength {count}"),
    st.sampled_from(
        [
            *('"^a"', '"A" ; sh:flags "i"', '"^1$"', '"0"', '"b$" ; sh:flags "im"'),
            *('"example"', '"a", "b"', '"("', '"^$"', '"\\\\t"'),
        ]
    ).map(lambda text: f"sh:pattern {text}"),
    _lists(st.sampled_from(['"en"', '"EN"', '"fr"', '"*"', '"en-GB"']), 0, 2).map(
        lambda items: f"sh:languageIn {items}"
    ),
    st.tuples(
        st.sampled_from(
            ["minInclusive", "minExclusive", "maxInclusive", "maxExclusive"]
        ),
        st.sampled_from(LIMITS),
    ).map(lambda two: f"sh:{two[0]} {two[1]}"),
    st.tuples(st.sampled_from(["equals", "disjoint"]), predicate).map(
        lambda two: f"sh:{two[0]} {two[1]}"
    ),
)
_on_properties = st.one_of(
    small.map(lambda count: f"sh:minCount {count}"),
    small.map(lambda count: f"sh:maxCount {count}"),
    st.sampled_from(["true", "false"]).map(lambda said: f"sh:uniqueLang {said}"),
    st.tuples(st.sampled_from(["lessThan", "lessThanOrEquals"]), predicate).map(
        lambda two: f"sh:{two[0]} {two[1]}"
    ),
)
_on_both = st.one_of(
    st.sampled_from(["true", "false"]).map(lambda said: f"sh:deactivated {said}"),
    st.sampled_from(["Info", "Warning"]).map(lambda name: f"sh:severity sh:{name}"),
    st.sampled_from(['"m"', '"m"@en, "n"@fr']).map(lambda text: f"sh:message {text}"),
)
_rarely = st.one_of(st.just(""), st.just(""), st.just(""), _on_both)


def _nested(shapes: Text) -> Text:
    return st.one_of(
        shapes.map(lambda one: f"sh:not {one}"),
        _lists(shapes, 1, 2).map(lambda some: f"sh:or {some}"),
        _lists(shapes, 1, 2).map(lambda some: f"sh:and {some}"),
        _lists(shapes, 1, 2).map(lambda some: f"sh:xone {some}"),
    )


def _joined(parts: Text) -> Text:
    return st.lists(parts, min_size=1, max_size=3).map(" ; ".join)


def _node_body(nodes: Text, properties: Text, any_shape: Text) -> Text:
    return _joined(
        st.one_of(
            _on_values,
            properties.map(lambda one: f"sh:property {one}"),
            properties.map(lambda one: f"sh:property {one}"),
            nodes.map(lambda one: f"sh:node {one}"),
            _nested(any_shape),
            st.sampled_from(["", "sh:ignoredProperties ( rdf:type e:q )"]).map(
                lambda more: f"sh:closed true ; {more}".rstrip(" ;")
            ),
        )
    )


def _property_body(nodes: Text, properties: Text, any_shape: Text) -> Text:
    qualified = st.tuples(
        any_shape,
        st.sampled_from(
            [
                *("sh:qualifiedMinCount 1", "sh:qualifiedMaxCount 1"),
                "sh:qualifiedMinCount 1 ; sh:qualifiedValueShapesDisjoint true",
            ]
        ),
    ).map(lambda two: f"sh:qualifiedValueShape {two[0]} ; {two[1]}")
    constraint = st.one_of(
        _on_values,
        _on_properties,
        _on_properties,
        properties.map(lambda one: f"sh:property {one}"),
        nodes.map(lambda one: f"sh:node {one}"),
        _nested(any_shape),
        qualified,
    )
    return st.tuples(path, _joined(constraint)).map(
        lambda two: f"sh:path {two[0]} ; {two[1]}"
    )


def _shapes(depth: int) -> tuple[Text, Text]:
    """Return node shapes and property shapes without an IRI."""
    if depth == 0:
        node_shape = _joined(_on_values)
        property_shape = st.tuples(path, _joined(st.one_of(_on_values, _on_properties)))
        return (
            node_shape.map(lambda body: f"[ {body} ]"),
            property_shape.map(lambda two: f"[ sh:path {two[0]} ; {two[1]} ]"),
        )
    nodes, properties = _shapes(depth - 1)
    either = st.one_of(nodes, properties)
    return (
        st.tuples(_node_body(nodes, properties, either), _rarely).map(_blank),
        st.tuples(_property_body(nodes, properties, either), _rarely).map(_blank),
    )


def _blank(parts: tuple[str, str]) -> str:
    return f"[ {' ; '.join(part for part in parts if part)} ]"


_target_of_data = st.one_of(
    class_name.map(lambda name: f"sh:targetClass {name}"),
    class_name.map(lambda name: f"sh:targetClass {name}"),
    predicate.map(lambda one: f"sh:targetSubjectsOf {one}"),
    predicate.map(lambda one: f"sh:targetObjectsOf {one}"),
    st.just("a rdfs:Class, sh:NodeShape"),
)
_target = st.one_of(
    _target_of_data,
    _target_of_data,
    _target_of_data,
    named_term.map(lambda one: f"sh:targetNode {one}"),
)


@st.composite
def shapes(draw: st.DrawFn) -> str:
    """Return a shapes graph of one to three shapes with targets."""
    nodes, properties = _shapes(draw(st.integers(0, 2)))
    either = st.one_of(nodes, properties)
    text = HEAD
    # Names are used again, so that shapes are reached in several ways.
    for number in range(draw(st.integers(1, 3))):
        is_class = draw(st.integers(0, 9)) == 0
        name = draw(class_name) if is_class else f"e:s{number}"
        target = "a rdfs:Class, sh:NodeShape" if is_class else draw(_target)
        if draw(st.booleans()) or is_class or "NodeShape" in target:
            body = draw(_node_body(nodes, properties, either))
        else:
            body = draw(_property_body(nodes, properties, either))
        more = draw(_rarely)
        text += f"{name} {target} ; {body} {f'; {more}' if more else ''} .\n"
        if number and draw(st.integers(0, 3)) == 0:
            text += f"{name} sh:node e:s0 .\n"
    return text


_message = st.sampled_from(
    [
        *("", 'sh:message "m"', 'sh:message "m"@en, "A \\"n\\""@fr'),
        *('sh:message "m"@en ; sh:severity sh:Info', "sh:message 1"),
    ]
)


@st.composite
def counting_shapes(draw: st.DrawFn) -> str:
    """Return named shapes that count values, handed nodes by each other in many ways.

    Node shapes among them ask for one of several shapes.
    """
    nodes, properties = _shapes(1)
    inner = st.one_of(nodes, properties)
    text = HEAD
    for number in range(draw(st.integers(2, 5))):
        earlier = st.sets(st.integers(0, number - 1)) if number else st.just(set())
        parts = [f"sh:property e:s{one}" for one in sorted(draw(earlier))]
        least, most = draw(st.sampled_from([(1, None), (2, None), (None, 0), (1, 1)]))
        parts += [f"sh:minCount {least}"] if least else []
        parts += [] if most is None else [f"sh:maxCount {most}"]
        parts += [part for part in (draw(_message), draw(_rarely)) if part]
        parts += [draw(_target_of_data)] if draw(st.integers(0, 2)) == 0 else []
        text += f"e:s{number} sh:path {draw(path)} ; {' ; '.join(parts)} .\n"
        options = [
            draw(_lists(inner, 1, 2)) for _some in range(draw(st.integers(0, 2)))
        ]
        body = "".join(f" ; sh:or {one}" for one in options) + f" ; {draw(_message)}"
        text += (
            f"e:n{number} {draw(_target_of_data)} ; sh:property e:s{number} {body} .\n"
        )
    return text


_subject = node
_statement = st.one_of(
    st.tuples(_subject, predicate, term).map(" ".join),
    st.tuples(_subject, predicate, term).map(" ".join),
    st.tuples(_subject, st.just("a"), class_name).map(" ".join),
    st.sampled_from(["e:B rdfs:subClassOf e:A", "e:C rdfs:subClassOf e:B"]),
    st.just("e:a a rdfs:Resource"),
)


def data() -> Text:
    """Return a data graph; a statement may be there twice."""
    return st.lists(_statement, min_size=1, max_size=14).map(
        lambda statements: HEAD + "".join(f"{one} .\n" for one in statements)
    )


@st.composite
def changes(draw: st.DrawFn) -> tuple[str, str]:
    """Return data before and after a small change."""
    before = draw(st.lists(_statement, min_size=2, max_size=14))
    after = before[draw(st.integers(0, 2)) :]
    after = [*after, *draw(st.lists(_statement, max_size=2))]
    first, second = (
        HEAD + "".join(f"{one} .\n" for one in statements)
        for statements in (before, after)
    )
    return first, second
