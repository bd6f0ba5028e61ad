"""RDF about the model's own things: Turtle, N-Triples, JSON-LD, RDF/XML and so on."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NoReturn

from fair_imagic.checks import profiles
from fair_imagic.config import load
from fair_imagic.errors import InputError
from fair_imagic.i18n import _, current_language
from fair_imagic.model import (
    RDF_TYPE,
    RecordGraph,
    Snapshot,
    class_for,
    class_named,
)
from fair_imagic.publish.registry import usual_profiles
from fair_imagic.rdf import curie, parse, text_of
from fair_imagic.workflow.documents.address import document_iri
from fair_imagic.workflow.documents.content import refuse_utf_16
from fair_imagic.workflow.documents.contexts import with_known_contexts
from fair_imagic.workflow.documents.kind import Document, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from fair_imagic.checks import Profile
    from fair_imagic.rdf import Triple
    from fair_imagic.workflow.documents.content import Content

__all__ = ["KIND", "fitting"]

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


def _read(content: Content) -> Document:
    base = document_iri(content.name)
    triples = _triples(content, base)
    if not triples:
        raise InputError(
            _("There is nothing to check"),
            where=content.name,
            expected=_("at least one statement"),
        )
    graph = RecordGraph(triples)
    chosen = fitting(graph)
    if not chosen:
        _refuse_unknown(content, graph)
    nodes = _classes(graph)
    roots = [node for name in chosen[0].about for node in nodes.get(name, ())]
    return Document(
        name=content.name,
        snapshot=Snapshot.make(roots[0], own=triples),
        profiles=tuple(profile.token for profile in chosen),
    )


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
        known = term
        if term.startswith("_:"):
            blank += 1
            known = f"<{base}/node-{blank}>"
        return terms.setdefault(term, known)

    found = parse(_data(content, form), format=form, base_iri=base, where=content.name)
    return [(named(s), named(p), named(o)) for s, p, o in found]


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


def fitting(graph: RecordGraph, *, extra: Path | None = None) -> list[Profile]:
    """Return the requirements about what a graph describes, the usual ones first.

    A class about which the usual ones say nothing gets all that speak about it;
    those of a folder ``extra`` are taken wherever they fit.
    """
    present = _classes(graph).keys()
    own = profiles.available()
    known = profiles.available(extra)
    fit = [one for one in known.values() if not present.isdisjoint(one.about)]
    found = [one for token in usual_profiles() for one in fit if one.token == token]
    covered = {name for profile in found for name in profile.about}
    for profile in fit:
        higher_tier = profile.token.startswith("nboq-tier-")
        new = covered.isdisjoint(profile.about) and not higher_tier
        if profile not in found and (new or profile.token not in own):
            found.append(profile)
    return found


def _classes(graph: RecordGraph) -> dict[str, list[str]]:
    """Return the nodes of each class that the model knows, kinds of it included."""
    found: dict[str, list[str]] = {}
    for node in graph.subjects:
        for name in graph.types(node):
            known = class_for(name)
            if known is not None:
                above = [class_named(one).iri for one in known.ancestors]
                for class_iri in (known.iri, *above):
                    found.setdefault(class_iri, []).append(node)
    return found


def _refuse_unknown(content: Content, graph: RecordGraph) -> NoReturn:
    types = {name for node in graph.subjects for name in graph.types(node)}
    known = sorted(name for name in types if class_for(name) is not None)
    about = {name for one in profiles.available().values() for name in one.about}
    kinds = (class_for(name) for name in about)  # those of landing pages have none
    labels = {kind.label[current_language()] for kind in kinds if kind is not None}
    raise InputError(
        _("The document describes nothing that requirements speak about"),
        where=content.name,
        expected=", ".join(sorted(labels)),
        found=_listed(known or types)
        or _("nothing with a kind ({name})").format(name=curie(RDF_TYPE)),
    )


def _listed(names: Iterable[str]) -> str:
    short = sorted(curie(name) for name in names)
    return ", ".join(short[:8]) + (", ..." if len(short) > 8 else "")


KIND = Kind("rdf", lambda: _("RDF of the model"), _recognise, _read)
