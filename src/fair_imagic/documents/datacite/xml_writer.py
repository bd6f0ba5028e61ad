"""DataCite attributes as kernel-4.7 XML (the PyPI package stops at 4.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fair_imagic.documents.datacite.json_form import parts_of_json
from fair_imagic.documents.datacite.kernel import KERNELS
from fair_imagic.documents.datacite.part import INSTANCE, XML
from fair_imagic.documents.datacite.vocabulary import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fair_imagic.documents.datacite.part import Part

__all__ = ["to_xml"]

# lxml takes None as the prefix of the default namespace; its type stubs do not.
_NAMESPACES: dict[Any, str] = {None: SCHEMA_VERSION, "xsi": INSTANCE.strip("{}")}
_LOCATION = f"https://schema.datacite.org/meta/kernel-{KERNELS[-1]}/metadata.xsd"


def to_xml(attributes: Mapping[str, Any]) -> bytes:
    """Return the kernel-4.7 document of attributes that passed our own rules."""
    from lxml import etree

    root = etree.Element(f"{{{SCHEMA_VERSION}}}resource", nsmap=_NAMESPACES)
    root.set(f"{INSTANCE}schemaLocation", f"{SCHEMA_VERSION} {_LOCATION}")
    for part in parts_of_json(attributes).tree.parts:
        _add(root, part)
    return etree.tostring(
        root, encoding="UTF-8", xml_declaration=True, pretty_print=True
    )


def _add(around: Any, part: Part) -> None:
    from lxml import etree

    element = etree.SubElement(around, f"{{{SCHEMA_VERSION}}}{part.name}")
    element.text = part.text or None
    for name, text in part.attributes.items():
        element.set(name.replace("xml:", XML), text)
    for one in part.parts:
        _add(element, one)
