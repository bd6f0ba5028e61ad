"""RDF terms as N-Triples text, and the only place where RDF and XML are parsed.

A term is its N-Triples form: ``<http://...>``, ``"text"``, ``"a"@en`` or
``"5"^^<...#integer>``. It keeps the exact text of a literal (an RDF store does not),
costs no object, and sorts into a canonical form. There are no blank nodes.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from itertools import repeat
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from fair_imagic.clock import isoformat
from fair_imagic.errors import InputError
from fair_imagic.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

__all__ = [
    "PREFIXES",
    "Term",
    "Triple",
    "curie",
    "datatype_of",
    "expand",
    "iri",
    "is_iri",
    "language_of",
    "literal",
    "parse",
    "parse_xml",
    "read_lines",
    "record_of",
    "terms_of_lines",
    "text_of",
    "to_jsonld",
    "to_ntriples",
    "to_turtle",
    "turtle_pieces",
]

Term = str
Triple = tuple[Term, Term, Term]

XSD = "http://www.w3.org/2001/XMLSchema#"

PREFIXES: dict[str, str] = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dcso": "https://w3id.org/dcso/ns/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "dqv": "http://www.w3.org/ns/dqv#",
    "fi": "https://w3id.org/fair-imagic/terms/",
    "fish": "https://w3id.org/fair-imagic/shapes/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "nboq": "https://w3id.org/fair-imagic/nboq/v02-01/",
    "obo": "http://purl.obolibrary.org/obo/",
    "org": "http://www.w3.org/ns/org#",
    "prof": "http://www.w3.org/ns/dx/prof/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sosa": "http://www.w3.org/ns/sosa/",
    "spdx": "http://spdx.org/rdf/terms#",
    "unit": "http://qudt.org/vocab/unit/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": XSD,
}

_FORBIDDEN_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_LITERAL = re.compile(
    r'"(?P<text>(?:[^"\\]|\\.)*)"(?:\^\^<(?P<datatype>[^>]*)>|@(?P<language>.+))?\Z',
    re.DOTALL,
)
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"}
_TO_ESCAPE = re.compile(r'[\\"\n\r]')
_ESCAPED = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)")
_UNESCAPES = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def expand(curie_text: str) -> str:
    """Return the IRI of ``dcterms:title``; an IRI comes back as it is."""
    prefix, _colon, name = curie_text.partition(":")
    base = PREFIXES.get(prefix)
    return curie_text if base is None else base + name


def curie(iri_text: str) -> str:
    """Return the short form of an IRI, or the IRI where no prefix fits."""
    for prefix, base in PREFIXES.items():
        if iri_text.startswith(base):
            return f"{prefix}:{iri_text[len(base) :]}"
    return iri_text


def record_of(iri_text: str) -> str:
    """Return the record that an IRI belongs to (what comes before ``#``)."""
    return iri_text.partition("#")[0]


def iri(text: str) -> Term:
    """Return an IRI (or prefixed name) as a term, unsafe characters encoded."""
    full = expand(text)
    return f"<{_FORBIDDEN_IN_IRI.sub(_percent, full)}>"


def _percent(match: re.Match[str]) -> str:
    return f"%{ord(match[0]):02X}"


def literal(
    value: str | int | Decimal | bool | date | datetime,
    *,
    datatype: str | None = None,
    language: str | None = None,
) -> Term:
    """Return a literal term; the datatype follows the Python type unless given."""
    text, natural = _lexical(value)
    quoted = f'"{_TO_ESCAPE.sub(lambda match: _ESCAPES[match[0]], text)}"'
    if language:
        return f"{quoted}@{language}"
    kind = expand(datatype) if datatype else natural
    return quoted if kind in ("", f"{XSD}string") else f"{quoted}^^<{kind}>"


def _lexical(value: str | int | Decimal | bool | date | datetime) -> tuple[str, str]:
    if isinstance(value, str):
        return value, ""
    if isinstance(value, bool):
        return ("true" if value else "false"), f"{XSD}boolean"
    if isinstance(value, int):
        return str(value), f"{XSD}integer"
    if isinstance(value, Decimal):
        return format(value, "f"), f"{XSD}decimal"
    if isinstance(value, datetime):
        return isoformat(value), f"{XSD}dateTime"
    return value.isoformat(), f"{XSD}date"


def is_iri(term: Term) -> bool:
    """Return whether a term is an IRI."""
    return term.startswith("<")


def text_of(term: Term) -> str:
    """Return the IRI without brackets, or the text of a literal."""
    if term.startswith("<"):
        return term[1:-1]
    if term[:1] == term[-1:] == '"' and term.count('"') == 2 and "\\" not in term:
        # A plain text with nothing escaped, like most.
        return term[1:-1]
    match = _LITERAL.match(term)
    if match is None:
        raise InputError(_("Not an RDF term"), found=term[:200])
    text = match["text"]
    return _ESCAPED.sub(_unescape, text) if "\\" in text else text


def _unescape(match: re.Match[str]) -> str:
    code = match[1]
    if len(code) > 1:
        return chr(int(code[1:], 16))
    return _UNESCAPES.get(code, code)


def datatype_of(term: Term) -> str | None:
    """Return the datatype IRI of a literal (``xsd:string`` where none is written)."""
    match = _LITERAL.match(term)
    if match is None or match["language"]:
        return None
    return match["datatype"] or f"{XSD}string"


def language_of(term: Term) -> str | None:
    """Return the language of a literal, or None."""
    match = _LITERAL.match(term)
    return match["language"] if match else None


def to_ntriples(triples: Iterable[Triple]) -> str:
    """Return the triples as sorted N-Triples lines, each once."""
    return "".join(sorted({f"{s} {p} {o} .\n" for s, p, o in triples}))


_FORMATS = {
    "nt": "N_TRIPLES",
    "nq": "N_QUADS",
    "ttl": "TURTLE",
    "trig": "TRIG",
    "jsonld": "JSON_LD",
    "rdf": "RDF_XML",
}
_FORMAT_NAMES = {
    "nt": "N-Triples",
    "nq": "N-Quads",
    "ttl": "Turtle",
    "trig": "TriG",
    "jsonld": "JSON-LD",
    "rdf": "RDF/XML",
}


def parse(
    source: bytes | Path, *, format: str, base_iri: str | None = None, where: str = ""
) -> Iterator[Triple]:
    """Yield the triples of a document; nothing is fetched from anywhere.

    ``format`` is one of ``nt nq ttl trig jsonld rdf``; ``where`` names bytes in
    messages. Raises
    :class:`~fair_imagic.errors.InputError` with the place of a syntax error, and for
    blank nodes' labels keeps ``_:name`` terms for the caller to rename.
    """
    import pyoxigraph

    data = source.read_bytes() if isinstance(source, Path) else source
    where = str(source) if isinstance(source, Path) else where
    if format == "rdf" and b"<!ENTITY" in data:
        raise InputError(_("Entity declarations are not accepted"), where=where)
    syntax = getattr(pyoxigraph.RdfFormat, _FORMATS[format])
    try:
        for quad in pyoxigraph.parse(data, format=syntax, base_iri=base_iri):
            yield (str(quad.subject), str(quad.predicate), str(quad.object))
    except SyntaxError as error:
        raise _not_valid(error, where, format) from error
    except MemoryError as error:
        raise _too_long(error, where) from error


def read_lines(
    path: Path, *, format: str, take: Callable[[Iterable[Sequence[Term]]], None]
) -> None:
    """Hand the statements of a large file to ``take``, some thousands at a time.

    For documents with one graph. Costs half of what :func:`parse` does, and no memory.
    Raises :class:`~fair_imagic.errors.InputError` as it does.
    """
    import pyoxigraph

    syntax = getattr(pyoxigraph.RdfFormat, _FORMATS[format])
    sink = _Sink(take)
    try:
        quads = pyoxigraph.parse(path=str(path), format=syntax)
        pyoxigraph.serialize(
            quads, cast("IO[bytes]", sink), format=pyoxigraph.RdfFormat.N_QUADS
        )
    except SyntaxError as error:
        raise _not_valid(error, str(path), format) from error
    except MemoryError as error:
        raise _too_long(error, str(path)) from error


def terms_of_lines(text: str) -> Iterator[list[Term]]:
    """Yield the three terms of each line of N-Triples, each with its end."""
    lines = text.split(" .\n")
    lines.pop()
    return map(str.split, lines, repeat(" "), repeat(2))


class _Sink:
    """A file to write to that hands on what is written to it, line by line."""

    def __init__(self, take: Callable[[Iterable[Sequence[Term]]], None]) -> None:
        self._take = take
        self._rest = b""

    def write(self, piece: bytes) -> int:
        end = piece.rfind(b"\n") + 1
        if end:
            # No literal holds a line break: this is where statements end.
            self._take(terms_of_lines((self._rest + piece[:end]).decode()))
            self._rest = piece[end:]
        else:
            self._rest += piece
        return len(piece)

    def flush(self) -> None:
        """Do nothing: whole lines are handed on as they come."""


def _not_valid(error: SyntaxError, where: str, format: str) -> InputError:
    return InputError(
        _("The document is not valid {format}").format(format=_FORMAT_NAMES[format]),
        where=f"{where}:{error.lineno}:{error.offset}" if error.lineno else where,
        found=str(error.msg),
    )


def _too_long(error: MemoryError, where: str) -> InputError | MemoryError:
    """Return the parser's refusal of an endless line; true want of memory stays."""
    if "buffer" not in str(error):
        return error
    return InputError(
        _("The document holds a value that is too long to be read"),
        where=where,
        expected=_("at most {limit} MB").format(limit=16),
    )


def _serialise(triples: Iterable[Triple], format_name: str) -> str:
    import pyoxigraph

    quads = pyoxigraph.parse(
        to_ntriples(triples).encode(), format=pyoxigraph.RdfFormat.N_TRIPLES
    )
    done = pyoxigraph.serialize(
        (quad.triple for quad in quads),
        format=getattr(pyoxigraph.RdfFormat, format_name),
        prefixes=PREFIXES,
    )
    return (done or b"").decode()


def to_turtle(triples: Iterable[Triple]) -> str:
    """Return the triples as Turtle with the usual prefixes."""
    lines = _serialise(triples, "TURTLE").splitlines(keepends=True)
    heads = [line for line in lines if line.startswith("@prefix ")]
    # The library writes the prefixes in another order each time.
    return "".join([*sorted(heads), *lines[len(heads) :]])


def turtle_pieces(pieces: Iterable[Iterable[Triple]]) -> Iterator[str]:
    """Yield each piece of the triples as Turtle, the prefixes with the first."""
    for number, triples in enumerate(pieces):
        lines = to_turtle(triples).splitlines(keepends=True)
        if number:
            lines = [line for line in lines if not line.startswith("@prefix ")]
        yield "".join(lines)


def to_jsonld(triples: Iterable[Triple]) -> str:
    """Return the triples as JSON-LD with the usual prefixes."""
    return _serialise(triples, "JSON_LD")


def parse_xml(data: bytes, *, where: str = "") -> Any:
    """Return the root element of an XML document (lxml), without any entity.

    Raises :class:`~fair_imagic.errors.InputError` with line and column.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise InputError(
            _("The document is not well-formed XML"),
            where=f"{where}:{line}:{column}",
            found=str(error.msg),
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise InputError(_("A DOCTYPE is not accepted in XML"), where=where)
    return root
