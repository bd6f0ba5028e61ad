"""What the version of RO-Crate that a crate declares obliges its structure to be.

Written from the specifications 1.1 and 1.2 (root data entity, data entities) and
compared with the obligatory checks of ``rocrate-validator`` 0.13.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fair_imagic.documents.address import is_address
from fair_imagic.documents.crate_version import (
    OLDEST_JUDGED,
    context_version,
    declared_version,
)
from fair_imagic.documents.ro_crate import references
from fair_imagic.entry.identifier import looks_like_orcid, orcid_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from fair_imagic.checks.finding import Finding
    from fair_imagic.checks.point import Points
    from fair_imagic.documents.ro_crate import Crate

    Entity = Mapping[str, Any]

__all__ = ["is_local", "structure_points", "types_of"]

_ROOTS = ("./", ".", "")
_NOT_ENCODED = frozenset(' \\"<>{}|^`')


def structure_points(
    crate: Crate, entities: Sequence[Entity], points: Points
) -> Iterator[Finding]:
    """Yield what breaks the structure of a crate of its version."""
    version = declared_version(crate.descriptor)
    yield from _descriptor_points(crate, version, points)
    yield from _root_points(crate.root, version or OLDEST_JUDGED, points)
    for entity in entities:
        yield from _identifier_points(entity, version or OLDEST_JUDGED, points)
    yield from _link_points(crate.root, entities, version or OLDEST_JUDGED, points)


def types_of(entity: Entity) -> set[str]:
    """Return the kinds of thing that an entity is."""
    kind = entity.get("@type")
    return {str(one) for one in (kind if isinstance(kind, list) else [kind]) if one}


def is_local(name: str) -> bool:
    """Return whether an identifier is the path of something in the crate."""
    return "://" not in name and not name.startswith(("#", "_:", "arcp:", "mailto:"))


def _descriptor_points(crate: Crate, version: str, points: Points) -> Iterator[Finding]:
    place = str(crate.descriptor.get("@id"))
    clause = f"RO-Crate {version or OLDEST_JUDGED}, Metadata Descriptor"
    if "CreativeWork" not in types_of(crate.descriptor):
        yield points.make(
            "descriptor-type-wrong",
            message="The entity of the metadata file must be a CreativeWork",
            repair='Write "@type": "CreativeWork"',
            place=f"{place} (@type)",
            value=", ".join(sorted(types_of(crate.descriptor))),
            clause=clause,
        )
    if not version:
        yield points.make(
            "version-needed",
            message="The crate does not say to which version of RO-Crate it conforms",
            repair='Write "conformsTo": {{"@id": "https://w3id.org/ro/crate/1.1"}} '
            "into the entity of the metadata file",
            place=f"{place} (conformsTo)",
            clause=clause,
        )
    context = context_version(crate.value.get("@context"))
    if version and context and context != version:
        yield points.make(
            "context-of-other-version",
            message="The context is of RO-Crate {context}, the crate conforms to "
            "{version}",
            repair="Name the context of the same version",
            place="@context",
            value=context,
            # The specification obliges to it from 1.2 on.
            must=version > OLDEST_JUDGED,
            context=context,
            version=version,
            clause=f"RO-Crate {version}, RO-Crate JSON-LD",
        )


def _root_points(root: Entity, version: str, points: Points) -> Iterator[Finding]:
    place = str(root.get("@id"))
    clause = f"RO-Crate {version}, Root Data Entity"
    if "Dataset" not in types_of(root):
        yield points.make(
            "root-type-wrong",
            message="The root of the crate must be a Dataset",
            repair='Write "@type": "Dataset"',
            place=f"{place} (@type)",
            value=", ".join(sorted(types_of(root))),
            clause=clause,
        )
    if not place.endswith("/") and version <= OLDEST_JUDGED:
        yield points.make(
            "root-id-wrong",
            message="The identifier of the root must end with /",
            repair="Write ./ as identifier of the root",
            place=place,
            value=place,
            clause=clause,
        )
    dates = root.get("datePublished")
    if isinstance(dates, list) and len(dates) > 1:
        yield points.make(
            "date-repeated",
            message="The crate has {count} dates of publication, and may have one",
            repair="Keep the date of this version",
            place=f"{place} (datePublished)",
            value=", ".join(map(str, dates))[:200],
            count=len(dates),
            clause=clause,
        )


def _identifier_points(
    entity: Entity, version: str, points: Points
) -> Iterator[Finding]:
    name = str(entity.get("@id", ""))
    kinds = types_of(entity)
    if kinds & {"File", "Dataset"} and (
        _NOT_ENCODED.intersection(name) or not is_address(name)
    ):
        yield points.make(
            "id-not-encoded",
            message="{value} is no address: it holds a blank or another character "
            "that must be encoded",
            repair="Write %20 for a blank, as RFC 3986 has it",
            place=name,
            value=name,
            clause=f"RO-Crate {version}, Data Entities, @id",
        )
    yield from _folder_points(name, kinds, version, points)
    if "orcid.org/" in name and looks_like_orcid(name) and orcid_in(name) is None:
        yield points.make(
            "orcid-wrong",
            message="The ORCID iD of {name} has a wrong form or check digit",
            repair="Copy the ORCID iD from the person's ORCID page",
            place=name,
            value=name,
            name=entity.get("name", ""),
            clause="ORCID, ISO 7064 MOD 11-2",
        )


def _folder_points(
    name: str, kinds: set[str], version: str, points: Points
) -> Iterator[Finding]:
    if (
        "Dataset" in kinds
        and is_local(name)
        and not name.endswith("/")
        and name not in _ROOTS
    ):
        yield points.make(
            "folder-without-slash",
            message="The identifier of the folder {value} does not end with /",
            repair="Write / behind it",
            place=name,
            value=name,
            must=False,
            clause=f"RO-Crate {version}, Directory Data Entity",
        )
    if "File" in kinds and name.endswith("/"):
        yield points.make(
            "file-id-wrong",
            message="{value} is described as a file and named as a folder",
            repair="Describe it as a Dataset, or take / away",
            place=name,
            value=name,
            clause=f"RO-Crate {version}, File Data Entity",
        )


def _link_points(
    root: Entity, entities: Sequence[Entity], version: str, points: Points
) -> Iterator[Finding]:
    """Yield files and folders that no chain of hasPart leads to from the root."""
    described = {str(one.get("@id")): one for one in entities}
    linked: set[str] = set()
    waiting = [root]
    while waiting:
        for name in references(waiting.pop().get("hasPart")):
            if name not in linked:
                linked.add(name)
                waiting += [described[name]] if name in described else []
    for name, entity in described.items():
        is_part = "File" in types_of(entity) or (
            "Dataset" in types_of(entity) and is_local(name)
        )
        if is_part and name not in linked and entity is not root:
            yield points.make(
                "part-not-linked",
                message="{value} is described, but the crate does not list it as its "
                "part",
                repair="Add it to hasPart of the root or of the folder that it is in",
                place=name,
                value=name,
                clause=f"RO-Crate {version}, Data Entities, hasPart",
            )
