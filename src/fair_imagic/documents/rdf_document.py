"""RDF about the model's own things: Turtle, N-Triples, JSON-LD, RDF/XML and so on."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NoReturn

from fair_imagic.config import load
from fair_imagic.documents.address import document_iri
from fair_imagic.documents.content import refuse_utf_16
from fair_imagic.documents.contexts import with_known_contexts
from fair_imagic.documents.kind import Kind, Reading
from fair_imagic.errors import InputError
from fair_imagic.gaps import Gap
from fair_imagic.i18n import _, both
from fair_imagic.rdf import parse, text_of

if TYPE_CHECKING:
    from fair_imagic.documents.content import Content
    from fair_imagic.rdf import Triple

__all__ = ["KIND"]

_RDF_XML = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_BY_NAME = {".ttl": "ttl", ".nt": "nt", ".nq": "nq", ".trig": "trig", ".n3": "ttl"}
_TURTLE = re.compile(
    rb"(#[^\n]*\n|\s)*(@prefix|@base|prefix\s|base\s|<[^<>\s]*>\s+(<|a\s|[\w-]*:)"
    rb"|[\w-]*:[\w.-]*\s+(a\s|<|[\w-]*:)|_:\w+\s|\[)",
    re.IGNORECASE,
)


def _recognise(content: Content) -> bool:
    return _format(content) != ""


def _format(content: Content) -> str:
    if content.is_json:
        return "jsonld" if _is_json_ld(content.json) else ""
    if content.is_xml and _ending(content) not in _BY_NAME:
        return "rdf" if content.root_name.startswith(_RDF_XML) else ""
    if not content.is_text:
        return ""
    named = _BY_NAME.get(_ending(content), "")
    return named or ("ttl" if _TURTLE.match(content.head) else "")


def _ending(content: Content) -> str:
    return (
        content.name[content.name.rfind(".") :].lower() if "." in content.name else ""
    )


def _is_json_ld(value: object) -> bool:
    nodes = value if isinstance(value, list) else [value]
    keys = {key for one in nodes if isinstance(one, dict) for key in one}
    return bool(keys & {"@context", "@graph", "@id", "@type"})


def _read(content: Content) -> Reading:
    base = document_iri(content.name)
    triples = _triples(content, base)
    if not triples:
        raise InputError(
            _("There is nothing to check"),
            where=content.name,
            expected=_("at least one statement"),
        )
    return Reading(name=content.name, root=base, triples=triples)


def _triples(content: Content, base: str) -> list[Triple]:
    """Return the statements, each term once; blank nodes get addresses by order."""
    form = _format(content)
    terms: dict[str, str] = {}
    blank = 0

    def named(term: str) -> str:
        nonlocal blank
        if term in terms:
            return terms[term]
        if term.startswith("<file:"):
            _refuse_file_address(content, term)
        name = term
        if term.startswith("_:"):
            blank += 1
            name = f"<{base}/node-{blank}>"
        return terms.setdefault(term, name)

    data = _data(content, form)
    triples = parse(data, format=form, base_iri=base, where=content.name)
    return [(named(s), named(p), named(o)) for s, p, o in triples]


def _data(content: Content, form: str) -> bytes:
    if form == "jsonld":
        written_out = with_known_contexts(content.json, where=content.name)
        return json.dumps(written_out).encode()
    if form == "rdf":  # recognised by its root: the XML parser has refused entities
        return content.whole
    data = content.read(load().rdf_max_mb, setting="rdf_max_mb")
    refuse_utf_16(data, content.name)
    return data


def _refuse_file_address(content: Content, term: str) -> NoReturn:
    raise InputError(
        _("An address of a file on one machine is not accepted"),
        where=content.name,
        found=text_of(term),
        hint=_("Give the thing an address that other people can use."),
    )


_GAPS = (
    Gap(
        "other-models",
        both(
            "Only things of this model are judged: a document in another vocabulary "
            "(DCAT alone, the DMP ontology, ...) is refused"
        ),
    ),
    Gap(
        "names-of-parts",
        both(
            "The named parts of N-Quads and TriG are read as one: who said what is "
            "not kept"
        ),
    ),
    Gap(
        "contexts-not-fetched",
        both(
            "JSON-LD with a context by address is refused, but for those of RO-Crate, "
            "CodeMeta and schema.org: nothing is fetched"
        ),
    ),
    Gap(
        "other-notations",
        both("RDFa in web pages, rules of N3 and HDT are not read"),
    ),
)

KIND = Kind(
    "rdf",
    title=lambda: _("RDF of the model"),
    recognise=_recognise,
    read=_read,
    order=90,
    gaps=_GAPS,
)
