"""The Atom entry of a deposit, with CodeMeta 2.0 (the server ignores 3.x)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fair_imagic.documents.codemeta import NAMESPACE as CODEMETA
from fair_imagic.documents.codemeta import SCHEMA
from fair_imagic.entry.licence import licence_of
from fair_imagic.publish.plain_text import plain
from fair_imagic.publish.study import ror_of, said

if TYPE_CHECKING:
    from fair_imagic.model import Organisation, Software
    from fair_imagic.publish.study import Agent

__all__ = ["ATOM", "CODEMETA", "SWH", "entry_xml"]

ATOM = "http://www.w3.org/2005/Atom"
SWH = "https://www.softwareheritage.org/schema/2018/deposit"
# lxml takes None as the prefix of the default namespace; its type stubs do not.
_NAMESPACES: dict[Any, str] = {
    None: ATOM,
    "codemeta": CODEMETA,
    "schema": SCHEMA,
    "swh": SWH,
}


def entry_xml(
    software: Software,
    authors: tuple[Agent, ...],
    *,
    origin: str,
    landing_page: str,
    add_to_origin: bool = False,
) -> bytes:
    """Return the entry of a deposit of one version of the software at its origin.

    ``add_to_origin`` is for a later version: the origin must be loaded already.
    """
    from lxml import etree

    root = etree.Element(f"{{{ATOM}}}entry", nsmap=_NAMESPACES)

    def add(parent: Any, namespace: str, name: str, text: str = "") -> Any:
        child = etree.SubElement(parent, f"{{{namespace}}}{name}")
        child.text = plain(text) or None
        return child

    verb = "add_to_origin" if add_to_origin else "create_origin"
    deposit = add(root, SWH, "deposit")
    add(add(deposit, SWH, verb), SWH, "origin").set("url", origin)
    add(add(deposit, SWH, "metadata-provenance"), SCHEMA, "url", landing_page)
    _add_software(root, software, add)
    for author in authors:
        _add_author(root, author, add)
    return etree.tostring(
        root, encoding="UTF-8", xml_declaration=True, pretty_print=True
    )


def _add_software(root: Any, software: Software, add: Any) -> None:
    add(root, ATOM, "title", said(software.title))
    for name, text in (
        ("name", said(software.title)),
        ("description", said(software.description)),
        ("softwareVersion", said(software.version)),
        ("identifier", software.iri),
        ("keywords", ", ".join(said(word) for word in software.keywords)),
    ):
        if text:
            add(root, CODEMETA, name, text)
    licence = licence_of(said(software.license))
    if licence is not None:
        element = add(root, CODEMETA, "license")
        add(element, CODEMETA, "name", licence.spdx)
        add(element, CODEMETA, "url", licence.iri)


def _add_author(root: Any, author: Agent, add: Any) -> None:
    # The server refuses an author with givenName and familyName but no name.
    element = add(root, CODEMETA, "author")
    add(element, CODEMETA, "name", author.name)
    if author.given_name and author.family_name:
        add(element, CODEMETA, "givenName", author.given_name)
        add(element, CODEMETA, "familyName", author.family_name)
    if author.orcid:
        add(element, CODEMETA, "identifier", f"https://orcid.org/{author.orcid}")
    for organisation in author.affiliations:
        _add_affiliation(element, organisation, add)


def _add_affiliation(element: Any, organisation: Organisation, add: Any) -> None:
    if said(organisation.name):
        place = add(element, CODEMETA, "affiliation")
        add(place, CODEMETA, "name", said(organisation.name))
        if ror_of(organisation):
            add(place, CODEMETA, "identifier", ror_of(organisation))
